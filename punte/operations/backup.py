"""One file with all that an installation holds, for the day when its machine is gone: database and files, never keys.

The file is a tar, encrypted as age does (age-encryption.org/v1) to a key of the operator's, so that a machine can write
backups that it cannot read; `age --decrypt` opens one too. It ends whole or is not read: age knows a file cut short.
"""

import hashlib
import hmac
import io
import json
import os
import shutil
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

import pyrage
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.kernel import keyring
from punte.kernel.errors import DomainError
from punte.operations import database

KEPT = ("files", "extracts")
"""Folders of PUNTE_VAR that are kept beside the database."""
_ABOUT, _DATABASE = "about.json", "database"


@dataclass(frozen=True)
class About:
    """What a backup says of itself.

    Attributes:
        migrations: those that its database has had.
        keys: what tells the keys that it was written with from others, and gives nothing of them away.
    """

    version: str
    vendor: str
    made_at: str
    keys: dict[str, str]
    migrations: list[str]


@dataclass(frozen=True)
class Held:
    """How much a backup holds."""

    made_at: str
    files: int
    size: int


def new_key(file: Path) -> str:
    """Make a key that opens backups, in a file that only its owner reads; the other half, which only writes them.

    Raises:
        FileExistsError: there is such a file already.
    """
    made = pyrage.x25519.Identity.generate()
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as written:
        written.write(f"# {made.to_public()}\n{made}\n")
    return str(made.to_public())


def back_up(file: Path, *, to: str) -> Held:
    """Write a backup; `file` is there whole, or not at all.

    What was acknowledged before it began is in it. Files are read after the database, whose rows follow them.

    Args:
        to: the half of a key that `new_key` gave, `age1…`.

    Raises:
        DomainError: `to` is no such key; the database cannot be taken.
        OSError: the disk is full or cannot be written.
    """
    try:
        recipient = pyrage.x25519.Recipient.from_str(to)
    except pyrage.RecipientError as error:
        raise DomainError(_("This is no key to write backups with; it begins with age1.")) from error
    beside = file.with_name(f"{file.name}.part")
    counted = {"files": 0}
    about = _about()
    with TemporaryDirectory(dir=settings.VAR, prefix="backup-") as folder:
        taken = Path(folder) / _DATABASE
        database.take(taken)

        def pack(stream: BinaryIO) -> None:
            with tarfile.open(fileobj=stream, mode="w|") as tar:
                _add(tar, _ABOUT, json.dumps(asdict(about), indent=1).encode())
                tar.add(taken, _DATABASE)
                for path in _files():
                    # What a retention verb removes meanwhile is meant to be gone.
                    if (content := _read(path)) is not None:
                        _add(tar, str(path.relative_to(settings.VAR)), content)
                        counted["files"] += 1

        try:
            with beside.open("wb") as written, _piped(pack) as packed:
                beside.chmod(0o600)
                pyrage.encrypt_io(packed, written, [recipient])
                written.flush()
                os.fsync(written.fileno())
            beside.replace(file)
        finally:
            beside.unlink(missing_ok=True)
    return Held(about.made_at, counted["files"], file.stat().st_size)


def restore(file: Path, *, identity: Path) -> Held:
    """Put a backup into an empty installation: all of it or nothing.

    Args:
        identity: the file with the key that `new_key` made.

    Raises:
        DomainError: there is data here; the key does not open it; it is damaged, of another kind of database, of a
            newer Punte, or was written with other keys than those that are here.
        OSError: a file cannot be read or written, or the disk is full.
    """
    _require_nothing_here()
    key = _identity(identity)
    with TemporaryDirectory(dir=settings.VAR, prefix="restore-") as folder:
        home = Path(folder)

        def unpack(stream: BinaryIO) -> None:
            with tarfile.open(fileobj=stream, mode="r|") as tar:
                _take_out(tar, home)
            # To the end, where age says whether all of it came.
            while stream.read(1 << 16):
                pass

        try:
            with file.open("rb") as sealed, _piped(unpack, into=True) as opened:
                pyrage.decrypt_io(sealed, opened, [key])
        except (pyrage.DecryptError, tarfile.TarError, OSError) as error:
            # Of the disk are errors with a number; the others are what age says of a file it does not trust.
            if isinstance(error, OSError) and error.errno is not None:
                raise
            raise DomainError(
                _("The backup does not open: it is damaged or cut short, or was written for another key.")
            ) from error
        about = _read_about(home)
        _require_fit(about)
        moved: list[Path] = []
        try:
            for name in KEPT:
                if (home / name).is_dir():
                    target = settings.VAR / name
                    if target.exists():
                        target.rmdir()
                    (home / name).replace(target)
                    moved.append(target)
            files = sum(1 for _path in _files())
            database.put_back(home / _DATABASE)
        except BaseException:
            for target in moved:
                target.replace(home / target.name)
            raise
    return Held(about.made_at, files, file.stat().st_size)


def _take_out(tar: tarfile.TarFile, home: Path) -> None:
    """Files and nothing else, within the folder; the Python of Debian 12 has no filter for that."""
    for member in tar:
        content, name = tar.extractfile(member), PurePosixPath(member.name)
        if content is None or not member.isfile() or name.is_absolute() or ".." in name.parts:
            raise tarfile.TarError(f"{member.name} is no file of a backup")
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        with (home / name).open("wb") as kept:
            (home / name).chmod(0o600)
            shutil.copyfileobj(content, kept)


def _about() -> About:
    loader = MigrationLoader(connection)
    return About(
        version=settings.VERSION,
        vendor=connection.vendor,
        made_at=timezone.localtime().isoformat(timespec="seconds"),
        keys=keyring.fingerprints(),
        migrations=sorted(
            f"{app}.{name}" for app, name in loader.applied_migrations if app in loader.migrated_apps
        ),
    )


def _files() -> Iterator[Path]:
    for name in KEPT:
        yield from sorted(path for path in (settings.VAR / name).rglob("*") if path.is_file())


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    tar.addfile(member, io.BytesIO(content))


def _read_about(home: Path) -> About:
    try:
        return About(**json.loads((home / _ABOUT).read_text()))
    except (OSError, ValueError, TypeError) as error:
        raise DomainError(_("This is no backup of Punte.")) from error


def _require_nothing_here() -> None:
    held = [name for name in KEPT if (settings.VAR / name).is_dir() and any((settings.VAR / name).iterdir())]
    if held or not database.is_empty():
        raise DomainError(
            _(
                "There is data here already. A backup is restored into an empty database and an empty PUNTE_VAR."
            )
        )


def _require_fit(about: About) -> None:
    if about.vendor != connection.vendor:
        raise DomainError(
            _(
                "The backup is of %(theirs)s, the database here is %(ours)s. Set DATABASE_URL to one of the same kind."
            )
            % {"theirs": about.vendor, "ours": connection.vendor}
        )
    known = {
        f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    }
    if set(about.migrations) - known:
        raise DomainError(
            _(
                "The backup was made by Punte %(version)s, which is newer than this one. Install that version first."
            )
            % {"version": about.version}
        )
    ours = keyring.fingerprints() | _former_fingerprints()
    missing = [name for name, digest in about.keys.items() if ours.get(name) != digest]
    if missing:
        raise DomainError(
            _(
                "The keys here are not those of the backup (%(missing)s). Put the secrets.json that you keep in another"
                " place into %(folder)s, or set its variables, and restore again."
            )
            % {"missing": ", ".join(missing), "folder": settings.VAR}
        )


def _former_fingerprints() -> dict[str, str]:
    """The keys here as backups named them before a database remembered its own."""
    keys = {**settings.DATA_KEYS, "blind": settings.BLIND_INDEX_KEY}
    return {
        name: hmac.new(key, b"punte backup", hashlib.sha256).hexdigest()[:16] for name, key in keys.items()
    }


def _identity(file: Path) -> Any:
    lines = [line.strip() for line in file.read_text().splitlines()]
    try:
        return pyrage.x25519.Identity.from_str(
            next(line for line in lines if line and not line.startswith("#"))
        )
    except (StopIteration, pyrage.IdentityError) as error:
        raise DomainError(
            _("There is no key in %(file)s; it begins with AGE-SECRET-KEY-.") % {"file": file}
        ) from error


@contextmanager
def _piped(work: Callable[[BinaryIO], None], *, into: bool = False) -> Iterator[BinaryIO]:
    """One end of a pipe, on whose other end `work` runs in a thread: what it writes, or what it reads where `into`.

    Its own error goes before that of a pipe which broke of it.
    """
    reader, writer = os.pipe()
    failed: list[BaseException] = []

    def run() -> None:
        try:
            with os.fdopen(reader, "rb") if into else os.fdopen(writer, "wb") as stream:
                work(stream)
        except BaseException as error:  # noqa: BLE001
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        with os.fdopen(writer, "wb") if into else os.fdopen(reader, "rb") as pipe:
            yield pipe
    finally:
        thread.join()
        if failed:
            raise failed[0]
