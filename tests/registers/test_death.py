"""A death ends what ends with somebody, and is taken back; of the dead nothing is written down that goes on."""

import datetime as dt

import pytest

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry
from punte.cases.actions import open_case, seal_person
from punte.cases.enums import Regime
from punte.cases.models import GuestDeadline
from punte.kernel.errors import DomainError
from punte.people.actions import change_person
from punte.people.models import Person
from punte.registers.actions import add_entry, correct_entry, move_entry, withdraw_entry
from punte.registers.actions.death import follow_death
from punte.registers.models import EntryValue
from punte.registers.sight import Sight
from tests.factories import HouseholdFactory, family
from tests.factories import worker as worker_as

pytestmark = pytest.mark.django_db
MARCH, MAY, JUNE = dt.date(2026, 3, 1), dt.date(2026, 5, 1), dt.date(2026, 6, 1)
DIED = dt.date(2026, 5, 10)
AFTER = dt.date(2026, 5, 11)
SCHOOL = {"unit": "Școala nr. 1", "stage": "primary"}
CERTIFICATE = {"kind": "physical", "grade": "severe", "permanent": False, "valid_until": dt.date(2027, 3, 1)}


@pytest.fixture
def home(house):
    home = HouseholdFactory(keeper=house)
    home.people = family(34, 8, household=home)
    return home


@pytest.fixture
def worker(house, home):
    worker = worker_as(Role.CASE_MANAGER, organization=house)
    open_case(by=worker, household=home, regime=Regime.STANDARD, reason="Vizită", opened_on=MARCH)
    return worker


@pytest.fixture
def child(home):
    return home.people[1]


def enrol(by, child, **given):
    return add_entry(
        by=by, register="school_enrolment", subject=child, **{"start": MARCH, "given": SCHOOL, **given}
    )


def dies(by, person, day=DIED):
    by.__dict__.pop("_hidden_by_seals", None)
    change_person(by=by, person=Person.objects.get(pk=person.pk), died_on=day)
    return Person.objects.get(pk=person.pk)


def read(user, person):
    user.__dict__.pop("_hidden_by_seals", None)
    return [(one.register, one.start, one.end) for one in Sight(user, person).entries()]


def test_what_is_open_ends_on_that_day_and_is_in_the_history_and_the_trail(worker, child) -> None:
    entry = enrol(worker, child)
    over = enrol(worker, child, start=dt.date(2025, 9, 1), last=dt.date(2026, 2, 1))
    dies(worker, child)
    entry.refresh_from_db()
    over.refresh_from_db()
    assert (entry.state, entry.end, entry.revision) == ("attending", AFTER, 2)
    assert over.revision == 1
    last = entry.revisions.get(number=2)
    assert (last.move, last.by, last.end) == ("death", worker, AFTER)
    assert TrailEntry.objects.filter(verb="record_death", subject=entry.pk, person=child.pk).count() == 1


def test_the_field_that_says_the_last_day_says_it_too(worker, home) -> None:
    entry = add_entry(
        by=worker,
        register="disability_certificate",
        subject=home.people[0],
        start=MARCH,
        given=CERTIFICATE,
    )
    assert GuestDeadline.objects.filter(rule="certificate_renewal", met_on=None).exists()
    dies(worker, home.people[0])
    entry.refresh_from_db()
    assert (entry.values["valid_until"], entry.end) == (DIED.isoformat(), AFTER)
    assert not GuestDeadline.objects.filter(met_on=None).exists()


def test_a_mistake_is_taken_back_and_a_day_corrected(worker, child) -> None:
    entry = enrol(worker, child)
    dies(worker, child)
    dies(worker, child, MAY)
    entry.refresh_from_db()
    assert entry.end == MAY + dt.timedelta(days=1)
    dies(worker, child, JUNE)
    entry.refresh_from_db()
    assert entry.end == JUNE + dt.timedelta(days=1)
    dies(worker, child, None)
    entry.refresh_from_db()
    assert (entry.end, entry.revision) == (None, 5)
    assert [one.move for one in entry.revisions.all()] == ["add", "death", "death", "death", "no_death"]
    move_entry(by=worker, entry=entry, move="absent", on=JUNE, given={}, revision=5)


def test_what_outlives_somebody_stays_open(tmp_path, settings, worker, child) -> None:
    text = (settings.CONTENT / "registers" / "school_enrolment.yaml").read_text(encoding="utf-8")
    (tmp_path / "registers").mkdir()
    own = text.replace("key: school_enrolment", "key: own_debt\noutlives: yes")
    (tmp_path / "registers" / "own_debt.yaml").write_text(own, encoding="utf-8")
    settings.OWN_CONTENT = tmp_path
    entry = add_entry(by=worker, register="own_debt", subject=child, start=MARCH, given=SCHOOL)
    mistaken = enrol(worker, child)
    withdraw_entry(by=worker, entry=mistaken, why="Alt copil", revision=1)
    person = dies(worker, child)
    for one in (entry, mistaken):
        one.refresh_from_db()
        assert one.end is None
    correct_entry(by=worker, entry=entry, start=MARCH, given=SCHOOL, why="Tot deschis", revision=1)
    assert person.died_on == DIED


def test_an_entry_that_begins_later_has_one_of_the_days_corrected(worker, child) -> None:
    enrol(worker, child, start=JUNE)
    with pytest.raises(DomainError, match="01.06.2026") as refused:
        dies(worker, child)
    assert refused.value.field == "died_on"
    assert Person.objects.get(pk=child.pk).died_on is None


def test_who_does_not_read_it_is_told_no_more_than_to_ask(house, worker, home) -> None:
    add_entry(
        by=worker, register="disability_certificate", subject=home.people[0], start=JUNE, given=CERTIFICATE
    )
    mediator = worker_as(Role.SCHOOL_MEDIATOR, organization=house)
    home.people[0].died_on = DIED
    with pytest.raises(DomainError) as refused:
        follow_death(by=mediator, person=home.people[0], households=[home])
    assert "2026" not in str(refused.value.message)


def test_of_the_dead_nothing_is_written_that_goes_on(worker, child) -> None:
    person = dies(worker, child)
    for wrong, field in (({"start": JUNE}, "start"), ({}, "last"), ({"last": JUNE}, "last")):
        with pytest.raises(DomainError, match="10.05.2026") as refused:
            enrol(worker, person, **wrong)
        assert refused.value.field == field
    entry = enrol(worker, person, last=DIED)
    with pytest.raises(DomainError, match="10.05.2026"):
        correct_entry(by=worker, entry=entry, start=MARCH, given=SCHOOL, why="x", revision=1)
    assert EntryValue.objects.filter(entry=entry).exists()


def test_behind_a_seal_both_sides_see_it_end_and_neither_what_the_other_sees(house, worker, child) -> None:
    outside = worker_as(Role.SOCIAL_WORKER, organization=house)
    entry = enrol(worker, child)
    seal_person(by=worker, person=child, reason="Este căutat")
    move_entry(by=worker, entry=entry, move="transfer", on=MAY, given={}, revision=1)
    enrol(worker, child, start=dt.date(2026, 5, 2), given={**SCHOOL, "unit": "Școala din alt oraș"})
    assert read(outside, child) == [("school_enrolment", MARCH, None)]
    dies(worker, child)
    assert read(outside, child) == [("school_enrolment", MARCH, AFTER)]
    assert sorted(end for _register, _start, end in read(worker, child)) == [
        dt.date(2026, 5, 2),
        AFTER,
    ]
    dies(worker, child, None)
    assert read(outside, child) == [("school_enrolment", MARCH, None)]


def test_from_outside_the_circle_a_death_ends_what_the_circle_wrote_too(house, worker, child) -> None:
    outside = worker_as(Role.SOCIAL_WORKER, organization=house)
    seal_person(by=worker, person=child, reason="Este căutat")
    hidden = enrol(worker, child)
    dies(outside, child)
    hidden.refresh_from_db()
    assert hidden.end == AFTER
    assert read(outside, child) == []


def test_what_stands_beside_what_the_circle_wrote_keeps_no_death_from_being_noted(
    house, worker, child
) -> None:
    outside = worker_as(Role.SOCIAL_WORKER, organization=house)
    seal_person(by=worker, person=child, reason="Este căutat")
    enrol(worker, child)
    outside.__dict__.pop("_hidden_by_seals", None)
    enrol(outside, child)
    dies(outside, child)
    assert read(outside, child) == [("school_enrolment", MARCH, AFTER)]
    assert [end for _register, _start, end in read(worker, child)] == [AFTER, AFTER]
