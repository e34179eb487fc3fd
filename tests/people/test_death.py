"""Nobody dead is prefilled, counted, grows older, receives terms or moves in afterwards; a mistake is taken back."""

import datetime as dt

import pytest
from django.utils import timezone

from punte.accounts.models import TrailEntry
from punte.assessments.models import Finding
from punte.assessments.packs import current_version
from punte.assessments.prefill import known_facts
from punte.cases.actions import open_case
from punte.cases.models import Case, CaseDeadline
from punte.cases.refresh import refresh_severity
from punte.fieldwork.caseload import entity_lists
from punte.kernel.errors import DomainError
from punte.kernel.extracts import Pseudonyms
from punte.methodology.packs import load_pack
from punte.people.actions import change_person, join_household
from punte.people.models import Household, Membership, Person
from punte.people.search import likely_same
from punte.statistics.tables import TABLES
from tests.factories import HouseholdFactory, MembershipFactory, PersonFactory, worker

pytestmark = pytest.mark.django_db
REGIME, REASON = "standard", "Sesizare de la școală"
DIED = dt.date(2026, 6, 1)
CAME = dt.date(2020, 1, 1)


@pytest.fixture
def by():
    return worker()


@pytest.fixture
def home(by):
    return HouseholdFactory(keeper=by.appointments.get().organization)


def member(home, given_name, **fields):
    person = PersonFactory(keeper=home.keeper, given_name=given_name, **fields)
    MembershipFactory(person=person, household=home, start=CAME)
    return person


def dies(by, person, day=DIED):
    change_person(by=by, person=Person.objects.get(pk=person.pk), died_on=day)
    return Person.objects.get(pk=person.pk)


def test_a_death_ends_where_the_person_lived_and_is_in_the_trail(by, home):
    ana = member(home, "Ana")
    dies(by, ana)
    lived = Membership.objects.get(person=ana)
    assert (lived.start, lived.end) == (CAME, DIED)
    entry = TrailEntry.objects.get(verb="record_death")
    assert (entry.person, entry.household) == (ana.pk, home.pk)


def test_a_death_noted_by_mistake_is_taken_back(by, home):
    ana = member(home, "Ana")
    left = dt.date(2026, 8, 1)
    gone = member(home, "Ion")
    Membership.objects.filter(person=gone).update(end=left)
    for person in (ana, gone):
        dies(by, dies(by, person), DIED - dt.timedelta(days=3))
        dies(by, person, None)
    ends = dict(Membership.objects.values_list("person__given_name", "end"))
    assert ends == {"Ana": None, "Ion": left}
    assert TrailEntry.objects.filter(verb="take_back_death").count() == 2


def test_nobody_moves_in_after_death(by, home):
    ana = PersonFactory(keeper=home.keeper, died_on=DIED)
    with pytest.raises(DomainError) as refused:
        join_household(by=by, person=ana, household=home, start=DIED + dt.timedelta(days=1), relation="child")
    assert refused.value.field == "start"
    lived = join_household(by=by, person=ana, household=home, start=CAME, relation="child")
    assert lived.end == DIED
    dies(by, ana, None)
    assert Membership.objects.get().end is None


def test_a_day_of_death_before_the_person_came_is_refused(by, home):
    ana = member(home, "Ana")
    with pytest.raises(DomainError) as refused:
        dies(by, ana, CAME - dt.timedelta(days=1))
    assert refused.value.field == "died_on"


def test_the_dead_grow_no_older(by):
    person = PersonFactory(birth_date=dt.date(1950, 3, 3), died_on=dt.date(2020, 3, 2))
    assert (person.age_on(), person.age_on(dt.date(2010, 3, 3))) == (69, 60)


def test_the_dead_are_in_no_new_questionnaire_nor_on_a_phone(by, home):
    ana, ion = member(home, "Ana"), member(home, "Ion")
    open_case(by=by, household=home, regime=REGIME, reason=REASON)
    dies(by, ana)
    _facts, members = known_facts(home, pack=load_pack("sci"), by=by)
    assert [one["member_id"] for one in members] == [str(ion.pk)]
    assert entity_lists(by)[1].keys == {ion.pk}


def test_what_was_found_of_the_dead_is_counted_no_more(by, home):
    ana = member(home, "Ana")
    found = _found(by, home, ana)
    case = Case.objects.get(household=home)
    refresh_severity(home, [case])
    assert case.severity == 3
    dies(by, ana)
    case.refresh_from_db()
    assert case.severity == 0
    assert not Finding.objects.filter(pk=found.pk).of_the_living().exists()
    assert Finding.objects.filter(pk=found.pk).of_the_living(DIED - dt.timedelta(days=1)).exists()
    dies(by, ana, None)
    case.refresh_from_db()
    assert case.severity == 3


def test_nothing_is_due_about_the_dead(by, home):
    ana = member(home, "Ana")
    open_case(by=by, household=home, person=ana, regime=REGIME, reason=REASON)
    due = CaseDeadline.objects.filter(case__person=ana, met_on=None)
    assert due.exists()
    dies(by, ana)
    assert not due.exists()
    dies(by, ana, None)
    assert due.exists()


def test_who_died_is_asked_about_and_not_taken_for_alive(by, home):
    ana = member(home, "Ana", birth_date=dt.date(1990, 5, 17))
    dies(by, ana)
    (likely,) = likely_same(by, "Dinu", "Ana", dt.date(1990, 5, 17), "")
    assert likely.person.died_on == DIED


def _found(by, home: Household, person: Person) -> Finding:
    open_case(by=by, household=home, regime=REGIME, reason=REASON)
    pack = current_version("sci")
    made = home.assessments.create(
        pack=pack, by=by, instance_id="uuid:1", instance="<data/>", digest="", visited_on=timezone.localdate()
    )
    return made.finding_sets.create(pack=pack).findings.create(
        person=person, code="VSA_02", severity=3, dimension="health", compartment="health", explanation={}
    )


def test_what_was_found_of_the_dead_is_in_no_extract(by, home):
    ana = member(home, "Ana")
    _found(by, home, ana)
    table = next(table for table in TABLES if table.name == "findings")
    assert len(list(table.rows(Pseudonyms(b"key"), timezone.now()))) == 1
    dies(by, ana)
    assert list(table.rows(Pseudonyms(b"key"), timezone.now())) == []
    before = timezone.now() - (timezone.localdate() - DIED + dt.timedelta(days=1))
    assert len(list(table.rows(Pseudonyms(b"key"), before))) == 1
