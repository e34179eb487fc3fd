"""Addresses of pages, looked for once and not for each row of each page."""

from collections.abc import Sequence
from functools import lru_cache
from uuid import UUID, uuid4

from django import urls
from django.conf import settings


def reverse(name: str, args: Sequence[object] = ()) -> str:
    """As Django's: the address of a page, or of the page of a row."""
    if not args:
        return _around(settings.ROOT_URLCONF, name, False)[0]
    if len(args) > 1 or not isinstance(args[0], UUID):
        return urls.reverse(name, args=args)
    before, after = _around(settings.ROOT_URLCONF, name, True)
    return f"{before}{args[0]}{after}"


@lru_cache(maxsize=2000)
def _around(_addresses: object, name: str, of_a_row: bool) -> tuple[str, str]:
    """What stands before and after the identifier of a row."""
    if not of_a_row:
        return urls.reverse(name), ""
    one = uuid4()
    before, _one, after = urls.reverse(name, args=[one]).partition(str(one))
    return before, after
