"""The planner's question: where would the next service reach most people who have none near?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import pgettext_lazy

from punte.kernel.text import fold
from punte.statistics.answers import Kind, answers
from punte.statistics.distances import kilometres
from punte.statistics.models import StatedNeed
from punte.statistics.siting import Question, best_sites, gain
from punte.statistics.supply import Nearest, Supply
from punte.territory.models import County, Uat


class Weight(models.TextChoices):
    """What counts in a UAT that has no service near."""

    POPULATION = "population", pgettext_lazy("weight", "people who live there")
    ASKING = "asking", pgettext_lazy("weight", "people, where the UAT asked for it")
    NEEDS = "needs", pgettext_lazy("weight", "needs stated")


@dataclass(frozen=True)
class Reached:
    """A UAT that a new service would reach, how far it is, and what it weighs."""

    uat: Uat
    km: float
    weight: int
    needs: int
    nearest_now: Nearest | None


@dataclass(frozen=True)
class Site:
    """A place proposed: the UATs that it is the first to reach, in the order of their weight."""

    rank: int
    uat: Uat
    gained: int
    reached: Sequence[Reached]

    @property
    def people(self) -> int:
        """How many people live in the UATs newly reached."""
        return sum(one.uat.population or 0 for one in self.reached)


@dataclass(frozen=True)
class Candidate:
    """A place judged alone, as if it were the only one opened."""

    uat: Uat
    gained: int
    people: int
    uats: int


@dataclass(frozen=True)
class Plan:
    """The answer, with everything that it was worked out from.

    Attributes:
        total: the weight of all UATs of the county; `before` and `after`: of those with a service near.
        without: the UATs that have none near now.
        existing: places of services of the kind that count now, also in neighbouring counties.
        candidates: the best places, each judged alone.
    """

    county: County
    kind: Kind
    km: int
    weight: Weight
    asked: int
    sites: Sequence[Site]
    candidates: Sequence[Candidate]
    without: Sequence[Reached]
    left: Sequence[Reached]
    existing: int
    total: int
    before: int
    unplaced: Sequence[Uat]

    @property
    def after(self) -> int:
        """The weight with a service near once all proposed are open."""
        return self.before + sum(site.gained for site in self.sites)


def where_next(
    county: County, kind: Kind, *, km: int, sites: int, weight: Weight = Weight.POPULATION, shown: int = 10
) -> Plan:
    """Find the places for the next services of a kind.

    A UAT is served if a service of the kind is given in it, or at most `km` from its seat in a straight line. Every
    seat of the county may be chosen.

    Args:
        km: the farthest that a service is still near.
        sites: how many may be opened.
        weight: what is to be served as much as possible.
        shown: how many places judged alone are told.

    Raises:
        NoAnswer: the solver did not finish.
    """
    every = sorted(Uat.objects.filter(county=county), key=lambda uat: fold(uat.name))
    uats = [uat for uat in every if uat.latitude is not None and uat.longitude is not None]
    asking = _asking(county, kind)
    weights = {uat.pk: _weight(uat, asking.get(uat.pk, 0), weight) for uat in uats}
    supply = Supply.read()
    nearest = supply.nearest(uats, kind.codes)
    without = [uat for uat in uats if uat.pk not in nearest or nearest[uat.pk].km > km]
    points = {uat.pk: (uat.latitude or 0.0, uat.longitude or 0.0) for uat in uats}
    matrix = kilometres([points[uat.pk] for uat in uats], [points[uat.pk] for uat in without])
    question = Question(
        weights=[weights[uat.pk] for uat in without],
        reach=[[at for at in range(len(without)) if matrix[place, at] <= km] for place in range(len(uats))],
        prefer=[uat.population or 0 for uat in uats],
        sites=sites,
    )

    def reached(place: int | None, at: int) -> Reached:
        uat = without[at]
        far = float(matrix[place, at]) if place is not None else 0.0
        return Reached(uat, far, weights[uat.pk], asking.get(uat.pk, 0), nearest.get(uat.pk))

    found: list[Site] = []
    served: set[int] = set()
    for rank, place in enumerate(best_sites(question), start=1):
        new = [at for at in question.reach[place] if at not in served]
        ordered = sorted(new, key=lambda at: (-question.weights[at], matrix[place, at]))  # noqa: B023
        found.append(
            Site(rank, uats[place], gain(question, place, served), [reached(place, at) for at in ordered])
        )
        served.update(new)
    total = sum(weights.values())
    return Plan(
        county=county,
        kind=kind,
        km=km,
        weight=weight,
        asked=sites,
        sites=found,
        candidates=_alone(question, uats, without, shown),
        without=[reached(None, at) for at in range(len(without))],
        left=[reached(None, at) for at in range(len(without)) if at not in served],
        existing=len({place.service for place in supply.of(kind.codes)}),
        total=total,
        before=total - sum(question.weights),
        unplaced=[uat for uat in every if uat not in uats],
    )


def _alone(question: Question, uats: Sequence[Uat], without: Sequence[Uat], shown: int) -> list[Candidate]:
    judged = [
        Candidate(
            uat,
            gain(question, place, set()),
            sum(without[at].population or 0 for at in question.reach[place]),
            len(question.reach[place]),
        )
        for place, uat in enumerate(uats)
    ]
    best = sorted(judged, key=lambda one: (-one.gained, -(one.uat.population or 0), one.uat.name))
    return [one for one in best if one.gained][:shown]


def _asking(county: County, kind: Kind) -> Mapping[int, int]:
    """How many lines of the annex ask for the kind, by UAT; what is asked for everywhere does not tell them apart."""
    table, asking = answers(), dict[int, int]()
    for need in StatedNeed.objects.filter(county=county, uat__isnull=False):
        if need.uat_id is not None and kind in table.to(need).kinds:
            asking[need.uat_id] = asking.get(need.uat_id, 0) + 1
    return asking


def _weight(uat: Uat, asking: int, weight: Weight) -> int:
    if weight == Weight.NEEDS:
        return asking
    people = uat.population or 0
    return people if weight == Weight.POPULATION or asking else 0
