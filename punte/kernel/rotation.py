"""Re-encrypting everything with the newest key, so that an old key can be destroyed."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models, transaction
from django.dispatch import Signal

from punte.kernel.append_only import guards, lifted
from punte.kernel.encryption import EncryptedTextField, decrypt, encrypt, newest_key

BATCH = 500

# Rooms that keep encrypted values outside an EncryptedTextField rewrite them when it is sent.
rotating = Signal()


def encrypted_columns() -> Iterator[tuple[type[models.Model], str]]:
    """Every column of the installation that holds encrypted text."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, EncryptedTextField) and field.model is model:
                yield model, str(field.column)


def rotate_column(model: type[models.Model], column: str) -> int:
    """Rewrite what older keys encrypted in one column, in batches; the number of values rewritten.

    Values changed meanwhile by somebody else are left: they already carry the newest key.
    """
    if guards(model):
        with lifted(model):
            return sum(_batches(model, column))
    return sum(_batches(model, column))


def _batches(model: type[models.Model], column: str) -> Iterator[int]:
    quote = connection.ops.quote_name
    table, key, value = (quote(name) for name in (model._meta.db_table, _key_column(model), column))
    stale = (
        f"SELECT {key}, {value} FROM {table} WHERE {value} <> '' AND {value} NOT LIKE %s"
        f" ORDER BY {key} LIMIT {BATCH}"
    )
    rewrite = f"UPDATE {table} SET {value} = %s WHERE {key} = %s AND {value} = %s"
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(stale, [f"{newest_key()}:%"])
            rows = cursor.fetchall()
            cursor.executemany(rewrite, [(encrypt(decrypt(old)), row, old) for row, old in rows])
        if not rows:
            return
        yield len(rows)


def _key_column(model: type[models.Model]) -> str:
    key = model._meta.pk
    if key is None or key.column is None:
        raise ValueError(f"{model._meta.label} has no primary key")
    return key.column
