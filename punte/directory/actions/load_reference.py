"""Bringing in the reference data: territory, nomenclature, organisations and services, each once."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.directory.enums import ServiceStatus
from punte.directory.models import (
    Capacity,
    EligibleCode,
    Location,
    NomenclatureCode,
    OccupancySnapshot,
    Service,
    ServiceSource,
)
from punte.directory.reference.reconcile import NamedService, Remark, Settled, reconcile
from punte.directory.reference.sources import CITY, ReferenceFiles, SourceLine, tidy
from punte.directory.rules import taken_of
from punte.kernel.text import fold
from punte.organizations.enums import OrganizationKind
from punte.organizations.models import Organization
from punte.organizations.rules import kind_of
from punte.territory.actions import load_territory
from punte.territory.models import Community, County, Uat

_ELIGIBLE, _ELIGIBLE_YEAR = "eligible_service_codes_2024", 2024
_CHILDREN = ("copii", "mama", "familie cu copii")
_SEATED = (OrganizationKind.TOWN_HALL, OrganizationKind.COUNTY_DIRECTORATE)


@dataclass(frozen=True)
class Loaded:
    """What a load found in the files and what it made.

    Attributes:
        there: rows in the database after it, by what they are.
        made: rows that were new.
        lines, services: printed lines, and the services that they name.
        remarks: what a person should look at.
    """

    there: Mapping[str, int]
    made: Mapping[str, int]
    lines: int
    services: int
    remarks: Sequence[Remark]


@transaction.atomic
def load_reference(folder: Path) -> Loaded:
    """Bring in what is not there yet from the files of `folder`; services already there stay as they are.

    Not a verb: the installation does it, no account does, and it touches nobody's record.
    """
    before = _count()
    files = ReferenceFiles(folder)
    load_territory(
        counties=files.rows("counties"), uats=files.rows("uat_romania"), communities=files.rows("communities")
    )
    _load_nomenclature(files)
    remarks = _load_eligible_codes(files)
    lines = list(files.lines())
    services, found = reconcile(lines, Settled.of(files.rows("same_services")))
    organizations = _load_organizations(lines, files.short_names)
    _ServiceLoad(organizations).bring_in(services)
    after = _count()
    return Loaded(after, after - before, len(lines), len(services), [*found, *remarks])


def _count() -> Counter[str]:
    models = (County, Uat, Community, NomenclatureCode, Organization, Service, Location, Capacity)
    return Counter({model.__name__: model.objects.count() for model in models})  # type: ignore[attr-defined]


def _load_nomenclature(files: ReferenceFiles) -> None:
    NomenclatureCode.objects.bulk_create(
        [
            NomenclatureCode(
                code=row["code"],
                name=row["name_ro"],
                beneficiaries=row["beneficiary_category_ro"],
                mode=row["mode"],
                note=row["note"],
            )
            for row in files.rows("nomenclator")
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "beneficiaries", "mode", "note"],
    )


def _load_eligible_codes(files: ReferenceFiles) -> list[Remark]:
    remarks, eligible = [], []
    uat = files.uat_of(CITY) or 0
    for row in files.rows(_ELIGIBLE):
        printed = row["code_raw"] or row["code"]
        code = files.code_of(printed)
        if code:
            eligible.append(
                EligibleCode(code_id=code, uat_id=uat, year=_ELIGIBLE_YEAR, line=row["source_line"])
            )
        if code != row["code_raw"]:
            kind = _("code misprinted") if code else _("no code")
            why = f"{row['code_raw'] or '–'} → {code or '?'}"
            remarks.append(Remark(kind, _ELIGIBLE, row["source_line"], row["category_name"], "", why))
    EligibleCode.objects.bulk_create(eligible, ignore_conflicts=True)
    return remarks


def _load_organizations(lines: Iterable[SourceLine], short_names: Mapping[str, str]) -> dict[str, UUID]:
    """Make the providers that are not there; their identifiers by folded name."""
    known: dict[str, UUID] = dict(
        Organization.objects.order_by("-created_at").values_list("folded_name", "pk")
    )
    new = []
    for line in lines:
        folded = fold(line.provider)
        if folded in known:
            continue
        kind = kind_of(line.provider)
        organization = Organization(
            name=line.provider,
            folded_name=folded,
            short_name=short_names.get(line.provider, ""),
            kind=kind,
            uat_id=line.printed.uat if kind in _SEATED else None,
            source=line.printed.dataset,
        )
        known[folded] = organization.pk
        new.append(organization)
    Organization.objects.bulk_create(new)
    return known


class _ServiceLoad:
    """One pass over the services: what is new is gathered, then written in a few statements."""

    def __init__(self, organizations: Mapping[str, UUID]) -> None:
        self._organizations = organizations
        self._beneficiaries = dict(NomenclatureCode.objects.values_list("code", "beneficiaries"))
        self._places = {
            pk: (latitude, longitude)
            for pk, latitude, longitude in Uat.objects.values_list("pk", "latitude", "longitude")
        }
        self._sources = {
            (dataset, line, printed): service
            for dataset, line, printed, service in ServiceSource.objects.values_list(
                "dataset", "line", "printed", "service"
            )
        }
        self._typed_in = {
            (provider, name): pk
            for provider, name, pk in Service.objects.filter(sources=None).values_list(
                "provider", "folded_name", "pk"
            )
        }
        self._known_locations = {
            (uat, address): pk for uat, address, pk in Location.objects.values_list("uat", "address", "pk")
        }
        self._services: list[Service] = []
        self._named: list[ServiceSource] = []
        self._capacities: list[Capacity] = []
        self._occupancy: list[OccupancySnapshot] = []
        self._locations: list[Location] = []
        self._at: dict[UUID, set[UUID]] = {}

    def bring_in(self, services: Iterable[NamedService]) -> None:
        """Write what is new of the services."""
        for service in services:
            self._gather(service)
        Location.objects.bulk_create(self._locations)
        Service.objects.bulk_create(self._services)
        ServiceSource.objects.bulk_create(self._named)
        Capacity.objects.bulk_create(self._capacities)
        OccupancySnapshot.objects.bulk_create(self._occupancy)
        through = Service.locations.through
        through.objects.bulk_create(
            [
                through(service_id=service, location_id=location)
                for service, places in self._at.items()
                for location in places
            ],
            ignore_conflicts=True,
        )

    def _gather(self, named: NamedService) -> None:
        new = [line for line in named.lines if line.printed.key not in self._sources]
        if not new:
            return
        service = self._identifier(named)
        for line in new:
            dataset, number, printed = line.printed.key
            self._named.append(
                ServiceSource(service_id=service, dataset=dataset, line=number, printed=printed)
            )
            self._gather_numbers(service, line)
        self._at[service] = {self._location(*place) for place in _places(named.lines)}

    def _identifier(self, named: NamedService) -> UUID:
        first = named.lines[0]
        provider = self._organizations[first.printed.provider]
        name = tidy(first.printed.name)
        there = (self._sources[line.printed.key] for line in named.lines if line.printed.key in self._sources)
        known = next(there, None) or self._typed_in.pop((provider, fold(name)), None)
        if known:
            return known
        code = named.coded.code
        service = Service(
            provider_id=provider,
            name=name,
            folded_name=fold(name),
            code_id=code or None,
            segment=next((line.segment for line in named.lines if line.segment), self._segment(code)),
            status=next(
                (line.status for line in named.lines if line.status != ServiceStatus.ACTIVE),
                ServiceStatus.ACTIVE,
            ),
            units=max(line.units for line in named.lines),
        )
        self._services.append(service)
        return service.pk

    def _segment(self, code: str) -> str:
        beneficiaries = fold(self._beneficiaries.get(code, ""))
        if not beneficiaries:
            return ""
        return "child" if beneficiaries.startswith(_CHILDREN) else "adult"

    def _gather_numbers(self, service: UUID, line: SourceLine) -> None:
        dataset = line.printed.dataset
        for one in line.capacities:
            self._capacities.append(
                Capacity(
                    service_id=service,
                    year=one.year,
                    value=one.value,
                    unit=one.unit,
                    printed=one.printed,
                    source=dataset,
                )
            )
        if line.occupancy is not None and line.capacities and line.capacities[0].value:
            one = line.capacities[0]
            self._occupancy.append(
                OccupancySnapshot(
                    service_id=service,
                    at=dt.datetime(one.year, 12, 31, 12, tzinfo=timezone.get_default_timezone()),
                    taken=taken_of(one.value, line.occupancy),
                    source=dataset,
                )
            )

    def _location(self, uat: int, address: str) -> UUID:
        if (uat, address) not in self._known_locations:
            latitude, longitude = self._places[uat]
            location = Location(uat_id=uat, address=address, latitude=latitude, longitude=longitude)
            self._locations.append(location)
            self._known_locations[uat, address] = location.pk
        return self._known_locations[uat, address]


def _places(lines: Iterable[SourceLine]) -> set[tuple[int, str]]:
    """Where the lines say that the service is given; a bare locality adds nothing to an address in it."""
    printed = {(line.printed.uat, line.address) for line in lines if line.printed.uat}
    addressed = {uat for uat, address in printed if address}
    return {(uat, address) for uat, address in printed if address or uat not in addressed}
