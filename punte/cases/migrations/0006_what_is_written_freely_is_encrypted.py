from django.db import migrations

from punte.kernel.encrypting import encrypting
from punte.kernel.encryption import EncryptedTextField


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_seals_in_time")]

    operations = [
        migrations.AlterField("objective", "text", EncryptedTextField(blank=True, default="")),
        migrations.AlterField("plannedservice", "text", EncryptedTextField(blank=True, default="")),
        migrations.AlterField("caseteammember", "part", EncryptedTextField(blank=True, default="")),
        encrypting("cases", Objective=["text"], PlannedService=["text"], CaseTeamMember=["part"]),
    ]
