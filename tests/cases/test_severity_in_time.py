"""How severe a case is has its rows in time; what stands beside the case is what the row of today says."""

import datetime as dt
from typing import Any

import duckdb
import pytest
from django.core.management import call_command
from django.utils import timezone

from punte.cases.actions import open_case
from punte.cases.actions.follow_assessment import follow_assessment
from punte.cases.models import Case, SeverityPeriod
from punte.cases.refresh_all import refresh_everything
from punte.people.actions import change_person
from punte.statistics.actions import make_extract_of_day
from tests.cases.conftest import Town

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
SEVERE = "LEVEL_SEVERE"


def rows(case: Case) -> list[tuple[int, dt.date, dt.date | None]]:
    return list(case.severities.order_by("start").values_list("severity", "start", "end"))


def visited(town: Town, *codes: str, days_ago: int = 0) -> None:
    made = town.assessed(*((town.child, code) for code in codes), days_ago=days_ago)
    follow_assessment(by=town.worker, assessment=made)


def as_projected() -> None:
    """Recomputes from the rows what stands beside every case."""
    today = timezone.localdate()
    said = {row.case_id: (row.severity, row.severe_child) for row in SeverityPeriod.objects.on(today)}
    for case in Case.objects.all():
        assert (case.severity, case.severe_child) == said.get(case.pk, (0, False))


def test_each_visit_begins_a_row_on_its_own_day(town: Town) -> None:
    today = timezone.localdate()
    town.assessed((town.child, SEVERE), days_ago=60)
    case = town.case()
    assert rows(case) == [(3, today - 60 * DAY, None)]
    visited(town, SEVERE, days_ago=20)
    assert len(rows(case)) == 1
    visited(town, days_ago=3)
    assert rows(case) == [(3, today - 60 * DAY, today - 3 * DAY), (0, today - 3 * DAY, None)]
    as_projected()


def test_without_a_visit_nothing_is_known(town: Town) -> None:
    case = town.case()
    assert rows(case) == []
    as_projected()


def test_a_death_changes_it_from_today_and_a_mistake_leaves_no_gap(town: Town) -> None:
    today = timezone.localdate()
    town.assessed((town.child, SEVERE), days_ago=60)
    case = town.case()
    change_person(by=town.worker, person=town.child, died_on=today)
    assert rows(case) == [(3, today - 60 * DAY, today), (0, today, None)]
    town.child.refresh_from_db()
    change_person(by=town.worker, person=town.child, died_on=None)
    assert rows(case)[-1] == (3, today, None)
    as_projected()


def test_made_anew_it_stays_as_it_is(town: Town) -> None:
    town.assessed((town.child, SEVERE), days_ago=60)
    case = town.case()
    before = rows(case)
    refresh_everything()
    assert rows(case) == before
    Case.objects.update(severity=1, severe_child=False)
    refresh_everything()
    assert rows(case) == before
    as_projected()


def test_an_extract_of_a_day_says_what_was_so_then(town: Town, settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    today = timezone.localdate()
    town.assessed((town.child, SEVERE), days_ago=60)
    town.case()
    visited(town)
    for day, severity in ((today - 61 * DAY, []), (today - DAY, [3]), (today, [0])):
        name, _files = make_extract_of_day(day)
        path = tmp_path / "extracts" / name / "case_severities.parquet"
        found = duckdb.connect().execute(f"SELECT severity FROM '{path}'").fetchall()
        assert [one for (one,) in found] == severity, day


@pytest.mark.both
@pytest.mark.whole
@pytest.mark.django_db(transaction=True)
def test_what_visits_tell_of_before_becomes_rows(town: Town) -> None:
    today = timezone.localdate()
    town.assessed((town.child, SEVERE), days_ago=60)
    case = open_case(by=town.worker, household=town.household, regime="standard", reason="x")
    visited(town, days_ago=20)
    visited(town, days_ago=10)
    SeverityPeriod.objects.all().delete()
    call_command("migrate", "cases", "0016", verbosity=0)
    call_command("migrate", "cases", verbosity=0)
    assert rows(case) == [(3, today - 60 * DAY, today - 20 * DAY), (0, today - 20 * DAY, None)]
    as_projected()
