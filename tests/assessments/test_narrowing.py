"""What a list is narrowed by: the same person, alternatives of one question, and nothing that a page would not tell."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from punte.accounts.enums import SEALED_COMPARTMENTS, Compartment, Role
from punte.accounts.models import User
from punte.assessments import narrowing
from punte.assessments.models import AssessedMember, Assessment, Finding
from punte.assessments.narrowing import Ages, Narrowing
from punte.assessments.offers import Offer, offers_within
from punte.cases.actions import open_case, seal_case
from punte.cases.models import Case
from punte.people.actions import open_in_emergency
from punte.people.compartments import compartments_of
from punte.people.models import Household, Person
from punte.people.rules import born_between, completed_years
from punte.people.sight import hidden_from
from tests import is_drawn
from tests.assessments.visits import visit
from tests.factories import AppointmentFactory, HouseholdFactory, OrganizationFactory, family, worker
from tests.people.sealed_place import Place, again, make_place

pytestmark = [pytest.mark.django_db, pytest.mark.both]

EVERY = set(Compartment)
NO_DOCTOR, ABSENT, POOR = "family_doctor.no", "absences_30d.10-", "monthly_income_lei.-1000"
CHILD = Ages(most=17)


def asked(user: User, *keys: str, ages: Ages | None = None) -> Narrowing:
    offers = offers_within(EVERY)
    return Narrowing(again(user), tuple(offers[key] for key in keys), ages)


def homes(user: User, *keys: str, ages: Ages | None = None) -> set[str]:
    seen = Household.objects.visible_to(again(user))
    return {home.name for home in asked(user, *keys, ages=ages).of_households(seen)}


@pytest.fixture
def by() -> User:
    return worker()


def household(by: User, name: str, people: Iterable[tuple[int, dict[str, Any]]], **home: Any) -> Household:
    made = HouseholdFactory(keeper=by.appointments.get().organization, name=name)
    told = list(people)
    members = family(*(age for age, _facts in told), household=made)
    visit(made, by, dict(zip(members, (facts for _age, facts in told), strict=True)), **home)
    return made


@pytest.fixture
def street(by: User) -> None:
    absent, present = {"enrolled": "school", "absences_30d": 12}, {"enrolled": "school", "absences_30d": 0}
    without, with_one = {"family_doctor": False}, {"family_doctor": True}
    household(by, "Același copil", [(40, with_one), (10, {**without, **absent})], monthly_income_lei=500)
    household(by, "Alt copil", [(40, with_one), (10, {**without, **present}), (8, {**with_one, **absent})])
    household(by, "Mama", [(40, without), (10, {**with_one, **absent})], monthly_income_lei=5000)
    household(by, "Fără răspunsuri", [(40, {})])
    household(by, "Departe", [(40, {**with_one}), (15, {"mother": "abroad"}), (12, {"father": "deceased"})])


def walk_whatever_it_costs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of frequent answers a list is walked in its order; as if these few were frequent."""
    for bound in ("LOOKED_UP", "PAGE"):
        monkeypatch.setattr(narrowing, bound, 0)
    monkeypatch.setattr(narrowing, "_SAMPLED", 1)


@pytest.mark.parametrize("walked", [True, False])
def test_what_is_of_people_is_all_of_one_person(
    by: User, street: None, monkeypatch: pytest.MonkeyPatch, walked: bool
) -> None:
    if walked:
        walk_whatever_it_costs(monkeypatch)
        assert asked(by, NO_DOCTOR, ages=CHILD).is_walked
    assert homes(by, NO_DOCTOR) == {"Același copil", "Alt copil", "Mama"}
    assert homes(by, NO_DOCTOR, ages=CHILD) == {"Același copil", "Alt copil"}
    assert homes(by, NO_DOCTOR, ABSENT) == homes(by, NO_DOCTOR, ABSENT, ages=CHILD) == {"Același copil"}
    assert homes(by, NO_DOCTOR, ABSENT, POOR) == homes(by, POOR) == {"Același copil"}
    assert homes(by, "VSA_02", ABSENT) == {"Același copil"}
    assert homes(by, POOR, ages=Ages(65)) == set()
    assert homes(by, ages=Ages(13, 17)) == {"Departe"}
    assert homes(by) == {"Același copil", "Alt copil", "Mama", "Fără răspunsuri", "Departe"}


def test_answers_to_one_question_are_alternatives_and_questions_are_not(by: User, street: None) -> None:
    assert homes(by, "mother.abroad", "mother.deceased") == {"Departe"}
    assert homes(by, "mother.abroad", "father.deceased") == set()
    assert homes(by, ABSENT, "absences_30d.40-") == homes(by, ABSENT)
    assert homes(by, "absences_30d.40-") == set()


def test_a_case_of_one_person_goes_by_that_person(by: User, street: None) -> None:
    other = Household.objects.get(name="Alt copil")
    absent, without = (
        other.memberships.select_related("person").order_by("person__birth_date")[place].person
        for place in (2, 1)
    )
    of_home = open_case(by=by, household=other, regime="standard", reason="x")
    of_absent = open_case(by=by, household=other, person=absent, regime="standard", reason="x")
    of_without = open_case(by=by, household=other, person=without, regime="standard", reason="x")

    def cases(*keys: str, ages: Ages | None = None) -> set[Case]:
        return set(asked(by, *keys, ages=ages).of_cases(Case.objects.visible_to(again(by))))

    assert cases(NO_DOCTOR) == {of_home, of_without}
    assert cases(ABSENT) == {of_home, of_absent}
    assert cases(NO_DOCTOR, ABSENT) == set()
    assert cases(ages=Ages(7, 8)) == {of_home, of_absent}


@pytest.mark.parametrize("today", [dt.date(2026, 2, 28), dt.date(2024, 2, 29), dt.date(2026, 3, 1)])
def test_ages_are_completed_years(today: dt.date) -> None:
    for least, most in ((None, 17), (0, 0), (1, 5), (18, 64), (65, None), (2, 2)):
        earliest, latest = born_between(least, most, on=today)
        for days in range(0, 70 * 366, 1):
            born = today - dt.timedelta(days=days)
            age = completed_years(born, on=today)
            meant = age >= (least or 0) and (most is None or age <= most)
            assert meant == (born <= latest and (earliest is None or born >= earliest)), (born, least, most)


ROLES = [role for role in Role if role is not Role.PARTNER]
LISTED = [
    "VSA_02",
    NO_DOCTOR,
    "VEC_05",
    ABSENT,
    "identity_document.no",
    "damp.yes",
    "VAI_02",
    "mother.abroad",
]


@pytest.fixture
def place() -> Place:
    """A sealed mother, her new household with somebody else, and everything there is to be found in both."""
    made = make_place()
    told = {"family_doctor": False, "identity_document": False, "mother": "abroad"}
    absent = {**told, "enrolled": "school", "absences_30d": 20, "special_educational_needs": False}
    for home, mother in ((made.old, made.mother), (made.like, made.like_mother)):
        child = home.memberships.exclude(person=mother).get().person
        visit(home, made.worker, {mother: told, child: absent}, days_ago=30, damp=True)
    grandmother, grandchild = family(70, 9, household=made.new)
    visit(made.new, made.worker, {grandmother: {}, grandchild: absent}, days_ago=5, damp=False)
    visit(made.new, made.worker, {made.mother: told, grandmother: told, grandchild: {}}, damp=True)
    return made


@dataclass(frozen=True)
class Told:
    """What the pages of a household tell somebody: the assessment that is shown, and what is read of it there."""

    shown: Assessment
    readable: frozenset[str]
    codes: Mapping[UUID | None, set[str]]
    members: Mapping[UUID, AssessedMember]

    def fits(self, offers: Sequence[Offer], ages: Ages | None) -> bool:
        """Whether all that is asked can be read there, of one person where it is of people."""
        if any(offer.compartment not in self.readable for offer in offers):
            return False
        if not all(self._holds(offer, None) for offer in offers if offer.about == "household"):
            return False
        of_people = [offer for offer in offers if offer.about == "member"]
        if not of_people:
            return True
        earliest, latest = (
            born_between(ages.least, ages.most, on=timezone.localdate()) if ages else (None, dt.date.max)
        )
        return any(
            all(self._holds(offer, key) for offer in of_people)
            and one.person.birth_date <= latest
            and (earliest is None or one.person.birth_date >= earliest)
            for key, one in self.members.items()
        )

    def _holds(self, offer: Offer, person: UUID | None) -> bool:
        facts = self.members[person].facts if person else self.shown.facts
        value = facts.get(offer.name)
        if offer.at_least is not None:
            return value is not None and value >= offer.at_least
        if offer.at_most is not None:
            return value is not None and value <= offer.at_most
        said = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
        return said == offer.choice if offer.choice else offer.name in self.codes.get(person, set())


def pages_tell(user: User, home: Household) -> Told | None:
    """What the pages tell; None where no assessment is shown."""
    shown = Assessment.objects.visible_to(user).filter(household=home).first()
    if shown is None:
        return None
    readable = frozenset(compartments_of(user, home))
    found = Finding.objects.of_the_living().filter(
        finding_set=shown.finding_sets.first(), compartment__in=readable
    )
    codes: dict[UUID | None, set[str]] = {}
    for row in found:
        codes.setdefault(row.person_id, set()).add(row.code)
    members = {one.person_id: one for one in shown.members.select_related("person")}
    return Told(shown, readable, codes, members)


def readers(place: Place) -> dict[str, User]:
    keeper = place.old.keeper
    users = {role.value: worker(role, organization=keeper) for role in ROLES}
    two = worker(Role.COMMUNITY_NURSE, organization=keeper)
    elsewhere = HouseholdFactory(keeper=OrganizationFactory())
    AppointmentFactory(user=two, organization=elsewhere.keeper, role=Role.SCHOOL_MEDIATOR)
    told = {"family_doctor": False, "enrolled": "school", "absences_30d": 30}
    visit(elsewhere, place.worker, dict.fromkeys(family(35, 12, household=elsewhere), told), damp=True)
    guest = worker(Role.COMMUNITY_NURSE)
    open_in_emergency(by=guest, household=place.like, reason="copil singur", cnp=place.like_mother.cnp)
    return {
        **users, "two keepers": two, "guest": guest, "circle": place.worker, "colleague": place.colleague,
        "stranger": worker(Role.COORDINATOR),
    }  # fmt: skip


@pytest.mark.long
def test_a_filter_tells_no_more_and_no_less_than_the_pages(place: Place) -> None:
    """Each reader is asked of each answer; of pairs of them in `make test` of one in four."""
    everything = offers_within(EVERY)
    assert not {offer.compartment for offer in everything.values()} & SEALED_COMPARTMENTS
    who = readers(place)
    case = Case.objects.filter(household=place.like).first()
    seal_case(by=again(place.worker), case=case, reason="x")
    told: dict[str, set[str]] = {}
    for name, reader in who.items():
        user = again(reader)
        pages = {home.pk: pages_tell(user, home) for home in Household.objects.visible_to(user)}
        pairs = [both for both in combinations(LISTED, 2) if is_drawn(f"{name} {both}", one_in=4)]
        for keys in [*((key,) for key in LISTED), *pairs]:
            for ages in (None, CHILD):
                offers = [everything[key] for key in keys]
                fitting = Narrowing(user, tuple(offers), ages).of_households(
                    Household.objects.visible_to(user)
                )
                expected = {home for home, page in pages.items() if page and page.fits(offers, ages)}
                if ages and all(offer.about == "household" for offer in offers):
                    continue
                assert {home.pk for home in fitting} == expected, (name, keys, ages)
                told.setdefault(name, set()).update(keys if expected else ())
    assert told["circle"] == set(LISTED)
    assert told["community_nurse"] & {NO_DOCTOR, ABSENT} == {NO_DOCTOR}
    assert told["school_mediator"] & {NO_DOCTOR, ABSENT} == {ABSENT}
    assert not told["stranger"] and told["guest"] and told["two keepers"] >= {NO_DOCTOR, ABSENT}


def test_behind_a_seal_the_list_shows_what_the_page_shows(place: Place) -> None:
    """Outside the circle the household is as at its last visit without her, and nothing is missing there."""
    assert hidden_from(again(place.colleague)).lodgings
    for user, no_doctor, damp in ((place.worker, True, True), (place.colleague, True, False)):
        new = Household.objects.filter(pk=place.new.pk)
        assert asked(user, NO_DOCTOR).of_households(new).exists() == no_doctor
        assert asked(user, "damp.yes").of_households(new).exists() == damp
    assert not asked(place.worker, ABSENT).of_households(Household.objects.filter(pk=place.new.pk)).exists()
    assert asked(place.colleague, ABSENT).of_households(Household.objects.filter(pk=place.new.pk)).exists()
    assert Person.objects.filter(pk=place.mother.pk).exists()
