from django.db import migrations

from punte.kernel.encrypting import encrypting
from punte.kernel.encryption import EncryptedTextField


class Migration(migrations.Migration):
    dependencies = [("petitions", "0002_told_once_and_not_for_ever")]

    operations = [
        migrations.AlterField("petition", "redirected_to", EncryptedTextField(blank=True, default="")),
        migrations.AlterField("petition", "answer_basis", EncryptedTextField(blank=True, default="")),
        encrypting("petitions", Petition=["redirected_to", "answer_basis"]),
    ]
