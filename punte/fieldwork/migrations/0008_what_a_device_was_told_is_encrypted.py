from django.db import migrations

from punte.kernel.encrypting import encrypting
from punte.kernel.encryption import EncryptedTextField


class Migration(migrations.Migration):
    dependencies = [("fieldwork", "0007_a_form_that_waits_is_mended")]

    operations = [
        migrations.AlterField("fieldentry", "message", EncryptedTextField(blank=True, default="")),
        encrypting("fieldwork", FieldEntry=["message"]),
    ]
