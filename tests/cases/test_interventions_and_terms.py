"""What is done moves the terms of a case."""

import datetime as dt

import pytest
from django.utils import timezone

from punte.accounts.enums import Role
from punte.cases.actions import (
    adopt_plan,
    change_regime,
    close_case,
    draft_plan,
    edit_plan,
    follow_assessment,
    log_intervention,
    refer,
    refresh_deadlines,
    withdraw_referral,
)
from punte.cases.models import Case, CaseDeadline, SevereChild
from punte.cases.plan_input import ObjectiveInput
from punte.cases.rules import MAX_NOTE
from punte.kernel.errors import DomainError, NotAllowed
from tests.cases.conftest import DayCentre, Town
from tests.factories import family, worker

TODAY = timezone.localdate


def standing(case: Case) -> dict[str, dt.date]:
    return dict(case.deadlines.not_met().values_list("rule", "due_on"))


def days(number: int) -> dt.date:
    return TODAY() + dt.timedelta(days=number)


def test_an_opened_case_waits_for_an_assessment_a_plan_and_a_contact(town: Town) -> None:
    case = town.case(regime="intensive")
    assert standing(case) == {
        "initial_assessment": days(3),
        "plan_adopted": days(30),
        "contact_intensive": days(7),
    }
    assert {row.worker for row in case.deadlines.all()} == {town.worker}


def test_a_case_opened_from_an_assessment_waits_for_the_next(town: Town) -> None:
    case = town.case(assessment=town.assessed(days_ago=10))
    assert set(standing(case)) == {"plan_adopted", "contact_standard", "reassessment_standard"}


def test_a_contact_moves_the_term_and_what_is_done_without_the_family_does_not(town: Town) -> None:
    case = town.case(regime="intensive", opened_on=days(-5))
    assert standing(case)["contact_intensive"] == days(2)
    moment = timezone.now() - dt.timedelta(minutes=1)
    log_intervention(by=town.nurse, case=case, mode="with_institution", at=moment, met_family=False)
    assert standing(case)["contact_intensive"] == days(2)
    log_intervention(by=town.nurse, case=case, mode="home_visit", at=moment, minutes=40, code="SIO_01")
    assert standing(case)["contact_intensive"] == timezone.localdate(moment) + dt.timedelta(7)
    met = case.deadlines.get(rule="contact_intensive", met_on__isnull=False)
    assert (met.due_on, met.met_on) == (days(2), timezone.localdate(moment))


def test_the_terms_follow_the_regime_in_any_direction(town: Town) -> None:
    assessment = town.assessed(days_ago=100)
    case = town.case(assessment=assessment, opened_on=days(-50))
    assert standing(case)["contact_standard"] == days(-20)
    change_regime(by=town.worker, case=case, regime="intensive", assessment=assessment, reason="x")
    after = standing(case)
    assert "contact_standard" not in after and after["contact_intensive"] == days(7)
    assert after["reassessment_intensive"] < TODAY()
    change_regime(by=town.worker, case=case, regime="monitoring", assessment=assessment, reason="x")
    assert standing(case)["contact_monitoring"] == days(90)
    assert case.deadlines.overdue(TODAY()).count() == 1


def test_an_assessment_meets_its_term_and_brings_severity(town: Town) -> None:
    case = town.case()
    assessment = town.assessed((town.child, "LEVEL_SEVERE"))
    with pytest.raises(NotAllowed):
        follow_assessment(by=worker(), assessment=assessment)
    assert follow_assessment(by=town.nurse, assessment=assessment) == [case]
    case.refresh_from_db()
    assert (case.severity, case.severe_child) == (3, True)
    assert "initial_assessment" not in standing(case)
    assert case.deadlines.get(rule="initial_assessment").met_on == TODAY()
    follow_assessment(by=town.worker, assessment=town.assessed((town.mother, "VAI_02")))
    case.refresh_from_db()
    assert (case.severity, case.severe_child) == (2, False)
    assert not SevereChild.objects.exists()


def test_a_plan_meets_its_term_and_begins_its_review(town: Town) -> None:
    case = town.case()
    plan = draft_plan(by=town.worker, case=case)
    edit_plan(by=town.worker, plan=plan, revision=1, objectives=[ObjectiveInput(text="Casa este caldă")])
    adopt_plan(by=town.worker, plan=plan, agreed_with=town.mother, agreed_on=TODAY(), agreed_how="spoken")
    after = standing(case)
    assert "plan_adopted" not in after and "plan_review_standard" in after


def test_a_referral_has_a_term_until_it_is_answered_or_taken_back(town: Town, day_centre: DayCentre) -> None:
    case = town.case()
    referral = refer(
        by=town.worker,
        case=case,
        person=town.child,
        need="un loc după școală",
        consent_on=TODAY(),
        service=day_centre.service,
    )
    assert standing(case)["referral_unanswered"] > days(10)
    withdraw_referral(by=town.worker, referral=referral, reason="s-a mutat")
    assert "referral_unanswered" not in standing(case)


def test_refreshing_twice_changes_nothing(town: Town, pinned) -> None:  # noqa: ANN001
    case = town.case()
    log_intervention(by=town.worker, case=case, mode="phone", at=timezone.now())
    before = list(CaseDeadline.objects.order_by("pk").values())
    pinned(refresh_deadlines, case)
    assert list(CaseDeadline.objects.order_by("pk").values()) == before


def test_after_closing_a_visit_is_still_noted(town: Town) -> None:
    case = town.case()
    close_case(by=town.worker, case=case, outcome="objectives_met", reason="x")
    assert set(standing(case)) == {"after_closing"}
    log_intervention(by=town.worker, case=case, mode="home_visit", at=timezone.now())
    case.refresh_from_db()
    assert not case.open


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"mode": "telepathy"}, "mode"),
        ({"at": dt.datetime(2999, 1, 1, tzinfo=dt.UTC)}, "at"),
        ({"code": "XYZ_99"}, "code"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 1441}, "minutes"),
        ({"note": "n" * (MAX_NOTE + 1)}, "note"),
        ({"note": "ș" * 20_000_000}, "note"),
        ({"compartment": "violence"}, "compartment"),
        ({"compartment": "secret"}, "compartment"),
    ],
)
def test_a_wrong_intervention_is_refused_beside_its_field(town: Town, fields: dict, field: str) -> None:
    case = town.case()
    with pytest.raises(DomainError) as refused:
        log_intervention(**{"by": town.nurse, "case": case, "mode": "phone", "at": timezone.now(), **fields})
    assert refused.value.field == field
    assert len(str(refused.value.message)) < 200
    assert not case.interventions.exists()


def test_an_intervention_is_of_a_person_of_the_family_and_by_who_works_on_it(town: Town) -> None:
    case = town.case()
    with pytest.raises(DomainError):
        log_intervention(by=town.worker, case=case, mode="phone", at=timezone.now(), person=family(20)[0])
    for stranger in (town.other_team, worker(), worker(Role.TRAINEE, team=town.team)):
        with pytest.raises(NotAllowed):
            log_intervention(by=stranger, case=case, mode="phone", at=timezone.now())
    note = "n" * MAX_NOTE
    assert (
        log_intervention(by=town.worker, case=case, mode="phone", at=timezone.now(), note=note).note == note
    )
