"""Whether two descriptions may be of one person: pure, without a question to the database."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

from rapidfuzz.fuzz import ratio, token_sort_ratio

from punte.kernel.text import readings

_WHOLE, _PART = 88, 85
_SHORTEST_ALIKE = 3
_YEARS_APART = 10


@dataclass(frozen=True)
class Name:
    """A name, each part folded in every reading; one that is not parted has all of it as its given name."""

    family: tuple[str, ...]
    given: tuple[str, ...]

    @cached_property
    def whole(self) -> tuple[str, ...]:
        """Both together, in every reading."""
        return tuple(
            f"{one} {other}".strip() for one, other in product(self.family or ("",), self.given or ("",))
        )


@dataclass(frozen=True, eq=False)
class Described:
    """What is known of somebody; `cnp` is the digest of a number without a mistake."""

    who: str
    names: tuple[Name, ...]
    birth_date: dt.date | None = None
    sex: str = ""
    cnp: str = ""
    phone: str = ""
    died_on: dt.date | None = None

    @cached_property
    def words(self) -> frozenset[str]:
        """All words of all names."""
        return frozenset(word for name in self.names for whole in name.whole for word in whole.split())


@dataclass(frozen=True)
class Speaking:
    """What speaks for two descriptions being one person, and what against, as keys of `IN_WORDS` of the screens."""

    pro: list[str] = field(default_factory=list)
    contra: list[str] = field(default_factory=list)

    @property
    def weight(self) -> int:
        """By which the likeliest comes first."""
        return 2 * len(self.pro) - 3 * len(self.contra)

    @property
    def is_sure(self) -> bool:
        """Whether name and birth date are the same and nothing speaks against it."""
        return {"same_name", "same_birth_date"} <= set(self.pro) and not self.contra


def name_of(family: str, given: str) -> Name:
    """A name to compare."""
    return Name(tuple(filter(None, readings(family))), tuple(filter(None, readings(given))))


def may_be_one(one: Described, other: Described) -> bool:
    """Whether they may be one person.

    Two valid CNPs that differ are two people: twins differ in little else. Two birth dates are one only where a finger
    may have slipped.
    """
    if one.cnp and other.cnp and one.cnp != other.cnp:
        return False
    if one.birth_date and other.birth_date and not _near(one.birth_date, other.birth_date):
        return False
    return names_alike(one.names, other.names)


def speaking(one: Described, other: Described) -> Speaking:
    """What speaks for and against it."""
    said = Speaking()
    if one.cnp and one.cnp == other.cnp:
        said.pro.append("same_cnp")
    if one.birth_date and other.birth_date:
        same = one.birth_date == other.birth_date
        (said.pro if same else said.contra).append("same_birth_date" if same else "near_birth_date")
    if _same_name(one.names, other.names):
        said.pro.append("same_name")
    elif names_alike(one.names, other.names):
        said.pro.append("like_name")
    else:
        said.contra.append("other_name")
    if one.phone and one.phone == other.phone:
        said.pro.append("same_phone")
    if one.sex and other.sex and one.sex != other.sex:
        said.contra.append("other_sex")
    if other.died_on and one.died_on != other.died_on:
        said.contra.append("died")
    return said


def names_alike(one: Iterable[Name], other: Iterable[Name]) -> bool:
    """Whether two people may bear one name; names that are not known are like no other."""
    return any(_alike(left, right) for left, right in product(one, other))


def share_a_name(one: Iterable[Name], other: Iterable[Name]) -> bool:
    """Whether a family name or a given name is alike: who has the same CNP and neither is a mistake."""
    return any(
        _part(left.family, right.family)
        or _part(left.given, right.given)
        or set(" ".join(left.whole).split()) & set(" ".join(right.whole).split())
        for left, right in product(one, other)
    )


def _alike(one: Name, other: Name) -> bool:
    if one.family and one.given and other.family and other.given:
        return (
            _part(one.family, other.family)
            and _part(one.given, other.given)
            or _part(one.family, other.given)
            and _part(one.given, other.family)
            or _same_name([one], [other])
        )
    return any(
        left and right and token_sort_ratio(left, right) >= _WHOLE
        for left, right in product(one.whole, other.whole)
    )


def _same_name(one: Iterable[Name], other: Iterable[Name]) -> bool:
    return any(
        left and set(left.split()) == set(right.split())
        for mine, theirs in product(one, other)
        for left, right in product(mine.whole, theirs.whole)
    )


def _part(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether a family name or a given name is one: the same words, some of them, or a slip apart."""
    return any(_one_part(left, right) for left, right in product(one, other))


def _one_part(left: str, right: str) -> bool:
    if left == right:
        return True
    mine, theirs = set(left.split()), set(right.split())
    if mine <= theirs or theirs <= mine:
        return True
    return min(len(left), len(right)) >= _SHORTEST_ALIKE and ratio(left, right) >= _PART


def _near(one: dt.date, other: dt.date) -> bool:
    """The same day, day and month exchanged, or one digit apart within ten years."""
    if one == other or (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return True
    written, read = f"{one:%Y%m%d}", f"{other:%Y%m%d}"
    apart = sum(left != right for left, right in zip(written, read, strict=True))
    return apart == 1 and abs(one.year - other.year) < _YEARS_APART
