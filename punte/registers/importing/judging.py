"""What would come of every line of a table of entries, before anything is written.

A line is new, or there already, or wrong; one that names an entry, as the file of the list does, corrects it. Of a
person behind a seal whoever is outside the circle is told what they see.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.kernel.errors import DomainError
from punte.kernel.tables import TableRow
from punte.kernel.tables.preview import CHANGED, NEW, SAME, Difference, Outcome, refuse_long
from punte.kernel.tables.shape import Problems
from punte.kernel.text import fold
from punte.people.models import Household
from punte.registers.actions.writing import (
    LookAgain,
    Said,
    in_words,
    overlap_key,
    refuse_unseen,
    refuse_wrong,
    said,
)
from punte.registers.definition import WITHDRAWN, Definition
from punte.registers.importing.columns import OF_FIELDS
from punte.registers.importing.corrections import Unfit, complete, named_entry
from punte.registers.importing.lines import Line, comparable, last_of
from punte.registers.importing.subjects import Subjects
from punte.registers.lists import said_in
from punte.registers.models import Entry
from punte.registers.sight import (
    Sight,
    as_seen,
    of_seen_households,
    sights_of,
    visible_subjects,
    whole,
)
from punte.registers.tables import ENTRY, STATE, cell_of, says_last, start_title, titles_of_fields
from punte.registers.values import rows_named

_A_DAY = dt.timedelta(days=1)


def judge_entries(
    rows: Sequence[TableRow], *, by: User, definition: Definition, readable: Sequence[str]
) -> list[Outcome]:
    """What would come of every line; `Outcome.values` is its `Line`.

    Args:
        readable: the fields that the account reads, which are the columns of the table.

    Raises:
        DamagedTable: a line is about nobody that the account sees, cannot be so, or holds at the time of another.
    """
    refuse_long(rows)
    problems = Problems()
    judge = _Judge(by, definition, readable, problems)
    lines = judge.lines(rows)
    problems.refuse_any()
    judge.read_entries(lines)
    judge.find_named(lines)
    problems.refuse_any()
    judge.find_there(lines)
    for line in lines:
        if line.there is None:
            judge.check(line)
    problems.refuse_any()
    judge.refuse_overlaps(lines)
    problems.refuse_any()
    return [judge.outcome(line) for line in lines]


class _Judge:
    def __init__(self, by: User, definition: Definition, readable: Sequence[str], problems: Problems) -> None:
        self._by, self._definition, self._problems = by, definition, problems
        self._fields = titles_of_fields(definition, readable)
        self._readable = list(self._fields)
        own = {"start": start_title(definition), "last": _("Last day"), "state": str(STATE)}
        self._titles = {**self._fields, **own, "entry": str(ENTRY)}
        self._entries: dict[Any, list[Entry]] = defaultdict(list)

    def lines(self, rows: Sequence[TableRow]) -> list[Line]:
        """The lines whose subjects are clear, and about whom the account writes."""
        column = self._definition.about
        subjects = Subjects(self._definition, visible_subjects(self._by, column), rows, self._problems)
        about = [(row, found) for row in rows if (found := subjects.of(row)) is not None]
        sights = self._sights([subject for _row, subject in about])
        lines = []
        for row, subject in about:
            sight = sights[subject.pk]
            if sight.writes(self._definition):
                said = row.values
                state = said["state"] or self._definition.begins[0]
                given = self._given(row, subject)
                lines.append(Line(row, subject, sight, given, said["start"], state, said.get("last")))
            else:
                self._add(row, "subject", _("You do not write in this register about whom the line names."))
        return lines

    def _sights(self, subjects: Sequence[Any]) -> dict[UUID, Sight]:
        if self._definition.about == "person":
            once = {one.pk: one for one in subjects}
            return {sight.subject.pk: sight for sight in sights_of(self._by, list(once.values()))}
        return {one.pk: Sight(self._by, one) for one in subjects}

    def _given(self, row: TableRow, subject: Any) -> dict[str, Any]:
        values = {name: row.values[f"{OF_FIELDS}{name}"] for name in self._readable}
        given = {name: value for name, value in values.items() if value not in (None, "", [])}
        name = self._definition.household
        if name in given:
            home = self._household(given.pop(name), subject)
            if home is None:
                self._add(row, name, _("This name is not among those that you see."))
            else:
                given[name] = home
        return given

    def _household(self, name: str, subject: Any) -> Household | None:
        """The one household of a name that the account sees where the dwelling is kept."""
        seen = Household.objects.visible_to(self._by).filter(keeper=subject.keeper_id, folded_name=fold(name))
        found = list(seen.defer("safe_contact")[:2])
        return found[0] if len(found) == 1 else None

    def read_entries(self, lines: Sequence[Line]) -> None:
        """All entries about whom the lines name, as the account sees them."""
        column = self._definition.about
        subjects = {line.subject.pk for line in lines}
        seen = Entry.objects.filter(of_seen_households(self._by))
        rows = seen.filter(register=self._definition.key, **{f"{column}__in": subjects})
        if column == "organization":
            keepers = {keeper for line in lines for keeper in line.sight.keepers}
            rows = rows.filter(keeper__in=keepers)
        for entry in as_seen(self._by, whole(rows.order_by("start", "pk"))):
            self._entries[entry.subject_key].append(entry)

    def find_named(self, lines: Sequence[Line]) -> None:
        """Of each line the entry that it names, with what it would correct of it."""
        taken: dict[UUID, Line] = {}
        for line in lines:
            try:
                entry = named_entry(line, self._entries[line.subject.pk], taken)
            except Unfit as unfit:
                self._add(line.row, "entry", str(unfit))
                continue
            if entry is not None:
                taken[entry.pk], line.corrects = line, entry
        on_record = {
            key: said_in(self._definition, line.corrects) for key, line in taken.items() if line.corrects
        }
        named = rows_named([(self._definition, said) for said in on_record.values()], user=self._by)
        for key, line in taken.items():
            complete(line, self._definition, on_record[key], named)

    def find_there(self, lines: Sequence[Line]) -> None:
        """Of each line the entry that says the same, each entry once."""
        taken = {line.corrects.pk for line in lines if line.corrects}
        for line in lines:
            if line.corrects is not None:
                continue
            same = (
                one for one in self._entries[line.subject.pk] if one.pk not in taken and self._is(line, one)
            )
            line.there = next(same, None)
            if line.there is not None:
                taken.add(line.there.pk)

    def _is(self, line: Line, entry: Entry) -> bool:
        if entry.start != line.start or entry.state != line.state:
            return False
        if "last" in line.row.values and line.last != last_of(entry, self._definition):
            return False
        on_record = said_in(self._definition, entry)
        return all(
            comparable(line.given.get(name)) == comparable(on_record.get(name)) for name in self._readable
        )

    def check(self, line: Line) -> None:
        """What a line that is new, or corrects, would say; what cannot be so is noted at its cell."""
        if line.state == WITHDRAWN:
            return self._add(line.row, "state", _("What was written by mistake is not taken over."))
        for name, value in line.given.items():
            if line.corrects and name not in line.changed:
                continue
            retired = {one.key for one in self._definition.fields[name].choices if one.retired}
            if not retired.isdisjoint(value if isinstance(value, list) else [str(value)]):
                return self._add(line.row, name, _("This value is no longer chosen."))
        try:
            line.found = said(
                self._definition,
                state=line.state,
                start=line.start,
                last=line.last,
                given=line.given,
            )
            before = {name: getattr(value, "pk", value) for name, value in line.on_record.items()}
            refuse_unseen(self._by, line.sight, line.found, before=before)
            refuse_wrong(line.found, line.subject, confirmed=False)
        except LookAgain as warning:
            line.warnings = str(warning.message)
        except DomainError as refused:
            self._add(line.row, refused.field or "start", str(refused.message))
        return None

    def refuse_overlaps(self, lines: Sequence[Line]) -> None:
        """One entry of a kind at a time: beside those on record that stay, and beside the other lines."""
        corrected = {line.corrects.pk for line in lines if line.corrects and line.there is None}
        new: dict[Any, list[Line]] = defaultdict(list)
        for line in lines:
            if line.there is not None or line.found is None:
                continue
            if line.corrects is None:
                self._refuse_repeated(line, new[line.subject.pk])
            key = line.found.overlap_key
            meets = [one for one in new[line.subject.pk] if one.found and _meet(one.found, line.found, key)]
            on_record = [
                entry
                for entry in self._entries[line.subject.pk]
                if key is not None
                and entry.pk not in corrected
                and self._key_of(line, entry) == key
                and entry.meets(line.found.start, line.found.end)
            ]
            if meets:
                message = _("It holds at the same time as line %(line)s.") % {"line": meets[0].row.line}
                self._add(line.row, "start", message)
            elif on_record:
                message = _("An entry that is on record holds at the same time: %(days)s. Correct that one.")
                self._add(line.row, "start", message % {"days": _days(on_record[0])})
            new[line.subject.pk].append(line)

    def _key_of(self, line: Line, entry: Entry) -> str | None:
        """By what an entry on record stands alone, as the account sees it."""
        if line.sight.outside:
            return overlap_key(self._definition, entry.state, entry.values)
        return entry.overlap_key

    def _refuse_repeated(self, line: Line, others: Sequence[Line]) -> None:
        same = [one for one in others if one.found == line.found and one.given == line.given]
        if same and line.found is not None and line.found.overlap_key is None:
            message = _("It says the same as line %(line)s.") % {"line": same[0].row.line}
            self._add(line.row, "start", message)

    def _add(self, row: TableRow, name: str, message: str) -> None:
        self._problems.add(row.line, self._titles.get(name, ""), message)

    def outcome(self, line: Line) -> Outcome:
        """What comes of a line, in words."""
        kind = SAME if line.there else CHANGED if line.corrects else NEW
        told = [] if line.there else self._corrected(line) if line.corrects else self._told(line)
        if line.warnings and not line.there:
            told.append(Difference(_("Look again"), "", line.warnings))
        target = line.there or line.corrects
        name = f"{line.subject} · {_in_words(line.start)}"
        return Outcome(line.row.line, kind, name, str(target.pk) if target else "", tuple(told), line)

    def _told(self, line: Line) -> list[Difference]:
        """What a line that is new says."""
        return [
            Difference(title, "", self._cell(name, line.given[name]))
            for name, title in self._fields.items()
            if name in line.given
        ]

    def _corrected(self, line: Line) -> list[Difference]:
        """What a line changes of the entry that it names."""
        entry = line.corrects
        assert entry is not None
        told = [
            Difference(title, self._cell(name, line.on_record.get(name)), self._cell(name, line.given[name]))
            for name, title in self._fields.items()
            if name in line.changed
        ]
        definition = self._definition
        days: list[tuple[str, dt.date | None, dt.date | None]] = [("start", entry.start, line.start)]
        if says_last(definition):
            days.append(("last", last_of(entry, definition), line.last))
        told += [
            Difference(self._titles[name], _in_words(was), _in_words(now))
            for name, was, now in days
            if was != now
        ]
        if line.state != entry.state:
            was, now = (in_words(definition.state_label(state)) for state in (entry.state, line.state))
            told.append(Difference(self._titles["state"], was, now))
        return told

    def _cell(self, name: str, value: Any) -> str:
        named = {value.pk: value} if isinstance(value, Model) else {}
        return _in_words(cell_of(self._definition.fields[name], _key(value), named))


def _meet(one: Said, other: Said, key: str | None) -> bool:
    if key is None or one.overlap_key != key:
        return False
    return (other.end is None or one.start < other.end) and (one.end is None or other.start < one.end)


def _days(entry: Entry) -> str:
    last = f"{entry.end - _A_DAY:%d.%m.%Y}" if entry.end else "…"
    return f"{entry.start:%d.%m.%Y} – {last}"


def _key(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value


def _in_words(value: object) -> str:
    return "" if value is None else f"{value:%d.%m.%Y}" if isinstance(value, dt.date) else str(value)
