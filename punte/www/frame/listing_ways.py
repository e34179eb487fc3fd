"""The ways of looking at a list that are there for everybody: what each asks is put together once for all who stand
alike, where it takes several times as long as the database to answer.
"""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from punte.accounts.models import User
from punte.people.asked import Asked
from punte.www.frame.counting import MOST_COUNTED, in_words

_MOST_KEPT = 500


class Way:
    """One such way.

    Args:
        before: gives the list, looked at so, before an account.
    """

    def __init__(self, before: Callable[[User], Any]) -> None:
        self._before = before
        self._asked: dict[str, Asked] = {}

    def ask(self, user: User, name: str, question: Callable[..., Any], **given: Any) -> list[Any]:
        """The rows that answer what is asked under this name: of the list, and what else is given."""
        return self._of(name, question)(user, **given)

    def count(self, user: User) -> str:
        """How many rows there are."""
        return in_words(self._of("keys", _keys).count(user))

    def _of(self, name: str, question: Callable[..., Any]) -> Asked:
        if name not in self._asked:
            before = self._before
            self._asked[name] = Asked(lambda user, **given: question(before(user), **given))
        return self._asked[name]


def _keys(listing: Any) -> Any:
    return listing.found.order_by().values_list("pk")[: MOST_COUNTED + 1]


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

    return Way(before)
