"""A list as pages, or as a stream of lines."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase

from punte.api.hsds.door import document, lines
from punte.api.hsds.parameters import PER_PAGE, Asked
from punte.api.hsds.writing import Item

# So many rows of a stream are read at once.
_PORTION = 200
Rows = Sequence[Any] | QuerySet[Any]
Show = Callable[[Any], Iterable[Item]]


def answer(
    request: HttpRequest, asked: Asked, rows: Rows, show: Show, *, whole: bool = False
) -> HttpResponseBase:
    """The page asked for of `rows`, or all of them as lines.

    Args:
        rows: in a settled order; a QuerySet is ordered by its primary key.
        show: turns some rows into items, with what it must read for them.
        whole: everything on one page, unless the caller asks for pages.
    """
    if asked.streamed:
        return lines(item for portion in _portions(rows) for item in show(portion))
    total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    size = asked.per_page or (max(total, 1) if whole else PER_PAGE)
    start = (asked.page - 1) * size
    contents = list(show(rows[start : start + size])) if start < total else []
    return document(request, envelope(total, asked.page, size, contents))


def envelope(total: int, page: int, size: int, contents: Sequence[Item]) -> Item:
    """The page of HSDS around its contents; a page after the last is empty, not an error."""
    pages = -(-total // size)
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": page,
        "size": len(contents),
        "first_page": page == 1,
        "last_page": page >= pages,
        "empty": not contents,
        "contents": contents,
    }


def _portions(rows: Rows) -> Iterator[Rows]:
    if not isinstance(rows, QuerySet):
        yield rows
        return
    last = None
    while True:
        after = rows if last is None else rows.filter(pk__gt=last)
        portion = after[:_PORTION]
        keys = list(portion.values_list("pk", flat=True))
        if not keys:
            return
        yield rows.filter(pk__in=keys)
        last = keys[-1]
