"""What speaks for two files being of one person, and what against; the same at the desk and in the nightly job."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Self

from rapidfuzz.fuzz import token_sort_ratio

from punte.kernel.text import plain_number, readings
from punte.people.enums import SpeaksAgainst, SpeaksFor
from punte.people.identity import digits_apart, looks_like_cnp
from punte.people.models import Person
from punte.people.rules import may_be_parent_and_child

SIMILAR = 88
"""Of 100, as `token_sort_ratio` counts: from here on two spellings may be one name."""
SLIPS_IN_CNP = 2
_BETWEEN_PHONES = re.compile(r"[,;]")


@dataclass(frozen=True)
class OnFile:
    """What a file, or the line of a register, says of who the person is; empty or None where it does not.

    `cnp` may be the digest of a number without a mistake, where it is in both.
    """

    names: Sequence[str]
    born: dt.date | None = None
    sex: str = ""
    cnp: str = ""
    phone: str = ""
    died: dt.date | None = None

    @classmethod
    def of(cls, person: Person) -> Self:
        """What the file of a person says."""
        return cls(person.names, person.birth_date, person.sex, person.cnp, person.phone, person.died_on)

    @cached_property
    def ways(self) -> list[str]:
        """The names, each in every reading."""
        return _read(self.names)

    @cached_property
    def words(self) -> frozenset[str]:
        """All words of all names."""
        return frozenset(word for way in self.ways for word in way.split())


@dataclass(frozen=True)
class Evidence:
    """What was found in two files."""

    speaks_for: list[SpeaksFor]
    speaks_against: list[SpeaksAgainst]

    @property
    def cannot_be(self) -> bool:
        """Whether the two are surely two people."""
        return bool({SpeaksAgainst.OTHER_CNP, SpeaksAgainst.PARENT_AND_CHILD} & set(self.speaks_against))

    @property
    def is_likely(self) -> bool:
        """Whether the two may bear one name, and nothing says that they are two people."""
        is_named_alike = {SpeaksFor.SAME_NAME, SpeaksFor.SIMILAR_NAME} & set(self.speaks_for)
        return bool(is_named_alike) and not (
            self.cannot_be or SpeaksAgainst.OTHER_BIRTH_DATE in self.speaks_against
        )

    @property
    def is_sure(self) -> bool:
        """Whether name and birth date are the same and nothing speaks against it."""
        same = {SpeaksFor.SAME_NAME, SpeaksFor.SAME_BIRTH_DATE}
        return same <= set(self.speaks_for) and not self.speaks_against

    @property
    def weight(self) -> int:
        """By which the likeliest comes first."""
        return 2 * len(self.speaks_for) - 3 * len(self.speaks_against)


def weigh(one: OnFile, other: OnFile) -> Evidence:
    """Lay two files beside each other."""
    found: list[SpeaksFor | SpeaksAgainst | None] = [
        _of_cnp(one.cnp, other.cnp),
        *_of_birth(one.born, other.born),
        _of_names(one.ways, other.ways),
        SpeaksAgainst.OTHER_SEX if one.sex and other.sex and one.sex != other.sex else None,
        _of_phone(one.phone, other.phone),
        SpeaksAgainst.OTHER_DEATH if one.died != other.died else None,
    ]
    return Evidence(
        [sign for sign in found if isinstance(sign, SpeaksFor)],
        [sign for sign in found if isinstance(sign, SpeaksAgainst)],
    )


def alike(names: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two people may bear one name, in any of its readings; a name that is not known is like no other.

    Spelt alike, or two names and more of which the other has all and another one besides.
    """
    return _alike(_read(names), _read(others))


def _alike(ways: Sequence[str], others: Sequence[str]) -> bool:
    return any(
        first and second and (token_sort_ratio(first, second) >= SIMILAR or _holds(first, second))
        for first, second in product(ways, others)
    )


def _holds(one: str, other: str) -> bool:
    fewer, more = sorted((set(one.split()), set(other.split())), key=len)
    return len(fewer) > 1 and fewer <= more


def _read(names: Sequence[str]) -> list[str]:
    return [way for name in names for way in readings(name)]


def _of_cnp(one: str, other: str) -> SpeaksFor | SpeaksAgainst | None:
    """Two that are right in form are of two people, however near: a slip breaks the check digit, and twins are near."""
    if not one or not other:
        return None
    if one == other:
        return SpeaksFor.SAME_CNP
    are_right = looks_like_cnp(one) and looks_like_cnp(other)
    near = not are_right and digits_apart(one, other) <= SLIPS_IN_CNP
    return SpeaksFor.NEAR_CNP if near else SpeaksAgainst.OTHER_CNP


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


def _of_names(ways: Sequence[str], others: Sequence[str]) -> SpeaksFor | SpeaksAgainst | None:
    if not any(ways) or not any(others):
        return None
    if {_in_order(way) for way in ways if way} & {_in_order(way) for way in others if way}:
        return SpeaksFor.SAME_NAME
    return SpeaksFor.SIMILAR_NAME if _alike(ways, others) else SpeaksAgainst.OTHER_NAME


def _in_order(name: str) -> str:
    return " ".join(sorted(name.split()))


def _of_phone(one: str, other: str) -> SpeaksFor | None:
    return SpeaksFor.SAME_PHONE if _numbers(one) & _numbers(other) else None


def _numbers(phones: str) -> set[str]:
    """Each of several numbers, without what says the country."""
    return {plain_number(phone)[-9:] for phone in _BETWEEN_PHONES.split(phones)} - {""}
