from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

import punte.people.fields
from punte.kernel.text import fold

_AT_ONCE = 2_000


def fold_names(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give every household that stands its folded name, some at a time."""
    households = apps.get_model("people", "Household")
    while batch := list(households.objects.filter(folded_name="").exclude(name="").only("name")[:_AT_ONCE]):
        for household in batch:
            household.folded_name = fold(household.name)[:120] or "-"
        households.objects.bulk_update(batch, ["folded_name"])


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="household",
            name="folded_name",
            field=punte.people.fields.FoldedField(
                blank=True, default="", editable=False, max_length=120, of="name"
            ),
        ),
        migrations.RunPython(fold_names, migrations.RunPython.noop, elidable=True),
        migrations.AlterModelOptions(name="household", options={"ordering": ["folded_name", "id"]}),
        migrations.RemoveIndex(model_name="household", name="households_of_keeper_by_name"),
        migrations.AddIndex(
            model_name="household",
            index=models.Index(
                fields=["keeper", "folded_name", "id"], name="households_of_keeper_by_name"
            ),
        ),
        migrations.AddIndex(
            model_name="household",
            index=models.Index(
                fields=["keeper", "uat", "folded_name", "id"], name="households_of_uat_by_name"
            ),
        ),
    ]
