"""Where content lies: the product's own folder, and beside it the operator's, which an upgrade never touches.

What is read of it is kept until a file changes: `kept_file` of one file, `kept_files` of several, `until_changed` of a
path that is found in another way.
"""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.core.signals import request_finished, request_started

Stamped = tuple[tuple[Path, bool, int], ...]
Files = Sequence[tuple[Path, bool]]
Found = TypeVar("Found")
_of_request = threading.local()


def product_file(name: str) -> Path:
    """A file of the product's content."""
    return settings.CONTENT / name


def own_file(name: str) -> Path:
    """The operator's own file of a name where there is one, else the product's."""
    own = settings.OWN_CONTENT / name if settings.OWN_CONTENT else None
    return own if own and own.exists() else product_file(name)


def content_files(folder: str) -> list[tuple[Path, bool]]:
    """The YAML files of a folder of content in the order of their names, each with whether it is the operator's own."""
    return [(path, own) for path, own, _changed_at in stamped_files(folder)]


def stamped_files(folder: str) -> Stamped:
    """The same, each with when it was changed, in nanoseconds; looked at once within a request."""
    return looked_for_once(folder, lambda: _looked(folder))


def both_files(name: str) -> Stamped:
    """The product's file of a name and after it the operator's own that adds to it, as far as they are there."""
    return looked_for_once(f"both {name}", lambda: _both(name))


def until_changed(read: Callable[[Path], Found]) -> Callable[[Path], Found]:
    """A function that keeps what `read` said of a file until that changes; looked at once within a request.

    It raises what `read` raises, each time anew, and OSError where there is no such file.
    """
    kept = lru_cache(maxsize=64)(lambda path, _changed_at: read(path))

    @wraps(read)
    def unchanged(path: Path) -> Found:
        return kept(path, looked_for_once(str(path), lambda: path.stat().st_mtime_ns))

    return unchanged


def kept_file(
    name: str, *, find: Callable[[str], Path] = own_file
) -> Callable[[Callable[[Path], Found]], Callable[[], Found]]:
    """Makes of a function that reads a file one without arguments, which keeps what it read as `until_changed` does.

    Args:
        name: of the file, below the folder of content.
        find: `product_file` where the operator cannot have their own.
    """

    def keeping(read: Callable[[Path], Found]) -> Callable[[], Found]:
        unchanged = until_changed(read)
        return wraps(read)(lambda: unchanged(looked_for_once(f"{find.__name__} {name}", lambda: find(name))))

    return keeping


def kept_files(
    name: str, *, find: Callable[[str], Stamped] = stamped_files
) -> Callable[[Callable[[Files], Found]], Callable[[], Found]]:
    """The same of one that reads all files of a folder or, with `both_files`, those of a name."""

    def keeping(read: Callable[[Files], Found]) -> Callable[[], Found]:
        unchanged = lru_cache(maxsize=4)(
            lambda files: read([(path, own) for path, own, _changed_at in files])
        )
        return wraps(read)(lambda: unchanged(find(name)))

    return keeping


def looked_for_once(key: str, look: Callable[[], Found]) -> Found:
    """What is found, looked for once within a request."""
    known: dict[str, Any] | None = getattr(_of_request, "known", None)
    if known is None:
        return look()
    if key not in known:
        known[key] = look()
    found: Found = known[key]
    return found


@contextmanager
def looked_at_once() -> Iterator[None]:
    """Within, as within a request: each folder and each file is looked at once."""
    if getattr(_of_request, "known", None) is not None:
        yield
        return
    _begin()
    try:
        yield
    finally:
        _end()


def _places(name: str) -> Files:
    own = ((settings.OWN_CONTENT / name, True),) if settings.OWN_CONTENT else ()
    return (settings.CONTENT / name, False), *own


def _both(name: str) -> Stamped:
    return tuple((path, own, path.stat().st_mtime_ns) for path, own in _places(name) if path.exists())


def _looked(folder: str) -> Stamped:
    found = [
        (file.name, is_own, str(place), file.stat().st_mtime_ns)
        for place, is_own in _places(folder)
        if place.is_dir()
        for file in os.scandir(place)
        if file.name.endswith(".yaml")
    ]
    return _stamped(tuple(sorted(found)))


@lru_cache(maxsize=100)
def _stamped(files: tuple[tuple[str, bool, str, int], ...]) -> Stamped:
    """The same object as long as nothing changed."""
    return tuple((Path(place, name), is_own, changed_at) for name, is_own, place, changed_at in files)


def _begin(**_signal: object) -> None:
    _of_request.known = {}


def _end(**_signal: object) -> None:
    _of_request.known = None


request_started.connect(_begin)
request_finished.connect(_end)
