"""Which services, places and organisations a list is about: every filter narrows what the others left."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, Exists, Min, Model, OuterRef, Q, QuerySet, UUIDField
from django.db.models.functions import Cast

from punte.api.hsds.parameters import Asked
from punte.api.hsds.postcodes import CodedPlace, place_of
from punte.api.hsds.problems import Problem
from punte.api.hsds.taxonomies import TAXONOMIES, Terms
from punte.directory.help.need import read_need
from punte.directory.models import Location, Service
from punte.directory.services.published import SHELTER_CODES
from punte.kernel.text import fold
from punte.organizations.models import Organization
from punte.territory.models import County, Uat

_EARTH_METRES = 6_371_008.8
# So many locations are named one by one; more of them, by the square in which they are.
_MOST_NAMED = 2_000
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
    near = _near(asked)

    def chosen(condition: Q) -> Selected:
        found = Service.objects.filter(condition)
        if near is not None:
            return Selected(found, sorted(set(near.places_of(condition).values())))
        return Selected(found.order_by("pk"), _keys(found) if asked.search.strip() else None)

    return _selected(asked, terms, chosen)


def services_at(asked: Asked, terms: Terms) -> Selected:
    """The rows of services at places asked for; a shelter has one in a UAT, however many its houses there."""
    near = _near(asked)

    def chosen(condition: Q) -> Selected:
        places = _places().filter(_at_places(condition))
        if near is not None:
            return Selected(places, sorted(near.places_of(condition)))
        places = places.exclude(pk__in=_twins(places))
        return Selected(places.order_by("pk"), _keys(places) if asked.search.strip() else None)

    return _selected(asked, terms, chosen)


def _selected(asked: Asked, terms: Terms, chosen: Callable[[Q], Selected]) -> Selected:
    """By the words of names; where no name at all bears them, by the need that they tell."""
    others = _of_services(asked, terms)
    if not asked.search.strip():
        return chosen(others)
    found = chosen(others & _by_words(asked.search))
    if not found.keys and not Service.objects.filter(_by_words(asked.search)).exists():
        found = chosen(others & Q(code__in=read_need(asked.search).codes))
    return found


def _at_places(condition: Q) -> Q:
    """A condition on services, as one on the places where they are given."""
    return Q.create(
        [
            _at_places(one) if isinstance(one, Q) else (f"service__{one[0]}", one[1])  # type: ignore[index]
            for one in condition.children
        ],
        connector=condition.connector,
        negated=condition.negated,
    )


def _keys(rows: QuerySet[Any]) -> Sequence[Any]:
    """The primary keys in order: put in order here, for by their index the database reads the rows as if at random.

    A UUID stays the text that it is: of very many only those of a page are looked at again.
    """
    rows = rows.order_by()
    if isinstance(rows.model._meta.pk, UUIDField):
        return sorted(rows.values_list(Cast("pk", CharField()), flat=True))
    return sorted(rows.values_list("pk", flat=True))


def _twins(places: QuerySet[Any]) -> set[Any]:
    """Of the places of a shelter in one UAT all but the first: published, they are the same."""
    of_shelters = places.filter(service__code__in=SHELTER_CODES).order_by()
    several = (
        of_shelters.values("service", "location__uat")
        .annotate(first=Min("pk"), number=Count("pk"))
        .filter(number__gt=1)
    )
    first = {
        (service, uat): pk for service, uat, pk in several.values_list("service", "location__uat", "first")
    }
    if not first:
        return set()
    rows = of_shelters.filter(service__in={service for service, _uat in first})
    return {
        pk for pk, *of in rows.values_list("pk", "service", "location__uat") if first.get(tuple(of), pk) != pk
    }


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


def _places() -> QuerySet[Any]:
    return ServiceLocation._default_manager.all()


def _of_services(asked: Asked, terms: Terms) -> Q:
    found = Q()
    codes = _codes(asked, terms)
    if codes is not None:
        found &= Q(code__in=codes)
    if asked.organization_id:
        found &= Q(provider=asked.organization_id)
    if asked.modified_after:
        found &= Q(modified_at__gte=asked.modified_after)
    return found


def _by_words(text: str) -> Q:
    """Those that bear every word in their name or their provider's, as `ServiceQuerySet.named` finds them.

    The providers of a word are read once, not looked up for every service.
    """
    found = Q() if _words(text) else Q(pk__in=[])
    for word in _words(text):
        providers = Organization.objects.filter(_bears(word)).order_by().values("pk")
        found &= Q(folded_name__contains=word) | Q(provider__in=providers)
    return found


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


@dataclass(frozen=True)
class _Circle:
    """What is at most so many metres from a point."""

    latitude: float
    longitude: float
    metres: float

    def holds(self, latitude: float | None, longitude: float | None) -> bool:
        """Measured on a plane through the middle latitude, which within Romania differs from the great circle by less
        than one in ten thousand; a place that is not known is nowhere near."""
        if latitude is None or longitude is None:
            return False
        north = math.radians(latitude - self.latitude)
        middle = math.radians(self.latitude) + north / 2
        east = math.radians(longitude - self.longitude) * math.cos(middle)
        return math.hypot(north, east) * _EARTH_METRES <= self.metres

    @property
    def square(self) -> dict[str, tuple[float, float]]:
        """What is around it, found without arithmetic: conditions by coordinate."""
        north = math.degrees(self.metres / _EARTH_METRES) * 1.01
        east = north / math.cos(math.radians(min(abs(self.latitude) + north, 89)))
        return {
            "latitude__range": (self.latitude - north, self.latitude + north),
            "longitude__range": (self.longitude - east, self.longitude + east),
        }

    def locations(self) -> Q:
        """A condition on rows of services at places: the location may be so near, or its UAT."""
        of_uat = {f"uat__{name}": value for name, value in self.square.items()}
        squares = Q(**self.square), Q(**of_uat)
        found: set[UUID] = set()
        for square in squares:  # one by one, for the two together would use no index
            found |= set(Location.objects.filter(square).order_by().values_list("pk", flat=True))
        if len(found) <= _MOST_NAMED:
            return Q(location__in=found)
        return Q(location__in=Location.objects.filter(squares[0] | squares[1]).order_by())


@dataclass(frozen=True)
class _Near:
    """Where the places asked for are: in a UAT or a county, or within circles."""

    within: Q
    circles: Sequence[_Circle] = ()

    def places_of(self, condition: Q) -> dict[Any, UUID]:
        """The rows at which the services of a condition are given there, each with its service.

        A shelter is where its UAT is, so that no distance tells its address, and there once.
        """
        rows = _places().filter(self.within & _at_places(condition)).order_by("pk")
        coordinates = [f"location__{of}{name}" for of in ("", "uat__") for name in ("latitude", "longitude")]
        found: dict[Any, UUID] = {}
        shelters: set[tuple[UUID, int]] = set()
        for place, service, code, uat, *where in rows.values_list(
            "pk", "service", "service__code", "location__uat", *coordinates
        ):
            shelter = code in SHELTER_CODES
            if shelter and (service, uat) in shelters:
                continue
            point = where[2:] if shelter or None in where[:2] else where[:2]
            if all(circle.holds(*point) for circle in self.circles):
                found[place] = service
                if shelter:
                    shelters.add((service, uat))
        return found


def _near(asked: Asked) -> _Near | None:
    """Where the places asked for are; None where no place is asked for."""
    coded = _coded(asked.postcode) if asked.postcode else None
    sirutas = {one for one in (asked.siruta, coded.siruta if coded else None) if one}
    if not coded and not sirutas:
        return None
    if asked.proximity is None:
        within = Q()
        if coded and coded.siruta is None:
            within &= Q(location__uat__county=coded.county)
        for siruta in sirutas:
            within &= Q(location__uat=siruta)
        return _Near(within)
    if not sirutas:
        raise Problem(
            400,
            "Din acest cod poștal se cunoaște numai județul, deci nu se poate măsura o distanță; dați siruta.",
            "Of this postal code only the county is known, so no distance can be measured; give siruta.",
            parameter="postcode",
        )
    circles = [_circle(siruta, asked.proximity) for siruta in sirutas]
    within = Q()
    for circle in circles:
        within &= circle.locations()
    return _Near(within, circles)


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


def _circle(siruta: int, metres: float) -> _Circle:
    uat = Uat.objects.filter(pk=siruta).first()
    if uat is None or uat.latitude is None or uat.longitude is None:
        raise Problem(
            400,
            "Nu se cunoaște locul acestui UAT.",
            "The place of this UAT is not known.",
            parameter="siruta" if uat is None else "proximity",
        )
    return _Circle(uat.latitude, uat.longitude, metres)


def services_that_may_be(lowest: UUID, highest: UUID) -> QuerySet[Service]:
    """The services between two identifiers."""
    return Service.objects.filter(pk__gte=lowest, pk__lte=highest).order_by("pk")
