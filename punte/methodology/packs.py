"""Find and load packs. A pack that does not hold together is refused, naming the file and the line."""

from __future__ import annotations

import hashlib
import re
import time
from datetime import date
from functools import lru_cache
from pathlib import Path

from punte.methodology.errors import PackError, gettext_noop
from punte.methodology.model import Pack
from punte.methodology.pack_reader import PackReader

PACKS_DIR = Path(__file__).resolve().parent.parent.parent / "content" / "packs"

IN_FORCE: list[Path] = []
"""Folders of versions that were put in force here (NAME/DAY), before those of `PACKS_DIR` from their day on."""
OWN: list[Path] = []
"""Folders of the operator's own packs, beside `PACKS_DIR`."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")

_SETTLES_NS = 2_000_000_000
PACK_FILES = ("pack.yaml", "survey.csv", "choices.csv", "settings.csv", "rules.yaml", "package.yaml")


def load_pack(name_or_path: str | Path) -> Pack:
    """The pack of a name that is in use today, or that in a folder given as a path. Read anew only when it has changed.

    Raises:
        PackError: no such pack, or one that does not hold together.
    """
    folder = _folder(name_or_path)
    return _load(folder, _digest(folder))


def available_packs() -> list[Pack]:
    """Every pack in use today, by name."""
    folders = _with_files()
    for folder in IN_FORCE:
        folders |= {each.name: found for each in folder.glob("*") if (found := _in_force(each.name))}
    return [load_pack(folder) for _name, folder in sorted(folders.items())]


def shipped_packs() -> list[Pack]:
    """Those of the product and of the operator's own folder, whether another version is in force or not."""
    return [load_pack(folder) for _name, folder in sorted(_with_files().items())]


def former_packs() -> list[Pack]:
    """All versions that `former_pack` knows."""
    return [
        load_pack(file.parent) for file in sorted(PACKS_DIR.with_name("former_packs").glob("*/*/pack.yaml"))
    ]


def _with_files() -> dict[str, Path]:
    """The folder of each pack of the product and of the operator."""
    found = {file.parent.name: file.parent for file in PACKS_DIR.glob("*/pack.yaml")}
    for folder in OWN:
        for file in folder.glob("*/pack.yaml"):
            if file.parent.name in found:
                message = gettext_noop(
                    "the pack %(name)s lies in the product's content too: give it another name"
                )
                raise PackError(message, str(file), 1, name=file.parent.name)
            found[file.parent.name] = file.parent
    return found


def _in_force(name: str) -> Path | None:
    """The folder of what was put in force last, of those whose day has come."""
    return max(_come(name), key=lambda each: each.name, default=None)


def _come(name: str) -> list[Path]:
    today = date.today().isoformat()
    return [each for folder in IN_FORCE for each in folder.glob(f"{name}/????-??-??") if each.name <= today]


def former_pack(name: str, version: str) -> Pack | None:
    """A pack as it was at a version that is no longer in use, so that a form begun then is read by it; None if unknown.

    Each lies in `content/former_packs/NAME-VERSION/NAME`, a copy of what it was in `PACKS_DIR`.
    """
    known = sorted(PACKS_DIR.with_name("former_packs").glob("*/*/pack.yaml"))
    folder = next((file.parent for file in known if file.parts[-3:-1] == (f"{name}-{version}", name)), None)
    return load_pack(folder) if folder else None


def _folder(name_or_path: str | Path) -> Path:
    named = _named(name_or_path) if isinstance(name_or_path, str) else None
    folder = named or Path(name_or_path)
    if not (folder / "pack.yaml").is_file():
        raise PackError(gettext_noop("there is no such pack"), str(folder / "pack.yaml"), 1)
    return folder.resolve()


def _named(name: str) -> Path | None:
    if not _NAME.fullmatch(name):
        return None
    return _in_force(name) or _with_files().get(name)


def _digest(folder: Path) -> str:
    """A hash of what the files say, so that a changed pack is never mistaken for the one already read."""
    stamps = []
    for name in PACK_FILES:
        try:
            found = (folder / name).stat()
        except FileNotFoundError:
            raise PackError(gettext_noop("the file is missing"), str(folder / name), 1) from None
        stamps.append((found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns))
    if time.time_ns() - max(changed for *_file, changed in stamps) < _SETTLES_NS:
        # What was written just now may be written again and look the same.
        _read_digest.cache_clear()
    return _read_digest(folder, tuple(stamps))


@lru_cache(maxsize=64)
def _read_digest(folder: Path, _stamps: tuple[tuple[int, ...], ...]) -> str:
    digest = hashlib.sha256()
    for name in PACK_FILES:
        digest.update(f"{name}\0".encode() + (folder / name).read_bytes() + b"\0")
    return digest.hexdigest()


@lru_cache(maxsize=32)
def _load(folder: Path, digest: str) -> Pack:
    return PackReader(folder, digest).read()
