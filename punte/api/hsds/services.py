"""Services as HSDS writes them: on one line, and whole."""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

from babel import Locale
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from punte.api.hsds import organizations
from punte.api.hsds.capacities import capacities, capacity_attributes
from punte.api.hsds.ids import derived
from punte.api.hsds.places import Place, ServiceAt, places_of
from punte.api.hsds.reading import Read, Status
from punte.api.hsds.schedules import schedules
from punte.api.hsds.taxonomies import LANGUAGE, Terms
from punte.api.hsds.writing import Item, email, item, url
from punte.directory.enums import ServiceStatus
from punte.territory.models import Uat

DIRECTORY = "Registrul public al serviciilor sociale"
_INVENTED = "Demonstrație: programul, prețurile, locurile libere și cartierele sunt inventate."
_STATUS = {ServiceStatus.ACTIVE: "active", ServiceStatus.CLOSED: "defunct"}


def status_of(read: Read) -> str:
    """The word of HSDS for the status of today."""
    period = _period(read)
    return status_in_words(read.service.status, period.until if period else None)


def status_in_words(status: str, until: dt.date | None) -> str:
    """The word of HSDS: who is suspended until a named day is closed for a time, without one inactive."""
    if status == ServiceStatus.SUSPENDED:
        return "temporarily closed" if until else "inactive"
    return _STATUS[ServiceStatus(status)]


def shown_minimal(read: Read) -> Item:
    """What a copy needs to see what changed; name and status because the schema asks for them."""
    service = read.service
    changed = service.modified_at.isoformat(timespec="milliseconds")
    return item(
        id=str(service.pk),
        name=service.name,
        status=status_of(read),
        last_modified=changed,
        modified_date=changed,
    )


def shown(read: Read) -> Item:
    """A service on its own line: one-to-one properties only."""
    return _line(read) | {"organization": organizations.shown(read.service.provider)}


def _line(read: Read) -> Item:
    service = read.service
    return item(
        id=str(service.pk),
        organization_id=str(service.provider_id),
        name=service.name,
        description=service.description,
        url=url(service.website),
        email=email(service.email),
        status=status_of(read),
        fees_description=service.price or ("Gratuit" if service.free_of_charge else ""),
        eligibility_description=service.eligibility,
        minimum_age=service.min_age,
        maximum_age=service.max_age,
        assured_date=timezone.localtime(service.confirmed_at).date().isoformat()
        if service.confirmed_at
        else "",
        alert=_alert(read),
        last_modified=service.modified_at.isoformat(timespec="milliseconds"),
    )


def shown_without_places(read: Read, terms: Terms) -> Item:
    """A service with everything but where it is given."""
    service = read.service
    return _line(read) | item(
        organization=organizations.shown_with_contact(service.provider),
        licenses=_licences(read),
        phones=organizations.phones("service", service),
        schedules=schedules(read),
        service_areas=_areas(read),
        languages=_languages(read),
        cost_options=_costs(read),
        required_documents=[
            {"id": derived("paper", service.pk, number, line), "document": line}
            for number, line in enumerate(filter(None, map(str.strip, service.required_papers.splitlines())))
        ],
        contacts=organizations.contacts("service", service.provider),
        capacities=capacities(read),
        attributes=[*_bears(read, terms), *capacity_attributes(read)],
        metadata=_changes(read),
    )


def shown_whole(read: Read, terms: Terms) -> Item:
    """A service with everything."""
    return shown_without_places(read, terms) | item(
        service_at_locations=[
            item(
                id=at.id,
                service_id=str(read.key),
                location_id=at.place.id,
                location=at.place.shown_whole(_accessibility(read, at.place)),
            )
            for at in places_of(read)
        ]
    )


def shown_at(at: ServiceAt) -> Item:
    """A service at a place, on one line."""
    return _at(at) | item(location=at.place.shown(), service=shown(at.read))


def shown_at_whole(at: ServiceAt, terms: Terms) -> Item:
    """A service at a place, with everything about both."""
    return _at(at) | item(
        location=at.place.shown_whole(_accessibility(at.read, at.place)),
        service=shown_without_places(at.read, terms),
        service_areas=[_area(at.read, at.place.uat)],
        phones=organizations.phones("service", at.read.service),
        schedules=schedules(at.read),
        contacts=organizations.contacts("service", at.read.service.provider),
    )


def _at(at: ServiceAt) -> Item:
    """Name and status are the service's: the standard's OpenAPI document asks for them here too."""
    return item(
        id=at.id,
        service_id=str(at.read.key),
        location_id=at.place.id,
        name=at.read.service.name,
        status=status_of(at.read),
    )


def _period(read: Read) -> Status | None:
    return next((period for period in read.statuses if period.current), None)


def _alert(read: Read) -> str:
    told = [_closed_or_suspended(read)]
    if settings.DEMONSTRATION:
        told.append(_INVENTED)
    return " ".join(filter(None, told))


def _closed_or_suspended(read: Read) -> str:
    service = read.service
    if service.status == ServiceStatus.ACTIVE:
        return ""
    period = _period(read)
    since = period.start if period else service.status_since
    until = period.until if period else None
    told = "Închis" if service.status == ServiceStatus.CLOSED else "Suspendat"
    return "".join(
        [told, f" din {_day(since)}" if since else "", f" până la {_day(until)}" if until else "", "."]
    )


def _licences(read: Read) -> str:
    return "; ".join(
        f"Licența de funcționare nr. {licence.number}"
        + (f", eliberată de {licence.issued_by}" if licence.issued_by else "")
        + (f", valabilă până la {_day(licence.end)}" if licence.end else "")
        for licence in read.licences
    )


@lru_cache(maxsize=2000)
def _day(day: dt.date) -> str:
    with override(LANGUAGE):
        return date_format(day, "j F Y")


def _areas(read: Read) -> list[Item]:
    uats = {place.uat_id: place.uat for place in read.locations}
    return [_area(read, uat) for uat in uats.values()]


def _area(read: Read, uat: Uat) -> Item:
    return {
        "id": derived("area", read.key, uat.pk),
        "name": f"{uat.name}, județul {uat.county.name}",
        "description": "Localitatea în care se dă serviciul; cine poate veni de altundeva spune furnizorul.",
        "extent": f"SIRUTA {uat.pk}",
        "extent_type": "text",
    }


def _languages(read: Read) -> list[Item]:
    service = read.service
    spoken = service.languages if isinstance(service.languages, list) else []
    return [
        item(id=derived("language", service.pk, code), name=_language_name(code), code=code)
        for code in dict.fromkeys(spoken)
        if isinstance(code, str)
    ]


@lru_cache(maxsize=200)
def _language_name(code: str) -> str:
    return Locale(LANGUAGE).languages.get(code, "")


def _costs(read: Read) -> list[Item]:
    service = read.service
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


def _accessibility(read: Read, place: Place) -> Sequence[Item]:
    service = read.service
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


def _bears(read: Read, terms: Terms) -> list[Item]:
    return [
        {
            "id": derived("bears", read.key, term.id),
            "link_id": str(read.key),
            "link_type": term.taxonomy.key,
            "link_entity": "service",
            "taxonomy_term_id": term.id,
            "taxonomy_term": term.shown,
        }
        for term in terms.of_code(read.service.code_id)
    ]


def _changes(read: Read) -> list[Item]:
    """When the service opened, was suspended or closed; not who wrote it down, who is a person."""
    periods = read.statuses
    words = [status_in_words(period.status, period.until) for period in periods]
    return [
        {
            "id": derived("change", period.id),
            "resource_id": str(read.key),
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
