"""What rooms and areas hand over to a host that does not know them: the host loops over what it was handed.

A room or an area hands its guests over in `AppConfig.ready`. The only slot yet is the day: what waits for an account.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.standing import Standing


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


@dataclass(frozen=True)
class Guest:
    """What one room or area hands over."""

    name: str
    day: tuple[Work, ...] = ()


_GUESTS: dict[str, Guest] = {}


def hand_over(guest: Guest) -> None:
    """Give a guest to the hosts; a name given again takes the place of the former."""
    _GUESTS[guest.name] = guest


def guests() -> list[Guest]:
    """All that was handed over, in the order of the installed rooms."""
    return list(_GUESTS.values())


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
