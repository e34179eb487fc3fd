"""Need and supply side by side: a county as a whole, and one UAT (R102, R103, R130)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from punte.directory.models import Service
from punte.kernel.text import fold
from punte.statistics.answers import Answer, Answers, Kind, answers
from punte.statistics.models import Extract, PublishedCount, StatedNeed
from punte.statistics.supply import Nearest, Places, Supply, services_in
from punte.territory.models import County, Uat

NEAR_KM = 20


@dataclass(frozen=True)
class Reach:
    """How one kind of service reaches a UAT.

    Attributes:
        here: services of the kind given in the UAT.
        nearest: the nearest one, where the directory has one.
        missing: whether none is near; never said of a kind that the directory does not count.
    """

    kind: Kind
    here: tuple[UUID, ...]
    nearest: Nearest | None
    missing: bool


@dataclass
class UatRow:
    """One UAT in the view of its county."""

    uat: Uat
    needs: list[StatedNeed] = field(default_factory=list)
    here: Places = field(default_factory=Places)
    services: list[UUID] = field(default_factory=list)
    reach: list[Reach] = field(default_factory=list)
    assessed: PublishedCount | None = None

    @property
    def missing(self) -> list[Kind]:
        """Kinds that the UAT asks for and that nobody gives near it."""
        return [one.kind for one in self.reach if one.missing]


@dataclass(frozen=True)
class CountyPicture:
    """What is needed and what there is in the UATs of a county.

    Attributes:
        everywhere: needs stated for every UAT.
        kind: the one kind that was asked about, if any; then needs, services and distances are of it alone.
    """

    county: County
    rows: Sequence[UatRow]
    everywhere: Sequence[StatedNeed]
    kind: Kind | None
    near_km: int
    extract: Extract | None

    @property
    def without_services(self) -> list[UatRow]:
        """UATs in which no service at all (of the kind asked about) is given."""
        return [row for row in self.rows if not row.here.services]

    @property
    def with_missing(self) -> list[UatRow]:
        """UATs that ask for something nobody gives near them."""
        return [row for row in self.rows if row.missing]

    @property
    def needs(self) -> int:
        """How many needs single UATs state."""
        return sum(len(row.needs) for row in self.rows)

    @property
    def population(self) -> int:
        """How many people live in the UATs."""
        return _people(self.rows)

    @property
    def people_without(self) -> int:
        """How many people live in the UATs without a service."""
        return _people(self.without_services)

    @cached_property
    def services(self) -> int:
        """How many services are given in the county; one given in several UATs counts once."""
        return len({service for row in self.rows for service in row.services})


def county_picture(county: County, *, kind: Kind | None = None, near_km: int = NEAR_KM) -> CountyPicture:
    """The picture of a county, in a number of queries that does not grow with it.

    Args:
        kind: tell of this kind of service alone.
        near_km: how far, in km, a service still counts as near.
    """
    table = answers()
    uats = sorted(Uat.objects.filter(county=county), key=lambda uat: fold(uat.name))
    rows = {uat.pk: UatRow(uat) for uat in uats}
    everywhere = []
    for need in StatedNeed.objects.filter(county=county):
        if kind and kind not in table.to(need).kinds:
            continue
        if need.uat_id is None:
            everywhere.append(need)
        elif need.uat_id in rows:
            rows[need.uat_id].needs.append(need)
    # Of services their places alone are counted here, whoever gives them.
    for service in services_in(county.pk, kind.codes if kind else None).select_related(None):
        if service.here in rows:
            rows[service.here].here.add(service)
            rows[service.here].services.append(service.pk)
    _measure(rows, everywhere, table, kind, near_km)
    extract = Extract.objects.first()
    if extract:
        for count in extract.counts.filter(county=county, uat__isnull=False, code=""):
            if count.uat_id is not None and count.uat_id in rows:
                rows[count.uat_id].assessed = count
    return CountyPicture(county, list(rows.values()), everywhere, kind, near_km, extract)


def _measure(
    rows: Mapping[int, UatRow],
    everywhere: Sequence[StatedNeed],
    table: Answers,
    kind: Kind | None,
    near_km: int,
) -> None:
    supply, uats = Supply.read(), [row.uat for row in rows.values()]
    nearest: dict[str, Mapping[int, Nearest]] = {}
    for row in rows.values():
        asked = [kind] if kind else _kinds([*everywhere, *row.needs], table)
        for one in asked:
            if one.key not in nearest:
                nearest[one.key] = supply.nearest(uats, one.codes)
            row.reach.append(_reach(one, row.uat, supply, nearest[one.key], near_km))


def _reach(kind: Kind, uat: Uat, supply: Supply, nearest: Mapping[int, Nearest], near_km: int) -> Reach:
    found = nearest.get(uat.pk)
    here = tuple(supply.here(uat.pk, kind.codes))
    missing = bool(kind.codes) and not here and (found is None or found.km > near_km)
    return Reach(kind, here, found, missing)


def _kinds(needs: Sequence[StatedNeed], table: Answers) -> list[Kind]:
    return list(dict.fromkeys(kind for need in needs for kind in table.to(need).kinds))


def _people(rows: Sequence[UatRow]) -> int:
    return sum(row.uat.population or 0 for row in rows)


@dataclass(frozen=True)
class NeedAnswered:
    """A stated need beside what answers it."""

    need: StatedNeed
    answer: Answer


@dataclass(frozen=True)
class KindNeeded:
    """A kind of service that a UAT asks for: the lines that ask, what is here and what is near."""

    kind: Kind
    needs: Sequence[StatedNeed]
    here: Sequence[Any]
    places: Places
    nearest: Any | None
    nearest_km: float | None
    missing: bool


@dataclass(frozen=True)
class UatPicture:
    """What a UAT needs, has, lacks, and how far the rest lies."""

    uat: Uat
    kinds: Sequence[KindNeeded]
    outside: Sequence[NeedAnswered]
    undecided: Sequence[StatedNeed]
    services: Sequence[Any]
    places: Places
    near_km: int
    extract: Extract | None
    counts: Sequence[PublishedCount]
    assessed: PublishedCount | None

    @property
    def missing(self) -> list[KindNeeded]:
        """What is asked for and not near."""
        return [one for one in self.kinds if one.missing]

    @property
    def needs(self) -> int:
        """How many different needs are stated."""
        asked = {need.pk for one in self.kinds for need in one.needs}
        return len(asked) + len(self.outside) + len(self.undecided)


def uat_picture(uat: Uat, *, near_km: int = NEAR_KM) -> UatPicture:
    """The picture of one UAT, its county-wide needs included.

    Args:
        near_km: how far, in km, a service still counts as near.
    """
    table = answers()
    needs = [
        need for need in StatedNeed.objects.filter(county=uat.county_id) if need.uat_id in (None, uat.pk)
    ]
    asked: dict[str, list[StatedNeed]] = defaultdict(list)
    outside, undecided = [], []
    for need in needs:
        answer = table.to(need)
        for kind in answer.kinds:
            if kind.codes:
                asked[kind.key].append(need)
        if not answer.kinds:
            undecided.append(need)
        elif not any(kind.codes for kind in answer.kinds):
            outside.append(NeedAnswered(need, answer))
    supply = Supply.read()
    reach = {
        key: _reach(table.kinds[key], uat, supply, supply.nearest([uat], table.kinds[key].codes), near_km)
        for key in asked
    }
    here = list(services_in(uat.county_id).filter(here=uat.pk))
    by_pk = {service.pk: service for service in here}
    by_pk |= _others([one.nearest.service for one in reach.values() if one.nearest], by_pk)
    extract = Extract.objects.first()
    counts = list(extract.counts.filter(uat=uat)) if extract else []
    return UatPicture(
        uat=uat,
        kinds=[_needed(reach[key], asked[key], by_pk) for key in asked],
        outside=outside,
        undecided=undecided,
        services=here,
        places=_sum(here),
        near_km=near_km,
        extract=extract,
        counts=[count for count in counts if count.code],
        assessed=next((count for count in counts if not count.code), None),
    )


def _others(wanted: Sequence[UUID], known: Mapping[UUID, Any]) -> dict[UUID, Any]:
    others = Service.objects.filter(pk__in=[pk for pk in wanted if pk not in known])
    return {service.pk: service for service in others.select_related("provider", "code")}


def _needed(reach: Reach, needs: Sequence[StatedNeed], services: Mapping[UUID, Any]) -> KindNeeded:
    here = [services[pk] for pk in reach.here if pk in services]
    return KindNeeded(
        kind=reach.kind,
        needs=needs,
        here=here,
        places=_sum(here),
        nearest=services.get(reach.nearest.service) if reach.nearest else None,
        nearest_km=reach.nearest.km if reach.nearest else None,
        missing=reach.missing,
    )


def _sum(services: Sequence[Any]) -> Places:
    together = Places()
    for service in services:
        together.add(service)
    return together
