from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def copy_soonest(apps, schema_editor):
    """Every case gets beside it what `refresh_deadlines` writes from now on."""
    terms = apps.get_model("cases", "CaseDeadline").objects.filter(met_on=None, case=OuterRef("pk"))
    soonest = terms.order_by("due_on").values("due_on")[:1]
    apps.get_model("cases", "Case").objects.update(due_on=Subquery(soonest))


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0008_a_form_that_was_sent'),
        ('cases', '0006_what_is_written_freely_is_encrypted'),
        ('organizations', '0001_initial'),
        ('people', '0013_registers_in_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='due_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.RunPython(copy_soonest, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['keeper', 'open', 'due_on'], name='cases_of_keeper_soonest_first'),
        ),
    ]
