"""What somebody wrote about entries without a signal: applied by the verbs of the office, as it stands there now."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from punte.accounts.guests import Became, Written
from punte.accounts.models import User
from punte.cases.models import Case
from punte.kernel.errors import DomainError, NotAllowed
from punte.people.models import Household, Person
from punte.registers.actions import add_entry, correct_entry, move_entry
from punte.registers.catalogue import definition_at, register_named
from punte.registers.definition import WITHDRAWN, Definition
from punte.registers.field.wire import digest_of, values_from_wire, values_to_wire
from punte.registers.models import Entry
from punte.registers.sight import Sight, Subject, as_seen, column_of, visible_subjects, whole
from punte.registers.values import renamed, said_by

_A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Deed:
    """What a device says (`RegisterDeed` of wire-registers.ts), read; the values are checked by the verbs.

    Attributes:
        do: "add", "move" or "correct".
        start: the day since when; of a move the day of it.
    """

    do: str
    register: str
    digest: str
    entry: UUID | None
    person: UUID | None
    case: UUID | None
    revision: int
    move: str
    state: str
    start: dt.date
    last: dt.date | None
    values: Mapping[str, Any]
    why: str
    confirmed: bool

    @property
    def entries(self) -> list[UUID]:
        """The entry that it is about, if it names one."""
        return [self.entry] if self.entry else []

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> Self:
        """The deed that an object of JSON is.

        Raises:
            DomainError: it is none; names the field.
        """
        do = _of(said, "do", str)
        if do not in ("add", "move", "correct"):
            raise _unreadable("do")
        start = _day(said, "start")
        if start is None:
            raise DomainError(_("This cannot be left empty."), field="start")
        return cls(
            do=do,
            register=_of(said, "register", str),
            digest=_of(said, "digest", str),
            entry=_key(said, "entry"),
            person=_key(said, "person"),
            case=_key(said, "case"),
            revision=_of(said, "revision", int),
            move=_of(said, "move", str),
            state=_of(said, "state", str),
            start=start,
            last=_day(said, "last"),
            values=_of(said, "values", dict),
            why=_of(said, "why", str),
            confirmed=_of(said, "confirmed", bool),
        )


def apply(written: Written) -> Became:
    """Add, carry on or correct an entry; where somebody else changed it meanwhile, what it says is told.

    Raises:
        NotAllowed: the worker does not see whom it is about, does not read the register or does not write there.
        DomainError: on a field; the register, the person or the entry is not as the device knew it.
        LookAgain: it looks wrong and was not confirmed.
    """
    deed = Deed.read(written.said)
    definition = register_named(deed.register)
    try:
        return _added(written, deed, definition) if deed.do == "add" else _changed(written, deed)
    except DomainError as refused:
        if deed.digest == digest_of(definition) or isinstance(refused, NotAllowed):
            raise
        newer = _("The register has changed since it was written.")
        raise type(refused)(f"{refused.message} {newer}", field=refused.field) from refused


def do_again(by: User, deed: Deed, entry: Entry, *, revision: int, confirmed: bool) -> Entry:
    """Carry on or correct an entry as a device said."""
    given = values_from_wire(register_named(entry.register), deed.values)
    known: Any = {"by": by, "entry": entry, "given": given, "revision": revision, "confirmed": confirmed}
    if deed.do == "move":
        return move_entry(**known, move=deed.move, on=deed.start)
    return correct_entry(**known, start=deed.start, last=deed.last, state=deed.state, why=deed.why)


def entry_seen(by: User, entries: QuerySet[Entry]) -> Entry:
    """The one of some entries as an account sees it.

    Raises:
        NotAllowed: it sees none such.
    """
    for found in as_seen(by, whole(entries)):
        column = column_of(found.subject)
        subject = visible_subjects(by, column).filter(pk=found.subject_key).first()
        if subject is not None and found.compartment in Sight(by, subject).compartments:
            setattr(found, column, subject)
            return found
    raise NotAllowed(_("This record is not among those you see. Ask your coordinator."))


def _added(written: Written, deed: Deed, definition: Definition) -> Became:
    if Entry.objects.filter(pk=written.key).exists():
        raise DomainError(_("This identifier is of something else."))
    made = add_entry(
        by=written.by,
        register=deed.register,
        subject=_subject(written, deed),
        start=deed.start,
        last=deed.last,
        state=deed.state,
        given=values_from_wire(definition, deed.values),
        confirmed=deed.confirmed,
        key=written.key,
    )
    return Became(made.pk, made.revision)


def _changed(written: Written, deed: Deed) -> Became:
    """Of two deeds written one after the other the second knows the revision that the first has made."""
    entries = Entry.objects.select_for_update(of=("self",), no_key=True)
    entry = entry_seen(written.by, entries.filter(pk__in=deed.entries))
    _require_there(entry, written.household)
    known = entry.revision in (deed.revision, written.last_left(entry.pk))
    if known or entry.state == WITHDRAWN:
        changed = do_again(written.by, deed, entry, revision=entry.revision, confirmed=deed.confirmed)
        return Became(changed.pk, changed.revisions.aggregate(newest=Max("number"))["newest"])
    if says_already(deed, entry):
        return Became(entry.pk, entry.revision)
    return Became(entry.pk, against=_as_it_was(entry))


def says_already(deed: Deed, entry: Entry) -> bool:
    """Whether the record says what the device would have it say."""
    definition = register_named(entry.register)
    says = values_to_wire(renamed(said_by(definition_at(entry.version), entry), now=definition))
    given = values_from_wire(definition, deed.values)
    meant = values_to_wire({name: value for name, value in given.items() if value is not None})
    same = all(says.get(name) == meant.get(name) for name in given)
    if deed.do == "move":
        step = definition.moves.get(deed.move)
        return same and step is not None and step.to == entry.state
    last = entry.end - _A_DAY if entry.end else None
    return same and (entry.state, entry.start, last) == (deed.state, deed.start, deed.last)


def _as_it_was(entry: Entry) -> dict[str, Any]:
    return {"revision": entry.revision, "state": entry.state, "start": entry.start.isoformat()}


def _subject(written: Written, deed: Deed) -> Subject:
    """Whom or what a new entry is about: a person who lives or lived there, a case of the household, or itself.

    Raises:
        NotAllowed: it is not among what the worker sees.
    """
    column = "person" if deed.person else "case" if deed.case else "household"
    key = deed.person or deed.case or written.household
    found = visible_subjects(written.by, column).filter(pk=key).first()
    if found is None or not _belongs(found, written.household):
        raise NotAllowed(_("This record is not among those you see. Ask your coordinator."))
    subject: Subject = found
    return subject


def _require_there(entry: Entry, household: UUID) -> None:
    if not _belongs(entry.subject, household):
        raise NotAllowed(_("This record is not among those you see. Ask your coordinator."))


def _belongs(subject: Any, household: UUID) -> bool:
    match subject:
        case Person():
            return subject.memberships.filter(household=household).exists()
        case Household():
            return subject.pk == household
        case Case():
            return subject.household_id == household
    return False


def _unreadable(name: str) -> DomainError:
    return DomainError(_("What the device sent cannot be read (%(name)s).") % {"name": name}, field=name)


def _of(said: Mapping[str, Any], name: str, kind: type) -> Any:
    value = said.get(name)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise _unreadable(name)
    return value


def _key(said: Mapping[str, Any], name: str) -> UUID | None:
    value = said.get(name)
    if value is None:
        return None
    try:
        return UUID(value)
    except (ValueError, TypeError, AttributeError) as wrong:
        raise _unreadable(name) from wrong


def _day(said: Mapping[str, Any], name: str) -> dt.date | None:
    value = said.get(name)
    if value in (None, ""):
        return None
    try:
        return dt.date.fromisoformat(value)
    except (ValueError, TypeError) as wrong:
        raise _unreadable(name) from wrong
