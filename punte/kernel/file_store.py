"""Files that lie encrypted outside the database, under names that tell nothing."""

from collections.abc import Iterable
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction

from punte.kernel.encryption import decrypt_bytes, encrypt_bytes, newest_key


def store(content: bytes, *, under: str) -> str:
    """Keep a file.

    Args:
        under: a folder of the store and a name without an ending.

    Returns:
        Where it lies.
    """
    return default_storage.save(f"{under}.sealed", ContentFile(encrypt_bytes(content)))


def stored(path: str) -> bytes:
    """A file as it was kept.

    Raises:
        OSError: the store does not have it.
    """
    with default_storage.open(path) as kept:
        return decrypt_bytes(kept.read())


def drop_stored(paths: Iterable[str]) -> None:
    """Remove files once what was done is done: taken back, they are still there."""
    kept = list(paths)

    def drop() -> None:
        for path in kept:
            default_storage.delete(path)

    transaction.on_commit(drop)


def rotate_stored(rows: models.QuerySet[Any]) -> int:
    """Re-encrypt with the newest key the files of rows (column `path`) that carry an older; the number rewritten."""
    rewritten = 0
    current = newest_key().encode() + b":"
    for row in rows.iterator():
        with default_storage.open(row.path) as kept:
            sealed = kept.read()
        if sealed.startswith(current):
            continue
        old, content = row.path, ContentFile(encrypt_bytes(decrypt_bytes(sealed)))
        row.path = default_storage.save(old, content)
        row.save(update_fields=["path"])
        default_storage.delete(old)
        rewritten += 1
    return rewritten
