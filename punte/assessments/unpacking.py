"""The files of a pack as they are sent: in an archive, or one by one. Nothing is written anywhere."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from punte.methodology.errors import PackError, gettext_noop
from punte.methodology.packs import PACK_FILES

MOST_BYTES = 2 * 1024 * 1024
"""Of one file, unpacked."""
_MOST_ENTRIES = 50
_LOCKED = 1


def files_of(sent: Iterable[tuple[str, bytes]]) -> Mapping[str, str]:
    """The six files of a pack by their names.

    Args:
        sent: the name and the content of each file as its sender calls it; one archive, or the files themselves.

    Raises:
        PackError: a file is missing, too large, not UTF-8, sent twice or none of a pack; the archive is damaged or
            locked, or leads outside of itself.
    """
    found: dict[str, str] = {}
    for name, content in _unpacked(list(sent)):
        if name not in PACK_FILES:
            raise PackError(
                gettext_noop("this file is none of a pack: %(files)s"), name, 1, files=", ".join(PACK_FILES)
            )
        if name in found:
            raise PackError(gettext_noop("the file is there twice"), name, 1)
        found[name] = _text(name, content)
    for name in PACK_FILES:
        if name not in found:
            raise PackError(gettext_noop("the file is missing"), name, 1)
    return {name: found[name] for name in PACK_FILES}


def _unpacked(sent: list[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    for name, content in sent:
        if len(sent) == 1 and content.startswith(b"PK"):
            yield from _in_archive(name, content)
            return
        if len(content) > MOST_BYTES:
            raise _too_large(name)
        yield PurePosixPath(name.replace("\\", "/")).name, content


def _in_archive(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [one for one in archive.infolist() if not one.is_dir()]
            if len(entries) > _MOST_ENTRIES:
                raise PackError(gettext_noop("the archive has too many files"), name, 1)
            folders = set()
            for entry in entries:
                path = _path(entry.filename)
                if path.parts[0] == "__MACOSX" or path.name.startswith("."):
                    continue
                folders.add(path.parent)
                if len(folders) > 1:
                    message = gettext_noop(
                        "the archive has files in several folders; send one pack at a time"
                    )
                    raise PackError(message, str(path), 1)
                yield path.name, _content(archive, entry, str(path))
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        raise PackError(gettext_noop("the archive is damaged"), name, 1) from error


def _path(written: str) -> PurePosixPath:
    path = PurePosixPath(written.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or not path.parts or ":" in path.parts[0]:
        raise PackError(gettext_noop("the archive leads outside of itself"), written, 1)
    return path


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, place: str) -> bytes:
    """What is in an entry, whatever it says of its own size."""
    if entry.flag_bits & _LOCKED:
        raise PackError(gettext_noop("the archive is locked with a password"), place, 1)
    with archive.open(entry) as opened:
        content = opened.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise _too_large(place)
    return content


def _too_large(place: str) -> PackError:
    return PackError(gettext_noop("the file is larger than 2 MB"), place, 1)


def _text(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise PackError(gettext_noop("the file is not UTF-8"), name, line) from error
