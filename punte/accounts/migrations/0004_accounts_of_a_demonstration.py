from django.db import migrations, models


def mark(apps, editor):
    """Accounts that a demonstration made before they were marked are known by their domain, which nobody owns."""
    apps.get_model("accounts", "User").objects.filter(email__endswith="@punte.example").update(demonstration=True)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_an_empty_period_overlaps_nothing'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='demonstration',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
