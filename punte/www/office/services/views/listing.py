"""Services of the directory: by words, kind, people, code and place, with their free places."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from punte.directory.models import NomenclatureCode, Service
from punte.directory.services.published import spots_of
from punte.territory.models import Uat
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.listing import Column, Deed, Listing, View
from punte.www.frame.listing_deeds import list_page, putting_on_a_list
from punte.www.frame.maps.pins import Pin, pin_map
from punte.www.office.services.forms.listing import ServiceFilter
from punte.www.office.services.views.services import IMPORTERS, READERS


class ServiceList(Listing):
    """The services of the directory, by name; a file of them names nobody.

    What was searched for stays veiled, though services are nobody's: the words of a need tell of who has it.
    """

    name = "services"
    title = gettext_lazy("Register of services")
    template = "office_services/services.html"
    row_template = "office_services/service_row.html"
    form_class = ServiceFilter
    usual_sort = "service"
    searched = "q"
    none_yet = gettext_lazy("The directory is empty.")
    columns = (
        Column("service", gettext_lazy("Service"), str, ("folded_name",)),
        Column(
            "provider",
            gettext_lazy("Provider"),
            lambda service: str(service.provider),
            ("provider__folded_name",),
        ),
        Column("where", gettext_lazy("Where"), lambda service: ", ".join(service.where), style="place"),
        Column(
            "people",
            gettext_lazy("For whom"),
            lambda service: service.code.beneficiaries if service.code else "",
            ("code__beneficiaries",),
            style="people",
        ),
        Column("free", gettext_lazy("Free places"), lambda service: service.free, ("-free",), style="places"),
        Column("places", gettext_lazy("Places"), lambda service: service.places, shown=False),
        Column(
            "code",
            gettext_lazy("Code"),
            lambda service: service.code_id or "",
            ("code",),
            style="last",
        ),
        Column("state", gettext_lazy("State"), lambda service: service.get_status_display(), shown=False),
    )
    views = (
        View(gettext_lazy("All services"), {}, counted=False),
        View(gettext_lazy("With free places"), {"free": "on"}),
    )

    @property
    def may_import(self) -> bool:
        """Whether the account brings tables in."""
        return any(self.user.standing.may(can) for can in IMPORTERS)

    @property
    def map_address(self) -> str:
        """The same services on a map."""
        return reverse("services_map") + self.address().removeprefix(self.request.path)

    def form_options(self) -> Mapping[str, Any]:
        return {"codes": self._codes, "uats": self._uats}

    @cached_property
    def _codes(self) -> list[NomenclatureCode]:
        return list(NomenclatureCode.objects.filter(services__isnull=False).distinct())

    @cached_property
    def _uats(self) -> list[Uat]:
        return list(Uat.objects.filter(locations__services__isnull=False).distinct())

    def all(self) -> QuerySet[Service]:
        return Service.objects.select_related("provider", "code").prefetch_related(
            "locations__uat", "capacities"
        )

    def narrowed(self, rows: Any, asked: Mapping[str, Any]) -> QuerySet[Service]:
        if asked.get("q"):
            rows = rows.named(asked["q"])
        if asked.get("mode"):
            rows = rows.filter(code__mode=asked["mode"])
        if asked.get("beneficiaries"):
            rows = rows.filter(code__beneficiaries=asked["beneficiaries"])
        if asked.get("code"):
            rows = rows.filter(code=asked["code"])
        if asked.get("uat"):
            rows = rows.in_uat(int(asked["uat"]))
        found: QuerySet[Service] = rows.with_free_places() if asked.get("free") else rows
        return found

    def prepared(self, rows: list[Service]) -> list[Service]:
        for row in rows:
            service: Any = row
            service.where = list(dict.fromkeys(place.uat.name for place in row.locations.all()))
        return rows

    def deeds(self) -> Sequence[Deed]:
        return (putting_on_a_list(self),)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*READERS)
def services(request: SignedIn) -> HttpResponse:
    """A page of services, by name."""
    return list_page(ServiceList(request))


@require_safe
@needs(*READERS)
def services_map(request: SignedIn) -> HttpResponse:
    """A page of the same services beside a map of them, which has their numbers."""
    listing = ServiceList(request)
    start = (listing.page - 1) * listing.page_size
    rows = listing.prepared(list(listing.found[start : start + listing.page_size]))
    numbered = list(enumerate(rows, start=start + 1))
    pins = [
        Pin(number, row.name, spot.latitude, spot.longitude, href=f"#s{number}", exact=spot.exact)
        for number, row in numbered
        for spot in spots_of(row)
    ]
    context = {
        "numbered": numbered,
        "first": start + 1,
        "map": pin_map(pins),
        "list": reverse("services") + listing.address().removeprefix(request.path),
    }
    return render(request, "office_services/map.html", context)
