"""What everybody may read and keep: forms, lists, figures, reports, campaigns."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.core.paginator import Page, Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from punte.annual_plans.queries import campaigns_published, plans_in_force
from punte.organizations.models import Organization
from punte.publication.enums import ItemKind
from punte.publication.models import PublishedFile, PublishedItem
from punte.publication.tables import FORMATS, Table, published_services, services_table, statistics_table
from punte.www.frame.asked import number_in
from punte.www.frame.download import UNTRUSTED, file_response
from punte.www.frame.everybody import for_everybody

_PER_PAGE = 100


@for_everybody()
@require_safe
def town_hall(request: HttpRequest) -> HttpResponse:
    """What one can do here."""
    return render(request, "townhall/town_hall.html", {"section": "townhall"})


@for_everybody(seconds=60)
@require_safe
def public_information(request: HttpRequest) -> HttpResponse:
    """Everything that is published, by kind; of one institution where one is asked for."""
    items = (
        PublishedItem.objects.published()
        .select_related("organization")
        .prefetch_related("files")
        .order_by("-year", "title", "id")
    )
    publishers = list(
        Organization.objects.filter(published__withdrawn_on=None, published__isnull=False).distinct()
    )
    chosen = _chosen(request, publishers)
    if chosen:
        items = items.filter(organization=chosen)
    groups: dict[str, list[PublishedItem]] = {kind: [] for kind in ItemKind.values}
    for item in items:
        item.current = [one for one in item.files.all() if one.replaced_at is None]  # type: ignore[attr-defined]
        groups[item.kind].append(item)
    context = {
        "section": "townhall",
        "groups": [{"kind": ItemKind(kind), "found": found} for kind, found in groups.items() if found],
        "plans": plans_in_force(chosen),
        "publishers": publishers,
        "chosen": chosen,
        "year": timezone.localdate().year,
    }
    return render(request, "townhall/information.html", context)


def _chosen(request: HttpRequest, publishers: list[Organization]) -> Organization | None:
    asked = request.GET.get("institutie", "")
    return next((one for one in publishers if str(one.pk) == asked), None)


@for_everybody(seconds=60, indexed=False)
@require_safe
def public_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A published file, always as a download and never run."""
    kept = get_object_or_404(PublishedFile, pk=pk, item__withdrawn_on=None, replaced_at=None)
    try:
        stored = default_storage.open(kept.path)
    except OSError as missing:
        raise Http404 from missing
    response: Any = FileResponse(
        stored, as_attachment=True, filename=_safe_name(kept), content_type=kept.content_type
    )
    for name, value in UNTRUSTED.items():
        response.headers[name] = value
    return response  # type: ignore[no-any-return]


def _safe_name(kept: PublishedFile) -> str:
    """The name of a file by its sender, with the ending of what it really is."""
    return f"{slugify(kept.name.rpartition('.')[0]) or 'document'}.{kept.extension}"


@for_everybody(seconds=60)
@require_safe
def public_services(request: HttpRequest) -> HttpResponse:
    """The list of services and providers."""
    page = Paginator(published_services(), _PER_PAGE).get_page(request.GET.get("p"))
    table = services_table(list(page.object_list))
    return _table(request, table, "servicii", page=page)


@for_everybody(seconds=60)
@require_safe
def public_statistics(request: HttpRequest) -> HttpResponse:
    """How many services and places there are, by code."""
    return _table(request, statistics_table(), "statistici")


def _table(request: HttpRequest, table: Table, name: str, page: Page[Any] | None = None) -> HttpResponse:
    context = {
        "section": "townhall",
        "table": table,
        "name": name,
        "page": page,
        "today": timezone.localdate(),
    }
    return render(request, "townhall/table.html", context)


@for_everybody()
@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """The campaigns of the plans in force, by year and by their first day."""
    today = timezone.localdate()
    found = campaigns_published()
    years = sorted({plan.year for plan, _campaign in found}, reverse=True)
    asked = number_in(request.GET.get("an"))
    year = asked if asked in years else next(iter(years), today.year)
    rows = [{"plan": plan, "campaign": one} for plan, one in found if plan.year == year]
    context = {"section": "townhall", "rows": rows, "years": years, "year": year, "today": today}
    return render(request, "townhall/campaigns.html", context)


def _campaigns_table() -> Table:
    rows = [
        [plan.year, plan.organization.name, one.name, one.objectives, one.period, one.responsible]
        for plan, one in campaigns_published()
    ]
    header = [_("Year"), _("Institution"), _("Campaign"), _("What for"), _("When"), _("Who answers for it")]
    return Table(_("Campaigns"), header, rows, frozenset({0}))


_TABLES: dict[str, Callable[[], Table]] = {
    "servicii": services_table,
    "statistici": statistics_table,
    "campanii": _campaigns_table,
}


@for_everybody(seconds=60, indexed=False)
@require_safe
def public_table(request: HttpRequest, name: str, file_format: str) -> HttpResponse:
    """A published table as a file."""
    if name not in _TABLES or file_format not in FORMATS:
        raise Http404
    dated = f"{name}-{timezone.localdate():%Y-%m-%d}.{file_format}"
    return file_response(_TABLES[name]().file(file_format), FORMATS[file_format], dated, untrusted=True)
