"""A questionnaire about one person: its own drafts, its own newest, no part of how severe the household is."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from punte.accounts.enums import Compartment, Role
from punte.accounts.models import User
from punte.assessments.actions import start_assessment, submit_assessment
from punte.assessments.models import Assessment, AssessmentDraft, ListedFact
from punte.assessments.packs import current_version
from punte.cases.actions import draft_plan, follow_assessment, open_case
from punte.cases.models import Case, CaseDeadline
from punte.cases.refresh import latest_finding_set
from punte.kernel.errors import DomainError, NotAllowed
from punte.methodology.forms import instance_for
from punte.methodology.packs import load_pack
from punte.people.actions import change_person, join_people, leave_household
from punte.people.models import Household, Person
from tests.assessments.conftest import VISITED, Fill, card
from tests.factories import HouseholdFactory, PersonFactory, family, worker

pytestmark = [pytest.mark.django_db, pytest.mark.both]

OLDER = "older_person"


def about(home: Household, person: Person, *, day: dt.date = VISITED, **facts: Any) -> bytes:
    """A filled questionnaire about an older person."""
    known = {"household_id": str(home.pk)}
    told = {"member_id": str(person.pk), **facts}
    return instance_for(load_pack(OLDER), known, [told], f"uuid:{uuid4()}", visit_date=day).encode()


@pytest.fixture
def by() -> User:
    return worker()


@pytest.fixture
def home(by: User) -> Household:
    return HouseholdFactory(keeper=by.appointments.get().organization)


@pytest.fixture
def old(home: Household) -> Person:
    return family(78, 75, household=home)[0]


def codes(assessment: Assessment) -> set[str]:
    return set(assessment.finding_sets.get().findings.values_list("code", flat=True))


def test_findings_are_of_the_person_whom_it_is_about(by: User, home: Household, old: Person) -> None:
    made = submit_assessment(by=by, household=home, instance=about(home, old, getting_up="cannot"))
    assert made.person == old
    assert [one.person for one in made.members.all()] == [old]
    assert {one.person for one in made.finding_sets.get().findings.all()} == {old}
    assert codes(made) == {"OP_BED", "OP_BASIC"}


def test_it_takes_nothing_into_the_record(by: User, home: Household, old: Person) -> None:
    before = list(Person.objects.order_by("pk").values())
    submit_assessment(by=by, household=home, instance=about(home, old))
    assert list(Person.objects.order_by("pk").values()) == before


def test_each_subject_and_pack_has_a_draft_of_its_own(by: User, home: Household, old: Person) -> None:
    other = home.memberships.exclude(person=old).get().person
    drafts = [
        start_assessment(by=by, household=home),
        start_assessment(by=by, household=home, pack_name=OLDER, person=old),
        start_assessment(by=by, household=home, pack_name=OLDER, person=other),
    ]
    assert len({draft.pk for draft in drafts}) == 3
    assert start_assessment(by=by, household=home, pack_name=OLDER, person=old).pk == drafts[1].pk
    assert str(old.pk) in drafts[1].instance
    assert str(other.pk) not in drafts[1].instance


@pytest.mark.parametrize("whole", [True, False])
def test_no_second_draft_of_a_subject(by: User, home: Household, old: Person, whole: bool) -> None:
    version = current_version("sci" if whole else OLDER)
    same = {"household": home, "person": None if whole else old, "by": by, "pack": version, "instance": ""}
    AssessmentDraft.objects.create(**same, instance_id="one")
    with pytest.raises(IntegrityError), transaction.atomic():
        AssessmentDraft.objects.create(**same, instance_id="two")


def test_severity_terms_and_plan_follow_the_household_alone(
    by: User, home: Household, old: Person, fill: Fill
) -> None:
    whole = submit_assessment(by=by, household=home, instance=fill(home, [card(old, family_doctor=False)]))
    case = open_case(by=by, household=home, regime="standard", reason="Cerere")
    follow_assessment(by=by, assessment=whole)
    before = Case.objects.get(pk=case.pk).severity
    due = set(CaseDeadline.objects.values_list("rule", "since", "due_on", "met_on"))
    later = about(home, old, day=VISITED + dt.timedelta(days=5), hurt=True, alone_now=True)
    made = submit_assessment(by=by, household=home, instance=later)
    follow_assessment(by=by, assessment=made)
    assert made.finding_sets.get().findings.filter(severity=3).exists()
    assert Case.objects.get(pk=case.pk).severity == before
    assert set(CaseDeadline.objects.values_list("rule", "since", "due_on", "met_on")) == due
    assert latest_finding_set(home) == whole.finding_sets.get()


def test_a_new_one_begins_with_what_the_last_of_the_same_person_said(
    by: User, home: Household, old: Person
) -> None:
    other = home.memberships.exclude(person=old).get().person
    submit_assessment(
        by=by, household=home, instance=about(home, old, helper="paid", hurt=True, alone_now=True)
    )
    of = {
        person: start_assessment(by=by, household=home, pack_name=OLDER, person=person)
        for person in (old, other)
    }
    assert "<helper>paid</helper>" in of[old].instance
    assert "<helper>paid</helper>" not in of[other].instance
    assert "<hurt>yes</hurt>" not in of[old].instance


def test_lists_go_by_the_newest_of_each(by: User, home: Household, old: Person, fill: Fill) -> None:
    submit_assessment(by=by, household=home, instance=fill(home, [card(old, family_doctor=False)]))
    submit_assessment(by=by, household=home, instance=about(home, old, helper="nobody", fell=True))
    listed = set(ListedFact.objects.values_list("person", "name", "choice"))
    assert {(old.pk, "family_doctor", "no"), (old.pk, "helper", "nobody"), (old.pk, "OP_FALLS", "")} <= listed
    submit_assessment(by=by, household=home, instance=about(home, old, day=VISITED + dt.timedelta(days=1)))
    names = set(ListedFact.objects.values_list("name", flat=True))
    assert "family_doctor" in names and not {"helper", "OP_FALLS"} & names
    assert not ListedFact.objects.filter(compartment=Compartment.ABUSE).exists()


def test_whoever_does_not_live_there_is_refused(by: User, home: Household, old: Person) -> None:
    stranger = PersonFactory(keeper=home.keeper)
    with pytest.raises(DomainError, match="nu locuiește"):
        submit_assessment(by=by, household=home, instance=about(home, stranger))
    with pytest.raises(DomainError, match="nu locuiește"):
        start_assessment(by=by, household=home, pack_name=OLDER, person=stranger)
    leave_household(by=by, membership=old.memberships.get(), end=VISITED - dt.timedelta(days=3))
    with pytest.raises(DomainError, match="nu locuiește"):
        submit_assessment(by=by, household=home, instance=about(home, old))


def test_one_about_somebody_who_died_is_taken_up_to_the_day(by: User, home: Household, old: Person) -> None:
    change_person(by=by, person=old, died_on=VISITED)
    before = about(home, old, day=VISITED - dt.timedelta(days=1))
    assert submit_assessment(by=by, household=home, instance=before).person == old
    with pytest.raises(DomainError, match="a murit"):
        submit_assessment(by=by, household=home, instance=about(home, old))


def test_a_questionnaire_about_a_person_needs_one_and_one_about_a_household_none(
    by: User, home: Household, old: Person
) -> None:
    with pytest.raises(DomainError, match="despre cine"):
        start_assessment(by=by, household=home, pack_name=OLDER)
    with pytest.raises(DomainError, match="despre cine"):
        start_assessment(by=by, household=home, person=old)


@pytest.mark.parametrize(("role", "may"), [(Role.COMMUNITY_NURSE, True), (Role.SCHOOL_MEDIATOR, False)])
def test_the_compartment_of_the_pack_opens_it(home: Household, old: Person, role: Role, may: bool) -> None:
    somebody = worker(role, organization=home.keeper)
    for act in (
        lambda: start_assessment(by=somebody, household=home, pack_name=OLDER, person=old),
        lambda: submit_assessment(by=somebody, household=home, instance=about(home, old)),
    ):
        if may:
            act()
        else:
            with pytest.raises(NotAllowed, match="chestionar"):
                act()


def test_its_scores_are_kept_with_what_was_found(by: User, home: Household, old: Person) -> None:
    known = dict.fromkeys(load_pack(OLDER).scores["dependency"].facts, "alone") | {"mind": "clear"}
    whole = submit_assessment(
        by=by, household=home, instance=about(home, old, **{**known, "walking": "help"})
    )
    part = submit_assessment(by=by, household=home, instance=about(home, old, **{**known, "walking": None}))
    score = {"person": str(old.pk), "name": "dependency"}
    assert whole.finding_sets.get().scores == [{**score, "value": "4", "missing": []}]
    assert part.finding_sets.get().scores == [{**score, "value": None, "missing": ["walking"]}]


def test_it_follows_a_file_that_is_joined(by: User, home: Household, old: Person) -> None:
    made = submit_assessment(by=by, household=home, instance=about(home, old))
    waiting = about(home, old, day=VISITED + dt.timedelta(days=1))
    kept = PersonFactory(keeper=home.keeper, family_name=old.family_name, birth_date=old.birth_date)
    join_people(by=by, keep=kept, join=old, why="Același buletin.")
    assert Assessment.objects.get().person == kept
    assert {one["person"] for one in made.finding_sets.get().scores} == {str(kept.pk)}
    assert submit_assessment(by=by, household=home, instance=waiting).person == kept


def test_a_plan_answers_what_was_found_of_the_person_too(
    by: User, home: Household, old: Person, fill: Fill
) -> None:
    submit_assessment(by=by, household=home, instance=fill(home, [card(old, family_doctor=False)]))
    told = about(home, old, walking="help", hurt=True, alone_now=True)
    submit_assessment(by=by, household=home, instance=told)
    plan = draft_plan(by=by, case=open_case(by=by, household=home, regime="standard", reason="Cerere"))
    proposed = {(one.person, tuple(one.codes), one.compartment) for one in plan.objectives.all()}
    assert {
        (None, ("VSA_02",), "health"),
        (old, ("OP_BASIC",), "health"),
        (old, ("OP_ABUSE",), "abuse"),
    } <= proposed
    assert not plan.objectives.filter(codes=[]).exists()


def test_who_moved_away_is_not_planned_for(by: User, home: Household, old: Person) -> None:
    submit_assessment(by=by, household=home, instance=about(home, old, walking="help"))
    case = open_case(by=by, household=home, regime="standard", reason="Cerere")
    leave_household(by=by, membership=old.memberships.get(), end=timezone.localdate())
    assert not draft_plan(by=by, case=case).objectives.exists()
