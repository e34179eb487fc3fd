"""A table taken over after it was looked at: services, or how many places they have taken. All of it, or nothing."""

from collections.abc import Sequence

from django.utils import timezone

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.directory.actions.occupancy import record_occupancy
from punte.directory.enums import ServiceStatus
from punte.directory.models import Capacity, Location, Service, StatusPeriod
from punte.directory.proposals.lifecycle import touch, write_details
from punte.directory.services.importing.occupancy import judge_occupancy
from punte.directory.services.importing.services import DETAILS, Line, hours_of, judge_services, year_of
from punte.directory.services.keepers import territory_of
from punte.kernel.tables import TableRow
from punte.kernel.tables.preview import SAME, Outcome, require_seen
from punte.kernel.text import fold
from punte.organizations.models import Organization
from punte.organizations.rules import kind_of

_SOURCE = "import"


@verb
def import_services(
    *, by: User, organization: Organization, rows: Sequence[TableRow], seen: str
) -> list[Outcome]:
    """Take over a list of services: new ones are made, others changed where the list says something else.

    Args:
        organization: in whose name the directory of the places is kept.
        seen: the mark (`mark_of`) of what was shown.

    Raises:
        NotAllowed: the account does not keep the directory in the organisation.
        DamagedTable: a line is wrong or unclear.
        EditedMeanwhile: something else would come of it than what was shown.
    """
    by.standing.require(Capability.KEEP_DIRECTORY, organization.pk)
    outcomes = judge_services(rows, territory=territory_of(by, organization.pk))
    require_seen(outcomes, seen)
    made: dict[str, Organization] = {}
    for outcome in outcomes:
        if outcome.kind != SAME:
            _write(outcome.values, by, made)
    record(
        by=by,
        verb="import_services",
        keeper=organization.pk,
        subject=organization.pk,
        changes={"lines": len(outcomes), "written": sum(one.kind != SAME for one in outcomes)},
    )
    return outcomes


@verb
def import_occupancy(
    *, by: User, organization: Organization, rows: Sequence[TableRow], seen: str
) -> list[Outcome]:
    """Count the places taken of many services at once; earlier counts stay.

    Args:
        organization: in whose name it is done, for the trail.
        seen: the mark (`mark_of`) of what was shown.

    Raises:
        DamagedTable: a line is wrong, or of a service that is not the account's to speak for.
        EditedMeanwhile: something else would come of it than what was shown.
    """
    outcomes = judge_occupancy(rows, by=by)
    require_seen(outcomes, seen)
    services = Service.objects.in_bulk([outcome.target for outcome in outcomes])
    by_key = {str(key): service for key, service in services.items()}
    for outcome in outcomes:
        record_occupancy(by=by, service=by_key[outcome.target], **outcome.values)
    record(
        by=by,
        verb="import_occupancy",
        keeper=organization.pk,
        subject=organization.pk,
        changes={"lines": len(outcomes)},
    )
    return outcomes


def _write(line: Line, by: User, made: dict[str, Organization]) -> None:
    values = line.values
    service = line.service or _new(line, by, made)
    if values["code"]:
        service.code_id = values["code"]
    said = {name: values[name] for name in DETAILS if values[name] is not None}
    write_details(service, said | hours_of(values))
    _place(service, line)
    if values["capacity"] is not None:
        _count(service, line, by)
    touch(service)
    record(
        by=by,
        verb="import_service",
        keeper=service.provider_id,
        subject=service.pk,
        changes={"new": line.service is None, "line": line.row.line},
    )


def _new(line: Line, by: User, made: dict[str, Organization]) -> Service:
    """A service that its provider has not taken over yet."""
    today = timezone.localdate()
    name = line.values["name"]
    service = Service.objects.create(
        provider=_provider(line, made), name=name, folded_name=fold(name), status_since=today
    )
    StatusPeriod.objects.create(service=service, status=ServiceStatus.ACTIVE, start=today, by=by)
    return service


def _provider(line: Line, made: dict[str, Organization]) -> Organization:
    if line.organization is not None:
        return Organization.objects.get(pk=line.organization)
    if line.provider not in made:
        name = line.values["provider"]
        made[line.provider] = Organization.objects.create(
            name=name, folded_name=fold(name), kind=kind_of(name), source=_SOURCE
        )
    return made[line.provider]


def _place(service: Service, line: Line) -> None:
    uat, address = line.uat, line.values["address"] or ""
    assert uat is not None
    here = [place for place in service.locations.all() if place.uat_id == uat.pk]
    if here and (not address or any(fold(place.address) == fold(address) for place in here)):
        return
    found = Location.objects.filter(uat=uat, address=address).first() or Location.objects.create(
        uat=uat, address=address, latitude=uat.latitude, longitude=uat.longitude
    )
    service.locations.remove(*here)
    service.locations.add(found)


def _count(service: Service, line: Line, by: User) -> None:
    values = line.values
    counted = {"year": year_of(values), "unit": values["unit"]}
    newest = service.capacities.filter(**counted).order_by("created_at", "pk").last()
    if newest is None or newest.value != values["capacity"]:
        Capacity.objects.create(service=service, value=values["capacity"], source=_SOURCE, by=by, **counted)
