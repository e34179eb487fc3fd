"""Addresses of pages, looked for once and not for each row of each page."""

from collections.abc import Sequence
from functools import lru_cache
from uuid import UUID, uuid4

from django import urls
from django.conf import settings


def reverse(page: str, args: Sequence[object] = ()) -> str:
    """As Django's, of a page by its name and what its address names: identifiers of rows, and words."""
    kinds: list[str | None] = []
    for one in args:
        if type(one) is UUID:
            kinds.append(None)
        elif isinstance(one, str) and one.isidentifier():
            kinds.append(one)
        else:
            return urls.reverse(page, args=args)
    pieces = _around(settings.ROOT_URLCONF, page, tuple(kinds))
    rows = [str(one) for one in args if type(one) is UUID]
    return pieces[0] + "".join([row + piece for row, piece in zip(rows, pieces[1:], strict=True)])


@lru_cache(maxsize=2000)
def _around(_addresses: object, page: str, kinds: tuple[str | None, ...]) -> tuple[str, ...]:
    """What stands before, between and after the identifiers."""
    asked = [uuid4() if kind is None else kind for kind in kinds]
    rest, pieces = urls.reverse(page, args=asked), []
    for one, kind in zip(asked, kinds, strict=True):
        if kind is None:
            before, _one, rest = rest.partition(str(one))
            pieces.append(before)
    return (*pieces, rest)
