from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_what_an_intervention_said_before")]

    operations = [
        migrations.AddField("objective", "later", models.BooleanField(default=False)),
        migrations.AddField("plannedservice", "findings", models.JSONField(default=list)),
        migrations.AddField("plannedservice", "role", models.CharField(blank=True, max_length=30)),
    ]
