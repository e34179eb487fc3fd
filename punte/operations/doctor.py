"""Whether an installation can do its work, and what is amiss: asked by its operator, and by what watches over it."""

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.core.mail import get_connection
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from punte.kernel.encryption import decrypt, is_encrypted
from punte.kernel.errors import WrongKeys
from punte.kernel.keyring import has_column, require_own_keys
from punte.kernel.rotation import encrypted_columns
from punte.operations import disk

LEAST_FREE = 1 << 30
"""Bytes of free disk under which somebody should make room."""
LONGEST_AHEAD = dt.timedelta(minutes=2)
"""How far the clock of the database and ours may be apart."""


class State(StrEnum):
    """How a thing stands: a watchman calls somebody for what failed, not for what wants attention."""

    OK = "ok"
    ATTENTION = "attention"
    FAILED = "failed"


@dataclass(frozen=True)
class Examined:
    """One thing that was looked at."""

    what: str
    state: State
    says: str = ""


def examine(*, thorough: bool = True) -> list[Examined]:
    """Look at everything; nothing is changed, and what cannot be looked at has failed.

    Args:
        thorough: whether also to read the whole file of the database and to speak to the mail server: seconds, where
            the rest takes none.
    """
    looked = {**_LOOKS, "integrity": _integrity, "mail": _mail, **_OF_ROOMS} if thorough else _LOOKS
    return [_looked(what, look) for what, look in looked.items()]


def look_also(what: str, label: str | Promise, look: Callable[[], Examined]) -> None:
    """Let the doctor look, thoroughly, at what a room above knows of."""
    LABELS[what] = label
    _OF_ROOMS[what] = look


def _looked(what: str, look: Callable[[], Examined]) -> Examined:
    try:
        return look()
    except WrongKeys as other:
        return Examined(what, State.FAILED, str(other))
    except OSError as error:
        return Examined(what, State.FAILED, disk.why(error))
    except DatabaseError as error:
        return Examined(what, State.FAILED, disk.why_of_database(error).strip())


def _database() -> Examined:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_is_in_recovery()")
            if cursor.fetchone()[0]:
                return Examined("database", State.FAILED, _("The database is a copy that cannot be written."))
    connection.ensure_connection()
    return Examined("database", State.OK, connection.vendor)


def _integrity() -> Examined:
    """SQLite is asked whether its file is whole; PostgreSQL guards its own by checksums."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check(1)")
            found = str(cursor.fetchone()[0])
        if found != "ok":
            says = _("The file of the database is damaged: %(found)s. Restore a backup.") % {"found": found}
            return Examined("integrity", State.FAILED, says)
    return Examined("integrity", State.OK)


def waiting_migrations() -> int:
    """How many migrations the database has not had yet.

    Raises:
        DatabaseError: it cannot be reached.
    """
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _migrations() -> Examined:
    if pending := waiting_migrations():
        return Examined(
            "migrations", State.FAILED, _("%(count)d wait. Run: punte migrate") % {"count": pending}
        )
    return Examined("migrations", State.OK)


def _keys() -> Examined:
    """Whether the keys here are those that the database remembers, and open the newest value of each column."""
    require_own_keys()
    try:
        unread = sorted({number for number in _numbers_in_use() if number not in settings.DATA_KEYS})
    except InvalidTag:
        return Examined(
            "keys", State.FAILED, _("The keys here are not those that wrote what the database holds.")
        )
    if unread:
        says = _("Key %(numbers)s is missing: what it wrote cannot be read. Put it back into secrets.json.")
        return Examined("keys", State.FAILED, says % {"numbers": ", ".join(unread)})
    return Examined("keys", State.OK)


def _numbers_in_use() -> Iterator[str]:
    with connection.cursor() as cursor:
        for model, column in encrypted_columns():
            if not has_column(model, column, DEFAULT_DB_ALIAS):
                continue
            table, name, key = map(
                connection.ops.quote_name, (model._meta.db_table, column, str(model._meta.pk.column))
            )
            cursor.execute(f"SELECT {name} FROM {table} WHERE {name} <> '' ORDER BY {key} DESC LIMIT 1")
            for (value,) in islice(cursor.fetchall(), 1):
                if not is_encrypted(value):  # a migration waits
                    continue
                number, _colon, _rest = value.partition(":")
                if number in settings.DATA_KEYS:
                    decrypt(value)
                yield number


def _writing() -> Examined:
    """A row and a file, both gone again."""
    with transaction.atomic():
        MigrationRecorder(connection).record_applied("operations", "doctor")
        transaction.set_rollback(True)
    with tempfile.TemporaryFile(dir=settings.VAR) as file:
        file.write(b"doctor")
        file.flush()
    return Examined("writing", State.OK)


def _disk() -> Examined:
    free = shutil.disk_usage(settings.VAR).free
    says = _("%(free)s MB free") % {"free": free >> 20}
    return Examined("disk", State.OK if free >= LEAST_FREE else State.ATTENTION, says)


def _clock() -> Examined:
    """Terms run by our clock: it agrees with the database's, and with what this installation has seen before."""
    seen = MigrationRecorder(connection).migration_qs.values_list("applied", flat=True)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT now()")
            now = cursor.fetchone()[0]
        if abs(now - timezone.now()) > LONGEST_AHEAD:
            says = _("The clocks of this machine and of the database are apart: there it is %(moment)s.")
            return Examined("clock", State.FAILED, says % {"moment": now.isoformat(timespec="seconds")})
    if max(seen, default=timezone.now()) > timezone.now() + LONGEST_AHEAD:
        return Examined("clock", State.FAILED, _("The clock of this machine is behind; set it."))
    return Examined("clock", State.OK)


def _mail() -> Examined:
    if "smtp" not in settings.EMAIL_BACKEND:
        return Examined("mail", State.ATTENTION, _("Nobody is mailed: PUNTE_EMAIL_URL is not set."))
    server = get_connection()
    server.open()
    server.close()
    return Examined("mail", State.OK, settings.EMAIL_HOST)


LABELS: dict[str, str | Promise] = {
    "database": gettext_lazy("database"),
    "migrations": gettext_lazy("migrations"),
    "keys": gettext_lazy("keys"),
    "writing": gettext_lazy("writing"),
    "disk": gettext_lazy("disk"),
    "clock": gettext_lazy("clock"),
    "integrity": gettext_lazy("file of the database"),
    "mail": gettext_lazy("mail"),
}
"""What is looked at, in words; a watchman is told the keys."""
_OF_ROOMS: dict[str, Callable[[], Examined]] = {}
_LOOKS: dict[str, Callable[[], Examined]] = {
    "database": _database,
    "migrations": _migrations,
    "keys": _keys,
    "writing": _writing,
    "disk": _disk,
    "clock": _clock,
}
