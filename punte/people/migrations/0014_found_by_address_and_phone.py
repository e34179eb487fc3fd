from collections.abc import Iterator
from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

import punte.people.fields
from punte.people.places import folded_address, folded_phone

_AT_ONCE = 2_000


def fold_what_stands(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Fold the addresses and phones that are known, some at a time, by key; rows that have none are not touched."""
    household, person = apps.get_model("people", "Household"), apps.get_model("people", "Person")
    known = household.objects.exclude(address="", locality="", phone="")
    for some in _in_batches(known, "pk", "address", "locality", "phone"):
        folded = [
            (folded_address(address, locality)[:200] or None, folded_phone(phone)[:40] or None, pk)
            for pk, address, locality, phone in some
        ]
        _write(schema_editor, household, "folded_address = %s, folded_phone = %s", folded)
    for some in _in_batches(person.objects.exclude(phone=""), "pk", "phone"):
        phones = [(folded_phone(phone)[:40] or None, pk) for pk, phone in some]
        _write(schema_editor, person, "folded_phone = %s", phones)


def _in_batches(rows: Any, *names: str) -> Iterator[list[tuple[Any, ...]]]:
    batch = list(rows.order_by("pk").values_list(*names)[:_AT_ONCE])
    while batch:
        yield batch
        batch = list(rows.filter(pk__gt=batch[-1][0]).order_by("pk").values_list(*names)[:_AT_ONCE])


def _write(
    schema_editor: BaseDatabaseSchemaEditor, model: Any, columns: str, rows: list[tuple[Any, ...]]
) -> None:
    connection = schema_editor.connection
    key = model._meta.pk.get_db_prep_value
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {model._meta.db_table} SET {columns} WHERE id = %s",
            [(*values, key(pk, connection)) for *values, pk in rows],
        )


class Migration(migrations.Migration):
    dependencies = [("people", "0013_registers_in_tables")]

    operations = [
        migrations.AddField(
            "household",
            "folded_address",
            punte.people.fields.FoldedAddress(
                of="address", max_length=200, null=True, default=None, blank=True, editable=False
            ),
        ),
        migrations.AddField(
            "household",
            "folded_phone",
            punte.people.fields.FoldedPhone(
                of="phone", max_length=40, null=True, default=None, blank=True, editable=False
            ),
        ),
        migrations.AddField(
            "person",
            "folded_phone",
            punte.people.fields.FoldedPhone(
                of="phone", max_length=40, null=True, default=None, blank=True, editable=False
            ),
        ),
        migrations.RunPython(fold_what_stands, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            "household",
            models.Index(
                fields=["keeper", "folded_address", "id"],
                condition=models.Q(folded_address__isnull=False),
                name="households_by_address",
            ),
        ),
        migrations.AddIndex(
            "household",
            models.Index(
                fields=["folded_phone", "keeper"],
                condition=models.Q(folded_phone__isnull=False),
                name="households_by_phone",
            ),
        ),
        migrations.AddIndex(
            "person",
            models.Index(
                fields=["folded_phone", "keeper"],
                condition=models.Q(folded_phone__isnull=False),
                name="people_by_phone",
            ),
        ),
    ]
