"""How far the visit of every household has come, and what of it a seal hides."""

import pytest

from punte.accounts.models import User
from punte.assessments.census import Place, census, visited_by
from punte.people.models import Household
from tests.assessments.visits import visit
from tests.factories import CommunityFactory, HouseholdFactory, family, worker
from tests.people.sealed_place import again, make_place

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def visited(user: User) -> set[Household]:
    return set(Household.objects.filter(visited_by(user, "pk")))


def told(place: Place) -> tuple[int, int, int, int, int]:
    return place.households, place.to_visit, place.people, place.children, place.children_met


def test_places_tell_who_was_visited_and_who_still_is_to_be() -> None:
    by = worker()
    keeper = by.appointments.get().organization
    settlement = CommunityFactory(name="Dealul Mic")
    homes = [HouseholdFactory(keeper=keeper, uat=settlement.uat, community=settlement) for _each in range(3)]
    outside = HouseholdFactory(keeper=keeper, uat=settlement.uat)
    HouseholdFactory(uat=settlement.uat)
    mother, child = family(30, 4, household=homes[0])
    family(50, 17, 18, household=homes[1])
    family(80, household=outside)
    visit(homes[0], by, {mother: {}, child: {}})
    inside, rest = census(again(by))
    assert (inside.community, told(inside), inside.percent) == (settlement, (3, 2, 5, 2, 1), 33)
    assert (rest.community, told(rest), rest.percent) == (None, (1, 1, 1, 0, 0), 0)


def test_where_nobody_is_recorded_there_is_no_place() -> None:
    assert census(worker()) == []


def test_of_a_sealed_person_others_learn_neither_the_home_nor_a_visit() -> None:
    place = make_place()
    visit(place.new, place.worker, {place.mother: {}})
    visit(place.old, place.worker, {place.child: {}})
    assert visited(again(place.worker)) == {place.new, place.old}
    assert visited(again(place.colleague)) == {place.old}
    [circle], [others] = census(again(place.worker)), census(again(place.colleague))
    assert (circle.households, circle.visited) == (3, 2)
    assert (others.households, others.visited) == (2, 1)
