"""Services as HSDS writes them: on one line, and whole."""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

from babel import Locale
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from punte.api.hsds import organizations
from punte.api.hsds.capacities import capacities, capacity_attributes
from punte.api.hsds.ids import derived
from punte.api.hsds.places import Place, ServiceAt, places_of
from punte.api.hsds.schedules import schedules
from punte.api.hsds.taxonomies import LANGUAGE, Terms
from punte.api.hsds.writing import Item, email, item, url
from punte.directory.enums import ServiceStatus
from punte.directory.models import Service, StatusPeriod
from punte.territory.models import Uat

DIRECTORY = "Registrul public al serviciilor sociale"
_STATUS = {ServiceStatus.ACTIVE: "active", ServiceStatus.CLOSED: "defunct"}


def status_of(service: Service) -> str:
    """The word of HSDS for the status of today; reads `statuses` of a suspended service only."""
    period = _period(service) if service.status == ServiceStatus.SUSPENDED else None
    return _status(service.status, period.expected_until if period else None)


def _status(status: str, until: dt.date | None) -> str:
    """Who is suspended until a named day is closed for a time, without one inactive."""
    if status == ServiceStatus.SUSPENDED:
        return "temporarily closed" if until else "inactive"
    return _STATUS[ServiceStatus(status)]


def shown_minimal(service: Service) -> Item:
    """What a copy needs to see what changed; name and status because the schema asks for them."""
    changed = service.modified_at.isoformat(timespec="milliseconds")
    return item(
        id=str(service.pk),
        name=service.name,
        status=status_of(service),
        last_modified=changed,
        modified_date=changed,
    )


def shown(service: Service) -> Item:
    """A service on its own line: one-to-one properties only."""
    return item(
        id=str(service.pk),
        organization_id=str(service.provider_id),
        name=service.name,
        description=service.description,
        url=url(service.website),
        email=email(service.email),
        status=status_of(service),
        fees_description=service.price or ("Gratuit" if service.free_of_charge else ""),
        eligibility_description=service.eligibility,
        minimum_age=service.min_age,
        maximum_age=service.max_age,
        assured_date=timezone.localtime(service.confirmed_at).date().isoformat()
        if service.confirmed_at
        else "",
        alert=_alert(service),
        last_modified=service.modified_at.isoformat(timespec="milliseconds"),
        organization=organizations.shown(service.provider),
    )


def shown_without_places(service: Service, terms: Terms) -> Item:
    """A service with everything but where it is given."""
    return shown(service) | item(
        organization=organizations.shown_with_contact(service.provider),
        licenses=_licences(service),
        phones=organizations.phones("service", service),
        schedules=schedules(service),
        service_areas=_areas(service),
        languages=_languages(service),
        cost_options=_costs(service),
        required_documents=[
            {"id": derived("paper", service.pk, number, line), "document": line}
            for number, line in enumerate(filter(None, map(str.strip, service.required_papers.splitlines())))
        ],
        contacts=organizations.contacts("service", service.provider),
        capacities=capacities(service),
        attributes=[*_bears(service, terms), *capacity_attributes(service)],
        metadata=_changes(service),
    )


def shown_whole(service: Service, terms: Terms) -> Item:
    """A service with everything."""
    return shown_without_places(service, terms) | item(
        service_at_locations=[
            item(
                id=at.id,
                service_id=str(service.pk),
                location_id=at.place.id,
                location=at.place.shown_whole(_accessibility(service, at.place)),
            )
            for at in places_of(service)
        ]
    )


def shown_at(at: ServiceAt) -> Item:
    """A service at a place, on one line."""
    return _at(at) | item(location=at.place.shown(), service=shown(at.service))


def shown_at_whole(at: ServiceAt, terms: Terms) -> Item:
    """A service at a place, with everything about both."""
    return _at(at) | item(
        location=at.place.shown_whole(_accessibility(at.service, at.place)),
        service=shown_without_places(at.service, terms),
        service_areas=[_area(at.service, at.place.uat)],
        phones=organizations.phones("service", at.service),
        schedules=schedules(at.service),
        contacts=organizations.contacts("service", at.service.provider),
    )


def _at(at: ServiceAt) -> Item:
    """Name and status are the service's: the standard's OpenAPI document asks for them here too."""
    return item(
        id=at.id,
        service_id=str(at.service.pk),
        location_id=at.place.id,
        name=at.service.name,
        status=status_of(at.service),
    )


def _period(service: Service) -> StatusPeriod | None:
    return next((period for period in service.statuses.all() if period.end is None), None)


def _alert(service: Service) -> str:
    if service.status == ServiceStatus.ACTIVE:
        return ""
    period = _period(service)
    since = period.start if period else service.status_since
    until = period.expected_until if period else None
    told = "Închis" if service.status == ServiceStatus.CLOSED else "Suspendat"
    return "".join(
        [told, f" din {_day(since)}" if since else "", f" până la {_day(until)}" if until else "", "."]
    )


def _licences(service: Service) -> str:
    today = timezone.localdate()
    return "; ".join(
        f"Licența de funcționare nr. {licence.number}"
        + (f", eliberată de {licence.issued_by}" if licence.issued_by else "")
        + (f", valabilă până la {_day(licence.end)}" if licence.end else "")
        for licence in service.licences.all()
        if licence.holds_on(today)
    )


@lru_cache(maxsize=2000)
def _day(day: dt.date) -> str:
    with override(LANGUAGE):
        return date_format(day, "j F Y")


def _areas(service: Service) -> list[Item]:
    uats = {at.place.uat.pk: at.place.uat for at in places_of(service)}
    return [_area(service, uat) for uat in uats.values()]


def _area(service: Service, uat: Uat) -> Item:
    return {
        "id": derived("area", service.pk, uat.pk),
        "name": f"{uat.name}, județul {uat.county.name}",
        "description": "Localitatea în care se dă serviciul; cine poate veni de altundeva spune furnizorul.",
        "extent": f"SIRUTA {uat.pk}",
        "extent_type": "text",
    }


def _languages(service: Service) -> list[Item]:
    spoken = service.languages if isinstance(service.languages, list) else []
    return [
        item(id=derived("language", service.pk, code), name=_language_name(code), code=code)
        for code in dict.fromkeys(spoken)
        if isinstance(code, str)
    ]


@lru_cache(maxsize=200)
def _language_name(code: str) -> str:
    return Locale(LANGUAGE).languages.get(code, "")


def _costs(service: Service) -> list[Item]:
    free = service.free_of_charge
    if free is None and not service.price:
        return []
    return [
        item(
            id=derived("cost", service.pk),
            option="gratuit" if free else "",
            currency="RON" if free else "",
            amount=0 if free else None,
            amount_description=service.price,
        )
    ]


def _accessibility(service: Service, place: Place) -> Sequence[Item]:
    words = {True: "Intrare fără trepte.", False: "La intrare sunt trepte."}
    told = words.get(service.step_free, "")  # type: ignore[arg-type]
    if not told and not service.accessibility:
        return []
    return [
        item(
            id=derived("accessibility", service.pk, place.id),
            description=told or service.accessibility,
            details=service.accessibility if told else "",
        )
    ]


def _bears(service: Service, terms: Terms) -> list[Item]:
    return [
        item(
            id=derived("bears", service.pk, term.id),
            link_id=str(service.pk),
            link_type=term.taxonomy.key,
            link_entity="service",
            taxonomy_term_id=term.id,
            taxonomy_term=term.shown,
        )
        for term in terms.of_code(service.code_id)
    ]


def _changes(service: Service) -> list[Item]:
    """When the service opened, was suspended or closed; not who wrote it down, who is a person."""
    periods = list(service.statuses.all())
    words = [_status(period.status, period.expected_until) for period in periods]
    return [
        {
            "id": derived("change", period.pk),
            "resource_id": str(service.pk),
            "resource_type": "service",
            "last_action_date": period.start.isoformat(),
            "last_action_type": "update" if number + 1 < len(periods) else "create",
            "field_name": "status",
            "previous_value": words[number + 1] if number + 1 < len(periods) else "",
            "replacement_value": words[number],
            "updated_by": DIRECTORY,
        }
        for number, period in enumerate(periods)
    ]
