"""Providers as HSDS writes organisations."""

import re
from collections.abc import Iterable

from django.utils.translation import override

from punte.api.hsds.ids import derived
from punte.api.hsds.places import places_of
from punte.api.hsds.reading import Read
from punte.api.hsds.taxonomies import LANGUAGE
from punte.api.hsds.writing import Item, email, item, url
from punte.directory.models import Service
from punte.organizations.enums import OrganizationKind
from punte.organizations.models import Organization

# A fiscal code of a firm or an institution has at most ten digits; one of thirteen would be a person's CNP.
_CUI = re.compile(r"(?:RO)?\s*(\d{2,10})\Z", re.IGNORECASE)

with override(LANGUAGE):
    _KINDS = {str(kind): str(kind.label) for kind in OrganizationKind}


def shown(organization: Organization) -> Item:
    """An organisation on its own line: one-to-one properties only. Reads `uat` and its county."""
    kind = _KINDS[organization.kind]
    return item(
        id=str(organization.pk),
        name=organization.name,
        alternate_name=organization.short_name,
        description=f"{kind}{_seat(organization)}.",
        email=email(organization.email),
        website=url(organization.website),
        legal_status=kind,
    )


def shown_with_contact(organization: Organization) -> Item:
    """An organisation with its telephone and its fiscal code."""
    return shown(organization) | item(
        phones=phones("organization", organization), organization_identifiers=_identifiers(organization)
    )


def shown_whole(organization: Organization, services: Iterable[Read], told: Iterable[Item]) -> Item:
    """An organisation with the places of its `services`, and them as `told`."""
    places = {at.place.id: at.place for service in services for at in places_of(service)}
    return shown_with_contact(organization) | item(
        contacts=contacts("organization", organization),
        locations=[place.shown_whole() for place in places.values()],
        services=list(told),
    )


def phones(kind: str, owner: Organization | Service) -> list[Item]:
    """The telephone of an organisation or a service."""
    if not owner.phone:
        return []
    return [item(id=derived("phone", kind, owner.pk), number=owner.phone, type="voice")]


def contacts(kind: str, organization: Organization) -> list[Item]:
    """Whom to ask: the organisation itself, for people are not named in what is published."""
    told = phones(f"contact of {kind}", organization)
    if not told and not organization.email:
        return []
    return [
        item(
            id=derived("contact", kind, organization.pk),
            name=str(organization),
            email=email(organization.email),
            phones=told,
        )
    ]


def _seat(organization: Organization) -> str:
    uat = organization.uat
    return f", {uat.name}, județul {uat.county.name}" if uat else ""


def _identifiers(organization: Organization) -> list[Item]:
    found = _CUI.match(organization.fiscal_code.strip())
    if not found:
        return []
    return [
        item(
            id=derived("fiscal code", organization.pk),
            identifier_scheme="RO-CUI",
            identifier_type="Cod unic de înregistrare (CUI)",
            identifier=found.group(1),
        )
    ]
