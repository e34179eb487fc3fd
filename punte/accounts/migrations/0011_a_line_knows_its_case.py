from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_views_that_are_kept")]

    operations = [
        migrations.AddField(
            model_name="trailentry",
            name="case",
            field=models.UUIDField(null=True),
        ),
    ]
