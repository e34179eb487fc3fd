import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('people', '0014_found_by_address_and_phone'),
    ]

    operations = [
        migrations.AlterField(
            model_name='personname',
            name='person',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='name_words', to='people.person'),
        ),
    ]
