"""Encrypts what a column held in clear, and gives it back: for the migration that makes the column encrypted."""

from collections.abc import Callable
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.state import StateApps

from punte.kernel.encryption import decrypt, encrypt

_AT_ONCE = 500


def encrypting(app: str, **columns: list[str]) -> RunPython:
    """A step of a migration, after the columns became `EncryptedTextField`, so that every value has room.

    It is one transaction with its migration: a text is never half encrypted, nor encrypted twice.

    Args:
        app: the label of the application.
        columns: the names of the columns by name of the model.
    """
    return RunPython(_of_all(app, columns, encrypt), _of_all(app, columns, decrypt), elidable=True)


def _of_all(app: str, columns: dict[str, list[str]], turned: Callable[[str], str]) -> Any:
    def run(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for model, names in columns.items():
            meta = apps.get_model(app, model)._meta
            for name in names:
                _rewrite(schema_editor.connection, meta.db_table, str(meta.pk.column), name, turned)

    return run


def _rewrite(connection: Any, table: str, key: str, column: str, turned: Callable[[str], str]) -> None:
    table, key, column = map(connection.ops.quote_name, (table, key, column))
    found = f"SELECT {key}, {column} FROM {table} WHERE {column} <> ''"
    last: list[Any] = []
    with connection.cursor() as cursor:
        while True:
            after = f" AND {key} > %s" if last else ""
            cursor.execute(f"{found}{after} ORDER BY {key} LIMIT {_AT_ONCE}", last)
            if not (rows := cursor.fetchall()):
                return
            cursor.executemany(
                f"UPDATE {table} SET {column} = %s WHERE {key} = %s",
                [(turned(text), row) for row, text in rows],
            )
            last = [rows[-1][0]]
