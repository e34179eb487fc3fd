"""A plan: drafted from findings, edited by several hands, agreed, adopted, revised."""

import datetime as dt
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from punte.accounts.enums import Role
from punte.cases.actions import (
    add_team_member,
    adopt_plan,
    bring_up,
    complete_step,
    discard_plan,
    draft_plan,
    edit_plan,
    log_intervention,
    offer_steps,
    reopen_step,
    report_progress,
    seal_case,
)
from punte.cases.enums import PlanStatus
from punte.cases.models import Case, Objective, Plan, PlannedService
from punte.cases.plan_input import ObjectiveInput, PlanEditedMeanwhile, StepInput
from punte.kernel.errors import DomainError, EditedMeanwhile, NotAllowed
from punte.methodology.packs import load_pack
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
            later=objective.later,
            steps=[
                StepInput(
                    step.pk,
                    step.text,
                    step.service,
                    step.interventions,
                    step.refer_to,
                    step.worker_id,
                    findings=step.findings,
                    role=step.role,
                )
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


def test_findings_of_one_cause_are_one_objective_the_worst_first(town: Town) -> None:
    town.assessed(
        (town.mother, "VAI_02"), (town.child, "VAI_01"), (town.others[0], "VAI_01"), (town.child, "VEC_03")
    )
    plan = draft_plan(by=town.worker, case=town.case())
    school, papers = plan.objectives.prefetch_related("steps")
    assert (school.person, school.codes, school.text) == (
        None, ["VEC_03"], "Toți copiii merg la grădiniță sau la școală.",
    )  # fmt: skip
    assert school.due_on == TODAY() + dt.timedelta(days=30)
    assert (papers.person, set(papers.codes)) == (None, {"VAI_01", "VAI_02"})
    assert papers.due_on > school.due_on
    assert not school.later and not papers.later
    _gathers, birth, identity = papers.steps.all()
    assert identity.text == "Însoțește la evidența persoanelor pentru cartea de identitate"
    assert identity.people == [town.mother.pk]
    assert set(birth.people) == {town.child.pk, town.others[0].pk}
    assert identity.interventions == ["SAI_09", "SNF_09", "STR_09"]
    assert identity.due_on == TODAY() + dt.timedelta(days=21)
    centre = next(step for step in school.steps.all() if step.service == "referral")
    assert centre.refer_to == ["8891 CZ-C-II", "8899 CZ-F-I"]


def test_what_comes_from_other_findings_proposes_nothing_of_its_own(town: Town) -> None:
    town.assessed((town.child, "LEVEL_SEVERE"), (town.child, "VFC_06"))
    assert not draft_plan(by=town.worker, case=town.case()).objectives.exists()


def test_what_opens_the_way_to_graver_things_comes_before_them(town: Town) -> None:
    town.assessed((town.mother, "VAI_02"), (None, "VSV_01"), (town.child, "VSC_01"))
    plan = draft_plan(by=town.worker, case=town.case())
    assert [one.codes for one in plan.objectives.all()] == [["VAI_02"], ["VSV_01"], ["VSC_01"]]


def everything_amiss(town: Town) -> list[tuple[Any, str]]:
    """Every finding of the methodology at once, of each person that it may be about."""
    rules = load_pack("sci").rules.values()
    people = [town.mother, town.child, *town.others]
    return [
        (person, rule.code) for rule in rules for person in (people if rule.level == "member" else [None])
    ]


def test_a_hard_family_gets_seven_priorities_and_loses_nothing(town: Town) -> None:
    found = everything_amiss(town)
    town.assessed(*found)
    plan = draft_plan(by=town.worker, case=town.case())
    objectives = list(plan.objectives.prefetch_related("steps"))
    assert [one.later for one in objectives[:8]] == [False] * 7 + [True]
    assert all(one.later for one in objectives[7:])
    called = {
        (person, code) for one in objectives for step in one.steps.all() for person, code in step.findings
    }
    reasons = load_pack("sci").package.reasons
    assert called == {
        (str(person.pk) if person else None, code) for person, code in found if code not in reasons
    }


def test_what_is_not_grave_waits_beyond_five(town: Town) -> None:
    light = [(None, "VSV_02"), (town.mother, "VSA_01"), (town.mother, "VSG_01"), (town.mother, "VEA_01")]
    light += [(person, "VCR_06") for person in (town.mother, town.child)]
    town.assessed(*light)
    plan = draft_plan(by=town.worker, case=town.case())
    assert [one.later for one in plan.objectives.all()] == [False] * 5 + [True]


def test_what_another_profession_does_is_put_on_who_has_it(town: Town) -> None:
    town.assessed((town.child, "VSC_01"), (town.child, "VEC_03"))
    plan = draft_plan(by=town.worker, case=town.case())
    steps = PlannedService.objects.filter(objective__plan=plan)
    named = {(step.role, step.worker) for step in steps}
    assert ("community_nurse", town.nurse) in named
    assert ("social_worker", town.worker) in named
    assert ("school_mediator", None) in named


def test_of_two_who_could_do_it_nobody_is_named(town: Town) -> None:
    worker(Role.COMMUNITY_NURSE, team=town.team)
    town.assessed((town.child, "VSC_01"))
    plan = draft_plan(by=town.worker, case=town.case())
    assert [step.worker for step in PlannedService.objects.filter(objective__plan=plan)] == [None]


def test_steps_are_offered_to_a_colleague_who_then_works_on_the_case(town: Town) -> None:
    mediator = worker(Role.SCHOOL_MEDIATOR, organization=town.organization)
    town.assessed((town.child, "VEC_03"))
    case = town.case()
    plan = draft_plan(by=town.worker, case=case)
    assert not Case.objects.visible_to(again(mediator)).exists()
    with pytest.raises(DomainError):
        offer_steps(by=town.worker, plan=plan, role="school_mediator", to=town.nurse)
    with pytest.raises(NotAllowed):
        offer_steps(by=again(town.nurse), plan=plan, role="school_mediator", to=mediator)
    assert offer_steps(by=town.worker, plan=plan, role="school_mediator", to=mediator) == 1
    assert Case.objects.visible_to(again(mediator)).get() == case
    assert PlannedService.objects.filter(worker=mediator, role="school_mediator").count() == 1
    plan.refresh_from_db()
    assert plan.revision == 2


def test_what_waits_is_brought_up_after_the_others_with_terms_from_today(town: Town) -> None:
    town.assessed(*everything_amiss(town))
    plan = draft_plan(by=town.worker, case=town.case())
    Plan.objects.filter(pk=plan.pk).update(created_at=timezone.now() - dt.timedelta(days=10))
    waits = plan.objectives.filter(later=True).last()
    with pytest.raises(NotAllowed):
        bring_up(by=town.nurse, objective=waits)
    raised = bring_up(by=town.worker, objective=waits)
    assert (raised.later, raised.due_on) == (False, waits.due_on + dt.timedelta(days=10))
    assert list(plan.objectives.filter(later=False))[-1] == raised
    with pytest.raises(DomainError):
        bring_up(by=town.worker, objective=raised)


def test_a_severe_finding_never_waits_behind_what_goes_on(town: Town) -> None:
    case = town.case()
    plan = draft_plan(by=town.worker, case=case)
    many = [ObjectiveInput(text=f"Obiectiv {number}") for number in range(9)]
    adopted(town, edit_plan(by=town.worker, plan=plan, revision=1, objectives=many))
    town.assessed((None, "VFV_03"), (town.mother, "VSG_01"))
    second = draft_plan(by=town.worker, case=case, reason="evaluare nouă")
    assert [(one.codes, one.later) for one in second.objectives.all()][9:] == [
        (["VFV_03"], False),
        (["VSG_01"], True),
    ]


def test_another_of_one_cause_joins_the_objective_that_goes_on(town: Town) -> None:
    town.assessed((town.child, "VAI_01"), days_ago=30)
    case = town.case()
    adopted(town, draft_plan(by=town.worker, case=case))
    town.assessed((town.child, "VAI_01"), (town.mother, "VAI_02"))
    second = draft_plan(by=town.worker, case=case, reason="evaluare nouă")
    papers = second.objectives.get()
    assert papers.codes == ["VAI_01", "VAI_02"]
    assert [step.people for step in papers.steps.all()] == [
        [town.child.pk], [town.child.pk], [town.mother.pk], [town.mother.pk],
    ]  # fmt: skip


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
    town.assessed((town.child, "VAI_01"), (town.mother, "VEA_01"), days_ago=40)
    case = town.case()
    first = draft_plan(by=town.worker, case=case)
    adopted(town, first)
    child, mother = first.objectives.all()
    report_progress(by=town.worker, objective=mother, progress="achieved")
    complete_step(by=town.worker, step=child.steps.first(), done_on=TODAY())
    town.assessed((town.child, "VAI_01"), (town.child, "VEC_03"))
    with pytest.raises(DomainError) as refused:
        draft_plan(by=town.worker, case=case)
    assert refused.value.field == "reason"
    second = draft_plan(by=town.worker, case=case, reason="evaluare nouă")
    assert (second.version, second.reason) == (2, "evaluare nouă")
    rows = [(objective.codes, objective.progress) for objective in second.objectives.all()]
    assert rows == [(["VAI_01"], "under_way"), (["VEC_03"], "not_started")]
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
    objective = plan.objectives.get(compartment="general")
    report_progress(by=town.nurse, objective=objective, progress="under_way")
    with pytest.raises(DomainError):
        report_progress(
            by=town.nurse, objective=plan.objectives.get(compartment="violence"), progress="achieved"
        )
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
