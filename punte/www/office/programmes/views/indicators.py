"""Indicators: target, achieved, percent, pace; where a value comes from; what the source claims of them."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from punte.kernel.tables import write_xlsx
from punte.programmes.actions import write_figure
from punte.programmes.claims import judged
from punte.programmes.enums import Verdict
from punte.programmes.models import READERS
from punte.programmes.queries import achieved_in, is_held_back
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.download import file_response
from punte.www.frame.form_page import FormPage
from punte.www.office.programmes.forms.programmes import FigureForm
from punte.www.office.programmes.views.programmes import ProgrammePage

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PACES = {
    "ahead": lambda: pgettext("pace", "ahead"),
    "on": lambda: pgettext("pace", "on time"),
    "behind": lambda: pgettext("pace", "behind"),
    "": lambda: "",
}


@require_safe
@needs(*READERS)
def indicators(request: SignedIn, pk: UUID) -> HttpResponse:
    """The indicators by component, as a table with bars; `?format=xlsx` as a file."""
    page = ProgrammePage.open(request, pk)
    if request.GET.get("format") == "xlsx":
        page.read("programme")
        return file_response(
            write_xlsx({_("Indicators"): _sheet(page)}), _XLSX, f"indicatori-{page.programme.key}.xlsx"
        )
    parts = [
        (top, [page.achieved[one.code] for one in page.tree.indicators if page.tree.path(one.node)[0] is top])
        for top in page.tree.children()
    ]
    known = [one.is_reached for one in page.achieved.values()]
    return page.show(
        "indicators",
        "programme",
        here="indicators",
        parts=[(top, rows) for top, rows in parts if rows],
        reached=sum(one is True for one in known),
        exceeded=sum(one.is_exceeded for one in page.achieved.values()),
        unknown=sum(one is None for one in known),
        all=len(known),
    )


def _sheet(page: ProgrammePage) -> list[list[object]]:
    header: list[object] = [
        *(
            _("Component"),
            _("Activity or action"),
            _("No."),
            _("Indicator"),
            _("Unit"),
            _("Target"),
            _("Achieved"),
        ),
        *(
            _("Percent"),
            _("Is it reached"),
            _("Expected by now (%)"),
            _("Pace"),
            _("Note"),
            _("Line of the source"),
        ),
    ]
    rows: list[list[object]] = [header]
    for one in page.achieved.values():
        said = one.indicator
        path = page.tree.path(said.node)
        rows.append(
            [
                f"{path[0].code} {path[0].title}",
                f"{path[-1].code} {path[-1].title}",
                said.code,
                said.name,
                said.unit,
                f"{said.op} {said.target}".strip(),
                _("too few to show")
                if one.held_back
                else None
                if one.value is None
                else one.value.normalize(),
                one.percent,
                {True: _("yes"), False: _("no"), None: ""}[one.is_reached],
                one.expected,
                _PACES[one.pace](),
                said.note,
                said.source_line,
            ]
        )
    return rows


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*READERS)
def indicator(request: SignedIn, pk: UUID, code: str) -> HttpResponse:
    """One indicator: each of its values with its source, its query and extract; a value is typed in here."""
    page = ProgrammePage.open(request, pk)
    if code not in page.achieved:
        raise Http404
    form = None
    if page.writes:
        initial = {"start": page.programme.start, "end": page.programme.end}
        form = FormPage(request, FigureForm, initial=initial)
        if form.attempt(
            lambda given: write_figure(by=request.user, programme=page.programme, indicator=code, **given)
        ):
            return form.done(_("The value is written, with its source."), "programme_indicator", pk, code)
    elif request.method == "POST":
        page.only(to=None)
        return HttpResponse(status=403)
    said = page.achieved[code].indicator
    figures = [
        (one, is_held_back(one, page.programme, request.user))
        for one in page.programme.figures.filter(indicator=code).select_related("by")
    ]
    return page.show(
        "indicator",
        "programme",
        one=page.achieved[code],
        node=page.tree.by_code[said.node],
        query=page.tree.sql.get(said.sql, ""),
        figures=figures,
        form=form,
    )


@require_safe
@needs(*READERS)
def claims(request: SignedIn, pk: UUID) -> HttpResponse:
    """What the source says, beside what its own figures come to."""
    page = ProgrammePage.open(request, pk)
    found = judged(page.tree, achieved_in(page.programme, user=request.user))
    order = (Verdict.CONTRADICTED, Verdict.UNFOUNDED, Verdict.LESS, Verdict.CARRIED)
    groups = [
        (verdict, rows) for verdict in order if (rows := [one for one in found if one.verdict == verdict])
    ]
    broken = sum(not one.holds for one in found)
    return page.show("claims", "programme", here="claims", groups=groups, broken=broken, count=len(found))
