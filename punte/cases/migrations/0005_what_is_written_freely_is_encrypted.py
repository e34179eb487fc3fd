from django.db import migrations

from punte.kernel.encrypting import encrypting
from punte.kernel.encryption import EncryptedTextField


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_an_empty_period_overlaps_nothing")]

    operations = [
        migrations.AlterField("objective", "text", EncryptedTextField(blank=True, default="")),
        migrations.AlterField("plannedservice", "text", EncryptedTextField(blank=True, default="")),
        migrations.AlterField("caseteammember", "part", EncryptedTextField(blank=True, default="")),
        encrypting("cases", Objective=["text"], PlannedService=["text"], CaseTeamMember=["part"]),
    ]
