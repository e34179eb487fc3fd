"""Where the next service should stand: exact, and known of Cluj."""

import itertools
import random

import pytest

from punte.statistics.answers import answers
from punte.statistics.siting import Question, best_sites
from punte.statistics.where import where_next
from punte.territory.models import Uat
from tests import WHOLE
from tests.factories import CountyFactory, OrganizationFactory, ServiceFactory, UatFactory


@pytest.mark.parametrize("seed", range(1_000 if WHOLE else 80))
def test_as_good_as_trying_every_choice(seed):
    chance = random.Random(seed)
    demands, places, sites = chance.randint(1, 9), chance.randint(1, 8), chance.randint(1, 4)
    weights = [chance.choice([0, 1, 1, 5, 100, 3000]) for _ in range(demands)]
    reach = [[one for one in range(demands) if chance.random() < 0.3] for _ in range(places)]

    def served(chosen):
        return sum(weights[one] for one in set().union(*(reach[place] for place in chosen)))

    most = max(served(chosen) for chosen in itertools.combinations(range(places), min(sites, places)))
    found = best_sites(Question(weights, reach, [1] * places, sites))
    assert served(found) == most
    assert len(found) <= sites
    gains = [served(found[: at + 1]) - served(found[:at]) for at in range(len(found))]
    assert all(gain > 0 for gain in gains)
    assert gains == sorted(gains, reverse=True)


def test_among_equally_good_places_the_larger_town():
    question = Question([10, 10], [[0, 1], [0, 1], [0, 1]], [5, 900, 7], 1)
    assert best_sites(question) == [1]


def test_nothing_is_opened_where_nobody_gains():
    assert best_sites(Question([0, 0], [[0], [1]], [1, 1], 2)) == []
    assert best_sites(Question([], [[]], [1], 2)) == []


@pytest.fixture
def line():
    """Four communes on a meridian, 11 km apart."""
    county = CountyFactory()
    return [
        UatFactory(
            county=county, name=f"Comuna {at}", latitude=46 + at / 10, longitude=23.5, population=1000 + at
        )
        for at in range(4)
    ]


@pytest.mark.django_db
def test_a_service_of_the_neighbouring_county_counts(line):
    next_county = CountyFactory(code="MS", siruta=263, name="Mureș")
    there = UatFactory(county=next_county, latitude=45.9, longitude=23.5)
    kind = answers().kinds["home_care"]
    _service(there)
    plan = where_next(line[0].county, kind, km=20, sites=1)
    assert [one.uat for one in plan.without] == line[1:]
    assert plan.sites[0].uat == line[2]
    assert plan.sites[0].gained == 1001 + 1002 + 1003


@pytest.mark.django_db
def test_closed_services_and_other_codes_do_not_count(line):
    _service(line[0], status="closed")
    _service(line[1], code="8891 CZ-C-II")
    plan = where_next(line[0].county, answers().kinds["home_care"], km=20, sites=4)
    assert plan.existing == 0
    assert len(plan.without) == 4
    assert len(plan.sites) == 2


@pytest.mark.django_db
def test_a_uat_without_coordinates_is_named(line):
    Uat.objects.filter(pk=line[3].pk).update(latitude=None)
    plan = where_next(line[0].county, answers().kinds["home_care"], km=20, sites=1)
    assert plan.unplaced == [line[3]]


def _service(at, code="8810 ID-I", **fields):
    from punte.directory.models import NomenclatureCode

    known, _ = NomenclatureCode.objects.get_or_create(code=code, defaults={"name": code, "mode": "home"})
    return ServiceFactory(at=at, code=known, provider=OrganizationFactory(uat=None), **fields)
