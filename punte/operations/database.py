"""The whole database as one file, taken while people write, and put back where there is none."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from punte.kernel.errors import DomainError


def is_empty() -> bool:
    """Whether the database has no table yet."""
    return not connection.introspection.table_names()


def refresh_statistics() -> int:
    """Let the database see how its tables are filled, one after the other, so that nobody waits long.

    SQLite never does so by itself, and then takes the long way through a large table.
    """
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")
    return len(tables)


def take(file: Path) -> None:
    """Write the database as it stood at one moment; who writes meanwhile is not kept waiting.

    Raises:
        DomainError: the tools of PostgreSQL are missing or refuse.
        OSError: the disk is full or cannot be written.
    """
    if connection.vendor == "sqlite":
        # In one step, under one read: of a database in WAL mode, on which nobody waits.
        with closing(sqlite3.connect(_name())) as live, closing(sqlite3.connect(file)) as copy:
            live.backup(copy)
        return
    _run("pg_dump", "--format=custom", "--no-owner", "--no-comments", f"--file={file}")


def put_back(file: Path) -> None:
    """Put what `take` wrote in the place of an empty database: all of it or nothing.

    Raises:
        DomainError, OSError: as for `take`.
    """
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(file)) as copy:
            found = copy.execute("PRAGMA quick_check").fetchone()[0]
        if found != "ok":
            raise DomainError(_("The database in the backup is damaged: %(found)s") % {"found": found})
        connection.close()
        for beside in ("-wal", "-shm"):
            Path(f"{_name()}{beside}").unlink(missing_ok=True)
        file.chmod(0o600)
        file.replace(_name())
        return
    connection.close()
    _run(
        "pg_restore",
        "--single-transaction",
        "--exit-on-error",
        "--no-owner",
        f"--dbname={_name()}",
        str(file),
    )


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _run(program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL on our database; the password goes by the environment, which `ps` does not show."""
    if shutil.which(program) is None:
        raise DomainError(
            _("%(program)s is missing. Install the client of PostgreSQL (Debian: postgresql-client).")
            % {"program": program}
        )
    known: dict[str, Any] = connection.settings_dict
    place = {
        "PGHOST": known["HOST"],
        "PGPORT": str(known["PORT"] or ""),
        "PGUSER": known["USER"],
        "PGPASSWORD": known["PASSWORD"],
        "PGDATABASE": known["NAME"],
    }
    command: Sequence[str] = [program, *arguments]
    given = {name: value for name, value in place.items() if value}
    done = subprocess.run(command, env=os.environ | given, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise DomainError(
            _("%(program)s refused: %(why)s") % {"program": program, "why": done.stderr.strip()[-2000:]}
        )
