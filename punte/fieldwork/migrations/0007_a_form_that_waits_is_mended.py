from django.db import migrations, models

import punte.kernel.encryption


class Migration(migrations.Migration):
    dependencies = [("fieldwork", "0006_the_revision_that_an_entry_wrote")]

    operations = [
        migrations.AddField("receivedform", "mended", punte.kernel.encryption.EncryptedTextField()),
        migrations.AddField(
            "receivedform", "refused", models.CharField(blank=True, default="", max_length=80)
        ),
    ]
