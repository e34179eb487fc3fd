"""The addresses of Open Referral HSDS 3.1."""

from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from punte.api.hsds import organizations as org
from punte.api.hsds import selection
from punte.api.hsds import services as svc
from punte.api.hsds.endpoint import READ, SEARCH, document, endpoint
from punte.api.hsds.ids import services_behind
from punte.api.hsds.listing import answer
from punte.api.hsds.openapi import OFFERED, document_of
from punte.api.hsds.parameters import Asked, identifier, read
from punte.api.hsds.places import ServiceAt, place_of, service_at
from punte.api.hsds.problems import Problem, not_found
from punte.api.hsds.profile import VERSION, profile_document
from punte.api.hsds.reading import Read, in_short, on_one_line, whole
from punte.api.hsds.taxonomies import TAXONOMIES, Term, Terms, taxonomy
from punte.api.hsds.writing import Item
from punte.directory.models import Service
from punte.kernel.text import fold
from punte.organizations.models import Organization


@endpoint(READ)
def about(request: HttpRequest) -> HttpResponseBase:
    """Which standard this is, in which profile, described where."""
    read(request, offered=())
    addresses = {"profile": "hsds_profile", "openapi_url": "hsds_openapi"}
    told = {name: request.build_absolute_uri(reverse(url)) for name, url in addresses.items()}
    return document(request, {"version": VERSION, **told})


@endpoint(READ)
def openapi(request: HttpRequest) -> HttpResponseBase:
    """The OpenAPI document of this API."""
    return document(request, document_of(request.build_absolute_uri(reverse("hsds"))))


@endpoint(READ)
def profile_json(request: HttpRequest) -> HttpResponseBase:
    """The profile HSDS-RO as data."""
    return document(request, profile_document(request))


@endpoint(SEARCH)
def services(request: HttpRequest) -> HttpResponseBase:
    """Services, on one line each or whole."""
    asked, terms = read(request, offered=OFFERED["/services"]), Terms.read()
    show = partial(_show_services, asked, terms)
    return answer(request, asked, selection.services(asked, terms), show, whole=asked.minimal)


@endpoint(READ)
def service(request: HttpRequest, key: str) -> HttpResponseBase:
    """One service, whole."""
    asked_for = _known(key)
    read(request, offered=())
    found = whole(Service.objects.filter(pk=asked_for))
    if not found:
        raise not_found()
    return document(request, svc.shown_whole(found[0], Terms.read()))


@endpoint(SEARCH)
def organizations(request: HttpRequest) -> HttpResponseBase:
    """Organisations that offer services."""
    asked, terms = read(request, offered=OFFERED["/organizations"]), Terms.read()
    show = partial(_show_organizations, asked, terms)
    rows = selection.Selected(selection.organizations(asked, terms))
    return answer(request, asked, rows, show)


@endpoint(READ)
def organization(request: HttpRequest, key: str) -> HttpResponseBase:
    """One organisation with its services, named or whole."""
    asked_for = _known(key)
    asked = read(request, offered=("full_service",))
    terms = Terms.read()
    found = selection.organizations(Asked(), terms).filter(pk=asked_for)
    shown = list(_show_organizations(Asked(full=True, full_service=asked.full_service), terms, found))
    if not shown:
        raise not_found()
    return document(request, shown[0])


@endpoint(SEARCH)
def services_at(request: HttpRequest) -> HttpResponseBase:
    """Services at their places."""
    asked, terms = read(request, offered=OFFERED["/service_at_locations"]), Terms.read()
    show = partial(_show_at, asked, terms)
    return answer(request, asked, selection.services_at(asked, terms), show)


@endpoint(READ)
def one_service_at(request: HttpRequest, key: str) -> HttpResponseBase:
    """One service at one of its places, whole."""
    asked_for = _known(key)
    read(request, offered=())
    candidates = selection.services_that_may_be(*services_behind(asked_for))
    found = service_at(asked_for, whole(candidates))
    if found is None:
        raise not_found()
    return document(request, svc.shown_at_whole(found, Terms.read()))


@endpoint(SEARCH)
def taxonomies(request: HttpRequest) -> HttpResponseBase:
    """The ways of sorting services."""
    asked = read(request, offered=OFFERED["/taxonomies"])
    rows = [one for one in TAXONOMIES if _says(asked, one.name, one.description)]
    return answer(request, asked, rows, lambda part: [one.shown() for one in part])


@endpoint(READ)
def one_taxonomy(request: HttpRequest, key: str) -> HttpResponseBase:
    """One way of sorting services."""
    asked_for = _known(key)
    read(request, offered=())
    found = taxonomy(asked_for)
    if found is None:
        raise not_found()
    return document(request, found.shown())


@endpoint(SEARCH)
def taxonomy_terms(request: HttpRequest) -> HttpResponseBase:
    """The terms of the taxonomies."""
    asked = read(request, offered=OFFERED["/taxonomy_terms"])
    rows = [term for term in Terms.read().all if _is_asked(term, asked)]
    return answer(request, asked, rows, lambda part: [term.shown for term in part])


@endpoint(READ)
def taxonomy_term(request: HttpRequest, key: str) -> HttpResponseBase:
    """One term."""
    asked_for = _known(key)
    read(request, offered=())
    found = Terms.read().get(asked_for)
    if found is None:
        raise not_found()
    return document(request, found.shown)


@endpoint(READ)
def nothing(request: HttpRequest, rest: str) -> HttpResponseBase:
    """An address that the API does not have."""
    raise Problem(
        404,
        "Adresa nu există. Lista adreselor este în openapi.json.",
        "There is no such address. They are listed in openapi.json.",
    )


def _known(key: str) -> UUID:
    found = identifier(key)
    if found is None:
        raise Problem(404, "Identificatorul nu este un UUID.", "The identifier is not a UUID.")
    return found


def _show_services(asked: Asked, terms: Terms, rows: Any) -> Iterable[Item]:
    if asked.minimal:
        return map(svc.shown_minimal, in_short(rows))
    if asked.full:
        return [svc.shown_whole(row, terms) for row in whole(rows)]
    return [svc.shown(row) for row in on_one_line(rows)]


def _show_organizations(asked: Asked, terms: Terms, rows: Any) -> Iterable[Item]:
    found: list[Organization] = list(rows.select_related("uat__county"))
    if not (asked.full or asked.full_service):
        return [org.shown(row) for row in found]
    offered: dict[UUID, list[Read]] = {}
    of_them = Service.objects.filter(provider__in=[row.pk for row in found]).order_by("pk")
    for one in whole(of_them):
        offered.setdefault(one.service.provider_id, []).append(one)
    show = partial(svc.shown_whole, terms=terms) if asked.full_service else svc.shown
    return [
        org.shown_whole(row, offered.get(row.pk, []), map(show, offered.get(row.pk, []))) for row in found
    ]


def _show_at(asked: Asked, terms: Terms, rows: Any) -> Iterable[Item]:
    links = list(rows.select_related("location__uat__county"))
    wanted = Service.objects.filter(pk__in={link.service_id for link in links}).order_by("pk")
    by_key = {read.key: read for read in (whole(wanted) if asked.full else on_one_line(wanted))}
    there = [by_key[link.service_id] for link in links]
    ats = [
        ServiceAt(one, place_of(one.service, link.location)) for one, link in zip(there, links, strict=True)
    ]
    return [svc.shown_at_whole(at, terms) if asked.full else svc.shown_at(at) for at in ats]


def _says(asked: Asked, *texts: str) -> bool:
    words = fold(asked.search).split()
    if asked.search.strip() and not words:
        return False
    told = fold(" ".join(texts))
    return all(word in told for word in words)


def _is_asked(term: Term, asked: Asked) -> bool:
    return (
        _says(asked, term.key, term.name, term.description)
        and (not asked.taxonomy_id or term.taxonomy.id == str(asked.taxonomy_id))
        and (not asked.parent_id or term.parent_id == str(asked.parent_id))
        and not (asked.top_only and term.parent)
    )
