"""The list of cases: whose, which, how many."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from punte.cases.actions import open_case
from punte.cases.models import Case, CaseDeadline
from tests.cases.conftest import Town
from tests.factories import HouseholdFactory, family
from tests.www.office.cases.conftest import SignIn, text_of

pytestmark = pytest.mark.both


@pytest.fixture
def three(town: Town) -> dict[str, Case]:
    """One case each of the worker, of a colleague in the team, and of another team."""
    made = {}
    for name, user in (("Albu", town.worker), ("Șerban", town.colleague), ("Crișan", town.other_team)):
        household = HouseholdFactory(keeper=town.organization, name=name)
        family(30, household=household)
        made[name] = open_case(by=user, household=household, regime="standard", reason="x")
    return made


def names(page: Any) -> list[str]:
    return [case.household.name for case in page.context["cases"]]


def test_a_worker_sees_own_cases_first_then_those_of_the_team(
    town: Town, three: dict[str, Case], sign_in: SignIn
) -> None:
    browser, url = sign_in(town.worker), reverse("cases")
    assert names(browser.get(url)) == ["Albu"]
    assert sorted(names(browser.get(url, {"whose": "team"}))) == ["Albu", "Șerban"]
    assert sorted(names(browser.get(url, {"whose": "all"}))) == ["Albu", "Șerban"]
    assert len(names(sign_in(town.coordinator).get(url))) == 3


def test_a_case_is_found_by_number_and_by_name_however_written(
    town: Town, three: dict[str, Case], sign_in: SignIn
) -> None:
    browser, url = sign_in(town.coordinator), reverse("cases")
    case = three["Șerban"]
    for text in (str(case), str(case.number), "serban", "Şerban", "SERBAN"):
        assert names(browser.get(url, {"text": text})) == ["Șerban"], text
    assert names(browser.get(url, {"text": "1999/0001"})) == []
    assert "Niciun caz nu se potrivește" in text_of(browser.get(url, {"text": "Nimeni"}))


def test_filters_narrow_by_regime_severity_and_term(
    town: Town, three: dict[str, Case], sign_in: SignIn
) -> None:
    Case.objects.filter(pk=three["Albu"].pk).update(regime="intensive", severity=3)
    Case.objects.filter(pk=three["Crișan"].pk).update(open=False)
    CaseDeadline.objects.update(due_on=timezone.localdate() + dt.timedelta(days=4))
    CaseDeadline.objects.filter(case=three["Șerban"]).update(
        due_on=timezone.localdate() - dt.timedelta(days=1)
    )
    browser, url = sign_in(town.coordinator), reverse("cases")
    assert names(browser.get(url, {"regime": "intensive"})) == ["Albu"]
    assert names(browser.get(url, {"severity": "3"})) == ["Albu"]
    assert names(browser.get(url, {"state": "overdue"})) == ["Șerban"]
    assert names(browser.get(url, {"state": "closed"})) == ["Crișan"]
    assert browser.get(url, {"regime": "x", "severity": "<b>", "p": "-3"}).status_code == 200


def test_pages_follow_each_other_and_ask_few_questions(town: Town, sign_in: SignIn, pinned: Any) -> None:
    for number in range(30):
        household = HouseholdFactory(keeper=town.organization, name=f"Casa{number}")
        open_case(by=town.worker, household=household, regime="standard", reason="x")
    browser, url = sign_in(town.worker), reverse("cases")
    first = pinned(browser.get, url)
    second = browser.get(url, {"p": "2"})
    assert (len(names(first)), len(names(second))) == (25, 5)
    assert not set(names(first)) & set(names(second))
    assert "p=2" in text_of(first)
    assert second.context["next"] is None
