"""Where content lies: the product's own folder, and beside it the operator's, which an upgrade never touches."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.core.signals import request_finished, request_started

Stamped = tuple[tuple[Path, bool, int], ...]
Found = TypeVar("Found")
_of_request = threading.local()


def content_files(folder: str) -> list[tuple[Path, bool]]:
    """The YAML files of a folder of content in the order of their names, each with whether it is the operator's own."""
    return [(path, own) for path, own, _changed_at in stamped_files(folder)]


def stamped_files(folder: str) -> Stamped:
    """The same, each with when it was changed, in nanoseconds; looked at once within a request."""
    return looked_for_once(folder, lambda: _looked(folder))


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
    """Within, as within a request: each folder is looked at once."""
    if getattr(_of_request, "known", None) is not None:
        yield
        return
    _begin()
    try:
        yield
    finally:
        _end()


def _looked(folder: str) -> Stamped:
    own = ((settings.OWN_CONTENT / folder, True),) if settings.OWN_CONTENT else ()
    places = ((settings.CONTENT / folder, False), *own)
    found = [
        (file.name, is_own, str(place), file.stat().st_mtime_ns)
        for place, is_own in places
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
