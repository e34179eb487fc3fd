"""The ways of looking at a list that are there for everybody: what each asks is put together once for all who stand
alike, where it takes several times as long as the database to answer.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

from punte.accounts.models import User
from punte.people.asked import Asked
from punte.www.frame.counting import MOST_COUNTED, in_words

_MOST_KEPT = 500


class Way:
    """One such way.

    Args:
        before: gives the list, looked at so, before an account, with what is known.
    """

    def __init__(self, before: Callable[[User, Mapping[str, Any]], Any]) -> None:
        self._before = before
        self._asked: dict[str, Asked] = {}

    def ask(self, listing: Any, name: str, question: Callable[..., Any], **given: Any) -> list[Any]:
        """The rows that answer what is asked under this name: of the list, and what else is given."""
        known = listing.known()
        return self._of(name, question, tuple(known))(listing.user, **known, **given)

    def count(self, listing: Any) -> str:
        """How many rows there are."""
        known = listing.known()
        return in_words(self._of("keys", _keys, tuple(known)).count(listing.user, **known))

    def _of(self, name: str, question: Callable[..., Any], known: Sequence[str]) -> Asked:
        if name not in self._asked:
            before = self._before

            def asked(user: User, **given: Any) -> Any:
                return question(before(user, {key: given.pop(key) for key in known}), **given)

            self._asked[name] = Asked(asked)
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

    def before(user: User, known: Mapping[str, Any]) -> Any:
        one = anew(user)
        vars(one).update(user=user, asked=asked, sort=sort, kept=None, **known)
        return one

    return Way(before)
