from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0011_deeds_that_wait_for_a_second_person"),
    ]

    operations = [
        migrations.AlterField(
            model_name="visit",
            name="status",
            field=models.CharField(
                choices=[
                    ("planned", "Planned"),
                    ("held", "Took place"),
                    ("moved", "Moved"),
                    ("not_held", "Did not take place"),
                    ("called_off", "Called off"),
                ],
                default="planned",
                max_length=10,
            ),
        ),
    ]
