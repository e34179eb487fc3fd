"""The search for services by need, people, place, hours and free places, nearest first; why each is found is kept."""

import datetime as dt
import math
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, NamedTuple

from django.db.models import Exists, ExpressionWrapper, F, FloatField, OuterRef, Q, QuerySet, Value

from punte.deadlines.calendar import is_public_holiday
from punte.directory.enums import ServiceStatus
from punte.directory.help.gazetteer import Place
from punte.directory.help.meant import is_for_others, meant_people
from punte.directory.help.need import Reading, codes_for
from punte.directory.models import OpeningHours, Service, ServiceQuerySet
from punte.directory.services.published import SHELTER_CODES
from punte.kernel.text import fold
from punte.organizations.models import Organization

_NEVER = Q(pk__in=())
_KM_PER_DEGREE = 111.195
_LONGEST_NAME = 100
_SIMILAR = 3
_CLOSE_BY = (20.0, 40.0, 80.0)
# Few may be enough; if not, hardly any fit, and larger portions come to the end sooner.
_AT_ONCE, _MORE_EACH_TIME = 100, 4
_SHELTERS_FOR = ("violence",)


@dataclass(frozen=True, kw_only=True)
class Search:
    """What somebody looks for; what is empty does not narrow.

    Attributes:
        reading: the need, as `need.read_need` understood it.
        for_whom: keys of `content/find/people.yaml`.
        near: where to look from; `within_km` how far.
        code: one nomenclature code.
        open_at: receives people at this local moment.
        free: has a free place by its newest count. step_free: can be entered without steps.
    """

    reading: Reading = field(default_factory=Reading)
    for_whom: tuple[str, ...] = ()
    near: Place | None = None
    within_km: float | None = None
    code: str = ""
    open_at: dt.datetime | None = None
    free: bool = False
    step_free: bool = False

    @cached_property
    def for_others(self) -> list[Any]:
        """The services of the codes asked for that are, by their names or ages, for other people than those meant."""
        meant = meant_people(self.reading, self.for_whom)
        rows = Service.objects.filter(code__in=self.reading.codes).values_list(
            "pk", "name", "min_age", "max_age"
        )
        return [
            pk
            for pk, name, youngest, oldest in rows.order_by()
            if is_for_others(name, youngest, oldest, meant=meant)
        ]


@dataclass(frozen=True)
class Match:
    """A service found, and how many km from the place asked for; None where either is not known."""

    pk: Any
    kilometres: float | None = None


@dataclass(frozen=True)
class Page:
    """Some of the services found, in order, and whether there are more."""

    matches: list[Match]
    more: bool


def search_services(search: Search, *, after: int = 0, size: int = 20) -> Page:
    """The services that fit, nearest first; those from `after` on, at most `size`.

    What a service itself says is asked of all; hours only of those that may come on the page, in order.
    """
    until = after + size + 1
    if search.near is not None:
        found = _nearest(search, search.near, until)
    elif search.reading.understood:
        found = _sieved(_by_answer(search), search, until)
    else:
        rows = fitting(search).order_by("folded_name", "pk").values_list("pk", flat=True)
        found = [Match(pk) for pk in rows[:until]]
    return Page(found[after : after + size], len(found) > after + size)


def fitting(search: Search) -> QuerySet[Service]:
    """All services that fit, in no order, wherever they are."""
    services = lasting(Service.objects.all(), search)
    return open_at(services, search.open_at) if search.open_at else services


def lasting(services: ServiceQuerySet, search: Search) -> ServiceQuerySet:
    """By all but hours: need, people, steps, free places. A suspended service is found by its name alone."""
    found = _by_need(services, search)
    if search.reading.rest and not search.reading.understood and not search.free:
        found = found.exclude(status=ServiceStatus.CLOSED)
    else:
        found = found.active()
    if search.code:
        found = found.filter(code=search.code)
    if search.for_whom:
        found = found.filter(_beginning_with(codes_for(search.for_whom)))
    if search.step_free:
        found = found.filter(step_free=True)
    if search.free:
        found = found.with_free_places()
    return found


def open_at(services: QuerySet[Service], moment: dt.datetime) -> QuerySet[Service]:
    """Those that receive people at a local moment, as far as their hours are known.

    Hours that began on a public holiday do not count, only those that are open day and night: nobody says which
    others keep their hours then.
    """
    begun = _begun_today(moment) | _begun_yesterday(moment)
    hours = OpeningHours.objects.filter(begun, service=OuterRef("pk"))
    return services.filter(Q(always_open=True) | Exists(hours), status=ServiceStatus.ACTIVE)


def is_open(hours: OpeningHours, moment: dt.datetime) -> bool:
    """Whether a local moment is within the hours, by the rules of `open_at`."""
    time, yesterday = moment.time(), moment.date() - dt.timedelta(days=1)
    if hours.weekday == moment.isoweekday() and hours.opens <= time:
        return (hours.over_midnight or time < hours.closes) and not is_public_holiday(moment.date())
    begun = hours.weekday == yesterday.isoweekday() and hours.over_midnight and time < hours.closes
    return begun and not is_public_holiday(yesterday)


def _begun_today(moment: dt.datetime) -> Q:
    if is_public_holiday(moment.date()):
        return _NEVER
    time = moment.time()
    ends = Q(closes__gt=time) | Q(closes__lte=F("opens"))
    return ends & Q(weekday=moment.isoweekday(), opens__lte=time)


def _begun_yesterday(moment: dt.datetime) -> Q:
    """What closes on the day after it opened."""
    yesterday = moment.date() - dt.timedelta(days=1)
    if is_public_holiday(yesterday):
        return _NEVER
    return Q(weekday=yesterday.isoweekday(), closes__lte=F("opens"), closes__gt=moment.time())


def page_of(found: list[Match]) -> list[Service]:
    """The records of some services in their order, with provider, code, places, hours and locations. Four queries."""
    records = _records().in_bulk([one.pk for one in found])
    return [records[one.pk] for one in found if one.pk in records]


@cache
def _records() -> QuerySet[Service]:
    """Built once: putting the question together takes longer than the answer."""
    return Service.objects.select_related("provider", "code").prefetch_related("locations__uat", "hours")


def similar(service: Service, place: Place | None) -> list[tuple[Service, float | None]]:
    """The nearest services that give the same help as one that no longer does, at most three, with the km."""
    if service.code_id is None:
        return []
    found = search_services(Search(near=place, code=service.code_id), size=_SIMILAR + 1).matches
    found = [one for one in found if one.pk != service.pk][:_SIMILAR]
    return [(one, at.kilometres) for one, at in zip(page_of(found), found, strict=True)]


def place_of(service: Service) -> Place | None:
    """Where a service is, as a point to look from; None where it is not known."""
    for location in service.locations.all():
        if location.latitude is not None and location.longitude is not None:
            return Place(location.uat.name, location.uat_id, location.latitude, location.longitude)
    return None


def _by_need(services: ServiceQuerySet, search: Search) -> ServiceQuerySet:
    """By the codes of the needs; else by the people named; else by the words of names."""
    reading = search.reading
    if reading.understood:
        return services.filter(code__in=reading.codes).exclude(pk__in=search.for_others)
    if reading.people and not search.for_whom:
        return services.filter(_beginning_with(codes_for(person.key for person in reading.people)))
    for word in fold(" ".join(reading.rest)[:_LONGEST_NAME]).split():
        providers = Organization.objects.filter(
            Q(folded_name__contains=word) | Q(short_name__icontains=word)
        ).values_list("pk", flat=True)
        # Asked for on their own: few, and a condition on another table would keep the index of names from being used.
        services = services.filter(Q(folded_name__contains=word) | Q(provider__in=list(providers)))
    return services


def _beginning_with(codes: tuple[str, ...]) -> Q:
    condition = Q(pk__in=[])
    for code in codes:
        condition |= Q(code__gte=code, code__lt=code + "~")
    return condition


def _rank_of(reading: Reading) -> dict[str | None, int]:
    """By code its place among those that answer the need, best first."""
    return {code: at for at, code in enumerate(reading.codes)}


def _by_answer(search: Search) -> list[Match]:
    """The services that answer a need, the best answer first, then by name."""
    rank = _rank_of(search.reading)
    rows = lasting(Service.objects.all(), search).values_list("pk", "code", "folded_name")
    return [Match(pk) for pk, _code, _name in sorted(rows, key=lambda row: (rank[row[1]], row[2]))]


def _nearest(search: Search, place: Place, until: int) -> list[Match]:
    """The first services by distance: looked for close by, then wider until enough fit."""
    everywhere = search.within_km or math.inf
    narrow = bool(search.reading.understood or search.code)
    found: list[Match] = []
    closer = [] if narrow else [km for km in _CLOSE_BY if km < everywhere]
    for km in [*closer, everywhere]:
        found = _within(search, place, km, until)
        if len(found) >= until:
            break
    return found


class _Near(NamedTuple):
    """A service at one of its locations: how far, what decides among equally near ones, and its key."""

    km: float
    order: tuple[Any, ...]
    pk: Any


def _within(search: Search, place: Place, km: float, until: int) -> list[Match]:
    """The first services within so many km, asked for some at a time, nearest first; of equally near ones those with a
    free place."""
    services = _around(search, place, km)
    hidden = _shelters(search, place, km)
    seen: set[Any] = set()
    found: list[Match] = []
    start, size = 0, _AT_ONCE
    while True:
        some = _measured(services[start : start + size], search, place)
        last = len(some) < size
        reached = math.inf if last else some[-1].km
        near = [one for one in [*some, *hidden] if one.km <= min(km, reached) and one.pk not in seen]
        hidden = [one for one in hidden if one.km > reached]
        near.sort(key=lambda one: one.order)
        once: dict[Any, Match] = {}
        for one in near:
            once.setdefault(one.pk, Match(one.pk, None if one.km == math.inf else one.km))
        seen.update(once)
        found += _sieved(list(once.values()), search, until - len(found))
        if last or len(found) >= until:
            return found
        start, size = start + size, size * _MORE_EACH_TIME


def _around(search: Search, place: Place, km: float) -> QuerySet[Any]:
    """What fits in the square of `km` around a place, nearest first, once a location; shelters are not among them."""
    services = lasting(Service.objects.exclude(code__in=SHELTER_CODES), search)
    return _in_square(services, place, km, "locations")


def _shelters(search: Search, place: Place, km: float) -> list[_Near]:
    """Shelters that fit, at the middle of their locality: asking from many places does not tell where they are."""
    if (search.reading.understood and not set(SHELTER_CODES) & set(search.reading.codes)) or (
        search.for_whom and not any(code in _SHELTERS_FOR for code in search.for_whom)
    ):
        return []
    services = lasting(Service.objects.filter(code__in=SHELTER_CODES), search)
    return _measured(_in_square(services, place, km, "locations__uat"), search, place)


def _in_square(services: QuerySet[Service], place: Place, km: float, where: str) -> QuerySet[Any]:
    """Of these services those in the square of `km` around a place, nearest first, as `_measured` reads them."""
    latitude, longitude = f"{where}__latitude", f"{where}__longitude"
    shrink = math.cos(math.radians(place.latitude))
    if km < math.inf:
        half = km / _KM_PER_DEGREE
        wide = half / max(shrink, 0.01)
        services = services.filter(
            **{
                f"{latitude}__range": (place.latitude - half, place.latitude + half),
                f"{longitude}__range": (place.longitude - wide, place.longitude + wide),
            }
        )
    north, east = F(latitude) - Value(place.latitude), F(longitude) - Value(place.longitude)
    square = ExpressionWrapper(north * north + Value(shrink**2) * east * east, output_field=FloatField())
    return services.order_by(square.asc(nulls_last=True), "pk").values_list(
        "pk", "code", "folded_name", "free", latitude, longitude
    )


def _measured(rows: QuerySet[Any], search: Search, place: Place) -> list[_Near]:
    """Each service, once for each of its locations, with the km from a place, infinite where it is not known."""
    rank = _rank_of(search.reading)
    shrink = math.cos(math.radians(place.latitude))
    found: list[_Near] = []
    for pk, code, name, free, north, east in rows:
        km = math.inf
        if north is not None and east is not None:
            km = math.hypot(north - place.latitude, (east - place.longitude) * shrink) * _KM_PER_DEGREE
        found.append(_Near(km, (round(km, 1), not free, rank.get(code, 0), name), pk))
    return found


def _sieved(found: list[Match], search: Search, until: int) -> list[Match]:
    """In order, the first of these that are open when asked; asked for by the hundred."""
    if not search.open_at:
        return found[:until]
    kept: list[Match] = []
    start, size = 0, _AT_ONCE
    while start < len(found):
        some = [one.pk for one in found[start : start + size]]
        fit = set(
            open_at(Service.objects.filter(pk__in=some), search.open_at)
            .order_by()
            .values_list("pk", flat=True)
        )
        kept += [one for one in found[start : start + size] if one.pk in fit]
        if len(kept) >= until:
            break
        start, size = start + size, size * _MORE_EACH_TIME
    return kept[:until]
