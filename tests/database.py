"""The database of the tests: migrated once, kept while the migrations stay as they are, and copied for each worker.

`python -m tests.database` migrates it before a worker has to, while others would wait.
A test with transactions of its own gets a new copy after it: quicker than emptying every table, and nothing is left.
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TypeVar

import django
from django.apps import apps
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.backends.signals import connection_created
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.signals import post_migrate
from pytest_django import DjangoDbBlocker

from punte.kernel import quick_migrations
from punte.kernel.apps import KEYS
from tests import WHOLE

# Whatever the tables may follow from.
_SOURCES = ("punte/*/migrations/*.py", "punte/kernel/**/*.py", "requirements.lock")
_Made = TypeVar("_Made")
_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")


def prepare() -> None:
    """Have this process use a database as tests do."""
    _lock()
    do_not_wait_for_the_disk()
    if not WHOLE:
        quick_migrations.use()
    # The migrated database is kept for whoever tests next, perhaps with other keys.
    connection_created.disconnect(dispatch_uid=KEYS)
    post_migrate.disconnect(sender=apps.get_app_config("kernel"), dispatch_uid=KEYS)


def do_not_wait_for_the_disk() -> None:
    """No test is about what outlives a power cut."""
    options = connection.settings_dict["OPTIONS"]
    if connection.vendor == "sqlite":
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    else:
        options["options"] = "-c synchronous_commit=off"


def begin() -> None:
    """Connect to a copy of the migrated database, which is made first where it is missing or of other migrations."""
    connection.settings_dict["TEST"]["NAME"] = migrated = connection.creation._get_test_db_name()
    with _one_at_a_time():
        _use(migrated)
        if not _is_current():
            _migrate()
        _use(connection.creation.get_test_db_clone_settings(_WORKER)["NAME"])
        renew()


def renew() -> None:
    """Put a new copy in the place of the one that was used."""
    drop()
    copy_to(connection.settings_dict["NAME"])


def copy_to(name: str) -> None:
    """Make a copy of the migrated database: a file of that name, or a database on the same server."""
    migrated = connection.settings_dict["TEST"]["NAME"]
    if connection.vendor == "sqlite":
        shutil.copyfile(migrated, name)
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{migrated}" STRATEGY FILE_COPY')


def drop() -> None:
    """Remove the copy, whoever may still be connected to it."""
    connection.close()
    copy = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        for ending in ("", "-wal", "-shm"):
            Path(f"{copy}{ending}").unlink(missing_ok=True)
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')


def lasting(blocker: DjangoDbBlocker, make: Callable[[], _Made]) -> Iterator[_Made]:
    """A world made once for the tests of a module: each undoes what it did, the end undoes the world."""
    with blocker.unblock(), transaction.atomic():
        made = make()
        with blocker.block():
            yield made
        transaction.set_rollback(True)


def _use(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def _is_current() -> bool:
    try:
        return ("tests", _digest()) in MigrationRecorder(connection).applied_migrations()
    except OperationalError:
        return False


def _migrate() -> None:
    connection.close()
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    # Written last, so that what was interrupted is made anew.
    MigrationRecorder(connection).record_applied("tests", _digest())


def _digest() -> str:
    read = hashlib.sha256(b"as Django does" if WHOLE else b"quickly")
    for pattern in _SOURCES:
        for path in sorted(settings.ROOT.glob(pattern)):
            read.update(path.read_bytes())
    return read.hexdigest()


@cache
def _lock() -> Path:
    """What all processes of this folder wait for, wherever a test has its own VAR."""
    return Path(settings.VAR) / "test.lock"


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with _lock().open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "punte.settings")
    django.setup()
    prepare()
    begin()
    drop()
