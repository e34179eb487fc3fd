import hashlib

from django.db import migrations, models


def drop_keys(apps, _schema):
    """Devices that are shut out already keep no secret either."""
    devices = apps.get_model("devices", "Device")
    for device in devices.objects.exclude(state="in_use").exclude(secret_digest="").iterator():
        device.former_digest = hashlib.sha256(f"former:{device.secret_digest}".encode()).hexdigest()
        device.secret_digest = device.file_key = ""
        device.save(update_fields=["former_digest", "secret_digest", "file_key"])


class Migration(migrations.Migration):
    dependencies = [("devices", "0003_the_key_of_the_unsent")]

    operations = [
        migrations.AddField("device", "former_digest", models.CharField(blank=True, max_length=64)),
        migrations.RunPython(drop_keys, migrations.RunPython.noop),
    ]
