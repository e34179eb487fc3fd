"""Need and supply: a county, one UAT, where the next service should stand, and where each figure comes from."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from punte.accounts.enums import Capability as Can
from punte.assessments.packs import current_version, pack_of
from punte.benefits.granted import granted_lines
from punte.directory.models import Service
from punte.kernel.text import fold
from punte.organizations.models import Organization
from punte.statistics.answers import answers
from punte.statistics.models import Extract, StatedNeed
from punte.statistics.picture import NEAR_KM, CountyPicture, UatRow, county_picture, uat_picture
from punte.statistics.siting import NoAnswer
from punte.statistics.where import Weight, where_next
from punte.territory.models import County, Uat
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.asked import number_in
from punte.www.office.needs.forms.needs import CountyQuestion, WhereQuestion
from punte.www.office.needs.views import tables
from punte.www.office.needs.views.drawing import draw
from punte.www.office.needs.views.markers import markers_of_plan
from punte.www.office.needs.views.shading import shading_of, shown_findings
from punte.www.office.needs.views.sheets import as_file, links, wanted

_PACK = "sci"


@require_safe
@needs(Can.SEE_TOTALS)
def county(request: SignedIn) -> HttpResponse:
    """What is needed, what exists and what is missing in each UAT of a county, as a table and a map."""
    home = home_county(request)
    form = CountyQuestion(_filled(request, judet=home.pk, km=NEAR_KM, ordine="name"))
    here, kind, km, order = form.asked(home)
    picture = county_picture(here, kind=kind, near_km=km)
    rows = sorted(picture.rows, key=_ORDERS[order])
    names = _nearest_names(picture) if kind else {}
    if wanted(request):
        return as_file(request, f"nevoi-{here.pk.lower()}", tables.of_county(picture, names))
    shown = shown_findings(picture)
    findings = finding_names() if shown else {}
    code = form.offer_findings({code: findings.get(code, code) for code in shown})
    context = {
        "form": form,
        "picture": picture,
        "rows": [(row, row.reach[0].nearest if kind and row.reach else None) for row in rows],
        "names": names,
        "shading": shading_of(picture, code, findings.get(code, code)),
        "links": links(request),
        "asked": bool(request.GET),
    }
    return render(request, "office_needs/county.html", context)


@require_safe
@needs(Can.SEE_TOTALS)
def uat(request: SignedIn, siruta: int) -> HttpResponse:
    """One UAT: what it asks for, what it has, what lies how far, what is missing."""
    found = get_object_or_404(Uat.objects.select_related("county"), pk=siruta)
    form = CountyQuestion(_filled(request, judet=found.county_id))
    _county, _kind, km, _order = form.asked(found.county)
    picture = uat_picture(found, near_km=km)
    names = finding_names() if picture.counts else {}
    if wanted(request):
        return as_file(request, f"nevoi-{siruta}", tables.of_uat(picture, names))
    shown = [count for count in picture.counts if count.households is not None]
    context = {
        "picture": picture,
        "findings": sorted(
            ((count, names.get(count.code, count.code)) for count in shown),
            key=lambda pair: (-(pair[0].households or 0), pair[1]),
        ),
        "held_back": len(picture.counts) - len(shown),
        "links": links(request),
        "granted": granted_lines(request.user, found),
    }
    return render(request, "office_needs/uat.html", context)


@require_safe
@needs(Can.SEE_TOTALS)
def where(request: SignedIn) -> HttpResponse:
    """Where the next services of a kind would reach most people who have none near."""
    usual = {
        "judet": home_county(request).pk,
        "fel": "home_care",
        "locuri": 1,
        "km": 20,
        "conteaza": Weight.POPULATION,
    }
    form = WhereQuestion(_filled(request, **usual))
    plan = None
    if form.is_valid():
        asked = form.cleaned_data
        try:
            plan = where_next(
                form.counties[asked["judet"]],
                answers().kinds[asked["fel"]],
                km=asked["km"],
                sites=asked["locuri"],
                weight=Weight(asked["conteaza"]),
            )
        except NoAnswer:
            words = _("The answer took too long to work out. Ask for fewer places or for a smaller distance.")
            form.add_error(None, words)
    if plan and wanted(request):
        return as_file(request, f"unde-{plan.kind.key}", tables.of_plan(plan))
    context = {
        "form": form,
        "plan": plan,
        "drawing": draw(plan.county, markers_of_plan(plan)) if plan else None,
        "links": links(request),
    }
    return render(request, "office_needs/where.html", context, status=422 if form.errors else 200)


@require_safe
@needs(Can.SEE_TOTALS)
def lines(request: SignedIn) -> HttpResponse:
    """The lines of the strategy's annex as printed, with what answers each and why."""
    table = answers()
    stated = StatedNeed.objects.select_related("uat", "county")
    if uat := number_in(request.GET.get("uat")):
        stated = stated.filter(uat=uat)
    kind = table.kinds.get(request.GET.get("fel", ""))
    found = [(need, table.to(need)) for need in stated]
    if kind:
        found = [(need, answer) for need, answer in found if kind in answer.kinds]
    if wanted(request):
        return as_file(request, "anexa-nevoi", tables.of_lines(found))
    narrowed = found[0][0].uat if found and request.GET.get("uat") else None
    context = {
        "lines": found,
        "kind": kind,
        "uat": narrowed,
        "source": table.source,
        "links": links(request),
    }
    return render(request, "office_needs/lines.html", context)


@require_safe
@needs(Can.SEE_TOTALS)
def extract(request: SignedIn, pk: UUID) -> HttpResponse:
    """A frozen extract: when it was made, its files, the queries, and every figure published from it."""
    found = get_object_or_404(Extract, pk=pk)
    of_county_first = ("county__name", F("uat__name").asc(nulls_first=True), "code")
    counts = list(found.counts.select_related("county", "uat").order_by(*of_county_first))
    names = finding_names()
    if wanted(request):
        return as_file(request, f"extras-{found.name}", tables.of_extract(counts, names))
    context = {
        "extract": found,
        "counts": [
            (count, names.get(count.code, count.code)) for count in counts if count.households is not None
        ],
        "held_back": sum(count.households is None for count in counts),
        "links": links(request),
    }
    return render(request, "office_needs/extract.html", context)


def finding_names() -> dict[str, str]:
    """The name of each code of the methodology in use, in the language of the page."""
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    rules = pack_of(current_version(_PACK)).rules
    return {code: rule.name.get(language) or rule.name["ro"] for code, rule in rules.items()}


def home_county(request: SignedIn) -> County:
    """The county of the account's organisation, else the one whose needs are known, else the first."""
    own = request.user.standing.organizations(Can.SEE_TOTALS)
    seats = Organization.objects.filter(pk__in=own, uat__isnull=False).values("uat__county")
    stated = StatedNeed.objects.values("county")
    return (
        County.objects.filter(pk__in=seats).first()
        or County.objects.filter(pk__in=stated).first()
        or get_object_or_404(County.objects.all()[:1])
    )


def _filled(request: SignedIn, **usual: object) -> Mapping[str, Any]:
    """What was asked, and the usual where nothing was."""
    asked = request.GET.copy()
    for name, value in usual.items():
        if not asked.get(name):
            asked[name] = str(value)
    return asked


def _nearest_names(picture: CountyPicture) -> dict[object, str]:
    wanted_keys = {row.reach[0].nearest.service for row in picture.rows if row.reach and row.reach[0].nearest}
    return dict(Service.objects.filter(pk__in=wanted_keys).values_list("pk", "name"))


def _far(row: UatRow) -> float:
    far = [one.nearest.km for one in row.reach if one.nearest]
    return -max(far) if far else float("-inf")


def _by_name(row: UatRow) -> str:
    return fold(row.uat.name)


_ORDERS: dict[str, Callable[[UatRow], Any]] = {
    "name": _by_name,
    "people": lambda row: -(row.uat.population or 0),
    "needs": lambda row: -len(row.needs),
    "missing": lambda row: (-len(row.missing), -(row.uat.population or 0)),
    "far": _far,
}
