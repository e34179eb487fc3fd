"""What lists are narrowed by agrees with a plain reading of the newest assessments, whatever happens to people."""

import datetime as dt
import random
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from punte.accounts.models import User
from punte.assessments.actions import reassess, submit_assessment
from punte.assessments.models import Assessment, ListedFact
from punte.kernel.errors import DomainError
from punte.people.actions import change_person, join_people, take_apart
from punte.people.models import Household, Person, PersonJoin
from tests.assessments.conftest import Fill, card
from tests.assessments.test_versions import _change, _next_version, own_packs
from tests.assessments.visits import listed_today, told_today, visit
from tests.factories import HouseholdFactory, family, worker

__all__ = ["own_packs"]
pytestmark = [pytest.mark.django_db, pytest.mark.both]

HOME = {
    "dwelling": ["house", "improvised"],
    "heating": ["stove", "central", None],
    "damp": [True, False, None],
    "monthly_income_lei": [0, 900, 5000, None],
    "violence_signs": ["none", "violence", "abuse"],
}
PERSON = {
    "family_doctor": [True, False, None],
    "identity_document": [True, False],
    "mother": ["home", "abroad"],
    "enrolled": ["school", "none", "finished"],
    "absences_30d": [0, 5, 25, 10**12],
    "disability": ["none", "certified"],
    "violent_behaviour": [True, False],
}


def some(chance: random.Random, answers: dict[str, list[Any]]) -> dict[str, Any]:
    return {name: chance.choice(values) for name, values in answers.items()}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_table_says_what_the_newest_assessments_say(seed: int) -> None:
    chance = random.Random(seed)
    by = worker()
    keeper = by.appointments.get().organization
    homes = [HouseholdFactory(keeper=keeper, name=name) for name in ("Albu", "Barbu")]
    people = {home: family(40, 10, household=home) for home in homes}
    for _step in range(10):
        _something(chance, by, homes, people)
        assert listed_today() == told_today()
    assert ListedFact.objects.exists()


def _something(
    chance: random.Random, by: User, homes: list[Household], people: dict[Household, list[Person]]
) -> None:
    home = chance.choice(homes)
    person = Person.everyone.get(pk=chance.choice(people[home]).pk)
    joined = PersonJoin.objects.filter(undone_at=None).first()
    match chance.choice(["visit", "visit", "visit", "death", "join", "part"]):
        case "visit":
            files = Person.objects.filter(pk__in=[one.pk for one in people[home]], died_on=None)
            told = {one: some(chance, PERSON) for one in files}
            visit(home, by, told, days_ago=chance.randrange(0, 90), **some(chance, HOME))
        case "death" if person.joined_into_id is None:
            died = None if person.died_on else timezone.localdate() - dt.timedelta(days=1)
            with suppress(DomainError):  # somebody came to the household since
                change_person(by=by, person=person, died_on=died)
        case "join" if joined is None:
            one, other = (people[each][1] for each in homes)
            files = [Person.objects.get(pk=each.pk) for each in (one, other)]
            with suppress(DomainError):  # one of them is dead
                join_people(by=by, keep=files[0], join=files[1], why="aceeași persoană", household=home)
        case "part" if joined is not None:
            parted = take_apart(by=by, join=joined)
            assert not parted.stays


def test_a_form_that_is_sent_is_listed_and_the_newest_day_counts(fill: Fill) -> None:
    by = worker()
    home = HouseholdFactory(keeper=by.appointments.get().organization)
    (adult,) = family(30, household=home)
    submit_assessment(by=by, household=home, instance=fill(home, [card(adult, family_doctor=False)]))
    assert ListedFact.objects.filter(person=adult, name="family_doctor", choice="no").exists()
    assert ListedFact.objects.filter(person=adult, name="VSA_02").exists()
    visit(home, by, {adult: {"family_doctor": True}}, days_ago=-1)
    assert not ListedFact.objects.filter(name__in=["family_doctor", "VSA_02"]).exists()
    visit(home, by, {adult: {"family_doctor": False}}, days_ago=400)
    assert not ListedFact.objects.filter(name__in=["family_doctor", "VSA_02"]).exists()
    assert listed_today() == told_today()


def test_what_is_found_anew_is_listed_anew(own_packs: Path) -> None:
    by = worker()
    home = HouseholdFactory(keeper=by.appointments.get().organization)
    (adult,) = family(30, household=home)
    made = visit(home, by, {adult: {"family_doctor": False}})
    _next_version(own_packs)
    _change(own_packs, "rules.yaml", "when: not family_doctor", "when: family_doctor")
    reassess(by=by, assessment=made)
    assert not ListedFact.objects.filter(name="VSA_02").exists()
    assert ListedFact.objects.filter(name="family_doctor").exists()


def test_other_marks_are_followed_when_the_command_is_told(own_packs: Path) -> None:
    by = worker()
    home = HouseholdFactory(keeper=by.appointments.get().organization)
    (adult,) = family(30, household=home)
    visit(home, by, {adult: {"family_doctor": True}})
    assert not ListedFact.objects.filter(name="family_doctor").exists()
    _change(own_packs, "pack.yaml", "family_doctor: [no]", "family_doctor: [yes, no]")
    call_command("methodology", "list")
    assert ListedFact.objects.get(name="family_doctor").choice == "yes"


def test_what_stood_before_the_table_is_listed_by_its_migration() -> None:
    by = worker()
    home = HouseholdFactory(keeper=by.appointments.get().organization)
    visit(home, by, {person: {"family_doctor": False} for person in family(30, 5, household=home)})
    before = listed_today()
    ListedFact.objects.all().delete()
    migration = import_module("punte.assessments.migrations.0003_listed_facts_of_what_stands")
    migration.list_what_stands(apps, connection.schema_editor())
    assert listed_today() == before == told_today()


def test_nothing_of_violence_can_be_listed() -> None:
    by = worker()
    home = HouseholdFactory(keeper=by.appointments.get().organization)
    made = visit(home, by, {}, violence_signs="abuse", damp=True)
    assert not ListedFact.objects.filter(name__startswith="VFV").exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        ListedFact.objects.create(
            keeper=home.keeper, household=home, assessment=made, name="VFV_04", compartment="abuse"
        )
    assert Assessment.objects.count() == 1
