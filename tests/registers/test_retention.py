"""What is over is erased by the years that an institution set, and by nothing else; the register has no gap."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry
from punte.accounts.retention import erase_over, keepings, over
from punte.cases.actions import open_case
from punte.cases.enums import Regime
from punte.kernel.errors import DomainError, NotAllowed
from punte.methodology.errors import PackError
from punte.registers.actions import add_entry, correct_entry
from punte.registers.models import Entry, EntryMark, EntryRevision, EntryValue
from tests.factories import HouseholdFactory, family
from tests.factories import worker as worker_as
from tests.registers.test_definitions import SOUND

pytestmark = pytest.mark.django_db
OLD, LAST = dt.date(2009, 3, 1), dt.date(2010, 5, 31)
BED = {"kind": "bed", "number": "Inv. 7", "cared_for": "bunica"}
RULE = """\
rules:
  - key: register_entries
    years: {years}
    by: {by}
    source: Nomenclatorul arhivistic, poz. 14
    evidence: {evidence}
"""


@pytest.fixture
def officer(house):
    return worker_as(Role.DATA_PROTECTION_OFFICER, organization=house)


@pytest.fixture
def own(tmp_path, settings, officer):
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers" / "loaned_equipment.yaml").write_text(SOUND, encoding="utf-8")
    settings.OWN_CONTENT = tmp_path

    def write(years=10, by=officer.email, evidence="seed", text=RULE) -> None:
        said = text.format(years=years, by=by, evidence=evidence)
        (tmp_path / "retention.yaml").write_text(said, encoding="utf-8")

    return write


@pytest.fixture
def home(house):
    home = HouseholdFactory(keeper=house)
    family(34, household=home)
    return home


@pytest.fixture
def worker(house):
    return worker_as(Role.SOCIAL_WORKER, organization=house)


def lend(worker, home, **said):
    given = {"start": OLD, "last": LAST, "given": BED, **said}
    return add_entry(by=worker, register="loaned_equipment", subject=home, **given)


def run(*options: str) -> str:
    out = StringIO()
    call_command("retention", *options, stdout=out)
    return out.getvalue()


def test_until_the_institution_sets_the_years_nothing_is_erased(own, worker, home) -> None:
    entry = lend(worker, home)
    assert not any(proposed.is_on for proposed in keepings())
    run("--erase")
    assert erase_over(timezone.localdate()) == 0
    own(evidence="memory")
    assert erase_over(timezone.localdate()) == 0
    entry.refresh_from_db()
    assert entry.values and entry.erased_on is None


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_it_is_counted_first_and_erased_when_asked(own, worker, officer, home) -> None:
    entry = lend(worker, home)
    correct_entry(by=worker, entry=entry, start=OLD, last=LAST, given=BED, why="Numele bunicii", revision=1)
    fresh = lend(worker, home, start=timezone.localdate() - dt.timedelta(days=9), last=None)
    own()
    assert ": 1, " in run() and Entry.objects.filter(erased_on=None).count() == 2
    run("--erase")
    entry.refresh_from_db()
    fresh.refresh_from_db()
    assert (entry.values, entry.texts, entry.overlap_key) == ({}, "", None)
    assert (entry.register, entry.state) == ("loaned_equipment", "lent")
    assert (entry.start, entry.end) == (dt.date(2009, 1, 1), dt.date(2011, 1, 1))
    assert fresh.values and fresh.erased_on is None
    assert not EntryValue.objects.filter(entry=entry).exists()
    assert not EntryMark.objects.filter(entry=entry).exists()
    for one in EntryRevision.objects.filter(entry=entry):
        assert (one.values, one.texts, one.why, one.start) == ({}, "", "", dt.date(2009, 1, 1))
    line = TrailEntry.objects.get(verb="erase_kept")
    assert (line.actor, line.keeper) == (officer, home.keeper_id)
    assert line.changes["rows"] == 1 and "poz. 14" in line.reason
    assert erase_over(timezone.localdate()) == 0
    with pytest.raises(DomainError):
        correct_entry(by=worker, entry=entry, start=OLD, last=LAST, given=BED, why="x", revision=2)


def test_what_was_erased_is_still_on_its_page(own, worker, home, client) -> None:
    entry = lend(worker, home)
    own()
    run("--erase")
    client.force_login(worker)
    page = client.get(reverse("entry", args=[entry.pk]))
    assert page.status_code == 200
    assert "Inv. 7" not in page.content.decode() and "2009" in page.content.decode()
    assert client.get(reverse("registers_of", args=["gospodarii", home.pk])).status_code == 200


def test_while_somebody_works_on_a_case_nothing_of_it_is_over(house, own, worker, home) -> None:
    lend(worker, home)
    own()
    assert [one.rows for one in over(timezone.localdate())] == [1]
    manager = worker_as(Role.CASE_MANAGER, organization=house)
    open_case(by=manager, household=home, regime=Regime.STANDARD, reason="Vizită")
    assert list(over(timezone.localdate())) == []


def test_the_last_day_of_the_years_still_counts(own, worker, home) -> None:
    lend(worker, home, last=dt.date(2015, 12, 31))
    own(years=10)
    assert list(over(dt.date(2025, 12, 31))) == []
    assert [one.rows for one in over(dt.date(2026, 1, 1))] == [1]


def test_it_is_done_in_the_name_of_who_watches_over_it(own, worker, home) -> None:
    lend(worker, home)
    own(by=worker.email)
    with pytest.raises(NotAllowed):
        erase_over(timezone.localdate())
    own(by="nimeni@primaria.example")
    with pytest.raises(CommandError, match="nimeni"):
        run("--erase")
    assert Entry.objects.get().erased_on is None


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("years: {years}", "years: zece"),
        ("years: {years}", "years: 0"),
        ("key: register_entries", "key: something"),
        ("evidence: {evidence}", "evidence: rumour"),
        ("    by: {by}\n", ""),
        ("    source:", "    colour: red\n    source:"),
    ],
)
def test_a_file_that_says_something_else_is_refused_with_its_line(own, was, now) -> None:
    own(text=RULE.replace(was, now))
    with pytest.raises(PackError) as refused:
        keepings()
    assert refused.value.line > 1
