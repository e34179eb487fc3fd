"""Questions about what an account sees, put together once for all accounts that stand alike.

Who sees a row is a condition of some hundred words, and Django takes several times as long to put it together as the
database to answer. It depends on the account by its identifier, its posts, the sights it was given and what seals hide
from it: two accounts of which these have one pattern ask in the same words, with other identifiers. What is kept is the
text of a question alone, never an answer; the pattern is read anew with each request.
"""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from itertools import count
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import get_language

from punte.accounts.models import User
from punte.accounts.standing import Post, Standing
from punte.kernel.prepared import (
    Kept,
    all_as_kept,
    as_given,
    as_kept,
    is_moment,
    put_together,
    putting_together,
    rounded,
    stand_in,
)
from punte.kernel.today import today
from punte.people.sight import Hidden, Shown, hidden_from, sights_given

_MOST_KEPT = 400
_NEVER_ASKED, _ANEW = object(), object()


class _Unprepared(Exception):
    """A question reads something else of the account than its pattern: it is put together each time."""


class Asked:
    """A question that an account asks, put together once for each pattern of accounts and each number of values.

    Args:
        question: gives the QuerySet. It takes an account, and as arguments the identifiers or collections of
            identifiers that change between two askings, or days and texts, for each of which it is put together anew.
            It may ask for today, and for this moment by `moment_of_asking`.
    """

    def __init__(self, question: Callable[..., "QuerySet[Any, Any]"]) -> None:
        self._question = question
        self._kept: dict[Any, Any] = {}

    def __call__(self, user: User, **given: "Given") -> list[Any]:
        """The rows that answer it before this account."""
        try:
            kept, values = self._with_values(user, given)
        except _Unprepared:
            return list(self._question(user, **_plain(given)))
        return [] if kept is None else kept.rows_with(values)

    def as_given(self, user: User, **given: "Given") -> list[Any]:
        """The same rows as the database gives them."""
        try:
            kept, values = self._with_values(user, given)
        except _Unprepared:
            return as_given(self._question(user, **_plain(given)))
        return [] if kept is None else kept.as_given(values)

    def count(self, user: User, **given: "Given") -> int:
        """How many they are."""
        try:
            kept, values = self._with_values(user, given)
        except _Unprepared:
            return self._question(user, **_plain(given)).count()
        return 0 if kept is None else kept.count(values)

    def _with_values(self, user: User, given: "Mapping[str, Given]") -> tuple[Kept | None, list[Any]]:
        names = _names_of(user)
        further: list[Any] = []
        shape: list[_Argument] = []
        for name, value in given.items():
            keys = _keys_in(value)
            if keys is None:
                many = isinstance(value, Collection) and not isinstance(value, str)
                said: Any = value
                shape.append(_Argument(name, said=tuple(said) if many else said))
                continue
            one = isinstance(value, UUID | Whichever)
            places = []
            for each in keys:
                # One that the account is made of may be decided by; any other is one of many.
                new = len(names.values) + len(further)
                places.append(names.numbers.get(each, new))
                if places[-1] == new:
                    further.append(each)
            shape.append(_Argument(name, one, tuple(places)))
        key = (connection.vendor, today(), get_language(), names.pattern, tuple(shape))
        # Of several threads each keeps hold of what it found: another may clear them all meanwhile.
        kept = self._kept.get(key, _NEVER_ASKED)
        if kept is _NEVER_ASKED:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            try:
                kept = self._put_together(user, [*names.values, *further], shape)
            except _Unprepared:
                kept = _ANEW
            self._kept[key] = kept
        if kept is _ANEW:
            raise _Unprepared
        return kept, [*names.kept, *all_as_kept(further)]

    def _put_together(self, user: User, values: list[Any], shape: "list[_Argument]") -> Kept | None:
        others: list[Any] = [stand_in(type(value)) for value in values]
        of_user = _names_of(user).values
        given = {one.name: one.of(others) for one in shape}
        with connection.execute_wrapper(_refuse), putting_together():
            rows = self._question(_another(user, dict(zip(of_user, others, strict=False))), **given)
            kept = put_together(rows, others)
        # The moment of a seal is of the pattern; any other passes.
        of_seals = [as_kept(shown.sealed_at) for shown in hidden_from(user).people.values()]
        if kept is not None and any(is_moment(one) and one not in of_seals for one in kept.filling):
            raise _Unprepared
        return kept


class Whichever(NamedTuple):
    """A day or a text for each of which the question is the same: it is filled in, as identifiers are."""

    value: dt.date | str


Given = UUID | dt.date | str | Whichever | Collection[UUID] | Collection[str]


class _Argument(NamedTuple):
    """An argument: a day or texts, or the places of identifiers among all those of a question."""

    name: str
    one: bool = False
    places: tuple[int, ...] = ()
    said: Any = None

    def of(self, values: list[Any]) -> Any:
        """What it is with these values."""
        several = [values[place] for place in self.places]
        if self.said is not None:
            return self.said
        return several[0] if self.one else several


def _plain(given: "Mapping[str, Given]") -> dict[str, Any]:
    """What is given to a question that is put together each time."""
    return {name: one.value if isinstance(one, Whichever) else one for name, one in given.items()}


def _keys_in(value: Any) -> list[Any] | None:
    """The identifiers that are given, and what is filled in as they are; None where days or texts are."""
    if isinstance(value, UUID):
        return [value]
    if isinstance(value, Whichever):
        return [value.value]
    if isinstance(value, dt.date | str) or any(isinstance(one, str) for one in value):
        return None
    return rounded(value)


class _Names(NamedTuple):
    """The identifiers of which the sight of an account is made, as the database keeps them too, and their pattern."""

    values: tuple[UUID, ...]
    kept: list[Any]
    numbers: dict[UUID, int]
    pattern: int


_patterns: dict[Any, int] = {}
# Never one that was given before, whichever thread asks: nothing kept is taken for that of another.
_numbers = count()


def _names_of(user: User) -> _Names:
    """Read once a request, as the standing and what is hidden are."""
    source = (user.standing, sights_given(user), hidden_from(user))
    known: tuple[Any, _Names] | None = user.__dict__.get("_names_of_sight")
    if known is None or any(mine is not own for mine, own in zip(known[0], source, strict=True)):
        known = user.__dict__["_names_of_sight"] = (source, _named(user, *source))
    return known[1]


def _named(user: User, standing: Standing, given: Collection[tuple[UUID, str]], hidden: Hidden) -> _Names:
    numbers: dict[UUID, int] = {}

    def number(one: UUID | None) -> int | None:
        return None if one is None else numbers.setdefault(one, len(numbers))

    def several(some: Collection[UUID]) -> tuple[int | None, ...]:
        return tuple(map(number, sorted(some)))

    pattern = (
        number(user.pk),
        tuple((number(post.organization_id), number(post.team_id), post.role) for post in standing.posts),
        several(standing.looked_after),
        tuple((why, number(household)) for why, household in sorted((why, key) for key, why in given)),
        tuple(
            (
                number(key),
                number(one.seal),
                one.sealed_at,
                number(one.stood),
                one.stood_end,
                one.phone,
                one.email,
            )
            + several(one.lodgings)
            for key, one in sorted(hidden.people.items())
        ),
        several(hidden.memberships),
        several(hidden.households),
    )
    if len(_patterns) > 100 * _MOST_KEPT:
        _patterns.clear()
    return _Names(
        tuple(numbers), all_as_kept(numbers), numbers, _patterns.setdefault(pattern, next(_numbers))
    )


def _another(user: User, renamed: dict[UUID, UUID]) -> User:
    """An account that stands as this one does under other identifiers, of which nothing else can be read."""
    standing, given, hidden = user.standing, sights_given(user), hidden_from(user)
    other = User.from_db(connection.alias, ["id"], [renamed[user.pk]])
    posts = (
        Post(renamed[post.organization_id], post.team_id and renamed[post.team_id], post.role)
        for post in standing.posts
    )
    other.__dict__["standing"] = Standing(
        tuple(posts), frozenset(renamed[one] for one in standing.looked_after)
    )
    other.__dict__["_households_in_sight"] = frozenset((renamed[key], why) for key, why in given)
    people = {
        renamed[key]: Shown(
            renamed[one.seal],
            one.sealed_at,
            one.stood and renamed[one.stood],
            one.stood_end,
            one.phone,
            one.email,
            frozenset(renamed[home] for home in one.lodgings),
        )
        for key, one in hidden.people.items()
    }
    memberships = frozenset(renamed[one] for one in hidden.memberships)
    households = frozenset(renamed[one] for one in hidden.households)
    other.__dict__["_hidden_by_seals"] = Hidden(people, memberships, households)
    return other


def _refuse(*_asked: Any) -> Any:
    """What is asked while a question is put together would be asked of nobody."""
    raise _Unprepared
