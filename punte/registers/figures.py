"""A page of figures over registers, as its file in `content/figures` says it: lists, groups, counts, years.

Each account counts what it reads: entries of its own institutions, each as it sees it; nothing of violence.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import UUID

from punte.accounts.models import User
from punte.directory.models import Service
from punte.kernel.own_content import Files, kept_files
from punte.kernel.text import fold
from punte.methodology.definition_files import one_of, only, read_key, read_text, some_of
from punte.methodology.errors import gettext_noop
from punte.methodology.model import Text
from punte.methodology.source_files import Section, read_yaml
from punte.registers.actions.writing import in_words
from punte.registers.catalogue import definitions, register_named
from punte.registers.definition import WITHDRAWN, Definition
from punte.registers.lists import RegisterList, keepers_listed, said_in, seen_outside
from punte.registers.models import Entry
from punte.registers.showing import in_words_of

LEADS = ("", "centre_closing", "life_book")
"""The pages, by their names, that a group may lead to."""
_AS = ("list", "groups", "counts", "years")
_OF = ("any", "today", "ahead")
_AT = ("start", "end", "held")
_PART = {
    *("key", "title", "register", "as", "states", "of", "order", "line"),
    *("none", "by", "leads", "rows", "same", "says"),
}
_OF_ENTRY = ("start", "state", "subject")
_YEARS, _MOST = 5, 30
_A_DAY = dt.timedelta(days=1)
_FIGURES = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Line:
    """One line of a table of years.

    Attributes:
        at: what puts an entry into a year: its first day, its last, or that it held on the last day of the year.
        by: the choice that makes a line of each of its values; empty where there is one line.
        title: of the line, with `{called}` in the place of the value.
        none: the line of what says no value, where there is one of each value.
    """

    at: str
    states: tuple[str, ...]
    by: str
    title: Text
    none: Text


@dataclass(frozen=True)
class Part:
    """One part of a page.

    Attributes:
        of: which entries: any, those that hold today, those ahead.
        order: by which fields a list is sorted, the first day where one is empty.
        same: of a list the fields in which no two should be the same; `says` is told where they are.
        none: what is said where there is nothing; where the file does not say it, the part is left out.
    """

    key: str
    title: Text
    register: str
    as_: str
    states: tuple[str, ...]
    of: str
    by: str
    leads: str
    order: tuple[str, ...]
    line: Text
    same: tuple[str, ...]
    says: Text
    none: Text
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Row:
    """One row of a part: what it is called, what is said of it, its numbers, and where it leads."""

    called: Any
    said: str = ""
    numbers: Sequence[int] = ()
    entry: Entry | None = None
    key: UUID | None = None
    warning: str = ""


@dataclass(frozen=True)
class Shown:
    """A part as an account reads it; `more` where the list goes on."""

    part: Part
    rows: Sequence[Row]
    years: Sequence[int] = ()
    more: bool = False

    @property
    def title(self) -> str:
        """Its heading."""
        return in_words(self.part.title)

    @property
    def none(self) -> str:
        """What is said where there is nothing."""
        return in_words(self.part.none) if self.part.none else ""


def page_of(user: User, key: str, today: dt.date) -> list[Shown]:
    """The parts of a page of figures as an account reads them; those left out that have nothing to say.

    Raises:
        PackError: its file does not hold together.
    """
    reckoning = _Reckoning(user, today)
    shown = [reckoning.part(one) for one in _pages()[key]]
    return [one for one in shown if one.rows or one.part.none]


def entries_listed(user: User, key: str) -> list[Entry]:
    """The entries of a register in the records of the account's institutions, each as it sees them; none withdrawn."""
    definition = register_named(key)
    keepers = keepers_listed(user.standing, definition)
    if not keepers:
        return []
    listed = RegisterList(user, definition, keepers, seen_outside(user, keepers).get(key, {}))
    rows = listed.rows().filter(erased_on=None).select_related("person", "household", "version")
    return [row for row in listed.as_seen(list(rows.order_by("-start", "pk"))) if row.state != WITHDRAWN]


def holds_on(entry: Entry, day: dt.date) -> bool:
    """Whether a day lies in the period of an entry."""
    return entry.start <= day and (entry.end is None or day < entry.end)


@dataclass
class _Reckoning:
    user: User
    today: dt.date
    _read: dict[str, list[Entry]] = field(default_factory=dict)

    def part(self, part: Part) -> Shown:
        definition = register_named(part.register)
        if part.register not in self._read:
            self._read[part.register] = entries_listed(self.user, part.register)
        when: Mapping[str, Callable[[Entry], bool]] = {
            "any": lambda entry: True,
            "today": lambda entry: holds_on(entry, self.today),
            "ahead": lambda entry: entry.start >= self.today,
        }
        entries = [
            entry
            for entry in self._read[part.register]
            if (not part.states or entry.state in part.states) and when[part.of](entry)
        ]
        if part.as_ == "years":
            rows = [row for line in part.lines for row in self._years_of(line, definition, entries)]
            return Shown(part, rows, self._years)
        if part.as_ == "counts":
            return Shown(part, list(_counts(definition, part.by, entries)))
        if part.as_ == "groups":
            return Shown(part, _groups(part, entries))
        return Shown(part, list(_list(part, definition, entries)), more=len(entries) > _MOST)

    @cached_property
    def _years(self) -> list[int]:
        return list(range(self.today.year - _YEARS + 1, self.today.year + 1))

    def _years_of(self, line: Line, definition: Definition, entries: Iterable[Entry]) -> Iterator[Row]:
        found: Counter[tuple[str, int]] = Counter()
        for entry in entries:
            if not line.states or entry.state in line.states:
                value = str(entry.values.get(line.by) or "") if line.by else ""
                found.update((value, year) for year in self._in_years(line.at, entry))
        choices = definition.fields[line.by].choices if line.by else ()
        called = {
            one.key: in_words(line.title).format_map({"called": in_words(one.label)}) for one in choices
        }
        for key, words in [*called.items(), ("", in_words(line.none or line.title))]:
            numbers = [found[key, year] for year in self._years]
            if any(numbers):
                yield Row(words, numbers=numbers)

    def _in_years(self, at: str, entry: Entry) -> Iterator[int]:
        if at == "start":
            yield entry.start.year
        elif at == "end":
            if entry.end:
                yield (entry.end - _A_DAY).year
        else:
            last_days = ((year, min(dt.date(year, 12, 31), self.today)) for year in self._years)
            yield from (year for year, day in last_days if holds_on(entry, day))


def _list(part: Part, definition: Definition, entries: Iterable[Entry]) -> Iterator[Row]:
    said = [(entry, said_in(definition, entry)) for entry in entries]
    told = [
        (entry, values, tuple(_value(entry, values, name) for name in part.same)) for entry, values in said
    ]
    many = Counter(same for _entry, _values, same in told)
    told.sort(key=lambda one: ([_value(one[0], one[1], name) for name in part.order], str(one[0].subject)))
    in_line = replace(definition, line=part.line or definition.line)
    for entry, values, same in told[:_MOST]:
        words = in_words_of(entry, in_line, values, {}, ()).line
        warning = in_words(part.says) if part.same and many[same] > 1 else ""
        yield Row(entry.subject, words, entry=entry, warning=warning)


def _value(entry: Entry, said: Mapping[str, Any], name: str) -> tuple[Any, ...]:
    """What two entries are told apart by, and sorted: 9:00 comes before 10:00; without a value the first day does."""
    words = fold(str(said.get(name) or entry.start))
    return tuple(int(one) if one.isdigit() else one for one in _FIGURES.split(words))


def _counts(definition: Definition, by: str, entries: Iterable[Entry]) -> Iterator[Row]:
    many = Counter(entry.state if by == "state" else entry.values.get(by) for entry in entries)
    labels = definition.states if by == "state" else {c.key: c.label for c in definition.fields[by].choices}
    for key, label in labels.items():
        if many[key]:
            yield Row(in_words(label), numbers=[many[key]])


def _groups(part: Part, entries: Iterable[Entry]) -> list[Row]:
    found: dict[UUID, Any] = {}
    many: Counter[UUID] = Counter()
    for entry in entries:
        if part.by == "subject":
            found[entry.subject.pk] = entry.subject
            many[entry.subject.pk] += 1
        elif key := entry.values.get(part.by):
            many[UUID(key)] += 1
    if part.by != "subject":
        found = dict(Service.objects.in_bulk(list(many)))
    rows = [
        Row(one, in_words(part.line).format_map({"n": many[key]}), [many[key]], key=key)
        for key, one in found.items()
    ]
    return sorted(rows, key=lambda row: (-row.numbers[0], str(row.called)))


@kept_files("figures")
def _pages(files: Files) -> Mapping[str, tuple[Part, ...]]:
    """Every page by its key, read anew when a file changes."""
    return {path.stem: read_page(path) for path, _own in files}


def read_page(path: Path) -> tuple[Part, ...]:
    """The parts of a page that a file defines.

    Raises:
        PackError: a word, register, state or field that is not known, or a field that not everybody reads.
    """
    top = read_yaml(path)
    read_key(top, {"key", "parts", "source"}, file_key=path.stem)
    return tuple(_part(section) for section in top.items_of("parts"))


def _part(given: Section) -> Part:
    only(given, _PART)
    register = definitions().get(given.text("register"))
    if register is None:
        key = given.text("register")
        raise given.error(gettext_noop("unknown %(key)s: %(value)s"), "register", key="register", value=key)
    read = [name for name, one in register.fields.items() if not one.compartment]
    as_ = one_of(given, "as", _AS)
    choices = [name for name in read if register.fields[name].type == "choice"]
    by: tuple[str, ...] = ("subject", register.place) if as_ == "groups" else ("", "state", *choices)
    lines = [_line(section, register, choices) for section in given.items_of("rows")]
    return Part(
        key=given.text("key"),
        title=read_text(given, "title"),
        register=register.key,
        as_=as_,
        states=some_of(given, "states", register.states),
        of=one_of(given, "of", _OF, "any"),
        by=one_of(given, "by", by, ""),
        leads=one_of(given, "leads", LEADS, ""),
        order=some_of(given, "order", [*read, *_OF_ENTRY]),
        line=_text(given, "line"),
        same=some_of(given, "same", [*read, *_OF_ENTRY]),
        says=_text(given, "says"),
        none=_text(given, "none"),
        lines=tuple(lines),
    )


def _line(given: Section, register: Definition, choices: Sequence[str]) -> Line:
    only(given, {"at", "states", "by", "title", "none"})
    states = some_of(given, "states", register.states)
    by = one_of(given, "by", ("", *choices), "")
    none = read_text(given, "none") if by else {}
    return Line(one_of(given, "at", _AT), states, by, read_text(given, "title"), none)


def _text(given: Section, key: str) -> Text:
    return read_text(given, key) if key in given else {}
