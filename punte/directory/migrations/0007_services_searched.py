from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0006_places_on_the_service")]

    operations = [
        migrations.AddIndex(
            "service",
            models.Index(
                fields=["code", "modified_at", "provider", "folded_name", "id"], name="services_searched"
            ),
        )
    ]
