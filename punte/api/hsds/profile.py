"""The profile HSDS-RO: what Punte adds to HSDS 3.1 and how it reads what the standard leaves open."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from punte.api.hsds import fields
from punte.api.hsds.taxonomies import TAXONOMIES
from punte.directory.enums import CapacityUnit

VERSION = "3.1"
NAME, PROFILE_VERSION = "HSDS-RO", "1.0"
STANDARD = "https://docs.openreferral.org/en/3.1.1/"
# What the profile decides: the property, in Romanian, in English.
DECISIONS: tuple[tuple[str, str, str], ...] = (
    (
        "*.id",
        "UUID. Ce nu are un rând al său are un UUID de versiunea 5, același oriunde; un serviciu într-un loc are în"
        " prima jumătate UUID-ul serviciului.",
        "A UUID. What has no row of its own bears a UUID of version 5, the same everywhere; the first half of a service"
        " at a location is that of the service.",
    ),
    (
        "service.status",
        "active: primește oameni; temporarily closed: suspendat până la o zi știută; inactive: suspendat fără"
        " o zi știută; defunct: închis. Serviciile închise rămân publicate, cu starea lor.",
        "active: receives people; temporarily closed: suspended until a known day; inactive: suspended without one;"
        " defunct: closed. Closed services stay published, with their status.",
    ),
    (
        "service.assured_date",
        "Ziua în care furnizorul sau primăria a confirmat ultima oară ce este publicat.",
        "The day on which the provider or the town last confirmed what is published.",
    ),
    (
        "service.modified_date",
        "Adăugat, numai la minimal=true: același moment ca last_modified.",
        "Added, with minimal=true only: the same moment as last_modified.",
    ),
    (
        "service_at_location.name, service_at_location.status",
        "Adăugate: ale serviciului; documentul OpenAPI al standardului le cere aici.",
        "Added: those of the service; the standard's OpenAPI document asks for them here.",
    ),
    (
        "location.external_identifier",
        "Codul SIRUTA al UAT-ului; external_identifier_type este SIRUTA.",
        "The SIRUTA code of the UAT; external_identifier_type is SIRUTA.",
    ),
    (
        "location",
        "Adăposturile pentru victimele violenței domestice și ale traficului de persoane au numai localitatea:"
        " adresa lor nu este publică.",
        "Shelters for victims of domestic violence and of trafficking have only their locality: their address is not"
        " public.",
    ),
    (
        "address.postal_code",
        "Gol unde nu se cunoaște; standardul nu îngăduie să lipsească.",
        "Empty where it is not known; the standard does not allow leaving it out.",
    ),
    (
        "organization.organization_identifiers",
        "Codul unic de înregistrare (CUI), după schema RO-CUI din org-id.guide.",
        "The registration code (CUI), by the scheme RO-CUI of org-id.guide.",
    ),
    (
        "service.capacities",
        "O capacitate pentru fiecare unitate, cea mai nouă. available este știut numai unde s-au numărat locurile"
        " ocupate; unde nu, capacitatea este un atribut cu link_type capacity. Ce se dă pe zi, pe lună sau pe an se"
        " reînnoiește: available este egal cu maximum.",
        "One capacity for each unit, the newest. available is known only where the places taken were counted; elsewhere"
        " the capacity is an attribute of link_type capacity. What is given by day, month or year comes round again:"
        " available equals maximum.",
    ),
    (
        "service.schedules",
        "Recurențe săptămânale; orele au diferența față de UTC din ziua întrebării.",
        "Weekly recurrences; times bear the offset from UTC of the day of asking.",
    ),
    (
        "service.attributes",
        "Termenii nomenclatorului, ai categoriei de beneficiari și ai felului în care se dă serviciul; link_type"
        " numește taxonomia.",
        "The terms of the nomenclature, of the group it is for and of how it is given; link_type names the taxonomy.",
    ),
    (
        "service.metadata",
        "Când s-a deschis, suspendat sau închis serviciul; niciun nume de persoană.",
        "When the service was opened, suspended or closed; no name of a person.",
    ),
    (
        "contact",
        "Contactul este organizația; nu se publică numele angajaților.",
        "The contact is the organization; names of staff are not published.",
    ),
    (
        "?postcode, ?proximity, ?siruta",
        "Se pot folosi și la /services. postcode găsește UAT-ul sau, unde atât se știe, județul; proximity se"
        " măsoară în metri de la mijlocul UAT-ului. siruta este adăugat.",
        "Work on /services too. postcode finds the UAT or, where no more is known, the county; proximity is measured in"
        " metres from the middle of the UAT. siruta is added.",
    ),
    (
        "?page",
        "O pagină de după ultima este goală (empty), nu o greșeală. O greșeală în parametri"
        " are răspunsul 400, cu motivul.",
        "A page after the last is empty, not an error. A mistake in the parameters is answered 400, with the reason.",
    ),
)


def profile_document(request: HttpRequest) -> dict[str, Any]:
    """The profile as data, with the JSON merge patch (RFC 7396) of each schema it extends."""
    return {
        "name": NAME,
        "version": PROFILE_VERSION,
        "extends": {"name": "HSDS", "version": VERSION, "url": STANDARD},
        "human_page": request.build_absolute_uri(reverse("hsds_profile")),
        "openapi_url": request.build_absolute_uri(reverse("hsds_openapi")),
        "language": "ro",
        "license": "CC BY 4.0",
        "decisions": [{"property": where, "ro": ro, "en": en} for where, ro, en in DECISIONS],
        "identifiers": {
            "location.external_identifier_type": ["SIRUTA"],
            "organization_identifier.identifier_scheme": ["RO-CUI"],
        },
        "taxonomies": [taxonomy.shown() for taxonomy in TAXONOMIES],
        "capacity_units": [str(unit) for unit in CapacityUnit],
        "schema_patches": _patches(),
    }


def _patches() -> Mapping[str, Any]:
    whole = fields.schemas()
    return {
        f"{name}.json": {"properties": {one: whole[name]["properties"][one] for one in properties}}
        for name, properties in fields.added().items()
    }
