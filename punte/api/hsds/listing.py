"""A list as pages, or as a stream of lines."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from punte.api.hsds.endpoint import document, lines
from punte.api.hsds.parameters import PER_PAGE, Asked
from punte.api.hsds.selection import Selected
from punte.api.hsds.writing import Item

# So many rows of a stream are read at once.
_PORTION = 200
Rows = Sequence[Any] | Selected
Show = Callable[[Any], Iterable[Item]]


def answer(
    request: HttpRequest, asked: Asked, rows: Rows, show: Show, *, whole: bool = False
) -> HttpResponseBase:
    """The page asked for of `rows`, or all of them as lines.

    Args:
        show: turns some rows into items, with what it must read for them.
        whole: everything on one page, unless the caller asks for pages.
    """
    if asked.streamed:
        return lines(item for portion in _portions(rows) for item in show(portion))
    total = rows.total if isinstance(rows, Selected) else len(rows)
    size = asked.per_page or (max(total, 1) if whole else PER_PAGE)
    start = (asked.page - 1) * size
    if start >= total:
        return document(request, envelope(total, asked.page, size, []))
    stop = start + size
    part = rows.part(start, stop) if isinstance(rows, Selected) else rows[start:stop]
    return document(request, envelope(total, asked.page, size, list(show(part))))


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


def _portions(rows: Rows) -> Iterator[Any]:
    return rows.portions(_PORTION) if isinstance(rows, Selected) else iter([rows])
