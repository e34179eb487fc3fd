"""Entries: written down, carried on, corrected, withdrawn; nothing is overwritten and nothing overlaps."""

import datetime as dt
from decimal import Decimal

import pytest

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry
from punte.kernel.errors import DomainError, EditedMeanwhile, NotAllowed
from punte.people.actions import join_people
from punte.registers.actions import LookAgain, add_entry, correct_entry, move_entry, withdraw_entry
from punte.registers.models import Entry, EntryMark, EntryValue
from punte.registers.sight import Sight
from punte.registers.values import said_by
from tests.factories import HouseholdFactory, PersonFactory, family
from tests.factories import worker as worker_as
from tests.registers.test_definitions import SOUND

pytestmark = pytest.mark.django_db
MARCH = dt.date(2026, 3, 1)
MAY = dt.date(2026, 5, 31)
BED = {"kind": "bed", "number": "Inv. 7", "value": Decimal("1500.50")}


@pytest.fixture(autouse=True)
def _own_register(tmp_path, settings) -> None:
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers" / "loaned_equipment.yaml").write_text(SOUND, encoding="utf-8")
    settings.OWN_CONTENT = tmp_path


@pytest.fixture
def worker(house):
    return worker_as(Role.SOCIAL_WORKER, organization=house)


@pytest.fixture
def home(house):
    home = HouseholdFactory(keeper=house)
    family(34, 6, household=home)
    return home


def lend(worker, home, **given):
    said = {"start": MARCH, "given": BED, **given}
    return add_entry(by=worker, register="loaned_equipment", subject=home, **said)


def says(entry):
    entry.refresh_from_db()
    from punte.registers.catalogue import definition_at

    return said_by(definition_at(entry.version), entry)


def test_an_entry_says_what_was_given_and_words_are_encrypted(worker, home) -> None:
    entry = lend(worker, home)
    assert says(entry) == BED
    assert entry.values == {"kind": "bed", "value": 150050}
    assert "Inv" not in str(Entry.objects.values_list("values").get())
    assert {(one.field, one.word, one.number) for one in EntryValue.objects.all()} == {
        ("kind", "bed", None),
        ("value", "", Decimal("1500.5")),
    }
    assert EntryMark.objects.get().field == "number"
    assert TrailEntry.objects.filter(verb="add_entry", subject=entry.pk, household=home.pk).exists()


@pytest.mark.both
@pytest.mark.parametrize(
    ("start", "last", "kind", "refused"),
    [
        (MARCH, None, "bed", True),
        (dt.date(2026, 1, 1), MARCH, "bed", True),
        (dt.date(2026, 1, 1), dt.date(2026, 2, 28), "bed", False),
        (MAY, None, "bed", True),
        (dt.date(2026, 6, 1), None, "bed", False),
        (MARCH, None, "chair", False),
    ],
)
def test_two_of_a_kind_do_not_hold_at_a_time(worker, home, start, last, kind, refused) -> None:
    lend(worker, home, last=MAY)
    other = {"start": start, "last": last, "given": {**BED, "kind": kind}}
    if refused:
        with pytest.raises(DomainError, match="at the same time|în același timp|același"):
            lend(worker, home, **other)
    else:
        lend(worker, home, **other)
    assert Entry.objects.count() == (1 if refused else 2)


@pytest.mark.both
def test_what_came_back_makes_room(worker, home) -> None:
    entry = lend(worker, home)
    move_entry(by=worker, entry=entry, move="return", on=MAY, given={}, revision=1)
    entry.refresh_from_db()
    assert (entry.state, entry.end, entry.revision) == ("returned", dt.date(2026, 6, 1), 2)
    lend(worker, home, start=dt.date(2026, 4, 1))


def test_a_correction_keeps_what_was_there(worker, home) -> None:
    entry = lend(worker, home)
    correct_entry(
        by=worker,
        entry=entry,
        start=MARCH,
        given={**BED, "number": "Inv. 8"},
        why="Greșeală de scriere",
        revision=1,
    )
    assert says(entry)["number"] == "Inv. 8"
    first, second = entry.revisions.all()
    assert '"Inv. 7"' in first.texts
    assert (second.move, second.by, second.why) == ("correct", worker, "Greșeală de scriere")


@pytest.mark.both
def test_history_is_never_rewritten(worker, home) -> None:
    from django.db import IntegrityError, transaction

    entry = lend(worker, home)
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.revisions.update(move="x")


def test_what_was_a_mistake_counts_nowhere_and_stays_to_be_read(worker, home) -> None:
    entry = lend(worker, home)
    withdraw_entry(by=worker, entry=entry, why="La altă familie", revision=1)
    lend(worker, home)
    assert EntryValue.objects.filter(entry=entry).count() == 0
    assert len(Sight(worker, home).entries()) == 2
    with pytest.raises(DomainError):
        move_entry(by=worker, entry=entry, move="lose", on=MAY, given={}, revision=2)


def test_whom_somebody_was_quicker_than_looks_again(worker, home) -> None:
    entry = lend(worker, home)
    move_entry(by=worker, entry=entry, move="lose", on=MAY, given={}, revision=1)
    with pytest.raises(EditedMeanwhile):
        move_entry(by=worker, entry=entry, move="return", on=MAY, given={}, revision=1)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "kind"),
        ({"kind": "crane"}, "kind"),
        ({**BED, "value": "mult"}, "value"),
        ({**BED, "value": Decimal("1.005")}, "value"),
        ({**BED, "value": Decimal("-1")}, "value"),
        ({**BED, "number": "x" * 5000}, "number"),
        ({**BED, "colour": "red"}, None),
    ],
)
def test_what_cannot_be_so_is_said_beside_its_field(worker, home, given, field) -> None:
    with pytest.raises(DomainError) as refused:
        lend(worker, home, given=given)
    assert refused.value.field in (field, "colour")
    assert not Entry.objects.exists()


def test_days_are_the_right_way_round_and_in_a_year_that_is_meant(worker, home) -> None:
    for wrong in ({"last": dt.date(2026, 2, 1)}, {"start": dt.date(1, 1, 1)}, {"last": dt.date(9999, 1, 1)}):
        with pytest.raises(DomainError):
            lend(worker, home, **wrong)


def test_what_looks_wrong_is_done_once_it_is_meant(worker, home) -> None:
    dear = {**BED, "value": Decimal(20000)}
    with pytest.raises(LookAgain) as asked:
        lend(worker, home, given=dear)
    assert asked.value.field == "confirmed"
    lend(worker, home, given=dear, confirmed=True)


def test_nothing_begins_after_death(worker, house) -> None:
    person = PersonFactory(keeper=house, died_on=dt.date(2026, 2, 1))
    with pytest.raises(DomainError, match="01.02.2026"):
        add_entry(
            by=worker,
            register="school_enrolment",
            subject=person,
            start=MARCH,
            given={"unit": "Școala nr. 1", "stage": "primary"},
        )


def test_a_role_writes_only_in_what_it_reads(house, home) -> None:
    trainee = worker_as(Role.TRAINEE, organization=house)
    mediator = worker_as(Role.SCHOOL_MEDIATOR, organization=house)
    with pytest.raises(NotAllowed):
        lend(trainee, home)
    with pytest.raises(NotAllowed):
        lend(mediator, home, given={**BED, "cared_for": "bunica"})
    entry = lend(mediator, home)
    assert Sight(mediator, home).fields(_definition()) == ["kind", "number", "value"]
    person = PersonFactory(keeper=house)
    certificate = {"kind": "physical", "grade": "severe", "permanent": True}
    with pytest.raises(NotAllowed):
        add_entry(
            by=mediator, register="disability_certificate", subject=person, start=MARCH, given=certificate
        )
    assert entry.compartment == "general"


def test_what_a_role_does_not_read_stays_when_it_corrects(house, worker, home) -> None:
    entry = lend(worker, home, given={**BED, "cared_for": "bunica"})
    mediator = worker_as(Role.SCHOOL_MEDIATOR, organization=house)
    correct_entry(by=mediator, entry=entry, start=MARCH, given={"kind": "chair"}, why="x", revision=1)
    assert says(entry) == {"kind": "chair", "cared_for": "bunica"}


def test_who_does_not_see_the_subject_writes_nothing(home) -> None:
    stranger = worker_as(Role.SOCIAL_WORKER)
    with pytest.raises(NotAllowed):
        lend(stranger, home)


def test_two_files_with_an_entry_of_one_time_are_not_joined(worker, house) -> None:
    one, other = PersonFactory(keeper=house), PersonFactory(keeper=house)
    school = {"unit": "Școala nr. 1", "stage": "primary"}
    entries = [
        add_entry(by=worker, register="school_enrolment", subject=person, start=MARCH, given=school)
        for person in (one, other)
    ]
    with pytest.raises(DomainError, match="register|registru"):
        join_people(by=worker, keep=one, join=other, why="Același copil")
    move_entry(by=worker, entry=entries[0], move="transfer", on=MARCH, given={}, revision=1)
    correct_entry(by=worker, entry=entries[1], start=MAY, given=school, why="Din mai", revision=1)
    join_people(by=worker, keep=one, join=other, why="Același copil")
    assert Entry.objects.filter(person=one).count() == 2


def _definition():
    from punte.registers.catalogue import register_named

    return register_named("loaned_equipment")
