from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import F, Q


def end_at_death(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """End where those lived who are known to have died; what began after the death stays for a person to look at."""
    memberships = apps.get_model("people", "Membership").objects
    after = Q(end=None) | Q(end__gt=F("person__died_on"))
    rows = memberships.filter(after, person__died_on__isnull=False, start__lte=F("person__died_on"))
    for row in list(rows.select_related("person")):
        memberships.filter(pk=row.pk).update(
            end=row.person.died_on, end_without_death=row.end, ended_by_death=True
        )


class Migration(migrations.Migration):
    dependencies = [("people", "0008_other_names")]

    operations = [
        migrations.AddField(
            "membership", "ended_by_death", models.BooleanField(default=False, editable=False)
        ),
        migrations.AddField(
            "membership", "end_without_death", models.DateField(blank=True, editable=False, null=True)
        ),
        migrations.RunPython(end_at_death, migrations.RunPython.noop, elidable=True),
    ]
