"""Find and load packs. A pack that does not hold together is refused, naming the file and the line."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from punte.methodology.errors import PackError, gettext_noop
from punte.methodology.model import Pack
from punte.methodology.pack_reader import PackReader

PACKS_DIR = Path(__file__).resolve().parent.parent.parent / "content" / "packs"

PACK_FILES = ("pack.yaml", "survey.csv", "choices.csv", "settings.csv", "rules.yaml", "package.yaml")


def load_pack(name_or_path: str | Path) -> Pack:
    """The pack of a name under `PACKS_DIR`, or in a folder given as a path. Read anew only when it has changed.

    Raises:
        PackError: no such pack, or one that does not hold together.
    """
    folder = _folder(name_or_path)
    return _load(folder, _digest(folder))


def available_packs() -> list[Pack]:
    """Every pack under `PACKS_DIR`, by name."""
    return [load_pack(file.parent) for file in sorted(PACKS_DIR.glob("*/pack.yaml"))]


def former_pack(name: str, version: str) -> Pack | None:
    """A pack as it was at a version that is no longer in use, so that a form begun then is read by it; None if unknown.

    Each lies in `content/former_packs/NAME-VERSION/NAME`, a copy of what it was in `PACKS_DIR`.
    """
    known = sorted(PACKS_DIR.with_name("former_packs").glob("*/*/pack.yaml"))
    folder = next((file.parent for file in known if file.parts[-3:-1] == (f"{name}-{version}", name)), None)
    return load_pack(folder) if folder else None


def _folder(name_or_path: str | Path) -> Path:
    named = PACKS_DIR / str(name_or_path)
    folder = named if isinstance(name_or_path, str) and named.is_dir() else Path(name_or_path)
    if not (folder / "pack.yaml").is_file():
        raise PackError(gettext_noop("there is no such pack"), str(folder / "pack.yaml"), 1)
    return folder.resolve()


def _digest(folder: Path) -> str:
    """A hash of what the files say, so that a changed pack is never mistaken for the one already read."""
    digest = hashlib.sha256()
    for name in PACK_FILES:
        file = folder / name
        if not file.is_file():
            raise PackError(gettext_noop("the file is missing"), str(file), 1)
        digest.update(f"{name}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()


@lru_cache(maxsize=32)
def _load(folder: Path, digest: str) -> Pack:
    return PackReader(folder, digest).read()
