from django.db import migrations

from punte.kernel.encrypting import encrypting
from punte.kernel.encryption import EncryptedTextField


class Migration(migrations.Migration):
    dependencies = [("directory", "0009_hours_over_midnight")]

    operations = [
        migrations.AlterField("proposal", "words", EncryptedTextField(blank=True, default="")),
        migrations.AlterField("proposal", "answer", EncryptedTextField(blank=True, default="")),
        encrypting("directory", Proposal=["words", "answer"]),
    ]
