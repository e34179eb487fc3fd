"""A second person agrees to a deed of a case, or gives it back with a reason."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import Appointment, TrailEntry, User
from punte.cases import approvals, policy
from punte.cases.actions import (
    add_team_member,
    adopt_plan,
    close_case,
    discard_plan,
    draft_plan,
    edit_plan,
    follow_assessment,
    give_approval,
    give_back,
    read_answer,
    seal_case,
    withdraw_approval,
)
from punte.cases.approvals import answered_for, may_answer, to_be_answered_by, who_may_answer
from punte.cases.enums import ApprovalState, CaseDeed
from punte.cases.models import Approval, Case, Plan
from punte.cases.plan_input import ObjectiveInput
from punte.cases.policy import ApprovalRule
from punte.kernel.errors import DomainError, NotAllowed
from tests.cases.conftest import Town, again, assessed
from tests.factories import worker

TODAY = timezone.localdate


@pytest.fixture
def closing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where a county has confirmed that a closing needs a second person."""
    rule = ApprovalRule(
        CaseDeed.CLOSE_CASE, frozenset({Role.SOCIAL_WORKER}), frozenset({Role.SUPERVISOR, Role.COORDINATOR})
    )
    rules = {**policy.approval_rules(), CaseDeed.CLOSE_CASE: rule}
    monkeypatch.setattr(approvals, "approval_rules", lambda: rules)


@pytest.fixture
def trainee(town: Town) -> User:
    return worker(Role.TRAINEE, team=town.team, name="Ioana Învață")


def written(case: Case, by: User, text: str = "Are medic de familie.") -> Plan:
    """A draft with one objective."""
    plan = draft_plan(by=by, case=case)
    return edit_plan(by=by, plan=plan, revision=1, objectives=[ObjectiveInput(text=text)])


def agreed(town: Town, plan: Plan, by: User) -> Plan:
    return adopt_plan(by=by, plan=plan, agreed_with=town.mother, agreed_on=TODAY(), agreed_how="signed")


def asked_plan(town: Town, trainee: User) -> Approval:
    plan = agreed(town, written(town.case(), trainee), trainee)
    return Approval.objects.get(plan=plan)


@pytest.mark.django_db
def test_a_trainees_plan_comes_into_force_when_a_coordinator_agrees(town: Town, trainee: User) -> None:
    asked = asked_plan(town, trainee)
    plan = asked.plan
    assert plan is not None and plan.is_draft and plan.agreed_with == town.mother
    assert to_be_answered_by(town.coordinator) == [asked] and who_may_answer(asked) == [town.coordinator]
    assert to_be_answered_by(town.worker) == [] == to_be_answered_by(trainee)

    with pytest.raises(DomainError, match="schimbat"):
        give_approval(by=town.coordinator, asked=asked, revision=plan.revision - 1)
    give_approval(by=town.coordinator, asked=asked, answer="Bun.", revision=plan.revision)
    plan.refresh_from_db()
    assert plan.is_in_force and plan.adopted_by == trainee and plan.agreed_on == TODAY()
    assert [one.answer for one in answered_for(trainee)] == ["Bun."]
    read_answer(by=trainee, asked=asked)
    assert answered_for(trainee) == [] == to_be_answered_by(town.coordinator)
    verbs = TrailEntry.objects.filter(household=town.household.pk).values_list("verb", "actor")
    assert {
        ("ask_approval", trainee.pk),
        ("give_approval", town.coordinator.pk),
        ("adopt_plan", trainee.pk),
    } <= set(verbs)


@pytest.mark.django_db
def test_what_is_given_back_says_why_stays_as_it_was_and_is_asked_again(town: Town, trainee: User) -> None:
    asked = asked_plan(town, trainee)
    with pytest.raises(DomainError) as refused:
        give_back(by=town.coordinator, asked=asked, answer=" ")
    assert refused.value.field == "answer"
    give_back(by=town.coordinator, asked=asked, answer="Lipsește școala.")
    plan = Plan.objects.get(pk=asked.plan_id)
    assert plan.is_draft and plan.objectives.count() == 1
    assert [one.answer for one in answered_for(trainee)] == ["Lipsește școala."]
    with pytest.raises(DomainError):
        give_approval(by=town.coordinator, asked=asked, revision=plan.revision)

    edit_plan(
        by=trainee, plan=plan, revision=plan.revision, objectives=[ObjectiveInput(text="Merge la școală.")]
    )
    agreed(town, plan, trainee)
    second = Approval.objects.asked().get()
    plan.refresh_from_db()
    give_approval(by=town.coordinator, asked=second, revision=plan.revision)
    plan.refresh_from_db()
    assert plan.is_in_force


@pytest.mark.both
@pytest.mark.django_db
def test_nobody_answers_what_they_asked_nor_who_has_no_such_role_or_does_not_see_the_case(
    town: Town, trainee: User
) -> None:
    asked = asked_plan(town, trainee)
    revision = Plan.objects.get(pk=asked.plan_id).revision
    elsewhere = worker(Role.COORDINATOR)
    for stranger in (town.worker, trainee, town.other_team, elsewhere):
        with pytest.raises(NotAllowed):
            give_approval(by=stranger, asked=asked, revision=revision)
        with pytest.raises(NotAllowed):
            give_back(by=stranger, asked=asked, answer="nu")
    # Not even with the role, which came later.
    Appointment.objects.create(
        user=trainee, organization=town.organization, role=Role.COORDINATOR, start=TODAY()
    )
    assert to_be_answered_by(again(trainee)) == [] and not may_answer(again(trainee), asked)
    with pytest.raises(NotAllowed):
        give_approval(by=again(trainee), asked=asked, revision=revision)
    with transaction.atomic(), pytest.raises(IntegrityError):
        Approval.objects.filter(pk=asked.pk).update(
            state=ApprovalState.GIVEN, answered_by=trainee, answered_at=timezone.now()
        )
    asked.refresh_from_db()
    assert asked.is_asked


@pytest.mark.django_db
def test_of_a_sealed_case_only_its_circle_hears(town: Town, trainee: User) -> None:
    asked = asked_plan(town, trainee)
    seal_case(by=town.coordinator, case=asked.case, reason="Adresa trebuie păzită.")
    coordinator = again(town.coordinator)
    assert to_be_answered_by(coordinator) == [] == who_may_answer(asked)
    with pytest.raises(NotAllowed):
        give_back(by=coordinator, asked=asked, answer="nu")
    add_team_member(by=again(town.worker), case=asked.case, user=coordinator, part="coordonează")
    assert to_be_answered_by(again(coordinator)) == [asked] and who_may_answer(asked) == [coordinator]


@pytest.mark.django_db
def test_a_trainee_writes_only_what_they_began_and_puts_nothing_in_force_alone(
    town: Town, trainee: User
) -> None:
    case = town.case()
    theirs = written(case, town.worker)
    for deed in (discard_plan, lambda **given: agreed(town, given["plan"], given["by"])):
        with pytest.raises(NotAllowed):
            deed(by=trainee, plan=theirs)
    with pytest.raises(NotAllowed):
        edit_plan(by=trainee, plan=theirs, revision=2, objectives=[])
    discard_plan(by=town.worker, plan=theirs)
    own = written(case, trainee)
    User.objects.filter(pk=town.coordinator.pk).update(is_active=False)
    with pytest.raises(NotAllowed):
        agreed(town, own, trainee)
    assert not Approval.objects.exists()


@pytest.mark.django_db
def test_a_plan_that_is_changed_or_thrown_away_is_asked_about_no_more(town: Town, trainee: User) -> None:
    asked = asked_plan(town, trainee)
    plan = Plan.objects.get(pk=asked.plan_id)
    with pytest.raises(DomainError, match="așteaptă"):
        agreed(town, plan, trainee)
    edit_plan(by=town.worker, plan=plan, revision=plan.revision, objectives=[ObjectiveInput(text="Altceva.")])
    asked.refresh_from_db()
    plan.refresh_from_db()
    assert asked.state == ApprovalState.WITHDRAWN and plan.agreed_on is None
    assert answered_for(trainee) == [asked]

    agreed(town, plan, trainee)
    second = Approval.objects.asked().get()
    withdraw_approval(by=trainee, asked=second)
    with pytest.raises(DomainError):
        withdraw_approval(by=trainee, asked=second)
    agreed(town, plan, trainee)
    discard_plan(by=trainee, plan=plan)
    assert set(Approval.objects.values_list("state", "plan")) == {("withdrawn", None)}


@pytest.mark.django_db
def test_a_plan_in_force_by_another_hand_ends_the_asking(town: Town, trainee: User) -> None:
    asked = asked_plan(town, trainee)
    agreed(town, Plan.objects.get(pk=asked.plan_id), town.worker)
    asked.refresh_from_db()
    assert asked.state == ApprovalState.WITHDRAWN and Plan.objects.get().adopted_by == town.worker


@pytest.mark.django_db
def test_a_closing_waits_where_content_asks_for_it(town: Town, closing_is_asked: None) -> None:
    case = close_case(by=town.worker, case=town.case(), outcome="moved", reason="S-au mutat la Turda.")
    assert case.open
    with pytest.raises(DomainError, match="așteaptă"):
        close_case(by=town.colleague, case=case, outcome="moved", reason="x")
    give_approval(by=town.coordinator, asked=Approval.objects.get())
    case.refresh_from_db()
    episode = case.episodes.get()
    assert not case.open and episode.closed_by == town.worker
    assert (episode.outcome, episode.closing_reason) == ("moved", "S-au mutat la Turda.")


@pytest.mark.django_db
def test_who_may_answer_asks_nobody_nor_does_who_is_alone(town: Town, closing_is_asked: None) -> None:
    case = town.case()
    asked = close_case(by=town.worker, case=case, outcome="moved", reason="x")
    assert asked.open and not close_case(by=town.coordinator, case=case, outcome="moved", reason="x").open
    assert set(Approval.objects.values_list("state", flat=True)) == {ApprovalState.WITHDRAWN}

    alone = worker(name="Singur Aici")
    household = assessed_home(alone)
    lonely = open_for(alone, household)
    assert not close_case(by=alone, case=lonely, outcome="moved", reason="x").open


def assessed_home(by: User) -> Any:
    from tests.factories import HouseholdFactory, family

    home = HouseholdFactory(keeper=by.appointments.get().organization)
    family(30, household=home)
    return home


def open_for(by: User, household: Any) -> Case:
    from punte.cases.actions import open_case

    return open_case(by=by, household=household, regime="standard", reason="x")


@pytest.mark.django_db
def test_a_nurses_visit_does_not_lower_a_case_alone(town: Town) -> None:
    case = with_severity(town, "LEVEL_SEVERE")
    lower = assessed(town.household, town.nurse, days_ago=1)
    follow_assessment(by=town.nurse, assessment=lower)
    case.refresh_from_db()
    asked = Approval.objects.get()
    assert (case.severity, case.severe_child, asked.severity, asked.assessment) == (3, True, 3, lower)
    # The same computed anew asks nothing else; nor does it once it is given back.
    follow_assessment(by=town.nurse, assessment=lower)
    give_back(by=town.coordinator, asked=asked, answer="Mergeți împreună cu mine.")
    follow_assessment(by=town.nurse, assessment=lower)
    case.refresh_from_db()
    assert case.severity == 3 and Approval.objects.count() == 1

    again_lower = assessed(town.household, town.nurse)
    follow_assessment(by=town.nurse, assessment=again_lower)
    give_approval(by=town.coordinator, asked=Approval.objects.asked().get())
    case.refresh_from_db()
    assert (case.severity, case.severe_child) == (0, False)


@pytest.mark.django_db
def test_a_newer_visit_takes_the_place_of_what_waits(town: Town) -> None:
    case = with_severity(town, "LEVEL_SEVERE")
    follow_assessment(by=town.nurse, assessment=assessed(town.household, town.nurse, days_ago=1))
    follow_assessment(
        by=town.nurse, assessment=assessed(town.household, town.nurse, [(town.child, "LEVEL_SEVERE")])
    )
    case.refresh_from_db()
    assert case.severity == 3 and Approval.objects.get().state == ApprovalState.WITHDRAWN


@pytest.mark.django_db
def test_a_worker_who_answers_for_the_case_lowers_it_at_once(town: Town) -> None:
    case = with_severity(town, "LEVEL_SEVERE")
    follow_assessment(by=town.worker, assessment=assessed(town.household, town.worker))
    case.refresh_from_db()
    assert case.severity == 0 and not Approval.objects.exists()


def with_severity(town: Town, code: str) -> Case:
    assessment = town.assessed((town.child, code), days_ago=30)
    case = town.case(assessment=assessment)
    assert case.severity == 3
    return case
