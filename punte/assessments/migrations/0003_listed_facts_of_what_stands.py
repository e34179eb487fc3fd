from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from punte.assessments.listed import list_all_anew


def list_what_stands(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Lists are narrowed by what was assessed before, too."""
    list_all_anew(get_model=apps.get_model)


class Migration(migrations.Migration):
    """Some hundred households at a time, each time whole: interrupted, it begins anew."""

    atomic = False

    dependencies = [("assessments", "0002_listed_facts")]

    operations = [migrations.RunPython(list_what_stands, migrations.RunPython.noop, elidable=True)]
