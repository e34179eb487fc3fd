"""Opening hours as people write them in one cell: `luni-vineri 8-16; sâmbătă 9-13`, `20:00-08:00`, `non-stop`."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from punte.directory.services.details import check
from punte.kernel.errors import DomainError
from punte.kernel.tables import Cell, Unreadable
from punte.kernel.tables.letters import shown
from punte.kernel.text import fold

ALWAYS = "always"
_ALWAYS = {
    "non stop",
    "nonstop",
    "24 7",
    "24 din 24",
    "24 h",
    "24 ore",
    "24 de ore",
    "permanent",
    "zi si noapte",
}
_DAYS = (
    ("luni", "lu", "l"), ("marti", "ma"), ("miercuri", "mi"), ("joi", "jo", "j"), ("vineri", "vi", "v"),
    ("sambata", "sam", "sa", "s"), ("duminica", "dum", "du", "d"),
)  # fmt: skip
_NUMBER = {name: day for day, names in enumerate(_DAYS, 1) for name in names}
_GROUPS = {"zilnic": range(1, 8), "zile lucratoare": range(1, 6), "weekend": range(6, 8)}
_HOUR = r"([01]?\d|2[0-4])(?:[:.]([0-5]\d))?"
_TIMES = re.compile(
    rf"(?:de la )?(?:ora )?{_HOUR}\s*(?:-|–|—|la|până la|pana la)\s*(?:ora )?{_HOUR}(?!\d)", re.I
)
_BETWEEN = re.compile(r"^[\s,;.:]*(?:(?:și|si)\s)?[\s,;.:]*|[\s,;.:]+$", re.I)


def hours(cell: Cell) -> str | list[list[Any]]:
    """The hours as `details` has them, `ALWAYS` for day and night; hours without a day are those of every day."""
    written = " ".join(str(cell).split())
    if fold(written) in _ALWAYS:
        return ALWAYS
    try:
        return check("hours", list(_spans(written)))  # type: ignore[no-any-return]
    except DomainError as refused:
        raise Unreadable(str(refused.message)) from None


def _spans(written: str) -> Iterator[list[Any]]:
    days, at = list(range(1, 8)), 0
    found = list(_TIMES.finditer(written))
    if not found or _BETWEEN.sub("", written[found[-1].end() :]):
        raise _unclear(written)
    for match in found:
        said = _BETWEEN.sub("", written[at : match.start()])
        days = list(_days(said, written)) if said else days
        at = match.end()
        opens, closes = f"{int(match[1]):02}:{match[2] or '00'}", f"{int(match[3]):02}:{match[4] or '00'}"
        yield from ([day, opens, closes] for day in days)


def _days(said: str, written: str) -> Iterator[int]:
    if fold(said) in _GROUPS:
        yield from _GROUPS[fold(said)]
        return
    for part in re.split(r",|;| și | si ", said):
        ends = [_NUMBER.get(fold(end)) for end in re.split(r"\s*[-–—]\s*|\s+până\s+|\s+la\s+", part.strip())]
        first, last = ends[0], ends[-1]
        if first is None or last is None or len(ends) > 2 or last < first:  # noqa: PLR2004
            raise _unclear(written)
        yield from range(first, last + 1)


def _unclear(written: str) -> Unreadable:
    return Unreadable(
        _("“%(text)s” is not clear. Write the hours as “luni-vineri 08:00-16:00; sâmbătă 09:00-13:00”.")
        % {"text": shown(written)}
    )
