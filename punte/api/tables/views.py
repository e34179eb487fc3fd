"""The page that lists what is open, and the tables themselves."""

import hashlib
from functools import lru_cache

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import override

from punte.api.hsds.endpoint import READ, endpoint
from punte.api.hsds.pages import page
from punte.api.hsds.problems import Problem
from punte.api.hsds.taxonomies import LANGUAGE
from punte.api.tables.content import BY_KEY, TABLES, Values
from punte.kernel.tables import write_csv, write_xlsx

_KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_KEPT = 8


@page
def open_data(request: HttpRequest) -> HttpResponse:
    """What anybody may take and use: the tables and the API."""
    return render(request, "api/open_data.html", {"tables": TABLES, "kinds": _KINDS, "section": "data"})


@endpoint(READ)
def table(request: HttpRequest, key: str, kind: str) -> HttpResponseBase:
    """One table as a file; 304 where the caller has it already."""
    wanted = BY_KEY.get(key)
    if wanted is None or kind not in _KINDS:
        raise Problem(
            404,
            f"Tabelul nu există. Există: {', '.join(BY_KEY)}, fiecare ca .csv și .xlsx.",
            f"There is no such table. There are: {', '.join(BY_KEY)}, each as .csv and .xlsx.",
        )
    rows = tuple(map(tuple, wanted.rows()))
    etag = f'"{hashlib.sha256(repr((kind, wanted.columns, rows)).encode()).hexdigest()[:32]}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    response = HttpResponse(_written(key, kind, rows), content_type=_KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="{key}.{kind}"'
    response["ETag"] = etag
    return response


@lru_cache(maxsize=_KEPT)
def _written(key: str, kind: str, rows: tuple[Values, ...]) -> bytes:
    """The file. Writing a workbook takes a second or two, so the newest few are kept."""
    wanted = BY_KEY[key]
    if kind == "csv":
        return write_csv(wanted.columns, rows)
    with override(LANGUAGE):
        return write_xlsx({str(wanted.title): [wanted.columns, *rows]})
