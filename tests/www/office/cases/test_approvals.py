"""What waits for a second person, on the pages of who asks, who answers and who only reads."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Compartment, Role
from punte.accounts.models import User
from punte.cases.actions import (
    add_team_member,
    adopt_plan,
    draft_plan,
    edit_plan,
    follow_assessment,
    seal_case,
)
from punte.cases.enums import PlanStatus
from punte.cases.models import Approval, Case, Objective, Plan
from punte.cases.plan_input import ObjectiveInput, StepInput
from punte.www.office.cases.views.approval_lines import came_back, to_answer
from punte.www.office.cases.views.approval_words import compared
from tests.cases.conftest import Town, again, assessed
from tests.factories import worker
from tests.www.office.cases.conftest import SignIn, text_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def trainee(town: Town) -> User:
    return worker(Role.TRAINEE, team=town.team, name="Ioana Învață")


def asked_for(town: Town, trainee: User, *objectives: ObjectiveInput) -> Approval:
    """A plan of the trainee's that the family agreed to, and a coordinator is asked about."""
    case = Case.objects.first() or town.case()
    plan = draft_plan(by=trainee, case=case, reason="S-a schimbat ceva.")
    edit_plan(by=trainee, plan=plan, revision=1, objectives=list(objectives))
    adopt_plan(by=trainee, plan=plan, agreed_with=town.mother, agreed_on=TODAY(), agreed_how="signed")
    return Approval.objects.asked().get()


def url_of(asked: Approval) -> str:
    return reverse("case_approval", args=[asked.case_id, asked.pk])


def test_a_coordinator_answers_in_one_press_from_the_list(town: Town, trainee: User, sign_in: SignIn) -> None:
    asked = asked_for(town, trainee, ObjectiveInput(text="Are medic de familie."))
    browser = sign_in(town.coordinator)
    for page in ("my_day", "team_day"):
        assert f'href="{reverse("approvals")}"' in text_of(browser.get(reverse(page))), page
    assert url_of(asked) in text_of(browser.get(reverse("approvals")))
    shown = text_of(browser.get(url_of(asked)))
    assert "Are medic de familie." in shown and "Ioana Învață" in shown
    revision = re.search(r'name="revision" value="(\d+)"', shown)
    assert revision
    sent = {"act": "give", "answer": "Bun.", "revision": revision[1]}
    assert browser.post(url_of(asked), sent).url == reverse("approvals")
    assert Plan.objects.get().is_in_force
    assert "Nimic nu așteaptă" in text_of(browser.get(reverse("approvals")))


def test_what_is_given_back_needs_a_reason_beside_its_field(
    town: Town, trainee: User, sign_in: SignIn
) -> None:
    asked = asked_for(town, trainee, ObjectiveInput(text="Are medic de familie."))
    browser = sign_in(town.coordinator)
    refused = browser.post(url_of(asked), {"act": "give_back", "answer": "", "revision": "2"})
    assert refused.status_code == 422 and "answer" in refused.context["form"].errors
    browser.post(url_of(asked), {"act": "give_back", "answer": "Lipsește școala.", "revision": "2"})
    [line] = came_back(again(trainee), TODAY()).lines
    assert "dat înapoi" in line.what and "Lipsește școala." in line.why
    own = sign_in(trainee)
    assert "Lipsește școala." in text_of(own.get(reverse("my_day")))
    page = text_of(own.get(url_of(asked)))
    assert "Lipsește școala." in page and reverse("case_plan_edit", args=[asked.case_id]) in page
    own.post(url_of(asked), {"act": "read"})
    assert not came_back(again(trainee), TODAY()).lines


def test_the_case_says_what_waits_and_who_may_answer(town: Town, trainee: User, sign_in: SignIn) -> None:
    asked = asked_for(town, trainee, ObjectiveInput(text="Are medic de familie."))
    browser = sign_in(town.worker)
    for page in ("case", "case_plan", "case_regime"):
        said = text_of(browser.get(reverse(page, args=[asked.case_id])))
        assert f"Pot răspunde: {town.coordinator}." in said, page
    assert browser.post(url_of(asked), {"act": "give"}).status_code == 403
    assert browser.post(url_of(asked), {"act": "withdraw"}).status_code == 403
    own = sign_in(trainee)
    assert own.post(url_of(asked), {"act": "give"}).status_code == 403
    assert own.post(url_of(asked), {"act": "withdraw"}).status_code == 302
    assert not Approval.objects.asked().exists()


def test_a_plan_changed_since_it_was_read_is_not_approved_unread(
    town: Town, trainee: User, sign_in: SignIn
) -> None:
    asked = asked_for(town, trainee, ObjectiveInput(text="Are medic de familie."))
    refused = sign_in(town.coordinator).post(url_of(asked), {"act": "give", "revision": "1"})
    assert refused.status_code == 422 and "Citiți-l din nou" in text_of(refused)


def test_of_a_sealed_case_neither_day_nor_list_says_more_than_its_number(
    town: Town, trainee: User, sign_in: SignIn
) -> None:
    asked = asked_for(town, trainee, ObjectiveInput(text="Are medic de familie."))
    add_team_member(by=town.worker, case=asked.case, user=town.coordinator)
    seal_case(by=town.worker, case=asked.case, reason="Adresa trebuie păzită.")
    stranger = worker(Role.COORDINATOR, organization=town.organization)
    assert not to_answer(stranger, TODAY()).lines
    assert sign_in(stranger).get(url_of(asked)).status_code == 404
    listed = text_of(sign_in(stranger).get(reverse("approvals")))
    assert str(asked.case) not in listed and town.household.name not in listed
    [line] = to_answer(again(town.coordinator), TODAY()).lines
    listed = text_of(sign_in(again(town.coordinator)).get(reverse("approvals")))
    for said in (line.why, listed):
        assert str(asked.case) in said and town.household.name not in said
    sign_in(town.coordinator).post(url_of(asked), {"act": "give_back", "answer": "Vorbiți cu mama."})
    assert not came_back(again(trainee), TODAY()).lines


def test_where_there_is_violence_the_day_repeats_no_answer(
    town: Town, trainee: User, sign_in: SignIn
) -> None:
    case = town.case()
    plan = Plan.objects.create(case=case, version=1, by=town.worker)
    Objective.objects.create(plan=plan, text="Este în siguranță.", compartment=Compartment.VIOLENCE)
    plan.delete()
    asked = asked_for(town, trainee, ObjectiveInput(text="Are medic de familie."))
    Objective.objects.create(plan=asked.plan, text="Este în siguranță.", compartment=Compartment.VIOLENCE)
    page = text_of(sign_in(town.coordinator).get(url_of(asked)))
    assert "Este în siguranță." in page
    assert "Este în siguranță." not in text_of(sign_in(trainee).get(url_of(asked)))
    sign_in(town.coordinator).post(url_of(asked), {"act": "give_back", "answer": "Vorbiți cu mama."})
    [line] = came_back(again(trainee), TODAY()).lines
    assert "Vorbiți" not in line.why


def test_a_draft_is_read_beside_the_plan_in_force(town: Town, trainee: User) -> None:
    first = asked_for(
        town,
        trainee,
        ObjectiveInput(
            text="Are medic.", codes=["A"], steps=[StepInput(text="Înscrie"), StepInput(text="Sună")]
        ),
        ObjectiveInput(text="Are acte."),
        ObjectiveInput(text="Merge la școală."),
    )
    former = first.plan
    assert former is not None
    Plan.objects.filter(pk=former.pk).update(status=PlanStatus.ADOPTED)
    draft = Plan.objects.create(case=first.case, version=2, by=trainee)
    rows = [
        ("Are medic de familie.", ["A"], ["Înscrie", "Însoțește"]),
        ("Are acte.", [], []),
        ("Are loc la grădiniță.", [], ["Cere locul"]),
    ]
    for text, codes, steps in rows:
        objective = Objective.objects.create(plan=draft, text=text, codes=codes)
        for step in steps:
            objective.steps.create(text=step)
    changes = compared(list(draft.objectives.all()), list(former.objectives.all()))
    assert [
        (one.kind, one.objective.text, one.before, list(one.added), list(one.removed)) for one in changes
    ] == [
        ("new", "Are loc la grădiniță.", "", ["Cere locul"], []),
        ("changed", "Are medic de familie.", "Are medic.", ["Însoțește"], ["Sună"]),
        ("out", "Merge la școală.", "", [], []),
        ("same", "Are acte.", "", [], []),
    ]


def test_a_lower_severity_is_shown_from_and_to_with_what_came_and_went(town: Town, sign_in: SignIn) -> None:
    case = town.case(assessment=town.assessed((town.child, "LEVEL_SEVERE"), days_ago=30))
    lower = assessed(town.household, town.nurse, [(town.mother, "VAI_02")])
    follow_assessment(by=town.nurse, assessment=lower)
    asked = Approval.objects.get()
    page = sign_in(town.coordinator).get(url_of(asked))
    change = page.context["change"]
    assert (change.before, change.after) == (3, 2) and len(change.gone) == len(change.new) == 1
    assert change.gone[0] in text_of(page)
    sign_in(town.coordinator).post(url_of(asked), {"act": "give", "answer": ""})
    case.refresh_from_db()
    assert case.severity == 2
