from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fieldwork", "0008_what_a_device_was_told_is_encrypted")]

    operations = [
        migrations.AlterField(model_name="fieldentry", name="kind", field=models.CharField(max_length=20))
    ]
