"""A filled questionnaire is taken once, whole, or not at all."""

import datetime as dt

import pytest

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry
from punte.assessments.actions import LikelySamePeople, discard_draft, start_assessment, submit_assessment
from punte.assessments.drafts import save_draft
from punte.assessments.models import Assessment, AssessmentDraft
from punte.kernel.errors import DomainError, EditedMeanwhile, NotAllowed
from punte.methodology.forms import rows_from_instance
from punte.methodology.packs import load_pack
from punte.people.models import Membership, Person
from tests.assessments.conftest import VISITED, Fill, card
from tests.factories import HouseholdFactory, PersonFactory, family, invented_cnp, worker

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_findings_are_made_for_the_household_and_each_member(fill: Fill) -> None:
    by = worker()
    home = HouseholdFactory(keeper=by.appointments.get().organization)
    mother, child = family(34, 9, household=home)
    instance = fill(
        home,
        [card(mother, family_doctor=False), card(child, enrolled="none", mother="home", father="abroad")],
        dwelling="house",
        rooms=0,
        damp=True,
    )
    made = submit_assessment(by=by, household=home, instance=instance)
    found = {(one.person, one.code) for one in made.finding_sets.get().findings.all()}
    assert {(mother, "VSA_02"), (child, "VEC_03"), (child, "VFC_02"), (child, "LEVEL_SEVERE")} <= found
    assert made.instance.encode() == instance
    assert made.visited_on == VISITED
    assert "family_name" not in made.members.first().facts


def test_a_new_member_becomes_a_person_who_lives_there_since_the_visit(fill: Fill) -> None:
    by = worker()
    home = HouseholdFactory(keeper=by.appointments.get().organization)
    born = dt.date(2015, 3, 4)
    cnp = invented_cnp(born, sex="f")
    new = {
        "family_name": "Câmpeanu",
        "given_name": "Ioana",
        "birth_date": born,
        "sex": "f",
        "cnp": cnp,
        "kinship": "child",
    }
    submit_assessment(by=by, household=home, instance=fill(home, [new]))
    person = Person.objects.get(family_name="Câmpeanu")
    assert person.cnp == cnp
    assert Membership.objects.get(person=person).start == VISITED


def test_the_same_questionnaire_sent_twice_is_taken_once(fill: Fill) -> None:
    by = worker()
    home = HouseholdFactory(keeper=by.appointments.get().organization)
    instance = fill(home, [])
    first = submit_assessment(by=by, household=home, instance=instance)
    assert submit_assessment(by=by, household=home, instance=instance) == first
    assert Assessment.objects.count() == 1
    with pytest.raises(DomainError, match="alte|other"):
        changed = instance.replace(b"<electricity />", b"<electricity>yes</electricity>")
        submit_assessment(by=by, household=home, instance=changed)


@pytest.mark.parametrize(
    "damage",
    [
        lambda xml: xml[: len(xml) // 2],
        lambda xml: xml.replace(b'version="', b'version="9'),
        lambda xml: xml.replace(b'id="sci"', b'id="other"'),
        lambda xml: b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + xml,
        lambda xml: b"%PDF-1.7 " + b"\x00" * 100,
        lambda xml: xml.replace(b"</data>", b"<note>" + b"x" * (21 * 1024 * 1024) + b"</note></data>"),
    ],
    ids=["cut in half", "unknown version", "another form", "entities", "not what it says", "20 MB"],
)
def test_a_damaged_instance_is_refused_and_changes_nothing(fill: Fill, damage) -> None:
    by = worker()
    home = HouseholdFactory(keeper=by.appointments.get().organization)
    draft = start_assessment(by=by, household=home)
    with pytest.raises(DomainError):
        submit_assessment(by=by, household=home, instance=damage(fill(home, [])), draft=draft)
    assert not Assessment.objects.exists()
    assert AssessmentDraft.objects.filter(pk=draft.pk).exists()


def test_a_questionnaire_of_another_household_is_refused(fill: Fill) -> None:
    by = worker()
    home = HouseholdFactory(keeper=by.appointments.get().organization)
    with pytest.raises(DomainError):
        submit_assessment(by=by, household=home, instance=fill(HouseholdFactory(), []))


def test_a_likely_known_person_is_never_recorded_twice_silently(fill: Fill) -> None:
    by = worker()
    home = HouseholdFactory(keeper=by.appointments.get().organization)
    known = PersonFactory(
        keeper=home.keeper, family_name="Șerban", given_name="Ilinca", birth_date=dt.date(2012, 2, 2)
    )
    instance = fill(
        home, [{"family_name": "Serban", "given_name": "Ilinca", "birth_date": dt.date(2012, 2, 2)}]
    )
    with pytest.raises(LikelySamePeople) as asked:
        submit_assessment(by=by, household=home, instance=instance)
    assert [one.person for one in asked.value.members[0].likely] == [known]
    made = submit_assessment(by=by, household=home, instance=instance, decisions={0: known.pk})
    assert [member.person for member in made.members.all()] == [known]


def test_somebody_else_of_the_same_name_gets_a_record_of_their_own(fill: Fill) -> None:
    by = worker()
    home = HouseholdFactory(keeper=by.appointments.get().organization)
    known = PersonFactory(
        keeper=home.keeper, family_name="Șerban", given_name="Ilinca", birth_date=dt.date(2012, 2, 2)
    )
    instance = fill(
        home, [{"family_name": "Șerban", "given_name": "Ilinca", "birth_date": dt.date(2012, 2, 2)}]
    )
    made = submit_assessment(by=by, household=home, instance=instance, decisions={0: None})
    assert made.members.get().person != known


def test_a_member_who_lives_elsewhere_is_refused_with_a_way_out(fill: Fill) -> None:
    by = worker()
    home, other = HouseholdFactory.create_batch(2, keeper=by.appointments.get().organization)
    (elsewhere,) = family(40, household=other)
    instance = fill(home, [{"family_name": elsewhere.family_name, "given_name": elsewhere.given_name}])
    with pytest.raises(DomainError):
        submit_assessment(by=by, household=home, instance=instance, decisions={0: elsewhere.pk})
    assert not Assessment.objects.exists()


def test_two_windows_on_one_draft_do_not_overwrite_each_other() -> None:
    by = worker()
    home = HouseholdFactory(keeper=by.appointments.get().organization)
    draft = start_assessment(by=by, household=home)
    save_draft(by=by, draft=draft, instance="<one/>", base=1)
    with pytest.raises(EditedMeanwhile):
        save_draft(by=by, draft=draft, instance="<two/>", base=1)
    draft.refresh_from_db()
    assert draft.instance == "<one/>"


def test_a_draft_is_continued_not_begun_again_and_belongs_to_its_author() -> None:
    by = worker()
    home = HouseholdFactory(keeper=by.appointments.get().organization)
    draft = start_assessment(by=by, household=home)
    assert start_assessment(by=by, household=home) == draft
    with pytest.raises(NotAllowed):
        save_draft(by=worker(organization=home.keeper), draft=draft, instance="<x/>", base=1)
    with pytest.raises(NotAllowed):
        discard_draft(by=worker(organization=home.keeper), draft=draft)


def test_a_new_questionnaire_knows_the_members_and_what_seldom_changes(fill: Fill) -> None:
    by = worker()
    home = HouseholdFactory(keeper=by.appointments.get().organization)
    mother, child = family(34, 9, household=home)
    submit_assessment(
        by=by,
        household=home,
        instance=fill(
            home, [card(mother, chronic_disease=True), card(child)], rooms=2, violence_signs="violence"
        ),
    )
    draft = start_assessment(by=by, household=home)
    begun = rows_from_instance(load_pack("sci"), draft.instance.encode())
    assert [one["given_name"] for one in begun.identities] == [mother.given_name, child.given_name]
    assert begun.household["rooms"] == 2
    assert begun.members[0]["chronic_disease"] is True
    assert begun.household["violence_signs"] is None


def test_who_may_not_assess_is_refused() -> None:
    home = HouseholdFactory()
    for stranger in (worker(), worker(Role.TRAINEE, organization=home.keeper)):
        with pytest.raises(NotAllowed):
            start_assessment(by=stranger, household=home)


def test_the_trail_names_the_household(fill: Fill) -> None:
    by = worker()
    home = HouseholdFactory(keeper=by.appointments.get().organization)
    submit_assessment(by=by, household=home, instance=fill(home, []))
    line = TrailEntry.objects.get(verb="submit_assessment")
    assert (line.actor, line.household) == (by, home.pk)
