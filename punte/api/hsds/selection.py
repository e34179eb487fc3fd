"""Which services, places and organisations a list is about: every filter narrows what the others left."""

import math
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Exists,
    F,
    FloatField,
    Model,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from punte.api.hsds.parameters import Asked
from punte.api.hsds.postcodes import CodedPlace, place_of
from punte.api.hsds.problems import Problem
from punte.api.hsds.taxonomies import TAXONOMIES, Terms
from punte.directory.models import Licence, Location, OccupancySnapshot, Service
from punte.directory.published import SHELTER_CODES
from punte.directory.words import read_need
from punte.kernel.text import fold
from punte.organizations.models import Organization
from punte.territory.models import County, Uat

_EARTH_METRES = 6_371_008.8
ServiceLocation: type[Model] = Location.services.through


def services(asked: Asked, terms: Terms) -> QuerySet[Service]:
    """The services asked for, in the order in which they were first published."""
    found = _of_services(Service.objects.all(), asked, terms)
    if asked.postcode or asked.siruta:
        places = _near(_places(), asked)
        found = found.filter(pk__in=places.values("service"))
    return found.order_by("pk")


def services_at(asked: Asked, terms: Terms) -> QuerySet[Any]:
    """The rows of services at places asked for; a shelter has one in a UAT, however many its houses there."""
    found = _places()
    twin = _places().filter(
        service=OuterRef("service"), location__uat=OuterRef("location__uat"), pk__lt=OuterRef("pk")
    )
    found = found.exclude(Q(service__code__in=SHELTER_CODES) & Exists(twin))
    narrowed = _of_services(Service.objects.all(), asked, terms)
    if narrowed.query.where:
        found = found.filter(service__in=narrowed.order_by().values("pk"))
    if asked.postcode or asked.siruta:
        found = _near(found, asked)
    return found.order_by("pk")


def organizations(asked: Asked, terms: Terms) -> QuerySet[Organization]:
    """The organisations that offer services, of those asked for."""
    offered = Service.objects.filter(provider=OuterRef("pk"))
    codes = _codes(asked, terms)
    if codes is not None:
        offered = offered.filter(code__in=codes)
    found = Organization.objects.filter(Exists(offered.order_by()))
    for word in _words(asked.search):
        found = found.filter(Q(folded_name__contains=word) | Q(short_name__icontains=word))
    if asked.search.strip() and not _words(asked.search):
        found = found.none()
    return found.order_by("pk")


def on_one_line(found: QuerySet[Service]) -> QuerySet[Service]:
    """With what one line of a service says. Three queries."""
    return found.select_related("provider__uat__county").prefetch_related(
        Prefetch("licences", Licence.objects.current()), "statuses"
    )


def whole(found: QuerySet[Service]) -> QuerySet[Service]:
    """With everything that is published of a service; pass the result to `with_counts`. Six queries."""
    return (
        on_one_line(found)
        .annotate(newest_count_id=_newest_count())
        .prefetch_related(
            "hours", "capacities", Prefetch("locations", Location.objects.select_related("uat__county"))
        )
    )


def with_counts(found: Iterable[Service]) -> list[Service]:
    """The services, each with the newest count of its places as `newest_count`. One query."""
    rows = list(found)
    wanted = [row.newest_count_id for row in rows if row.newest_count_id]  # type: ignore[attr-defined]
    counts = OccupancySnapshot.objects.in_bulk(wanted)
    for row in rows:
        row.newest_count = counts.get(row.newest_count_id)  # type: ignore[attr-defined]
    return rows


def _newest_count() -> Subquery:
    counts = OccupancySnapshot.objects.filter(service=OuterRef("pk")).order_by("-at", "-pk")
    return Subquery(counts.values("pk")[:1])


def _places() -> QuerySet[Any]:
    return ServiceLocation._default_manager.all()


def _of_services(found: QuerySet[Service], asked: Asked, terms: Terms) -> QuerySet[Service]:
    if asked.search.strip():
        found = _found_by_words(found, asked.search)
    codes = _codes(asked, terms)
    if codes is not None:
        found = found.filter(code__in=codes)
    if asked.organization_id:
        found = found.filter(provider=asked.organization_id)
    if asked.modified_after:
        found = found.filter(modified_at__gte=asked.modified_after)
    return found


def _found_by_words(services: QuerySet[Service], text: str) -> QuerySet[Service]:
    """Those that bear the words in their name or their provider's; where none does, those that answer the need told."""
    if not _words(text):
        return services.none()
    named = services.named(text)  # type: ignore[attr-defined]
    if named.exists():
        return named  # type: ignore[no-any-return]
    return services.filter(code__in=read_need(text).codes)


def _words(text: str) -> Sequence[str]:
    return fold(text).split()


def _codes(asked: Asked, terms: Terms) -> frozenset[str] | None:
    """The nomenclature codes to which the taxonomies asked for narrow; None where they do not."""
    codes: frozenset[str] | None = None
    if asked.taxonomy_term_id:
        term = terms.get(asked.taxonomy_term_id)
        codes = term.codes if term else frozenset()
    if asked.taxonomy_id:
        known = str(asked.taxonomy_id) in {taxonomy.id for taxonomy in TAXONOMIES}
        within = frozenset(code for term in terms.all for code in term.codes) if known else frozenset()
        codes = within if codes is None else codes & within
    return codes


def _near(places: QuerySet[Any], asked: Asked) -> QuerySet[Any]:
    """Those in the place asked for, or within the distance from its middle."""
    coded = _coded(asked.postcode) if asked.postcode else None
    sirutas = {one for one in (asked.siruta, coded.siruta if coded else None) if one}
    if asked.proximity is None:
        if coded and coded.siruta is None:
            places = places.filter(location__uat__county=coded.county)
        for siruta in sirutas:
            places = places.filter(location__uat=siruta)
        return places
    if not sirutas:
        raise Problem(
            400,
            "Din acest cod poștal se cunoaște numai județul, deci nu se poate măsura o distanță; dați siruta.",
            "Of this postal code only the county is known, so no distance can be measured; give siruta.",
            parameter="postcode",
        )
    for siruta in sirutas:
        places = _within(places, siruta, asked.proximity)
    return places


def _coded(postcode: str) -> CodedPlace:
    place = place_of(postcode)
    if place is None or not County.objects.filter(pk=place.county).exists():
        raise Problem(
            400,
            "Codul poștal nu este cunoscut.",
            "The postal code is not known.",
            parameter="postcode",
        )
    return place


def _within(places: QuerySet[Any], siruta: int, metres: float) -> QuerySet[Any]:
    uat = Uat.objects.filter(pk=siruta).first()
    if uat is None or uat.latitude is None or uat.longitude is None:
        raise Problem(
            400,
            "Nu se cunoaște locul acestui UAT.",
            "The place of this UAT is not known.",
            parameter="siruta" if uat is None else "proximity",
        )
    latitude, longitude = _published("latitude"), _published("longitude")
    return places.annotate(
        square=_square_of_distance(latitude, longitude, uat.latitude, uat.longitude)
    ).filter(square__lte=(metres / _EARTH_METRES) ** 2)


def _published(name: str) -> Combinable:
    """The coordinate that everybody may know: of a shelter that of its UAT, so that no distance tells its address."""
    of_uat = F(f"location__uat__{name}")
    return Case(
        When(service__code__in=SHELTER_CODES, then=of_uat),
        default=Coalesce(F(f"location__{name}"), of_uat),
        output_field=FloatField(),
    )


def _square_of_distance(
    latitude: Combinable, longitude: Combinable, from_latitude: float, from_longitude: float
) -> Combinable:
    """The square of the distance in radians, on a plane through the middle latitude.

    Plain arithmetic that every database does alike; within Romania it differs from the great circle by less than
    one in ten thousand.
    """
    one = math.pi / 180
    sine, cosine = math.sin(from_latitude * one), math.cos(from_latitude * one)
    north = (latitude - from_latitude) * one
    east = (longitude - from_longitude) * one * (cosine - north * (sine / 2))
    return north * north + east * east


def services_that_may_be(lowest: UUID, highest: UUID) -> QuerySet[Service]:
    """The services between two identifiers."""
    return Service.objects.filter(pk__gte=lowest, pk__lte=highest).order_by("pk")
