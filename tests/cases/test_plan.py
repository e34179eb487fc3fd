"""A plan: drafted from findings, edited by several hands, agreed, adopted, revised."""

import datetime as dt
from dataclasses import replace
from uuid import uuid4

import pytest
from django.utils import timezone

from punte.accounts.enums import Role
from punte.cases.actions import (
    add_team_member,
    adopt_plan,
    complete_step,
    discard_plan,
    draft_plan,
    edit_plan,
    log_intervention,
    reopen_step,
    report_progress,
    seal_case,
)
from punte.cases.enums import PlanStatus
from punte.cases.models import Objective, Plan
from punte.cases.plan_input import ObjectiveInput, PlanEditedMeanwhile, StepInput
from punte.kernel.errors import DomainError, EditedMeanwhile, NotAllowed
from punte.people.models import Kinship
from tests.cases.conftest import Town, again
from tests.factories import PersonFactory, family, worker

TODAY = timezone.localdate


def sent(plan: Plan) -> list[ObjectiveInput]:
    """The plan as a screen would send it back unchanged."""
    return [
        ObjectiveInput(
            id=objective.pk,
            person_id=objective.person_id,
            text=objective.text,
            codes=objective.codes,
            compartment=objective.compartment,
            due_on=objective.due_on,
            progress=objective.progress,
            steps=[
                StepInput(step.pk, step.text, step.service, step.interventions, step.refer_to, step.worker_id)
                for step in objective.steps.all()
            ],
        )
        for objective in plan.objectives.all()
    ]


def adopted(town: Town, plan: Plan, **fields: object) -> Plan:
    return adopt_plan(
        **{
            "by": town.worker,
            "plan": plan,
            "agreed_with": town.mother,
            "agreed_on": TODAY(),
            "agreed_how": "signed",
            **fields,
        }
    )


def test_the_package_makes_a_plan_of_the_findings_the_worst_first(town: Town) -> None:
    town.assessed(
        (town.mother, "VAI_02"), (town.child, "VAI_01"), (town.others[0], "VAI_01"), (town.child, "VFC_06")
    )
    case = town.case()
    plan = draft_plan(by=town.worker, case=case)
    objectives = list(plan.objectives.prefetch_related("steps"))
    assert [(objective.person, objective.codes) for objective in objectives][0] == (town.child, ["VFC_06"])
    assert {(objective.person, *objective.codes) for objective in objectives[1:]} == {
        (town.mother, "VAI_02"),
        (town.child, "VAI_01"),
        (town.others[0], "VAI_01"),
    }
    first = objectives[0]
    assert first.text == "Copilul crește în siguranță în familia lui."
    assert first.due_on == TODAY() + dt.timedelta(days=30)
    assert objectives[1].due_on > first.due_on
    steps = {step.service: step for step in first.steps.all()}
    assert steps["referral"].refer_to == ["8891 CZ-C-II", "8899 CZ-F-I", "8891 CZ-C-IV"]
    assert steps["counselling"].interventions == ["SES_09"]
    assert steps["counselling"].text == "Consiliere"
    assert all(step.text for step in first.steps.all())


def test_an_objective_keeps_the_compartment_of_its_finding(town: Town) -> None:
    town.assessed((town.mother, "VFV_01"), (town.mother, "VSA_01"))
    plan = draft_plan(by=town.worker, case=town.case())
    assert {objective.compartment for objective in plan.objectives.all()} == {"violence", "health"}


def test_a_person_case_plans_for_the_person_and_the_household(town: Town) -> None:
    town.assessed((town.mother, "VAI_02"), (town.child, "VAI_01"))
    plan = draft_plan(by=town.worker, case=town.case(person=town.child))
    assert [objective.person for objective in plan.objectives.all()] == [town.child]


def test_findings_of_others_are_refused_and_a_second_draft_too(town: Town) -> None:
    case = town.case()
    theirs = family(30)[0].memberships.get().household
    strange = town.assessed().finding_sets.get()
    strange.assessment.household = theirs
    with pytest.raises(DomainError):
        draft_plan(by=town.worker, case=case, finding_set=strange)
    plan = draft_plan(by=town.worker, case=case)
    with pytest.raises(DomainError):
        draft_plan(by=town.worker, case=case)
    with pytest.raises(NotAllowed):
        draft_plan(by=town.nurse, case=case)
    discard_plan(by=town.worker, plan=plan)
    assert not case.plans.exists()


def test_two_workers_edit_one_plan_and_neither_loses_their_work(town: Town) -> None:
    town.assessed((town.child, "VAI_01"))
    plan = draft_plan(by=town.worker, case=town.case())
    read = sent(plan)
    mine = [
        replace(read[0], text="Copilul are certificat până la Paști"),
        ObjectiveInput(text="Casa este caldă"),
    ]
    saved = edit_plan(by=town.worker, plan=plan, revision=1, objectives=mine)
    assert saved.revision == 2
    theirs = [replace(read[0], text="Copilul are act")]
    with pytest.raises(PlanEditedMeanwhile) as refused:
        edit_plan(by=town.colleague, plan=plan, revision=1, objectives=theirs)
    assert isinstance(refused.value, EditedMeanwhile)
    assert refused.value.yours == theirs
    assert [objective.text for objective in refused.value.theirs.objectives.all()] == [
        "Copilul are certificat până la Paști",
        "Casa este caldă",
    ]
    assert edit_plan(by=town.colleague, plan=plan, revision=2, objectives=theirs).revision == 3
    assert [objective.text for objective in plan.objectives.all()] == ["Copilul are act"]


def test_steps_are_added_changed_ordered_and_taken_out(town: Town) -> None:
    town.assessed((town.child, "VAI_01"))
    plan = draft_plan(by=town.worker, case=town.case())
    [objective] = sent(plan)
    first, second, *_rest = objective.steps
    changed = [
        StepInput(text="Drum la starea civilă", worker_id=town.nurse.pk, due_on=TODAY()),
        replace(second, text="Schimbat"),
        first,
    ]
    edit_plan(by=town.worker, plan=plan, revision=1, objectives=[replace(objective, steps=changed)])
    steps = list(plan.objectives.get().steps.all())
    assert [step.text for step in steps] == ["Drum la starea civilă", "Schimbat", first.text]
    assert (steps[1].pk, steps[2].pk, steps[0].worker) == (second.id, first.id, town.nurse)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 301}, "text"),
        ({"compartment": "secret"}, "compartment"),
        ({"progress": "half"}, "progress"),
        ({"id": uuid4()}, None),
        ({"person_id": uuid4()}, "person"),
        ({"steps": [StepInput(text=" ")]}, "text"),
        ({"steps": [StepInput(text="a", id=uuid4())]}, None),
        ({"steps": [StepInput(text="a", worker_id=uuid4())]}, "worker"),
        ({"steps": [StepInput(text="a", done_on=dt.date(2999, 1, 1))]}, "done_on"),
        ({"steps": [StepInput(text="a", done_on=dt.date(1, 1, 1))]}, "done_on"),
        ({"steps": [StepInput(text="a", due_on=dt.date(9999, 12, 31))]}, "due_on"),
        ({"due_on": dt.date(1, 1, 1)}, "due_on"),
    ],
)
def test_a_wrong_edit_is_refused_whole(town: Town, change: dict, field: str | None) -> None:
    town.assessed((town.child, "VAI_01"))
    plan = draft_plan(by=town.worker, case=town.case())
    good = sent(plan)
    with pytest.raises(DomainError) as refused:
        edit_plan(
            by=town.worker,
            plan=plan,
            revision=1,
            objectives=[ObjectiveInput(text="Bun"), replace(good[0], **change)],
        )
    assert refused.value.field == field
    plan.refresh_from_db()
    assert (plan.revision, sent(plan)) == (1, good)


def test_what_an_author_does_not_read_stays_as_it_is(town: Town) -> None:
    """A colleague who answers for another case of the sealed household edits around its closed objectives."""
    town.assessed((town.mother, "VFV_01"), (town.child, "VAI_01"))
    plan = draft_plan(by=town.worker, case=town.case())
    closed = plan.objectives.get(compartment="violence")
    town.household.sealed = True
    town.household.save()
    visible = [objective for objective in sent(plan) if objective.compartment != "violence"]
    edit_plan(by=again(town.colleague), plan=plan, revision=1, objectives=visible)
    assert closed in plan.objectives.all()
    with pytest.raises(DomainError):
        edit_plan(by=again(town.colleague), plan=plan, revision=2, objectives=[*visible, *sent(plan)])


def test_a_plan_is_adopted_as_it_was_agreed(town: Town) -> None:
    case = town.case()
    plan = draft_plan(by=town.worker, case=case)
    with pytest.raises(DomainError, match="objecti|obiectiv"):
        adopted(town, plan)
    edit_plan(by=town.worker, plan=plan, revision=1, objectives=[ObjectiveInput(text="Casa este caldă")])
    for fields, field in (
        ({"agreed_with": PersonFactory(keeper=town.organization)}, "agreed_with"),
        ({"agreed_with": None}, "agreed_with"),
        ({"agreed_on": TODAY() + dt.timedelta(1)}, "agreed_on"),
        ({"agreed_on": None}, "agreed_on"),
        ({"agreed_how": "telepathy"}, "agreed_how"),
    ):
        with pytest.raises(DomainError) as refused:
            adopted(town, plan, **fields)
        assert refused.value.field == field
    done = adopted(town, plan)
    assert (done.status, done.agreed_with, done.adopted_on, done.adopted_by) == (
        PlanStatus.ADOPTED,
        town.mother,
        TODAY(),
        town.worker,
    )
    with pytest.raises(DomainError):
        adopted(town, plan)
    with pytest.raises(DomainError):
        edit_plan(by=town.worker, plan=plan, revision=2, objectives=[])


def test_a_parent_who_lives_elsewhere_may_agree(town: Town) -> None:
    father = PersonFactory(keeper=town.organization)
    Kinship.objects.create(person=town.child, relative=father, kind="father")
    plan = draft_plan(by=town.worker, case=town.case())
    edit_plan(by=town.worker, plan=plan, revision=1, objectives=[ObjectiveInput(text="Casa este caldă")])
    assert adopted(town, plan, agreed_with=father).agreed_with == father


def test_a_revision_goes_on_with_what_is_open_and_adds_what_is_new(town: Town) -> None:
    town.assessed((town.child, "VAI_01"), (town.mother, "VAI_02"), days_ago=40)
    case = town.case()
    first = draft_plan(by=town.worker, case=case)
    adopted(town, first)
    child, mother = (first.objectives.get(person=person) for person in (town.child, town.mother))
    report_progress(by=town.worker, objective=mother, progress="achieved")
    complete_step(by=town.worker, step=child.steps.first(), done_on=TODAY())
    town.assessed((town.child, "VAI_01"), (town.child, "VFC_06"))
    with pytest.raises(DomainError) as refused:
        draft_plan(by=town.worker, case=case)
    assert refused.value.field == "reason"
    second = draft_plan(by=town.worker, case=case, reason="evaluare nouă")
    assert (second.version, second.reason) == (2, "evaluare nouă")
    rows = [(objective.codes, objective.progress) for objective in second.objectives.all()]
    assert rows == [(["VAI_01"], "under_way"), (["VFC_06"], "not_started")]
    assert second.objectives.first().steps.first().done_on == TODAY()
    adopted(town, second)
    first.refresh_from_db()
    assert first.status == PlanStatus.SUPERSEDED
    with pytest.raises(DomainError):
        report_progress(by=town.worker, objective=Objective.objects.get(pk=child.pk), progress="achieved")


def test_progress_is_reported_by_who_works_on_the_case(town: Town) -> None:
    town.assessed((town.child, "VAI_01"), (town.mother, "VFV_01"))
    case = town.case()
    plan = draft_plan(by=town.worker, case=case)
    adopted(town, plan)
    objective = plan.objectives.get(person=town.child)
    report_progress(by=town.nurse, objective=objective, progress="under_way")
    with pytest.raises(DomainError):
        report_progress(by=town.nurse, objective=plan.objectives.get(person=town.mother), progress="achieved")
    with pytest.raises(DomainError):
        report_progress(by=town.worker, objective=objective, progress="half")
    step = objective.steps.first()
    with pytest.raises(DomainError):
        complete_step(by=town.worker, step=step, done_on=TODAY() + dt.timedelta(1))
    complete_step(by=town.worker, step=step, done_on=TODAY())
    assert reopen_step(by=town.worker, step=step).done_on is None
    with pytest.raises(NotAllowed):
        complete_step(by=town.other_team, step=step, done_on=TODAY())


def test_an_intervention_may_complete_a_step(town: Town) -> None:
    town.assessed((town.child, "VAI_01"))
    case = town.case()
    plan = draft_plan(by=town.worker, case=case)
    step = plan.objectives.get().steps.first()
    moment = timezone.now() - dt.timedelta(minutes=5)
    with pytest.raises(DomainError) as refused:
        log_intervention(by=town.worker, case=case, mode="office", at=moment, step=step)
    assert refused.value.field == "step"
    adopted(town, plan)
    step.refresh_from_db()
    step.objective.plan.refresh_from_db()
    log_intervention(by=town.worker, case=case, mode="office", at=moment, step=step)
    step.refresh_from_db()
    assert step.done_on == timezone.localdate(moment)
    assert plan.objectives.get().progress == "under_way"


def test_a_sealed_plan_is_edited_by_its_team(town: Town) -> None:
    town.assessed((town.mother, "VFV_01"))
    case = town.case()
    lawyer = worker(Role.CASE_MANAGER, organization=town.organization)
    add_team_member(by=town.worker, case=case, user=lawyer)
    seal_case(by=town.worker, case=case, reason="x")
    plan = draft_plan(by=again(lawyer), case=case)
    assert plan.objectives.get().compartment == "violence"
    with pytest.raises(NotAllowed):
        edit_plan(by=again(town.colleague), plan=plan, revision=1, objectives=[])
