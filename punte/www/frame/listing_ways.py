"""The ways of looking at a list that are there for everybody: what each asks is put together once for all who stand
alike, where it takes several times as long as the database to answer.
"""

from collections.abc import Hashable, Mapping
from typing import Any, NamedTuple

from punte.accounts.models import User
from punte.people.asked import Asked
from punte.www.frame.counting import MOST_COUNTED

_MOST_KEPT = 500


class Way(NamedTuple):
    """Its first rows in order, and the keys of as many as are counted."""

    first: Asked
    keys: Asked


_ways: dict[Hashable, Way | None] = {}


def way_of(listing: Any, said: Mapping[str, str]) -> Way | None:
    """The way of looking that says this of the filters; none where it must be put together each time."""
    alike = listing.alike()
    if alike is None:
        return None
    key = (type(listing), alike, listing.sort, tuple(sorted(said.items())))
    if key not in _ways:
        if len(_ways) >= _MOST_KEPT:
            _ways.clear()
        _ways[key] = _made(listing, said)
    return _ways.get(key)


def _made(listing: Any, said: Mapping[str, str]) -> Way | None:
    form = listing.form_class(said, **listing.form_options())
    if not form.is_valid() or not all(isinstance(one, str) or not one for one in form.cleaned_data.values()):
        return None
    # Of the listing itself, and so of its request, nothing is kept.
    anew, asked, sort = listing.anew(), form.cleaned_data, listing.sort

    def before(user: User) -> Any:
        one = anew(user)
        vars(one).update(user=user, asked=asked, sort=sort, kept=None)
        return one

    def first(user: User) -> Any:
        one = before(user)
        return one.first_rows(one.page_size + 1)

    return Way(
        Asked(first),
        Asked(lambda user: before(user).found.order_by().values_list("pk")[: MOST_COUNTED + 1]),
    )
