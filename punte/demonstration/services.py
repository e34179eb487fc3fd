"""What providers would say of their services: invented hours, prices, papers, licences, places and waiting lists.

The services and their providers are those of the sources; everything added here is invented, phones included.
"""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils import timezone

from punte.accounts.models import User
from punte.demonstration.neighbourhoods import place_services
from punte.demonstration.service_details import invented_details
from punte.directory.actions import propose_details, propose_service, propose_status, refuse_proposal
from punte.directory.enums import CapacityUnit, CountSource, ServiceMode, ServiceStatus
from punte.directory.models import (
    Capacity,
    Confirmation,
    Licence,
    OccupancySnapshot,
    OpeningHours,
    Proposal,
    Service,
    StatusPeriod,
)
from punte.directory.proposals.lifecycle import touch
from punte.directory.services.details import details_of
from punte.directory.services.keepers import in_territory, may_decide, territory_of
from punte.kernel.text import fold
from punte.organizations.enums import OrganizationKind

_CLAIMED, _FRESH, _COUNTED, _CONFIRMED, _WITH_CAPACITY = 0.95, 0.85, 0.9, 0.95, 0.9
_MONTHS = 12
_LICENSED_FOR = 5 * 365
# Whose services have something to check: of which kind, and for whom.
_STORIES = (
    (ServiceMode.DAY, "copii"),
    (ServiceMode.HOME, "varstnice"),
    (ServiceMode.DAY, "dizabilitati"),
    (ServiceMode.COMMUNITY, "alte persoane"),
)
_FIELDS = (
    "description",
    "phone",
    "email",
    "website",
    "eligibility",
    "min_age",
    "max_age",
    "free_of_charge",
    "price",
    "required_papers",
    "languages",
    "step_free",
    "accessibility",
    "always_open",
    "hours_note",
    "staff",
    "claimed_on",
    "confirmed_at",
    "modified_at",
    "status_since",
)


def furnish(*, seed: int, partners: Mapping[UUID, User], town: User) -> None:
    """Let the providers have said what one would like to know of their services.

    Args:
        seed: the same number says the same.
        partners: an account of each provider, by the provider.
        town: who checks what they propose.
    """
    chance = random.Random(f"services {seed}")  # noqa: S311 invented services need no secrecy
    rows = Service.objects.select_related("provider", "code").prefetch_related("sources", "locations")
    services = sorted(rows, key=_as_printed)
    details = _Details(chance, partners)
    for number, service in enumerate(services):
        details.say(service, number)
    details.write(services)
    place_services(services, chance=chance)
    _propose(services, partners=partners, town=town)


def _as_printed(service: Service) -> tuple[str, str, list[tuple[str, str]]]:
    """An order that is the same in every installation."""
    printed = sorted((source.dataset, source.line) for source in service.sources.all())
    return service.folded_name, service.provider.folded_name, printed


class _Details:
    """Everything that the providers say, gathered and written in a few statements."""

    def __init__(self, chance: random.Random, partners: Mapping[UUID, User]) -> None:
        self.chance, self.partners = chance, partners
        self.now = timezone.now()
        self.today = timezone.localdate()
        self.hours: list[OpeningHours] = []
        self.licences: list[Licence] = []
        self.statuses: list[StatusPeriod] = []
        self.counts: list[OccupancySnapshot] = []
        self.capacities: list[Capacity] = []
        self.confirmations: list[Confirmation] = []

    def say(self, service: Service, number: int) -> None:
        """All about one service."""
        partner = self.partners.get(service.provider_id)
        details = invented_details(service, number, self.chance)
        for name, value in details.fields.items():
            setattr(service, name, value)
        self.hours += [
            OpeningHours(service=service, weekday=day, opens=opens, closes=closes)
            for day, opens, closes in details.hours
        ]
        since = self.today - dt.timedelta(days=self.chance.randrange(200, 900))
        service.claimed_on = since if partner and self.chance.random() < _CLAIMED else None
        service.status_since = since
        self._licence(service, number)
        self._status(service, since, partner)
        if service.claimed_on and partner:
            self._confirmed(service, partner)
            self._counted(service, partner)

    def write(self, services: Sequence[Service]) -> None:
        """Keep what was said."""
        for service in services:  # a statement each: twenty fields in one CASE for all of them take longer
            service.save(update_fields=_FIELDS)
        OpeningHours.objects.bulk_create(self.hours)
        Licence.objects.bulk_create(self.licences)
        StatusPeriod.objects.bulk_create(self.statuses)
        Capacity.objects.bulk_create(self.capacities)
        OccupancySnapshot.objects.bulk_create(self.counts)
        Confirmation.objects.bulk_create(self.confirmations)

    def _licence(self, service: Service, number: int) -> None:
        left = (
            self.chance.choice((-20, 35, 70))
            if number % 12 == 3
            else self.chance.randrange(150, _LICENSED_FOR)
        )
        end = self.today + dt.timedelta(days=left)
        self.licences.append(
            Licence(
                service=service,
                number=f"LF {1000 + number:06d}",
                issued_by="Ministerul Muncii și Solidarității Sociale",
                start=end - dt.timedelta(days=_LICENSED_FOR),
                end=end,
            )
        )

    def _status(self, service: Service, since: dt.date, partner: User | None) -> None:
        suspended = service.status == ServiceStatus.SUSPENDED
        self.statuses.append(
            StatusPeriod(
                service=service,
                status=service.status,
                start=since,
                reason="Nu sunt angajați destui pentru a primi oameni." if suspended else "",
                by=partner,
            )
        )

    def _confirmed(self, service: Service, partner: User) -> None:
        if self.chance.random() >= _CONFIRMED:
            return
        public = service.provider.kind in (OrganizationKind.TOWN_HALL, OrganizationKind.COUNTY_DIRECTORATE)
        longest = (25 if public else 300) if self.chance.random() < _FRESH else 500
        at = self._before(self.chance.randrange(2, longest))
        service.confirmed_at = service.modified_at = at
        self.confirmations.append(Confirmation(service=service, by=partner, created_at=at))

    def _counted(self, service: Service, partner: User) -> None:
        places = service.places
        if not places or service.status != ServiceStatus.ACTIVE:
            return
        if self.chance.random() < _WITH_CAPACITY:
            unit = CapacityUnit(service.places_unit)
            self.capacities.append(
                Capacity(
                    service=service,
                    year=self.today.year,
                    value=places,
                    unit=unit,
                    source=CountSource.PROVIDER,
                    by=partner,
                )
            )
        if self.chance.random() >= _COUNTED:
            return
        share = self.chance.uniform(0.6, 1.05)
        last = (
            self.chance.randrange(1, 24) if self.chance.random() < _FRESH else self.chance.randrange(40, 100)
        )
        for month in range(_MONTHS, -1, -1):
            taken = max(0, min(round(places * (share + self.chance.uniform(-0.12, 0.08))), places + 1))
            at = self._before(last + 30 * month)
            self.counts.append(
                OccupancySnapshot(
                    service=service,
                    at=at,
                    taken=taken,
                    waiting=self.chance.randrange(0, 9) if taken >= places - 1 else 0,
                    source=CountSource.PROVIDER,
                    by=partner,
                )
            )
        service.modified_at = max(service.modified_at, self._before(last)) if service.confirmed_at else at

    def _before(self, days: int) -> dt.datetime:
        day = self.today - dt.timedelta(days=days)
        return timezone.make_aware(dt.datetime.combine(day, dt.time(9 + days % 7, days * 7 % 60)))


def _propose(services: Sequence[Service], *, partners: Mapping[UUID, User], town: User) -> None:
    """What waits to be checked, and what was refused; by the verbs that people use."""
    of_town = set(Service.objects.filter(in_territory(territory_of(town))).values_list("pk", flat=True))
    theirs = [
        service
        for service in services
        if service.pk in of_town
        and service.claimed_on
        and service.status == ServiceStatus.ACTIVE
        and service.provider.kind == OrganizationKind.NGO
    ]
    taken: dict[UUID, Service] = {}
    for mode, word in _STORIES:
        found = _first([one for one in theirs if one.provider_id not in taken], mode, word)
        if found is None:
            return
        taken[found.provider_id] = found
    hours, price, pause, refused = taken.values()
    _say(
        partners,
        hours,
        {"hours": [[day, "07:30", "17:30"] for day in range(1, 6)]},
        words="De luna aceasta deschidem mai devreme, pentru părinții care merg la serviciu.",
    )
    _say(
        partners,
        price,
        {"price": "15 lei pe zi pentru cine are venit peste salariul minim", "free_of_charge": False},
    )
    propose_status(
        by=partners[pause.provider_id],
        service=pause,
        status=ServiceStatus.SUSPENDED,
        start=timezone.localdate(),
        reason="Se repară instalația de încălzire.",
        expected_until=timezone.localdate() + dt.timedelta(days=21),
    )
    made = _say(partners, refused, {"phone": "0264 000 099"})
    if may_decide(town, made):
        refuse_proposal(
            by=town, proposal=made, answer="La acest număr nu răspunde nimeni. Trimiteți numărul centrului."
        )
    place = hours.locations.select_related("uat").first()
    if place:
        propose_service(
            by=partners[hours.provider_id],
            organization=hours.provider,
            uat=place.uat,
            address=place.address,
            values={
                "name": "Atelier de vară pentru copii",
                "description": "Activități, masă de prânz și sprijin la învățat, în vacanța de vară.",
                "phone": "0264 000 098",
                "min_age": 7,
                "max_age": 14,
                "free_of_charge": True,
            },
            words="Începem în iunie, cu 20 de locuri.",
        )


def _first(services: Sequence[Service], mode: ServiceMode, word: str) -> Service | None:
    fitting = (
        service
        for service in services
        if service.code and service.code.mode == mode and word in fold(service.code.beneficiaries)
    )
    return next(fitting, None)


def _say(
    partners: Mapping[UUID, User], service: Service, values: dict[str, object], words: str = ""
) -> Proposal:
    touch(service)
    return propose_details(
        by=partners[service.provider_id],
        service=service,
        values=values,
        before=details_of(service),
        words=words,
    )
