"""A questionnaire about one person, from the record to what was found."""

import pytest
from django.test import Client
from django.urls import reverse

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.assessments.actions import start_assessment, submit_assessment
from punte.assessments.models import AssessmentDraft
from punte.cases.actions import open_case
from punte.methodology.packs import load_pack
from punte.people.models import Household, Person
from tests.assessments.conftest import Fill, card
from tests.assessments.test_about_a_person import OLDER, about
from tests.factories import HouseholdFactory, family, worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> User:
    return worker()


@pytest.fixture
def home(by: User) -> Household:
    return HouseholdFactory(keeper=by.appointments.get().organization)


@pytest.fixture
def people(home: Household) -> list[Person]:
    return family(78, 9, household=home)


def let_in(client: Client, user: User) -> Client:
    client.force_login(user, backend="punte.accounts.backend.OpenAccounts")
    return client


def where(home: Household, person: Person) -> str:
    return reverse("assess_person", args=[home.pk, OLDER, person.pk])


@pytest.mark.parametrize("page", ["household", "person"])
def test_it_is_begun_by_one_press_on_the_record(
    client: Client, by: User, home: Household, people: list[Person], page: str
) -> None:
    old, child = people
    shown = (
        let_in(client, by)
        .get(reverse(page, args=[home.pk if page == "household" else old.pk]))
        .content.decode()
    )
    assert f'action="{where(home, old)}"' in shown
    assert where(home, child) not in shown
    begun = client.post(where(home, old), follow=True)
    draft = AssessmentDraft.objects.get()
    assert (draft.person, draft.pack.name) == (old, OLDER)
    assert reverse("assessment_draft", args=[draft.pk]) in begun.content.decode()
    assert reverse("form_xml", args=[OLDER, draft.pack.version]) in begun.content.decode()


def test_what_was_begun_is_gone_on_with_from_the_day(
    client: Client, by: User, home: Household, people: list[Person]
) -> None:
    start_assessment(by=by, household=home, pack_name=OLDER, person=people[0])
    start_assessment(by=by, household=home)
    day = let_in(client, by).get(reverse("my_day")).content.decode()
    assert where(home, people[0]) in day
    assert f'"{reverse("assess", args=[home.pk])}"' in day


def test_giving_it_up_leads_back_to_the_person(
    client: Client, by: User, home: Household, people: list[Person]
) -> None:
    draft = start_assessment(by=by, household=home, pack_name=OLDER, person=people[0])
    given_up = let_in(client, by).post(reverse("assessment_discard", args=[draft.pk]))
    assert given_up["Location"] == reverse("person", args=[people[0].pk])


def test_the_household_keeps_what_was_found_in_it_and_shows_the_other_beside(
    client: Client, by: User, home: Household, people: list[Person], fill: Fill
) -> None:
    old = people[0]
    submit_assessment(by=by, household=home, instance=fill(home, [card(old, family_doctor=False)]))
    made = submit_assessment(by=by, household=home, instance=about(home, old, fell=True))
    shown = let_in(client, by).get(reverse("household", args=[home.pk])).content.decode()
    assert "VSA_02" in shown and "OP_FALLS" not in shown
    assert reverse("assessment", args=[made.pk]) in shown
    found = client.get(reverse("assessment", args=[made.pk])).content.decode()
    assert "OP_FALLS" in found and "VSA_02" not in found
    assert "Persoana vârstnică" in found


def test_what_changed_is_told_from_the_last_of_the_same_person(
    client: Client, by: User, home: Household, people: list[Person], fill: Fill
) -> None:
    old = people[0]
    submit_assessment(by=by, household=home, instance=fill(home, [card(old, family_doctor=False)]))
    made = submit_assessment(by=by, household=home, instance=about(home, old, fell=True))
    page = let_in(client, by).get(reverse("assessment", args=[made.pk]))
    assert page.context["before"] is None


@pytest.mark.parametrize("page", ["assessment", "assessment_answers"])
def test_who_does_not_read_its_compartment_does_not_see_it(
    client: Client, by: User, home: Household, people: list[Person], page: str
) -> None:
    made = submit_assessment(by=by, household=home, instance=about(home, people[0], fell=True))
    mediator = worker(Role.SCHOOL_MEDIATOR, organization=home.keeper)
    let_in(client, mediator)
    assert client.get(reverse(page, args=[made.pk])).status_code == 403
    record = client.get(reverse("household", args=[home.pk])).content.decode()
    assert "Persoana vârstnică" not in record
    assert where(home, people[0]) not in record


def test_the_page_of_the_case_lists_every_questionnaire_that_the_account_may_see(
    client: Client, by: User, home: Household, people: list[Person], fill: Fill
) -> None:
    case = open_case(by=by, household=home, regime="standard", reason="Cerere")
    whole = submit_assessment(by=by, household=home, instance=fill(home, [card(people[0])]))
    made = submit_assessment(by=by, household=home, instance=about(home, people[0]))
    shown = let_in(client, by).get(reverse("case_assessments", args=[case.pk])).content.decode()
    for one in (whole, made):
        assert reverse("assessment", args=[one.pk]) in shown


def test_a_score_says_its_band_as_a_proposal_with_the_answers_behind_it(
    client: Client, by: User, home: Household, people: list[Person]
) -> None:
    known = dict.fromkeys(load_pack(OLDER).scores["dependency"].facts, "alone") | {"mind": "clear"}
    told = about(home, people[0], **{**known, "eating": "help"})
    made = submit_assessment(by=by, household=home, instance=told)
    page = let_in(client, by).get(reverse("assessment", args=[made.pk]))
    [score] = page.context["scores"]
    assert (score.band, score.proposal) == ("Gradul IIC", True)
    assert ("Mănâncă", "Cu ajutor") in score.answers
    assert "Gradul IIC" in page.content.decode() and "propunere" in page.content.decode()


def test_a_score_without_an_answer_names_the_question(
    client: Client, by: User, home: Household, people: list[Person]
) -> None:
    made = submit_assessment(by=by, household=home, instance=about(home, people[0], eating="help"))
    [score] = let_in(client, by).get(reverse("assessment", args=[made.pk])).context["scores"]
    assert score.band == "" and "Se spală" in score.missing


@pytest.mark.parametrize(("pack", "status"), [("sci", 404), ("unknown", 404), (OLDER, 200)])
def test_only_a_pack_about_a_person_opens_there(
    client: Client, by: User, home: Household, people: list[Person], pack: str, status: int
) -> None:
    address = reverse("assess_person", args=[home.pk, pack, people[0].pk])
    assert let_in(client, by).get(address).status_code == status


def test_a_person_of_another_household_is_not_there(
    client: Client, by: User, home: Household, people: list[Person]
) -> None:
    (other,) = family(80, household=HouseholdFactory(keeper=home.keeper))
    assert let_in(client, by).get(where(home, other)).status_code == 404
