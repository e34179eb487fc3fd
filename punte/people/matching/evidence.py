"""What speaks for two files being of one person, and what against; the same at the desk and in the nightly job."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Self

from rapidfuzz.fuzz import token_sort_ratio

from punte.kernel.text import plain_number, readings
from punte.people.enums import SpeaksAgainst, SpeaksFor
from punte.people.identity import digits_apart
from punte.people.models import Person
from punte.people.rules import may_be_parent_and_child

SIMILAR = 88
"""Of 100, as `token_sort_ratio` counts: from here on two spellings may be one name."""
SLIPS_IN_CNP = 2


@dataclass(frozen=True)
class OnFile:
    """What a file says of who the person is; empty or None where it does not."""

    names: Sequence[str]
    born: dt.date | None = None
    sex: str = ""
    cnp: str = ""
    phone: str = ""

    @classmethod
    def of(cls, person: Person) -> Self:
        """What the file of a person says."""
        return cls(person.names, person.birth_date, person.sex, person.cnp, person.phone)


@dataclass(frozen=True)
class Evidence:
    """What was found in two files."""

    speaks_for: list[SpeaksFor]
    speaks_against: list[SpeaksAgainst]

    @property
    def cannot_be(self) -> bool:
        """Whether the two are surely two people."""
        return bool({SpeaksAgainst.OTHER_CNP, SpeaksAgainst.PARENT_AND_CHILD} & set(self.speaks_against))


def weigh(one: OnFile, other: OnFile) -> Evidence:
    """Lay two files beside each other."""
    found: list[SpeaksFor | SpeaksAgainst | None] = [
        _of_cnp(one.cnp, other.cnp),
        *_of_birth(one.born, other.born),
        _of_names(one.names, other.names),
        SpeaksAgainst.OTHER_SEX if one.sex and other.sex and one.sex != other.sex else None,
        _of_phone(one.phone, other.phone),
    ]
    return Evidence(
        [sign for sign in found if isinstance(sign, SpeaksFor)],
        [sign for sign in found if isinstance(sign, SpeaksAgainst)],
    )


def alike(names: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two people may bear one name, in any of its readings; a name that is not known is like no other."""
    return any(
        first and second and token_sort_ratio(first, second) >= SIMILAR
        for first, second in product(_read(names), _read(others))
    )


def _read(names: Sequence[str]) -> list[str]:
    return [way for name in names for way in readings(name)]


def _of_cnp(one: str, other: str) -> SpeaksFor | SpeaksAgainst | None:
    if not one or not other:
        return None
    if one == other:
        return SpeaksFor.SAME_CNP
    return SpeaksFor.NEAR_CNP if digits_apart(one, other) <= SLIPS_IN_CNP else SpeaksAgainst.OTHER_CNP


def _of_birth(one: dt.date | None, other: dt.date | None) -> list[SpeaksFor | SpeaksAgainst | None]:
    if one is None or other is None:
        return []
    if one == other:
        return [SpeaksFor.SAME_BIRTH_DATE]
    if may_be_parent_and_child(one, other):
        return [SpeaksAgainst.PARENT_AND_CHILD]
    swapped = one.year == other.year and (one.month, one.day) == (other.day, other.month)
    parts = sum((one.year == other.year, one.month == other.month, one.day == other.day))
    return [SpeaksFor.NEAR_BIRTH_DATE if swapped or parts == 2 else SpeaksAgainst.OTHER_BIRTH_DATE]


def _of_names(names: Sequence[str], others: Sequence[str]) -> SpeaksFor | SpeaksAgainst | None:
    if not any(names) or not any(others):
        return None
    if {_in_order(way) for way in _read(names)} & {_in_order(way) for way in _read(others)}:
        return SpeaksFor.SAME_NAME
    return SpeaksFor.SIMILAR_NAME if alike(names, others) else SpeaksAgainst.OTHER_NAME


def _in_order(name: str) -> str:
    return " ".join(sorted(name.split()))


def _of_phone(one: str, other: str) -> SpeaksFor | None:
    numbers = [plain_number(phone)[-9:] for phone in (one, other)]
    return SpeaksFor.SAME_PHONE if numbers[0] and numbers[0] == numbers[1] else None
