"""What rooms and areas hand over to a host that does not know them: the host loops over what it was handed.

A room or an area hands its guests over in `AppConfig.ready`. Its slots: the day, what waits for an account; the lanes,
what is known in time of a person or a household; events, what happened in cases; field, what a device without a signal
takes along and brings back; the tables of an extract; personal data that it keeps; the words of its verbs; pictures.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from django.utils.functional import Promise

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.pictures import Picture
from punte.accounts.standing import Standing
from punte.deadlines.model import Event
from punte.kernel.extracts import Table


@dataclass(frozen=True)
class Press:
    """The one deed beside a line: its word and its address. Only a deed that the account may do is handed over."""

    label: str
    url: str


@dataclass(frozen=True)
class DayLine:
    """One thing that waits for an account.

    Attributes:
        what: what is to be done, in two or three words, and whose it is; of a sealed case only its number.
        url: where it is done.
        whose: whom the deed is about, for who hears the button and does not see its line.
        why: the rule, the aim or the reason, in small letters.
        when: until when; None where no day is set.
        hour: at what hour of that day, where there is one.
    """

    what: str
    url: str
    whose: str = ""
    why: str = ""
    when: dt.date | None = None
    hour: dt.time | None = None
    deed: Press | None = None


@dataclass(frozen=True)
class Waiting:
    """Lines for an account, cut at a length that a person can read; `more` counts the rest, `all_at` shows them."""

    lines: Sequence[DayLine] = ()
    more: int = 0
    all_at: str = ""


@dataclass(frozen=True)
class Work:
    """One kind of work, as it comes to a day.

    Attributes:
        name: one word, for the tests and for the order in which kinds stand.
        open_to: whether it is the work of an account, by what the account may do.
        waits: what waits for an account on a day.
        called: what these lines are, said where there is none of them yet.
        begin: the page where this work begins.
        begin_with: what is found there.
    """

    name: str
    open_to: Callable[[Standing], bool]
    waits: Callable[[User, dt.date], Waiting]
    called: str | Promise
    begin: str
    begin_with: str | Promise


Told = Mapping[str, str]
"""One row of a file about somebody: by its label what is on record, in words."""


@dataclass(frozen=True)
class Due:
    """One thing whose time to be kept is over: by which number it is known, and when it ended."""

    subject: UUID
    called: str
    ended: dt.date


@dataclass(frozen=True)
class Erasing:
    """How what a room keeps is erased once its time is over.

    Attributes:
        key: by which the rules of keeping name it.
        over: what ended before a day: how many rows of each institution.
        erase: erases those of one institution; how many they were.
        due: the same one by one, where somebody reads each before it is erased.
        erase_some: erases those of them; how many they were.
    """

    key: str
    over: Callable[[dt.date], Mapping[UUID, int]]
    erase: Callable[[UUID, dt.date], int]
    due: Callable[[UUID, dt.date], Sequence[Due]] | None = None
    erase_some: Callable[[UUID, dt.date, Collection[UUID]], int] | None = None


@dataclass(frozen=True)
class Kept:
    """Personal data that a room keeps.

    Attributes:
        models: the tables, as `people.Membership`.
        title: what a file about somebody calls it.
        how_long, erased: how long it stays, and how it goes.
        erasing: how it is erased where an institution has set the years; without it, by decision alone.
        told_to: of the person a row for each thing on record, as the account sees it, within some compartments; none
            where the table tells of others too, or repeats another: `why_not` says so.
        plain: whether its words come from lists or are the person's own: of all else other people are masked.
        tells_where: whether it tells where the person is found or how they are reached, which nobody who asks in their
            name is told.
    """

    models: tuple[str, ...]
    title: str | Promise
    how_long: str | Promise
    erased: str | Promise
    told_to: Callable[[User, Any, Collection[str]], Sequence[Told]] | None = None
    why_not: str | Promise = ""
    erasing: Erasing | None = None
    plain: bool = False
    tells_where: bool = False


@dataclass(frozen=True)
class Whose:
    """Whose line of time is drawn for an account: of a household as a whole, or of one person."""

    user: User
    household: Any = None
    person: Any = None


@dataclass(frozen=True)
class Stretch:
    """What was so for a while: from `start` up to, not including, `end`; without one it goes on.
    One that is `sensitive` is about violence or abuse; `step` is how it is filled."""

    what: str
    start: dt.date
    end: dt.date | None = None
    url: str = ""
    step: str = ""
    sensitive: bool = False


@dataclass(frozen=True)
class Mark:
    """What happened on a day, or is planned for it."""

    what: str
    day: dt.date
    url: str = ""
    shape: Literal["round", "square", "edge"] = "square"
    planned: bool = False
    sensitive: bool = False


@dataclass(frozen=True)
class Lane:
    """One thread of a line of time; one with nothing on it is not drawn.

    Attributes:
        gap: what is said of a time of which the lane tells nothing; empty where that means nothing.
        gap_days: how long such a time is at least.
        gap_until: the day up to which one counts that nothing follows; None where only what lies between does.
    """

    name: str
    stretches: Sequence[Stretch] = ()
    marks: Sequence[Mark] = ()
    gap: str = ""
    gap_days: int = 7
    gap_until: dt.date | None = None

    @property
    def is_sensitive(self) -> bool:
        """Whether anything on it is about violence or abuse."""
        told: list[Stretch | Mark] = [*self.stretches, *self.marks]
        return any(one.sensitive for one in told)


@dataclass(frozen=True)
class Happenings:
    """What happens in cases that only a room above them knows: the rules of terms may wait for it.

    Attributes:
        kinds: the events that it may tell.
        dates: which of them name a date, each with its name.
        of: the events of each of some cases, in a number of queries that does not grow with them; each has a subject.
            Asked with the people whom they concern, each with their cases, and the kinds that some rule speaks of: of
            what it tells of one subject, it tells all or nothing.
        readable: of some subjects of terms, those of which an account reads now, each with whether a page that is read
            over the shoulder says nothing of it.
    """

    kinds: Callable[[], frozenset[str]]
    dates: Callable[[], frozenset[tuple[str, str]]]
    of: Callable[[Sequence[Any], Mapping[UUID, list[UUID]], Collection[str]], Mapping[UUID, Iterable[Event]]]
    readable: Callable[[User, Collection[str]], Mapping[str, bool]]


@dataclass(frozen=True)
class TakenAlong:
    """A household on a device as its worker sees it: memberships with their people, and its open cases."""

    household: Any
    members: Sequence[Any] = ()
    cases: Sequence[Any] = ()


@dataclass(frozen=True)
class Written:
    """What somebody wrote on a device without a signal, to be applied in their name.

    Attributes:
        key: its identifier, which the device made.
        household: the one at whose door it was written.
        said: what it says, as it came; nothing of it is trusted.
        last_left: of a row of the record the revision that this device was the last to leave it in; None where it
            left none.
    """

    by: User
    key: UUID
    household: UUID
    said: Mapping[str, Any]
    last_left: Callable[[UUID], int | None]


@dataclass(frozen=True)
class Became:
    """What that became: a row of the record and its revision. `against` is what the row said where both changed it.

    `message` is what the device is told beside it; empty where there is nothing to tell.
    """

    record: UUID
    revision: int | None = None
    against: Mapping[str, Any] | None = None
    message: str = ""


@dataclass(frozen=True)
class BothSay:
    """One fact of which the record and a device say something else."""

    label: str
    record: str
    device: str


@dataclass(frozen=True)
class Sides:
    """Both sides of what was changed on a device and in the office, as an account reads them.

    Attributes:
        revision: of the row today.
        deed: what was done on the device, in two or three words.
    """

    revision: int
    deed: str
    facts: Sequence[BothSay]
    sensitive: bool = False


@dataclass(frozen=True)
class Field:
    """What a room lets a device without a signal take along and bring back.

    What is written at no household's door (who came to a meeting) goes down with the reference and has neither a part
    nor what follows it; its entries name as their household what they are about. What is only read there has no kind.

    Attributes:
        kind: of its entries on the wire.
        called: what one is called.
        reference: what is the same for every household, for an account.
        apply: makes what was written part of the record by the verbs of the office, or says what stands against it.
        part: the name of what goes down of each household.
        down: what goes down of each of some households.
        rows: the rows that this is made of as the database gives them, of some households, people and cases, for the
            mark by which a device knows that nothing has changed: whatever `down` asks the database is asked here too.
        sides: of what was kept as `against` and `said` both sides; None for who does not read them.
        take: lets the record say what the device said, with the revision that the account read.
    """

    reference: Callable[[User], Mapping[str, Any]]
    kind: str = ""
    called: str | Promise = ""
    apply: Callable[[Written], Became] | None = None
    part: str = ""
    down: Callable[[User, Sequence[TakenAlong]], Mapping[UUID, Any]] = lambda _user, _along: {}
    rows: Callable[[User, Sequence[UUID], Sequence[UUID], Sequence[UUID]], Sequence[Any]] = lambda *_keys: ()
    sides: Callable[[User, Mapping[str, Any], Mapping[str, Any]], Sides | None] = lambda *_said: None
    take: Callable[[User, Mapping[str, Any], int], None] | None = None

    @property
    def at_home(self) -> bool:
        """Whether its entries are written at the door of a household."""
        return bool(self.part)


@dataclass(frozen=True)
class Guest:
    """What one room or area hands over.

    Attributes:
        lanes: its lanes of a line of time.
        events: what it tells of cases.
        field: what of it a device takes along.
        extract: its tables of an extract, called with a day where only what was true on it is asked for.
        keeps: the personal data that it keeps.
        words: its verbs as the trail says them.
        pictures: what of its work is drawn on first pages.
    """

    name: str
    day: tuple[Work, ...] = ()
    lanes: Callable[[Whose], Iterable[Lane]] | None = None
    events: Happenings | None = None
    field: Field | None = None
    extract: Callable[[dt.date | None], Sequence[Table]] | None = None
    keeps: tuple[Kept, ...] = ()
    words: Mapping[str, str | Promise] = dataclasses.field(default_factory=dict)
    pictures: tuple[Picture, ...] = ()


_GUESTS: dict[str, Guest] = {}


def hand_over(guest: Guest) -> None:
    """Give a guest to the hosts.

    Raises:
        ValueError: another guest has this name already.
    """
    if _GUESTS.setdefault(guest.name, guest) != guest:
        raise ValueError(f"two guests are called {guest.name}")


def guests() -> list[Guest]:
    """All that was handed over, in the order of the installed rooms."""
    return list(_GUESTS.values())


def lanes_of(whose: Whose) -> list[Lane]:
    """What all rooms tell of a person or a household in time, as the account reads it now."""
    told = (guest.lanes(whose) for guest in guests() if guest.lanes is not None)
    return [lane for lanes in told for lane in lanes if lane.stretches or lane.marks]


def happenings() -> dict[str, Happenings]:
    """What each room tells of cases, by its name."""
    return {guest.name: guest.events for guest in guests() if guest.events}


def in_field() -> list[Field]:
    """What rooms let a device take along."""
    return [guest.field for guest in guests() if guest.field]


def who_may(*capabilities: Capability) -> Callable[[Standing], bool]:
    """The condition that an account has one of the capabilities."""
    return lambda standing: any(standing.may(capability) for capability in capabilities)


def work_of(user: User) -> list[Work]:
    """The kinds of work that an account has by its roles of today."""
    return [work for guest in guests() for work in guest.day if work.open_to(user.standing)]


def cut(lines: Sequence[DayLine], *, at: int, all_at: str) -> Waiting:
    """The first lines, and how many more there are."""
    return Waiting(lines[:at], max(len(lines) - at, 0), all_at)


def counts(*counted: tuple[int, str, str]) -> Waiting:
    """A line for each number above 0: the number, words with its place `%(n)s`, the address where it is dealt with."""
    return Waiting([DayLine(what=words % {"n": n}, url=url) for n, words, url in counted if n])
