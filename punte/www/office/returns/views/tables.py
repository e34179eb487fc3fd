"""Official tables: the list of them, and one with its picture, its seam and where each number comes from."""

from collections.abc import Iterator

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from punte.accounts.enums import Capability as Can
from punte.kernel.tables.writing import write_csv, write_xlsx
from punte.returns.definition import OfficialTable, Ratio
from punte.returns.grids import grids, period_label, sheet_of, spoken, where
from punte.returns.official import Reckoned, Shown, shown
from punte.returns.papers import table_paper
from punte.returns.picture import picture
from punte.returns.queries import county_of
from punte.returns.reading import house, official_tables
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.download import file_response
from punte.www.frame.listing_deeds import CONTENT_TYPES

READERS = (Can.SEE_TOTALS, Can.PLAN)


def _subjects() -> Iterator[tuple[str, list[OfficialTable]]]:
    tables = official_tables().values()
    named = (
        ("context", pgettext("official tables", "The county")),
        ("III.2.1", pgettext("official tables", "Children (chapter III.2.1 of the strategy)")),
        ("III.2.2", pgettext("official tables", "Adults (chapter III.2.2)")),
        ("III.3", pgettext("official tables", "Services (chapter III.3)")),
        ("work", pgettext("official tables", "Our work")),
        ("children", pgettext("official tables", "Children, from the record")),
        ("violence", pgettext("official tables", "Violence, from the record")),
        ("services", pgettext("official tables", "Services, from the record")),
    )
    for key, name in named:
        rows = [one for one in tables if (one.subject or one.place).startswith(key)]
        if rows:
            yield name, rows


@require_safe
@needs(*READERS)
def returns(request: SignedIn) -> HttpResponse:
    """The official tables by subject, and the way to the quarterly sheets."""
    subjects = [(name, [(one, spoken(one.title), _span(one)) for one in rows]) for name, rows in _subjects()]
    return render(request, "office_returns/returns.html", {"subjects": subjects})


def _ratios(view: Shown) -> list[tuple[str, Ratio, list[tuple[str, Reckoned]]]]:
    """Each ratio with the periods in which it is known."""
    found = []
    for ratio in view.table.ratios:
        known = [one for one in view.ratios if one.ratio is ratio and one.value is not None]
        if known:
            found.append(
                (spoken(ratio.label), ratio, [(period_label(view, one.period), one) for one in known])
            )
    return found


def _span(table: OfficialTable) -> str:
    told = table.periods
    return f"{told[0]}–{told[-1]}" if len(told) > 1 else "".join(told)


@require_safe
@needs(*READERS)
def official_table(request: SignedIn, key: str) -> HttpResponse:
    """One table; `?format=csv`, `xlsx` or `pdf` as a file."""
    table = official_tables().get(key)
    if table is None:
        raise Http404
    view = shown(table, county=county_of(request.user) or house().county)
    match request.GET.get("format"):
        case "csv":
            head, *rows = sheet_of(view) or [[]]
            return file_response(write_csv(head, rows), CONTENT_TYPES["csv"], f"{key}.csv")
        case "xlsx":
            content = write_xlsx({spoken(table.title): sheet_of(view)})
            return file_response(content, CONTENT_TYPES["xlsx"], f"{key}.xlsx")
        case "pdf":
            return file_response(table_paper(view), "application/pdf", f"{key}.pdf")
    context = {
        "table": table,
        "view": view,
        "title": spoken(table.title),
        "note": spoken(table.note),
        "grids": grids(view),
        # Made by us of numbers and escaped labels alone.
        "picture": mark_safe(picture(view)),  # noqa: S308
        "held_back": any(value.held_back for value in view.values.values()),
        "ratios": _ratios(view),
        "problems": [(where(view, one.key), spoken(one.says), one) for one in view.problems],
        "assumptions": [(spoken(one.label), one) for one in table.assumptions],
    }
    return render(request, "office_returns/table.html", context)
