from collections.abc import Iterator
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.utils import timezone

_AT_ONCE = 2_000


def begin_where_they_live(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Each household lives where it says since the day of its record, on which that was first known."""
    household, residence = apps.get_model("people", "Household"), apps.get_model("people", "Residence")
    for some in _in_batches(household.objects.filter(residences=None)):
        residence.objects.bulk_create(
            residence(
                household_id=pk,
                start=timezone.localdate(created_at),
                uat_id=uat,
                locality=locality,
                address=address,
            )
            for pk, created_at, uat, locality, address in some
        )


def _in_batches(rows: Any) -> Iterator[list[tuple[Any, ...]]]:
    asked = rows.order_by("pk").values_list("pk", "created_at", "uat", "locality", "address")
    batch = list(asked[:_AT_ONCE])
    while batch:
        yield batch
        batch = list(asked.filter(pk__gt=batch[-1][0])[:_AT_ONCE])


class Migration(migrations.Migration):
    dependencies = [("people", "0018_dwellings_and_residences")]

    operations = [migrations.RunPython(begin_where_they_live, migrations.RunPython.noop, elidable=False)]
