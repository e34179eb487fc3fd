"""Registers in the extract: typed, without words or names, as they were known at its moment and true on a day."""

import datetime as dt
from decimal import Decimal

import duckdb
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from punte.accounts.enums import Role
from punte.cases.actions import open_case, seal_person
from punte.cases.enums import Regime
from punte.registers.actions import add_entry, correct_entry, move_entry, withdraw_entry
from punte.registers.models import Entry
from punte.statistics.actions import make_extract, make_extract_of_day
from punte.statistics.models import Extract
from tests.factories import HouseholdFactory, OrganizationFactory, family
from tests.factories import worker as worker_as
from tests.registers.test_definitions import SOUND

pytestmark = pytest.mark.django_db
MARCH, MAY = dt.date(2026, 3, 1), dt.date(2026, 5, 31)
BED = {"kind": "bed", "number": "Inv. 7", "value": Decimal("1500.50"), "cared_for": "Zăvoianu"}


@pytest.fixture(autouse=True)
def _own_register(tmp_path, settings) -> None:
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers" / "loaned_equipment.yaml").write_text(SOUND, encoding="utf-8")
    settings.OWN_CONTENT = tmp_path


@pytest.fixture
def var(settings, tmp_path):
    settings.VAR = tmp_path / "var"
    return settings.VAR


@pytest.fixture
def worker():
    return worker_as(Role.SOCIAL_WORKER, organization=OrganizationFactory())


@pytest.fixture
def home(worker):
    return HouseholdFactory(keeper=worker.appointments.get().organization)


def lend(worker, home, **given) -> Entry:
    said = {"start": MARCH, "given": BED, **given}
    return add_entry(by=worker, register="loaned_equipment", subject=home, **said)


def rows_of(var, name: str, columns: str = "*") -> list[tuple]:
    path = var / "extracts" / name / "register_loaned_equipment.parquet"
    return duckdb.connect().execute(f"SELECT {columns} FROM '{path}'").fetchall()


def test_an_entry_is_typed_and_says_nothing_in_words(worker, home, var) -> None:
    entry = lend(worker, home)
    move_entry(by=worker, entry=entry, move="return", on=MAY, given={}, revision=1)
    withdraw_entry(by=worker, entry=lend(worker, home), why="Greșit", revision=1)
    made = make_extract()
    [row] = rows_of(var, made.name)
    assert row[2:] == ("returned", "2026-03", "2026-05", "bed", Decimal("1500.50"))
    assert not {str(home.pk), home.pk.hex} & {str(value) for value in row}
    assert made.files["register_loaned_equipment"]["rows"] == 1
    assert made.files["register_school_enrolment"]["rows"] == 0


def test_of_a_day_it_has_what_was_true_on_it_and_publishes_nothing(worker, home, var) -> None:
    lend(worker, home, last=MAY)
    lend(worker, home, start=dt.date(2026, 6, 1))
    name, files = make_extract_of_day(MAY)
    assert rows_of(var, name, "start") == [("2026-03",)]
    assert "households" not in files
    assert not Extract.objects.exists()
    with pytest.raises(CommandError, match="2026-12-31"):
        call_command("extract", "--as-of", "31.05.2026")
    call_command("extract", "--as-of", "2026-07-01", verbosity=0)


def test_it_is_as_it_was_known_when_it_was_made(worker, home, var) -> None:
    entry = lend(worker, home)
    before = timezone.now()
    correct_entry(by=worker, entry=entry, start=MARCH, given={**BED, "kind": "chair"}, why="x", revision=1)
    then, _files = make_extract_of_day(MAY, moment=before)
    now, _files = make_extract_of_day(MAY, moment=before + dt.timedelta(hours=1))
    assert rows_of(var, then, "kind") == [("bed",)]
    assert rows_of(var, now, "kind") == [("chair",)]


def test_what_stands_aside_behind_a_seal_is_not_in_it(worker, home, var) -> None:
    _mother, child = family(34, 8, household=home)
    inside = worker_as(Role.CASE_MANAGER, organization=home.keeper)
    open_case(by=inside, household=home, regime=Regime.STANDARD, reason="Vizită")
    school = {"unit": "Școala nr. 1", "stage": "primary"}
    entry = add_entry(by=inside, register="school_enrolment", subject=child, start=MARCH, given=school)
    seal_person(by=inside, person=child, reason="Este căutat")
    correct_entry(by=worker, entry=entry, start=MAY, given=school, why="Din mai", revision=1)
    made = make_extract()
    path = var / "extracts" / made.name / "register_school_enrolment.parquet"
    assert duckdb.connect().execute(f"SELECT start, stage FROM '{path}'").fetchall() == [
        ("2026-03", "primary")
    ]
