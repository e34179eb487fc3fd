from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('fieldwork', '0004_the_assessment_that_the_device_knew'),
    ]

    operations = [
        migrations.AddField(
            model_name='fieldentry',
            name='revision',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
    ]
