"""A questionnaire about one person, on a tablet and in ODK Collect."""

import pytest

from punte.accounts.models import User
from punte.assessments.models import Assessment
from punte.cases.actions import open_case
from punte.cases.enums import Regime
from punte.people.models import Household, Person
from tests.factories import HouseholdFactory, family
from tests.fieldwork.collect import Phone
from tests.fieldwork.tablet import Tablet, entry, filled

pytestmark = pytest.mark.django_db

OLDER = "older_person"


@pytest.fixture
def home(by: User) -> Household:
    return HouseholdFactory(keeper=by.appointments.get().organization)


@pytest.fixture
def people(by: User, home: Household) -> list[Person]:
    """Somebody old, somebody grown up and a child, in a case."""
    found = family(78, 40, 9, household=home)
    open_case(by=by, household=home, regime=Regime.STANDARD, reason="o situație grea")
    return found


def test_one_is_prepared_for_each_who_is_old_enough(people: list[Person], tablet: Tablet) -> None:
    given = tablet.down()
    [bundle] = given["households"]
    assert set(bundle["prefilled"]) == {"sci", f"{OLDER}/{people[0].pk}"}
    assert f"<member_id>{people[0].pk}</member_id>" in bundle["prefilled"][f"{OLDER}/{people[0].pk}"]
    [pack] = [one for one in given["packs"] if one["name"] == OLDER]
    assert (pack["about"], pack["fromAge"], pack["opensWith"]) == ("person", 65, "health")


def test_what_is_filled_at_the_door_is_about_the_person(
    home: Household, people: list[Person], tablet: Tablet
) -> None:
    old = people[0]
    [bundle] = tablet.down()["households"]
    said = filled(bundle["prefilled"][f"{OLDER}/{old.pk}"], person=old.pk, getting_up="cannot", helper="paid")
    [answer] = tablet.up(entry("assessment", home.pk, said))
    assert (answer["status"], answer["message"]) == ("applied", "")
    made = Assessment.objects.get()
    assert (made.person, made.pack.name) == (old, OLDER)
    [bundle] = tablet.down()["households"]
    assert bundle["last"] is None
    [other] = bundle["others"]
    assert (other["person"], other["pack"], other["id"]) == (str(old.pk), OLDER, str(made.pk))
    assert "OP_BED" in {one["code"] for one in other["findings"]}
    [score] = other["scores"]
    assert (score["person"], score["label"]["ro"], score["band"]) == (str(old.pk), "Grad de dependență", None)
    assert score["missing"] and score["answers"][0]["answer"]["en"]
    assert "<helper>paid</helper>" in bundle["prefilled"][f"{OLDER}/{old.pk}"]


def test_two_people_and_the_household_do_not_stand_against_each_other(
    home: Household, people: list[Person], tablet: Tablet
) -> None:
    [bundle] = tablet.down()["households"]
    old = filled(bundle["prefilled"][f"{OLDER}/{people[0].pk}"], person=people[0].pk)
    other = filled(
        bundle["prefilled"][f"{OLDER}/{people[0].pk}"].replace(str(people[0].pk), str(people[1].pk)),
        person=people[1].pk,
    )
    whole = filled(bundle["prefilled"]["sci"])
    answers = tablet.up(*(entry("assessment", home.pk, said) for said in (old, other, whole)))
    assert [one["status"] for one in answers] == ["applied", "applied", "applied"]


def test_somebody_who_does_not_live_there_waits_in_the_office(
    home: Household, people: list[Person], tablet: Tablet
) -> None:
    (stranger,) = family(80)
    [bundle] = tablet.down()["households"]
    prefilled = bundle["prefilled"][f"{OLDER}/{people[0].pk}"]
    said = filled(prefilled.replace(str(people[0].pk), str(stranger.pk)), person=stranger.pk)
    [answer] = tablet.up(entry("assessment", home.pk, said))
    assert "office" in answer["message"] or "birou" in answer["message"]
    assert not Assessment.objects.exists()


def test_collect_chooses_the_household_and_the_person(
    home: Household, people: list[Person], phone: Phone
) -> None:
    phone.download(OLDER)
    sent = phone.fill(
        {
            "visited/known_household": home.pk,
            "visited/known_member": people[0].pk,
            "visit/visit_date": "2026-11-20",
            "basic/walking": "help",
            "safety/alone_now": "yes",
            "safety/hurt": "yes",
        }
    )
    answer = phone.send(sent)
    assert answer.status_code == 201, answer.content
    made = Assessment.objects.get()
    assert (made.person, made.household) == (people[0], home)
    assert {"OP_BASIC", "OP_ABUSE"} <= set(made.finding_sets.get().findings.values_list("code", flat=True))
