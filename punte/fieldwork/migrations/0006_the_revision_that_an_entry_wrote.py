from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('fieldwork', '0005_an_empty_period_overlaps_nothing'),
    ]

    operations = [
        migrations.AddField(
            model_name='fieldentry',
            name='revision',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
    ]
