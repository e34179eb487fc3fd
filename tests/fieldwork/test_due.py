"""What a tablet takes along to be read: what a family seems entitled to, and the emergencies that are open there."""

import pytest
from django.utils import timezone

from punte.accounts.enums import Role
from punte.benefits.lists import reckon_for
from punte.cases.actions import open_case
from punte.cases.enums import Regime
from punte.emergencies.actions import end_emergency
from tests.benefits.test_household import House
from tests.emergencies.town import emergency_of
from tests.factories import worker
from tests.fieldwork.tablet import Said, Tablet, tablet_of
from tests.fieldwork.test_state import state_now

pytestmark = pytest.mark.django_db


def due_at(tablet: Tablet, house: House) -> dict[str, Said]:
    [bundle] = [one for one in tablet.down()["households"] if one["id"] == str(house.home.pk)]
    return {one["key"]: one for one in bundle["due"]}


def test_what_a_family_seems_entitled_to_goes_down_as_the_night_reckoned_it() -> None:
    """Who may know it is told in `tests/benefits/test_household.py`: it is asked by the same question."""
    house = House().visited()
    tablet = tablet_of(house.worker)
    open_case(by=house.worker, household=house.home, regime=Regime.STANDARD, reason="o situație grea")
    assert due_at(tablet, house) == {}
    before = state_now(tablet)
    reckon_for([house.home.keeper_id])
    assert state_now(tablet) != before
    due = due_at(tablet, house)
    assert due["inclusion_aid"] == {"key": "inclusion_aid", "amount": 366 * 2 - 500}
    assert due["family_aid"]["amount"] == 320
    told = {one["key"]: one for one in tablet.down()["reference"]["entitlements"]}
    assert set(due) <= set(told)
    assert told["inclusion_aid"]["per"] == "month" and told["inclusion_aid"]["papers"]


def test_an_open_emergency_is_told_to_who_works_on_it() -> None:
    works = worker(Role.SOCIAL_WORKER)
    keeper = works.appointments.get().organization
    colleague = worker(Role.SOCIAL_WORKER, organization=keeper)
    made = emergency_of(keeper, by=works)
    [one] = tablet_of(works).down()["reference"]["emergencies"]
    assert (one["siruta"], one["name"], one["shelters"]) == (keeper.uat_id, "Gara", [])
    assert tablet_of(colleague).down()["reference"]["emergencies"] == []
    end_emergency(by=works, emergency=made, ended_on=timezone.localdate())
    assert tablet_of(works).down()["reference"]["emergencies"] == []
