"""What a tablet sends becomes part of the record once, whole or not at all."""

from uuid import uuid4

import pytest

from punte.accounts.models import User
from punte.assessments.models import Assessment
from punte.cases.actions import open_case
from punte.cases.enums import Regime
from punte.cases.models import Case, Intervention
from punte.people.models import Household, Membership
from tests.factories import HouseholdFactory, family
from tests.fieldwork.tablet import Said, Tablet, entry, filled, home

pytestmark = pytest.mark.django_db


def caseload(by: User, *ages: int) -> Case:
    """An open case of a family."""
    place = HouseholdFactory(keeper=by.appointments.get().organization)
    family(*(ages or (34, 9)), household=place)
    return open_case(by=by, household=place, regime=Regime.STANDARD, reason="o situație grea")


def visit(case: Case, **changed: object) -> Said:
    """The body of a visit."""
    plain = {
        "case": str(case.pk),
        "mode": "home_visit",
        "code": "",
        "at": "2026-11-20T10:00:00+02:00",
        "minutes": 40,
        "person": None,
        "step": None,
        "metFamily": True,
        "compartment": "general",
        "note": "Am vorbit cu mama.",
    }
    return {**plain, **changed}


def test_a_family_met_on_the_way_is_recorded_with_all_that_was_done(by: User, tablet: Tablet) -> None:
    from punte.fieldwork.packs import pack_parts
    from punte.methodology.packs import load_pack

    siruta = by.appointments.get().organization.uat_id
    key, case = uuid4(), uuid4()
    blank = pack_parts(load_pack("sci"))["blank"]
    answers = {"member_id": str(uuid4()), "family_name": "Câmpeanu", "given_name": "Ștefania"}
    met = entry("household_new", key, home(siruta))
    assessed = entry("assessment", key, filled(blank, **answers), after=(met["id"],))
    opened = entry(
        "case_open",
        key,
        {"case": str(case), "person": None, "regime": "standard", "reason": "de urmărit"},
        after=(assessed["id"],),
    )
    done = visit(Case(pk=case), person=answers["member_id"])
    visited = entry("intervention", key, done, after=(opened["id"],))
    answered = tablet.up(met, assessed, opened, visited)
    assert [one["status"] for one in answered] == ["applied"] * 4, answered
    assert Household.objects.get(pk=key).address == "Str. Morii 3"
    assert Membership.objects.get(household=key).person.given_name == "Ștefania"
    assert Assessment.objects.get(household=key).by == by
    assert Case.objects.get(pk=case).responsible == by
    assert Intervention.objects.get(pk=visited["id"]).note == "Am vorbit cu mama."


def test_the_same_sent_again_is_answered_as_the_first_time(by: User, tablet: Tablet) -> None:
    case = caseload(by)
    visited = entry("intervention", case.household_id, visit(case))
    assert tablet.up(visited) == tablet.up(visited, visited)[:1]
    assert Intervention.objects.count() == 1
