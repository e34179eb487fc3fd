"""Which services, places and organisations a list is about: every filter narrows what the others left."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
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
    prefetch_related_objects,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from punte.api.hsds.parameters import Asked
from punte.api.hsds.postcodes import CodedPlace, place_of
from punte.api.hsds.problems import Problem
from punte.api.hsds.taxonomies import TAXONOMIES, Terms
from punte.directory.enums import ServiceStatus
from punte.directory.models import Licence, Location, OccupancySnapshot, Service
from punte.directory.published import SHELTER_CODES
from punte.directory.words import read_need
from punte.kernel.text import fold
from punte.organizations.models import Organization
from punte.territory.models import County, Uat

_EARTH_METRES = 6_371_008.8
ServiceLocation: type[Model] = Location.services.through


@dataclass(frozen=True)
class Selected:
    """The rows that a list is about, in the order of their keys.

    Attributes:
        rows: the query that finds them.
        keys: their primary keys, where finding them costs more than reading them: they are found once, not once to
            count and once to read.
    """

    rows: QuerySet[Any]
    keys: Sequence[Any] | None = None

    @property
    def total(self) -> int:
        """How many there are."""
        return self.rows.count() if self.keys is None else len(self.keys)

    def part(self, start: int, stop: int) -> QuerySet[Any]:
        """Those from one place to before another; what goes before them is passed over by its keys alone."""
        keys = self.rows.values_list("pk", flat=True) if self.keys is None else self.keys
        return self._of(list(keys[start:stop]))

    def portions(self, size: int) -> Iterator[QuerySet[Any]]:
        """All of them, so many at a time."""
        keys = list(self.rows.values_list("pk", flat=True)) if self.keys is None else self.keys
        for start in range(0, len(keys), size):
            yield self._of(keys[start : start + size])

    def _of(self, keys: Sequence[Any]) -> QuerySet[Any]:
        return self.rows.model._default_manager.filter(pk__in=keys).order_by("pk")


def services(asked: Asked, terms: Terms) -> Selected:
    """The services asked for, in the order in which they were first published."""

    def near(found: QuerySet[Service]) -> QuerySet[Any]:
        if asked.postcode or asked.siruta:
            found = found.filter(pk__in=_near(_places(), asked).order_by().values("service"))
        return found.order_by("pk")

    return _selected(asked, terms, near)


def services_at(asked: Asked, terms: Terms) -> Selected:
    """The rows of services at places asked for; a shelter has one in a UAT, however many its houses there."""
    twins = list(_twins())

    def at_places(found: QuerySet[Service]) -> QuerySet[Any]:
        places = _near(_places(), asked)
        if found.query.where:
            places = places.filter(service__in=found.order_by().values("pk"))
        return places.exclude(pk__in=twins).order_by("pk")

    return _selected(asked, terms, at_places)


def _selected(asked: Asked, terms: Terms, ordered: Callable[[QuerySet[Service]], QuerySet[Any]]) -> Selected:
    """By the words of names; where no name at all bears them, by the need that they tell."""
    others = _of_services(asked, terms)
    if not asked.search.strip():
        rows = ordered(others)
        return Selected(rows, _keys(rows) if asked.postcode or asked.siruta else None)
    rows = ordered(_by_words(others, asked.search))
    keys = _keys(rows)
    if not keys and not _by_words(Service.objects.all(), asked.search).exists():
        rows = ordered(others.filter(code__in=read_need(asked.search).codes))
        keys = _keys(rows)
    return Selected(rows, keys)


def _keys(rows: QuerySet[Any]) -> Sequence[Any]:
    """The primary keys in order: put in order here, for by their index the database reads the rows as if at random."""
    return sorted(rows.order_by().values_list("pk", flat=True))


def _twins() -> QuerySet[Any]:
    """Of the places of a shelter in one UAT all but the first: published, they are the same."""
    other = _places().filter(
        service=OuterRef("service"), location__uat=OuterRef("location__uat"), pk__lt=OuterRef("pk")
    )
    return _places().filter(Exists(other), service__code__in=SHELTER_CODES).values_list("pk", flat=True)


def organizations(asked: Asked, terms: Terms) -> QuerySet[Organization]:
    """The organisations that offer services, of those asked for, in the order of their keys."""
    offered = Service.objects.filter(provider=OuterRef("pk"))
    codes = _codes(asked, terms)
    if codes is not None:
        offered = offered.filter(code__in=codes)
    found = Organization.objects.filter(Exists(offered.order_by()))
    for word in _words(asked.search):
        found = found.filter(_bears(word))
    if asked.search.strip() and not _words(asked.search):
        found = found.none()
    return found.order_by("pk")


def on_one_line(found: QuerySet[Service]) -> QuerySet[Service]:
    """With what one line of a service says. Two queries."""
    return found.select_related("provider__uat__county").prefetch_related("statuses")


def in_short(found: QuerySet[Service]) -> list[Service]:
    """With no more than tells what changed, for there may be very many. Two queries."""
    rows = list(found.only("name", "status", "modified_at"))
    suspended = [row for row in rows if row.status == ServiceStatus.SUSPENDED]
    prefetch_related_objects(suspended, "statuses")
    return rows


def whole(found: QuerySet[Service]) -> QuerySet[Service]:
    """With everything that is published of a service; pass the result to `with_counts`. Six queries."""
    return (
        on_one_line(found)
        .annotate(newest_count_id=_newest_count())
        .prefetch_related(
            "hours",
            "capacities",
            Prefetch("licences", Licence.objects.current()),
            Prefetch("locations", Location.objects.select_related("uat__county")),
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


def _of_services(asked: Asked, terms: Terms) -> QuerySet[Service]:
    found = Service.objects.all()
    codes = _codes(asked, terms)
    if codes is not None:
        found = found.filter(code__in=codes)
    if asked.organization_id:
        found = found.filter(provider=asked.organization_id)
    if asked.modified_after:
        found = found.filter(modified_at__gte=asked.modified_after)
    return found


def _by_words(services: QuerySet[Service], text: str) -> QuerySet[Service]:
    """Those that bear every word in their name or their provider's, as `ServiceQuerySet.named` finds them.

    The providers of a word are read once, not looked up for every service.
    """
    if not _words(text):
        return services.none()
    for word in _words(text):
        providers = Organization.objects.filter(_bears(word)).order_by().values("pk")
        services = services.filter(Q(folded_name__contains=word) | Q(provider__in=providers))
    return services


def _bears(word: str) -> Q:
    return Q(folded_name__contains=word) | Q(short_name__icontains=word)


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
    square = _square_of_distance(latitude, longitude, uat.latitude, uat.longitude)
    return (
        places.filter(location__in=_about(uat.latitude, uat.longitude, metres))
        .alias(square=square)
        .filter(square__lte=(metres / _EARTH_METRES) ** 2)
    )


def _about(latitude: float, longitude: float, metres: float) -> QuerySet[Location]:
    """The locations that may be so near, or whose UAT may: those in a square around, found without arithmetic."""
    north = math.degrees(metres / _EARTH_METRES) * 1.01
    east = north / math.cos(math.radians(min(abs(latitude) + north, 89)))
    within = {
        "latitude__range": (latitude - north, latitude + north),
        "longitude__range": (longitude - east, longitude + east),
    }
    return Location.objects.filter(
        Q(**within) | Q(uat__in=Uat.objects.filter(**within).order_by())
    ).order_by()


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
