"""The tables that everybody may download: what HSDS says of services, flat, with stable names of columns."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from punte.api.hsds import selection
from punte.api.hsds.parameters import Asked
from punte.api.hsds.places import place_of
from punte.api.hsds.services import status_in_words
from punte.api.hsds.taxonomies import Terms
from punte.directory.models import Capacity, NomenclatureCode, OccupancySnapshot, OpeningHours, Service
from punte.organizations.models import Organization

Values = Sequence[object]
_PORTION = 2000


@dataclass(frozen=True)
class Table:
    """A table by its name in the address.

    Attributes:
        key: the name, which never changes.
        columns: their names, which never change either; new ones come last.
        rows: reads the rows in a settled order.
    """

    key: str
    title: str | Promise
    about: str | Promise
    columns: tuple[str, ...]
    rows: Callable[[], Iterable[Values]]


def _services() -> Iterator[Values]:
    found = Service.objects.select_related("provider").prefetch_related("statuses").order_by("pk")
    for row in found.iterator(_PORTION):
        yield (
            str(row.pk),
            row.name,
            str(row.provider_id),
            row.provider.name,
            row.code_id or "",
            status_in_words(row.status, _until(row)),
            row.description,
            row.eligibility,
            row.min_age,
            row.max_age,
            row.free_of_charge,
            row.price,
            row.phone,
            row.email,
            row.website,
            " ".join(map(str, row.languages)) if isinstance(row.languages, list) else "",
            row.step_free,
            timezone.localtime(row.confirmed_at).date() if row.confirmed_at else None,
            timezone.localtime(row.modified_at).date(),
        )


def _until(service: Service) -> dt.date | None:
    """When a suspended service means to open again."""
    return next((period.expected_until for period in service.statuses.all() if period.end is None), None)


def _providers() -> Iterator[Values]:
    found: Any = selection.organizations(Asked(), Terms([])).select_related("uat__county")
    row: Organization
    for row in found.iterator(_PORTION):
        yield (
            str(row.pk),
            row.name,
            row.short_name,
            row.kind,
            row.uat_id,
            row.uat.name if row.uat else "",
            row.uat.county.name if row.uat else "",
            row.phone,
            row.email,
            row.website,
        )


def _places() -> Iterator[Values]:
    links = selection.services_at(Asked(), Terms([])).rows.select_related("service", "location__uat__county")
    for link in links.iterator(_PORTION):
        place = place_of(link.service, link.location)
        latitude, longitude = place.point
        yield (
            str(link.service_id),
            link.service.name,
            place.id,
            place.uat.pk,
            place.uat.name,
            place.uat.county.name,
            place.location.address if place.location else "",
            latitude,
            longitude,
            bool(place.location and place.location.exact),
        )


def _hours() -> Iterator[Values]:
    found = OpeningHours.objects.order_by("service", "weekday", "opens").values_list(
        "service", "service__name", "weekday", "opens", "closes"
    )
    for service, name, weekday, opens, closes in found.iterator(_PORTION):
        yield str(service), name, weekday, f"{opens:%H:%M}", f"{closes:%H:%M}"


def _capacities() -> Iterator[Values]:
    found = (
        Capacity.objects.stated()
        .order_by("service", "-year", "unit", "pk")
        .values_list("service", "service__name", "year", "value", "unit", "source")
    )
    for service, *rest in found.iterator(_PORTION):
        yield str(service), *rest


def _counts() -> Iterator[Values]:
    found = OccupancySnapshot.objects.order_by("service", "at", "pk").values_list(
        "service", "service__name", "at", "taken", "waiting"
    )
    for service, name, at, taken, waiting in found.iterator(_PORTION):
        yield str(service), name, timezone.localtime(at).date(), taken, waiting


def _nomenclature() -> Iterator[Values]:
    terms = {term.key: term for term in Terms.read().all if term.parent}
    for code in NomenclatureCode.objects.order_by("code"):
        yield code.code, code.name, code.beneficiaries, code.mode, terms[code.code].id


TABLES: tuple[Table, ...] = (
    Table(
        "servicii",
        _("Services"),
        _("Every social service: who it is for, what it costs and how to reach it."),
        (
            "id",
            "nume",
            "furnizor_id",
            "furnizor",
            "cod_nomenclator",
            "stare",
            "descriere",
            "pentru_cine",
            "varsta_de_la",
            "varsta_pana_la",
            "gratuit",
            "pret",
            "telefon",
            "email",
            "site",
            "limbi",
            "fara_trepte",
            "confirmat_la",
            "modificat_la",
        ),
        _services,
    ),
    Table(
        "furnizori",
        _("Providers"),
        _("Every organisation that offers a service."),
        (
            "id",
            "nume",
            "nume_scurt",
            "fel",
            "siruta",
            "localitate",
            "judet",
            "telefon",
            "email",
            "site",
        ),
        _providers,
    ),
    Table(
        "locatii",
        _("Locations"),
        _("Where each service is given; of shelters for victims of violence only the locality."),
        (
            "serviciu_id",
            "serviciu",
            "locatie_id",
            "siruta",
            "localitate",
            "judet",
            "adresa",
            "latitudine",
            "longitudine",
            "coordonate_exacte",
        ),
        _places,
    ),
    Table(
        "program",
        _("Opening hours"),
        _("When each service receives people; 1 is Monday."),
        ("serviciu_id", "serviciu", "zi", "de_la", "pana_la"),
        _hours,
    ),
    Table(
        "capacitati",
        _("Capacity"),
        _("How many each service can serve, by year, unit and source."),
        ("serviciu_id", "serviciu", "an", "capacitate", "unitate", "sursa"),
        _capacities,
    ),
    Table(
        "ocupare",
        _("Occupancy"),
        _("How many places were taken on a day, and how many people waited; every count that was made."),
        ("serviciu_id", "serviciu", "data", "ocupate", "asteapta"),
        _counts,
    ),
    Table(
        "nomenclator",
        _("Nomenclature"),
        _("The codes of the Nomenclature of social services (HG 867/2015)."),
        ("cod", "denumire", "beneficiari", "mod", "termen_id"),
        _nomenclature,
    ),
)
BY_KEY = {table.key: table for table in TABLES}
