from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('annual_plans', '0003_a_plan_has_remarks'),
    ]

    operations = [
        migrations.AddField(
            model_name='annualplan',
            name='answers',
            field=models.JSONField(blank=True, default=dict, help_text="what those who write say to questions of the check, by the remark's key"),
        ),
    ]
