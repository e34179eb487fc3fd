"""The Monday of who coordinates: figures that lead to their rows, the load, the age of cases, the course of a year."""

import datetime as dt
import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from punte.cases.actions import follow_assessment, log_intervention, seal_case
from punte.cases.models import Case, CaseDeadline, CaseEpisode
from punte.cases.severe_children import severe_reasons
from punte.cases.team_figures import MonthEnd, ageing_of, course_of
from punte.www.office.day.views.team import drawn
from tests.cases.conftest import Town, again
from tests.factories import HouseholdFactory
from tests.www.office.cases.conftest import SignIn, text_of

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


def another(town: Town, **fields: Any) -> Case:
    return town.case(household=HouseholdFactory(keeper=town.organization, name="Albu"), **fields)


def late(*cases: Case) -> None:
    """Two terms of each case are late."""
    day = TODAY() - dt.timedelta(days=4)
    for case in cases:
        CaseDeadline.objects.filter(case=case).update(due_on=day)
        Case.objects.filter(pk=case.pk).update(due_on=day)


def rows_behind(browser: Any, page: str, number: int) -> None:
    """The link with this number leads to a list of as many rows."""
    found = re.findall(rf'href="({re.escape(reverse("cases"))}\?[^"]*)">\s*(?:<b[^>]*>)?\s*{number}\b', page)
    assert found, number
    for url in found:
        assert browser.get(url.replace("&amp;", "&")).context["total"] == number, url


def test_the_figures_lead_to_exactly_those_rows(town: Town, sign_in: SignIn) -> None:
    late(town.case(), another(town))
    another(town, by=town.colleague)
    another(town, by=town.colleague)
    orphans = Case.objects.filter(responsible=town.colleague)
    orphans.first().responsibilities.all().delete()
    Case.objects.filter(pk=orphans.first().pk).update(responsible=None)
    browser = sign_in(town.coordinator)
    page = text_of(browser.get(reverse("team_day")))
    for number in (1, 2, 4):
        rows_behind(browser, page, number)
    assert f"?whose={town.worker.pk}&amp;state=overdue" in page


def test_sealed_cases_are_counted_and_never_named(town: Town, sign_in: SignIn) -> None:
    case = town.case()
    follow_assessment(by=town.worker, assessment=town.assessed((town.child, "LEVEL_SEVERE")))
    case = seal_case(by=town.worker, case=case, reason="Pericol")
    late(case)
    page = sign_in(town.coordinator).get(reverse("team_day"))
    assert page.context["day"].late_cases_total == 1
    assert str(case) not in text_of(page) and town.household.name not in text_of(page)


def test_a_child_at_severe_risk_has_a_reason_and_a_day_but_no_violence(town: Town, sign_in: SignIn) -> None:
    assessment = town.assessed((town.child, "LEVEL_SEVERE"), days_ago=9)
    finding = assessment.finding_sets.get().findings.get()
    finding.because_of = ["VAI_01", "VFV_03"]
    finding.save()
    follow_assessment(by=town.worker, assessment=assessment)
    reason = severe_reasons(town.coordinator, [town.household.pk])[town.household.pk]
    assert (reason.assessment, reason.since) == (assessment.pk, TODAY() - dt.timedelta(days=9))
    [(age, names)] = reason.children
    assert age == town.child.age_on() and len(names) == 1
    said = text_of(sign_in(town.coordinator).get(reverse("team_day")))
    assert names[0].lower() in said and "de 9 zile" in said
    assert reverse("assessment", args=[assessment.pk]) in said


def test_ages_are_counted_from_the_opening_and_meetings_from_the_last_one(town: Town) -> None:
    keepers = [town.organization.pk]
    cases = [another(town, opened_on=TODAY() - dt.timedelta(days=days)) for days in (10, 120, 500)]
    ages = ageing_of(keepers, TODAY())
    assert (ages.young, ages.grown, ages.old) == (1, 1, 1)
    assert (ages.unseen_month, ages.unseen_quarter) == (3, 3)
    log_intervention(by=town.worker, case=cases[0], mode="home_visit", at=timezone.now())
    log_intervention(
        by=town.worker, case=cases[1], mode="home_visit", at=timezone.now() - dt.timedelta(days=40)
    )
    ages = ageing_of(keepers, TODAY())
    assert (ages.unseen_month, ages.unseen_quarter) == (2, 1)


def test_the_course_counts_what_was_open_at_the_end_of_each_month(town: Town) -> None:
    case = town.case()
    CaseEpisode.objects.filter(case=case).update(start=dt.date(2026, 3, 31), end=dt.date(2026, 6, 30))
    months = course_of([town.organization.pk], dt.date(2026, 11, 23))
    assert [month.day for month in months][:2] == [dt.date(2025, 11, 30), dt.date(2025, 12, 31)]
    assert months[-1].day == dt.date(2026, 11, 23) and len(months) == 13
    assert {month.day: month.count for month in months if month.count} == {
        dt.date(2026, 3, 31): 1,
        dt.date(2026, 4, 30): 1,
        dt.date(2026, 5, 31): 1,
    }


def test_the_line_rises_from_the_floor_to_the_head_of_its_box() -> None:
    course = drawn([MonthEnd(dt.date(2026, 1, 31), 0), MonthEnd(dt.date(2026, 2, 28), 8)])
    assert course.points == "0,56 300,8"
    assert course.area == "0,56 0,56 300,8 300,56"
    assert drawn([MonthEnd(dt.date(2026, 1, 31), 0)]).points == "0,56"


def test_who_has_left_answers_for_nothing(town: Town, sign_in: SignIn) -> None:
    late(town.case(by=town.colleague))
    town.colleague.is_active = False
    town.colleague.save()
    page = text_of(sign_in(again(town.coordinator)).get(reverse("team_day")))
    assert "?whose=nobody&amp;state=overdue" in page
