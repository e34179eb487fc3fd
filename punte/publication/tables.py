"""Tables that the directory itself fills in, so that what is published is never older than what is known."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.directory.enums import ServiceStatus
from punte.directory.models import NomenclatureCode, Service
from punte.directory.services.published import address_is_public
from punte.kernel.tables import write_csv, write_xlsx

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Table:
    """A table with its title; `number_columns` are the places of those that hold numbers."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[object]]
    number_columns: frozenset[int] = frozenset()

    def file(self, file_format: str) -> bytes:
        """The table as a file of one of `FORMATS`."""
        if file_format == "csv":
            return write_csv(self.header, self.rows)
        return write_xlsx({self.title: [list(self.header), *self.rows]})


def published_services() -> QuerySet[Service]:
    """The services that receive people or will again, by provider, with their places."""
    listed = Service.objects.exclude(status=ServiceStatus.CLOSED)
    return (
        listed.select_related("provider", "code")
        .prefetch_related("locations__uat")
        .order_by(  # type: ignore[no-any-return]
            "provider__folded_name", "folded_name", "id"
        )
    )


def services_table(services: QuerySet[Service] | Sequence[Service] | None = None) -> Table:
    """The list of providers and of the services that they give (HG 797/2017, art. 6, point d (i))."""
    rows = [_service_row(one) for one in (published_services() if services is None else services)]
    header = [
        *(_("Provider"), _("Service"), _("Code"), _("For whom"), _("Kind"), _("Where")),
        *(_("Phone"), _("Status"), _("Places"), _("Free places"), _("Confirmed on")),
    ]
    return Table(_("List of services and providers"), header, rows, frozenset({8, 9}))


def _service_row(service: Service) -> list[object]:
    code = service.code
    return [
        service.provider.name,
        service.name,
        code.code if code else "",
        code.beneficiaries if code else "",
        code.get_mode_display() if code else "",
        _places_of(service),
        service.phone or service.provider.phone,
        service.get_status_display(),
        service.places,
        service.free,
        timezone.localdate(service.confirmed_at) if service.confirmed_at else None,
    ]


def _places_of(service: Service) -> str:
    """Where a service is given; of a shelter only the locality."""
    shown = address_is_public(service.code_id)
    named = [str(place) if shown else place.uat.name for place in service.locations.all()]
    return "; ".join(dict.fromkeys(named))


def statistics_table() -> Table:
    """Services, places and how many of them are taken, by code of the nomenclature, as known now (two queries)."""
    counts: dict[str, _Count] = defaultdict(_Count)
    active: Any = Service.objects.active()
    for code, places, taken in active.values_list("code_id", "places", "last_taken"):
        counts[code or ""].add(places, None if places is None else taken)
    names = dict(NomenclatureCode.objects.values_list("code", "name"))
    total = _Count()
    rows = []
    for code in sorted(counts, key=lambda one: (not one, one)):
        counts[code].into(total)
        rows.append([code or "–", names.get(code, _("without a code")), *counts[code].cells])
    header = [
        *(_("Code"), _("Kind of service"), _("Services"), _("Places"), _("Services that say what is taken")),
        *(_("Their places"), _("Taken"), _("Taken, %"), _("Services of unknown capacity")),
    ]
    rows.append([_("Total"), "", *total.cells])
    return Table(_("Services, places and occupancy"), header, rows, frozenset(range(2, 9)))


@dataclass
class _Count:
    """Services of one code counted together; those whose capacity is not known are in no sum of places."""

    services: int = 0
    unknown: int = 0
    places: int = 0
    counted: int = 0
    counted_places: int = 0
    taken: int = 0

    def add(self, places: int | None, taken: int | None) -> None:
        """Count one service."""
        self.services += 1
        self.unknown += places is None
        self.places += places or 0
        if taken is not None and places:
            self.counted += 1
            self.counted_places += places
            self.taken += taken

    def into(self, total: "_Count") -> None:
        """Add these to another count."""
        for name, value in vars(self).items():
            setattr(total, name, getattr(total, name) + value)

    @property
    def cells(self) -> list[object]:
        """The numbers as a row shows them; places where some are known, a share where somebody said what is taken."""
        share = round(100 * self.taken / self.counted_places) if self.counted_places else None
        return [
            *(self.services, self.places if self.services > self.unknown else None),
            *(self.counted, self.counted_places if self.counted else None),
            *(self.taken if self.counted else None, share, self.unknown),
        ]
