"""Terms of every kind that the sources print, and the period of which a report is due. Pure.

A term as its file writes it: `L1-L5; L8-L11` (months of the project, with gaps), `quarterly`, `half_yearly`, `yearly`,
`permanent`, `periodic`, a day `2024-06-30`, a month `2023-12`, a year `2027`, years `2023-2027`.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import pgettext

Kind = Literal[
    "months",
    "quarterly",
    "half_yearly",
    "yearly",
    "permanent",
    "periodic",
    "day",
    "month",
    "year",
    "years",
    "",
]
REPEATED: tuple[Kind, ...] = ("quarterly", "half_yearly", "yearly", "permanent", "periodic")
_MONTHS = re.compile(r"L(\d{1,2})(?:\s*-\s*L(\d{1,2}))?")
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """From a day up to and with another."""

    start: dt.date
    end: dt.date


@dataclass(frozen=True)
class Term:
    """When something is done. `spans` are its days, where the term says them; `printed` is as the file has it."""

    kind: Kind
    printed: str
    spans: tuple[Span, ...] = ()

    @property
    def until(self) -> dt.date | None:
        """The last day, where there is one."""
        return self.spans[-1].end if self.spans else None

    def words(self) -> str:
        """The term as it is read."""
        said = {
            "quarterly": pgettext("term", "every quarter"),
            "half_yearly": pgettext("term", "every half-year"),
            "yearly": pgettext("term", "every year"),
            "permanent": pgettext("term", "all the time"),
            "periodic": pgettext("term", "from time to time"),
        }
        if self.kind in said:
            return said[self.kind]
        if self.kind == "months":
            return f"{self.printed} ({', '.join(_months(span) for span in self.spans)})"
        if self.kind in ("day", "month") and self.until:
            form = "%d.%m.%Y" if self.kind == "day" else "%m.%Y"
            return pgettext("term", "by %(when)s") % {"when": self.until.strftime(form)}
        return (
            pgettext("term", "by %(when)s") % {"when": self.printed} if self.kind == "year" else self.printed
        )


@dataclass(frozen=True)
class Due:
    """The period of which a report is due: its name in an address and on screen, and its days."""

    name: str
    span: Span


def read_term(text: str, *, first_month: dt.date | None = None) -> Term:
    """The term that a file writes.

    Args:
        first_month: the first day of month L1.

    Raises:
        ValueError: it is of no kind that is known.
    """
    said = text.strip()
    if not said:
        return Term("", "")
    if said in REPEATED:
        return Term(said, said)  # type: ignore[arg-type]
    if found := _MONTHS.findall(said):
        if _MONTHS.sub("", said).strip("; ") or first_month is None:
            raise ValueError(text)
        return Term("months", said, tuple(_of_months(first_month, int(a), int(b or a)) for a, b in found))
    if re.fullmatch(r"\d{4}-\d\d-\d\d", said):
        day = dt.date.fromisoformat(said)
        return Term("day", said, (Span(day, day),))
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", said):
        first = dt.date.fromisoformat(f"{said}-01")
        return Term("month", said, (Span(first, _month_end(first)),))
    if re.fullmatch(r"\d{4}", said):
        return Term("year", said, (Span(dt.date(int(said), 1, 1), dt.date(int(said), 12, 31)),))
    if years := re.fullmatch(r"(\d{4})-(\d{4})", said):
        a, b = map(int, years.groups())
        if a <= b:
            return Term("years", said, (Span(dt.date(a, 1, 1), dt.date(b, 12, 31)),))
    raise ValueError(text)


def due(term: Term, today: dt.date, *, since: dt.date) -> Due | None:
    """The last period that is over, of which a report is due; None where none is over since the programme began.

    Quarters and half-years as the term says; what is done by a day, and what goes on, is reported by the year.
    """
    if term.kind == "quarterly":
        found = _part_of_year(today, 3, "T")
    elif term.kind == "half_yearly":
        found = _part_of_year(today, 6, "S")
    elif term.kind == "months":
        last = today.replace(day=1) - _DAY
        found = Due(f"{last:%Y-%m}", Span(last.replace(day=1), last))
    else:
        year = today.year - 1
        found = Due(str(year), Span(dt.date(year, 1, 1), dt.date(year, 12, 31)))
    return found if found.span.end >= since else None


def elapsed(spans: tuple[Span, ...], today: dt.date) -> float:
    """The part of some days that is over, 0 to 1: what can be expected to be done by now."""
    total = sum((span.end - span.start).days + 1 for span in spans)
    over = sum(max(min((today - span.start).days, (span.end - span.start).days + 1), 0) for span in spans)
    return over / total if total else 0.0


def _part_of_year(today: dt.date, months: int, letter: str) -> Due:
    first = today.replace(month=(today.month - 1) // months * months + 1, day=1)
    end = first - _DAY
    start = end.replace(month=end.month - months + 1, day=1)
    return Due(f"{end.year}-{letter}{end.month // months}", Span(start, end))


def _of_months(first: dt.date, a: int, b: int) -> Span:
    if not 1 <= a <= b <= 60:
        raise ValueError(f"L{a}-L{b}")
    return Span(_shifted(first, a - 1), _month_end(_shifted(first, b - 1)))


def _shifted(first: dt.date, months: int) -> dt.date:
    place = first.month - 1 + months
    return dt.date(first.year + place // 12, place % 12 + 1, 1)


def _month_end(first: dt.date) -> dt.date:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _months(span: Span) -> str:
    return f"{span.start:%m.%Y}–{span.end:%m.%Y}"
