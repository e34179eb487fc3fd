"""A room that lives only in the tests (`tests/bells`) is shown by every host, and no host was edited for it."""

import datetime as dt
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from punte.accounts import guests
from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry
from punte.accounts.retention import erase_over
from punte.cases.actions import open_case, seal_case
from punte.cases.actions.refresh_deadlines import refresh_deadlines
from punte.cases.content import checked_rulebook
from punte.cases.enums import Regime
from punte.people.actions.own_file import make_own_file
from punte.statistics.actions import make_extract
from tests.factories import HouseholdFactory, OrganizationFactory, family, worker
from tests.www.frame.test_veiled import signed_in

pytestmark = pytest.mark.django_db
RULE = """\
rules:
  - key: answer_the_bell
    text: {ro: "Răspundeți la sonerie în 5 zile", en: "Answer the bell within 5 days"}
    since: [bell_rang]
    offset: {days: 5}
    met_by: [bell_answered]
    per_subject: true
    who: social_worker
    source: un exemplu
    evidence: seed

"""
TABLE = """\
CREATE TABLE bells_bell (
    id integer PRIMARY KEY, person_id {key} NOT NULL, place varchar(40) NOT NULL,
    rang_on date NOT NULL, seen_on date
)"""


@pytest.fixture
def bell_class(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The room, installed: its table, its rule of terms among those of content."""
    monkeypatch.setattr(guests, "_GUESTS", dict(guests._GUESTS))
    text = (settings.CONTENT / "deadlines.yaml").read_text(encoding="utf-8")
    (tmp_path / "content").mkdir()
    for other in settings.CONTENT.iterdir():
        (tmp_path / "content" / other.name).symlink_to(other)
    (tmp_path / "content" / "deadlines.yaml").unlink()
    (tmp_path / "content" / "deadlines.yaml").write_text(text.replace("rules:\n", RULE, 1), encoding="utf-8")
    settings.CONTENT = tmp_path / "content"
    settings.VAR = tmp_path / "var"
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "tests.bells"]
    key = "uuid" if connection.vendor == "postgresql" else "char(32)"
    with connection.cursor() as cursor:
        cursor.execute(TABLE.format(key=key))
    from tests.bells.models import Bell

    return Bell


@pytest.fixture
def home() -> Any:
    home = HouseholdFactory(keeper=OrganizationFactory())
    home.people = family(34, 8, household=home)
    return home


@pytest.fixture
def manager(home: Any) -> Any:
    return worker(Role.CASE_MANAGER, organization=home.keeper)


@pytest.fixture
def case(bell_class: Any, home: Any, manager: Any) -> Any:
    return open_case(by=manager, household=home, regime=Regime.STANDARD, reason="Vizită")


@pytest.fixture
def bell(bell_class: Any, home: Any, case: Any) -> Any:
    return bell_class.objects.create(
        pk=1, person=home.people[0], place="poarta mare", rang_on=timezone.localdate()
    )


def test_the_clock_waits_for_its_events(bell: Any, case: Any, manager: Any) -> None:
    assert any(rule.key == "answer_the_bell" for rule in checked_rulebook().rules)
    refresh_deadlines(case)
    page = signed_in(manager).get(reverse("case", args=[case.pk])).content.decode()
    assert "Răspundeți la sonerie" in page
    from tests.bells.guest import answer_bell

    answer_bell(by=manager, bell=bell)
    refresh_deadlines(case)
    page = signed_in(manager).get(reverse("case", args=[case.pk])).content.decode()
    assert "Răspundeți la sonerie" not in page


def test_the_day_has_its_lines(bell: Any, manager: Any, home: Any) -> None:
    page = signed_in(manager).get(reverse("my_day")).content.decode()
    assert "A sunat la poarta mare" in page
    stranger = worker(Role.CASE_MANAGER)
    assert "poarta mare" not in signed_in(stranger).get(reverse("my_day")).content.decode()


def test_the_trail_says_its_verbs_and_hides_them_behind_a_seal(
    bell: Any, case: Any, manager: Any, home: Any
) -> None:
    from tests.bells.guest import answer_bell

    answer_bell(by=manager, bell=bell)
    assert TrailEntry.objects.get(verb="answer_bell").case == case.pk
    officer = worker(Role.DATA_PROTECTION_OFFICER, organization=home.keeper)
    page = reverse("household_trail", args=[home.pk])
    assert "a răspuns la sonerie" in signed_in(officer).get(page).content.decode()
    seal_case(by=manager, case=case, reason="Semnal")
    assert "a răspuns la sonerie" not in signed_in(officer).get(page).content.decode()
    assert "a răspuns la sonerie" in signed_in(manager).get(page).content.decode()


def test_the_line_of_time_has_its_lane(bell: Any, manager: Any, home: Any) -> None:
    page = signed_in(manager).get(reverse("timeline", args=["persoane", home.people[0].pk])).content.decode()
    assert "Sonerii" in page and "A sunat la poarta mare" in page


def test_the_extract_has_its_table(bell: Any, home: Any, settings: Any) -> None:
    made = make_extract()
    path = settings.VAR / "extracts" / made.name / "bells.parquet"
    [(person, month)] = duckdb.connect().execute(f"SELECT person, month FROM '{path}'").fetchall()
    assert month == f"{timezone.localdate():%Y-%m}"
    assert str(home.people[0].pk) not in person


def test_the_file_of_a_person_tells_of_it_and_its_time_ends(
    bell: Any, home: Any, settings: Any, tmp_path: Path
) -> None:
    officer = worker(Role.DATA_PROTECTION_OFFICER, organization=home.keeper)
    parts = make_own_file(by=officer, person=home.people[0], reason="Cerere")
    assert ("Sonerii", [{"A sunat la": "poarta mare"}]) in [
        (part.title, [dict(row) for row in part.rows]) for part in parts
    ]
    (tmp_path / "retention.yaml").write_text(
        f"rules:\n  - {{key: bells, years: 3, by: {officer.email}, source: poz. 2, evidence: seed}}\n",
        encoding="utf-8",
    )
    settings.OWN_CONTENT = tmp_path
    bell.seen_on = dt.date(2020, 5, 1)
    bell.save()
    assert erase_over(timezone.localdate()) == 1
    assert not type(bell).objects.exists()
