"""Tables as files: the same rows as on the page."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse

from punte.kernel.tables import write_csv, write_xlsx
from punte.www.frame.download import file_response

FORMATS = ("csv", "xlsx")
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Sheet = Sequence[Sequence[object]]


def wanted(request: HttpRequest) -> str:
    """The format of file asked for (`?format=csv`), or nothing for the page."""
    asked = request.GET.get("format", "")
    return asked if asked in FORMATS else ""


def as_file(request: HttpRequest, name: str, sheets: Mapping[str, Sheet]) -> HttpResponse:
    """The tables as the file asked for; a CSV has the first of them.

    Args:
        name: of the file, without its ending.
        sheets: rows by title, the first row the header.
    """
    kind = wanted(request)
    if kind == "csv":
        header, *rows = next(iter(sheets.values()))
        content = write_csv(header, rows)
    else:
        content = write_xlsx(sheets)
    return file_response(content, _TYPES[kind], f"{name}.{kind}")


def links(request: HttpRequest) -> list[tuple[str, str]]:
    """The addresses of this page's table as files: (CSV, ?format=csv…)."""
    found = []
    for kind in FORMATS:
        asked = request.GET.copy()
        asked["format"] = kind
        found.append((kind.upper(), f"?{asked.urlencode()}"))
    return found
