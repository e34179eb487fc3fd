"""Every question that content asks of an extract, with what it reads beside it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from punte.programmes.counting import Given

FOLDERS = ("statistics", "tables", "lookback", "programmes")
"""Those of content whose SQL texts read an extract and nothing else."""


@dataclass(frozen=True)
class Round:
    """Questions that read the same beside an extract.

    Attributes:
        queries: the texts by their places in content, without the suffix.
        given: small tables by their names.
        views: texts that others may read as tables, by their names.
    """

    queries: Mapping[str, str]
    given: Mapping[str, Given] = field(default_factory=dict)
    views: Mapping[str, str] = field(default_factory=dict)


Source = Callable[[Path], Iterable[Round]]
"""What a room asks of the extract in a folder."""
_FROM_ABOVE: list[Source] = []


def hand_over_questions(source: Source) -> None:
    """A room above says what it asks of an extract."""
    _FROM_ABOVE.append(source)


def rounds(folder: Path) -> Iterator[Round]:
    """All questions to an extract: those of this room and of those below, then those that rooms above hand over."""
    yield Round(_texts())
    for source in _FROM_ABOVE:
        yield from source(folder)


def _texts() -> dict[str, str]:
    roots = [Path(root) for root in (settings.CONTENT, settings.OWN_CONTENT) if root]
    found = {
        file.relative_to(root).with_suffix("").as_posix(): file
        for root in roots
        for name in FOLDERS
        for file in (root / name).rglob("*.sql")
    }
    return {place: file.read_text(encoding="utf-8") for place, file in sorted(found.items())}
