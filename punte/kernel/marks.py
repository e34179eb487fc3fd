"""Marks by which somebody who holds a value knows whether it is still the same."""

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any


class Unchanging(list[Any]):
    """A long list that nobody changes once it was made: it is written once, however often its mark is asked for."""

    @cached_property
    def written(self) -> str:
        """As `mark_of` writes it."""
        return _written([*self])


def mark_of(value: object) -> str:
    """A short text that changes with whatever a value holds."""
    written = _written(value) if not isinstance(value, Mapping) else _by_parts(value)
    return hashlib.sha256(written.encode()).hexdigest()[:24]


def _by_parts(value: Mapping[str, object]) -> str:
    """The same text as of the whole."""
    parts = (
        f"{_written(name)}: {part.written if isinstance(part, Unchanging) else _written(part)}"
        for name, part in sorted(value.items())
    )
    return f"{{{', '.join(parts)}}}"


def _written(value: object) -> str:
    return json.dumps(value, sort_keys=True, default=str, ensure_ascii=False)
