"""The address of a page about rows, looked for once and not for each row of each page."""

from functools import lru_cache
from uuid import UUID, uuid4

from django.conf import settings
from django.urls import reverse


def address_of(page: str, *named: UUID | str) -> str:
    """As `reverse`, of a page by its name and what its address names: identifiers of rows, and words."""
    kinds = tuple(None if type(one) is UUID else one for one in named)
    pieces = _around(settings.ROOT_URLCONF, page, kinds)
    rows = [str(one) for one in named if type(one) is UUID]
    return pieces[0] + "".join([row + piece for row, piece in zip(rows, pieces[1:], strict=True)])


@lru_cache(maxsize=2000)
def _around(_addresses: object, page: str, kinds: tuple[UUID | str | None, ...]) -> tuple[str, ...]:
    """What stands before, between and after the identifiers."""
    asked = [uuid4() if kind is None else kind for kind in kinds]
    rest, pieces = reverse(page, args=asked), []
    for one, kind in zip(asked, kinds, strict=True):
        if kind is None:
            before, _one, rest = rest.partition(str(one))
            pieces.append(before)
    return (*pieces, rest)
