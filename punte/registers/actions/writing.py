"""What every verb about an entry shares: who may, what it will say, and that it is written down with its history."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from punte.accounts.enums import SEALED_COMPARTMENTS
from punte.accounts.models import User
from punte.accounts.verbs import record
from punte.kernel.encryption import blind_index
from punte.kernel.errors import DomainError, NotAllowed
from punte.kernel.in_bulk import add
from punte.kernel.text import fold
from punte.organizations.models import Organization
from punte.people.models import Household, Person
from punte.registers.catalogue import version_in_use
from punte.registers.checks import found_wrong
from punte.registers.definition import WITHDRAWN, Definition
from punte.registers.models import SUBJECT_COLUMNS, Entry, EntryMark, EntryRevision, EntryValue
from punte.registers.naming import OF_RECORD, may_name
from punte.registers.places import hold_place
from punte.registers.sight import Sight
from punte.registers.values import Values, checked, kept

DIED, ALIVE = "death", "no_death"
"""The steps by which an entry ends with whom it is about, and by which that is taken back."""
_A_DAY = dt.timedelta(days=1)
_LATEST = dt.date(2200, 1, 1)
_EARLIEST = dt.date(1900, 1, 1)


class LookAgain(DomainError):
    """Nothing forbids this, but it looks wrong: it is done once whoever does it says that it is meant."""


class HoldsAlready(DomainError):
    """The same fact is written of the same time."""


@dataclass(frozen=True)
class Said:
    """What an entry will say.

    Attributes:
        last: the last day on which it holds; None while it goes on. Where a field is the end, it is the same day.
    """

    definition: Definition
    state: str
    start: dt.date
    last: dt.date | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def end(self) -> dt.date | None:
        """The first day on which it holds no more."""
        if self.definition.period == "day":
            return self.start + _A_DAY
        return self.last + _A_DAY if self.last else None

    @property
    def expires_on(self) -> dt.date | None:
        """The last day on which its paper is worth something, where the register knows one."""
        return self._meaning("expires")

    def _meaning(self, word: str) -> dt.date | None:
        named = (name for name, one in self.definition.fields.items() if one.is_ == word)
        return next((self.fields[name] for name in named if name in self.fields), None)

    @property
    def overlap_key(self) -> str | None:
        """See `overlap_key`."""
        return overlap_key(self.definition, self.state, kept(self.definition, self.fields)[0])

    @property
    def columns(self) -> dict[str, Any]:
        """As the row of an entry, and of a version of it, holds it."""
        values, texts = kept(self.definition, self.fields)
        return {
            "version": version_in_use(self.definition),
            "state": self.state,
            "start": self.start,
            "end": self.end,
            "expires_on": self.expires_on,
            "values": values,
            "texts": texts,
        }


def overlap_key(definition: Definition, state: str, values: Mapping[str, Any]) -> str | None:
    """By what two entries of a subject would be the same fact twice; None where they may stand side by side.

    Args:
        values: as an entry keeps them.
    """
    if definition.overlap == "allowed" or state not in definition.holds:
        return None
    key = "|".join([definition.key, *(f"{name}={values.get(name, '')}" for name in definition.alone_by)])
    return key if len(key) <= 200 else f"{definition.key}|{blind_index(key)}"


def said(definition: Definition, *, state: str, start: dt.date, last: dt.date | None, given: Values) -> Said:
    """What was given, checked field by field.

    Raises:
        DomainError: on the field that cannot be so, or the days are the wrong way round.
    """
    fields = checked(definition, given)
    ends = definition.end_field
    if ends:
        last = fields.get(ends)
    found = Said(definition, state, start, last, fields)
    if not _EARLIEST <= start <= _LATEST:
        raise DomainError(_("This date cannot be right. Check the year."), field="start")
    if last is not None and last < start:
        raise DomainError(_("It ends before it begins. Check both dates."), field=ends or "last")
    if last is not None and last > _LATEST:
        raise DomainError(_("This date cannot be right. Check the year."), field=ends or "last")
    return found


def sight_to_write(by: User, subject: Any, definition: Definition) -> Sight:
    """The sight of an account that may write entries of a register about a subject.

    Raises:
        NotAllowed: it does not read the register, or its role does not write here.
    """
    sight = Sight(by, subject)
    if not sight.writes(definition):
        raise NotAllowed(_("Your role does not allow this. Ask your coordinator."))
    return sight


def refuse_wrong(found: Said, subject: Any, *, confirmed: bool) -> None:
    """Refuse what the checks of the register, or the life of the person, say cannot be.

    Raises:
        DomainError: a check that is an error.
        LookAgain: a check that is a warning, unless `confirmed`.
    """
    if isinstance(subject, Person) and subject.died_on:
        _refuse_after(subject.died_on, found)
    if found.definition.life_event and found.start > timezone.localdate():
        raise DomainError(
            _("This day has not come yet. An event is written once it has happened."), field="start"
        )
    wrong = found_wrong(found.definition, found.fields, state=found.state, start=found.start, end=found.end)
    for check in wrong:
        if check.as_ == "error":
            raise DomainError(in_words(check.say), field=check.field or None)
    if wrong and not confirmed:
        raise LookAgain(" ".join(in_words(check.say) for check in wrong), field="confirmed")


def _refuse_after(died: dt.date, found: Said) -> None:
    day = {"day": f"{died:%d.%m.%Y}"}
    if found.start > died:
        said = _("The person died on %(day)s: nothing begins after that day.")
        raise DomainError(said % day, field="start")
    definition = found.definition
    goes_on = found.last is None or found.last > died
    if goes_on and definition.period != "day" and not definition.outlives:
        said = _("The person died on %(day)s: write that day, or an earlier one, as the last.")
        raise DomainError(said % day, field=definition.end_field or "last")


def refuse_unseen(by: User, sight: Sight, found: Said, *, before: Values | None = None) -> None:
    """Refuse to name what the account does not see, or what has nothing to do with whom the entry is about.

    Args:
        before: what the entry says so far, by identifier: what stays as it is is not asked about again.

    Raises:
        DomainError: on the field.
    """
    for name, one in found.definition.fields.items():
        value = found.fields.get(name)
        if value is None or one.type not in OF_RECORD or (before or {}).get(name) == value.pk:
            continue
        if not may_name(by, sight, one, value):
            raise DomainError(_("Choose one of the values in the list."), field=name)


def in_words(text: Mapping[str, str]) -> str:
    """A text of a definition in the language of the screen."""
    return text.get(get_language() or "ro") or text["ro"]


def keep_beside(entry: Entry, found: Said, others: Iterable[Entry], *, by: User, number: int) -> None:
    """As `keep`, by who does not see all that is written: what they do not see is neither told nor in their way.

    Args:
        others: the entries that the account sees.

    Raises:
        DomainError: one of those holds at the same time.
    """
    if any(_meets(found, other) for other in others if other.pk != entry.pk):
        raise holds_already()
    try:
        with transaction.atomic():
            keep(entry, found, by=by, number=number)
    except HoldsAlready:
        keep(entry, found, by=by, number=number, beside=True)


def _meets(found: Said, other: Entry) -> bool:
    """Whether another entry says the same fact of the same time, be its key set or not."""
    key = overlap_key(found.definition, other.state, other.values)
    if found.overlap_key is None or other.register != found.definition.key or key != found.overlap_key:
        return False
    return other.meets(found.start, found.end)


def keep(entry: Entry, found: Said, *, by: User, number: int, beside: bool = False) -> None:
    """Let an entry say what was found, in its version of that number.

    Args:
        beside: whether it may stand beside another of its time.

    Raises:
        HoldsAlready: another entry holds at the same time.
        DomainError: the service that it names has no free place.
    """
    keep_without_place(entry, found, number=number, beside=beside)
    hold_place(entry, found.definition, found.fields, by=by)


def keep_without_place(entry: Entry, found: Said, *, number: int, beside: bool) -> None:
    """As `keep`, without the place that the entry holds.

    Raises:
        HoldsAlready: another entry holds at the same time.
    """
    for name, value in found.columns.items():
        setattr(entry, name, value)
    entry.concerns = found.fields.get(found.definition.household)
    entry.overlap_key, entry.revision = None if beside else found.overlap_key, number
    is_new = entry._state.adding
    _save(entry)
    _index(entry, found, is_new=is_new)


def note(entry: Entry, found: Said, *, by: User, move: str, why: str = "", number: int, aside: bool) -> None:
    """Write down in the history of an entry what somebody said of it."""
    add(EntryRevision(entry=entry, number=number, move=move, by=by, why=why, aside=aside, **found.columns))


def _save(entry: Entry) -> None:
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError as error:
        if not any(f"one_entry_per_{column}_at_a_time" in str(error) for column in SUBJECT_COLUMNS):
            raise
        raise holds_already() from error


def holds_already() -> HoldsAlready:
    """The refusal of a fact that is written of the same time."""
    return HoldsAlready(
        _("Another entry of this register holds at the same time. End it first, or correct its days."),
        field="start",
    )


def _index(entry: Entry, found: Said, *, is_new: bool) -> None:
    """What lists and searches read, made anew; of an entry that was withdrawn, nothing."""
    if not is_new:
        entry.listed.all().delete()
        entry.marks.all().delete()
    if found.state == WITHDRAWN:
        return
    listed, marks = index_of(entry, found.definition, found.fields)
    add(*listed)
    add(*marks)


def index_of(entry: Entry, definition: Definition, said: Values) -> tuple[list[EntryValue], list[EntryMark]]:
    """By what lists have and searches find an entry that says this; unsaved."""
    fields = definition.fields
    listed = [
        EntryValue(
            entry=entry,
            keeper_id=entry.keeper_id,
            register=entry.register,
            field=name,
            compartment=fields[name].compartment,
            **_column(value),
        )
        for name, value in said.items()
        if fields[name].listed
    ]
    marks = [
        EntryMark(entry=entry, register=entry.register, field=name, mark=blind_index(fold(value)))
        for name, value in said.items()
        if fields[name].find
    ]
    return listed, marks


def _column(value: Any) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"word": "yes" if value else "no"}
    if isinstance(value, dt.date):
        return {"day": value}
    if isinstance(value, (UUID, Organization)):
        return {"word": str(getattr(value, "pk", value))}
    return {"word": value} if isinstance(value, str) else {"number": value}


def trace(by: User, verb: str, entry: Entry, definition: Definition, *, why: str = "", sealed: bool) -> None:
    """Write the line in the trail; a register that few may know of is not named in it."""
    told = {} if definition.compartment in SEALED_COMPARTMENTS else {"register": definition.key}
    subject = entry.subject
    record(
        by=by,
        verb=verb,
        keeper=entry.keeper_id,
        household=subject.pk
        if isinstance(subject, Household)
        else getattr(subject, "household_id", entry.concerns_id),
        person=entry.person_id,
        subject=entry.pk,
        case=entry.case_id,
        sealed=sealed,
        reason=why,
        changes=told,
    )
