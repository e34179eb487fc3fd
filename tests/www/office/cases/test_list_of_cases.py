"""The list of cases: whose, which, how many."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from punte.cases.actions import close_case, open_case
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
    return [case.household.name for case in page.context["rows"]]


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
    assert "Nimic nu se potrivește" in text_of(browser.get(url, {"text": "Nimeni"}))


def test_filters_narrow_by_regime_severity_and_term(
    town: Town, three: dict[str, Case], sign_in: SignIn
) -> None:
    Case.objects.filter(pk=three["Albu"].pk).update(regime="intensive", severity=3)
    Case.objects.filter(pk=three["Crișan"].pk).update(open=False)
    Case.objects.filter(pk=three["Șerban"].pk).update(due_on=timezone.localdate() - dt.timedelta(days=1))
    browser, url = sign_in(town.coordinator), reverse("cases")
    assert names(browser.get(url, {"regime": "intensive"})) == ["Albu"]
    assert names(browser.get(url, {"severity": "3"})) == ["Albu"]
    assert names(browser.get(url, {"state": "overdue"})) == ["Șerban"]
    assert names(browser.get(url, {"state": "closed"})) == ["Crișan"]
    assert browser.get(url, {"regime": "x", "severity": "<b>", "p": "-3"}).status_code == 200


def test_pages_follow_each_other_and_ask_few_questions(town: Town, sign_in: SignIn, pinned: Any) -> None:
    for number in range(60):
        household = HouseholdFactory(keeper=town.organization, name=f"Casa{number}")
        open_case(by=town.worker, household=household, regime="standard", reason="x")
    browser, url = sign_in(town.worker), reverse("cases")
    first = pinned(browser.get, url)
    second = browser.get(url, {"p": "2"})
    assert (len(names(first)), len(names(second))) == (50, 10)
    assert not set(names(first)) & set(names(second))
    assert "p=2" in text_of(first)
    assert (first.context["total"], second.context["total"], second.context["next"]) == ("60", 60, "")


def test_the_soonest_term_comes_first_and_any_column_turns_round(
    town: Town, three: dict[str, Case], sign_in: SignIn
) -> None:
    today = timezone.localdate()
    for name, days in (("Albu", 20), ("Șerban", -3), ("Crișan", 2)):
        Case.objects.filter(pk=three[name].pk).update(due_on=today + dt.timedelta(days=days))
    Case.objects.filter(pk=three["Albu"].pk).update(severity=3)
    browser, url = sign_in(town.coordinator), reverse("cases")
    page = browser.get(url)
    assert names(page) == ["Șerban", "Crișan", "Albu"]
    assert [part.title for part in page.context["parts"]] == [
        "Întârziate",
        "Următoarele șapte zile",
        "Mai târziu",
    ]
    assert names(browser.get(url, {"sort": "-due"})) == ["Albu", "Crișan", "Șerban"]
    assert names(browser.get(url, {"sort": "severity"}))[0] == "Albu"
    assert names(browser.get(url, {"sort": "x; drop"})) == ["Șerban", "Crișan", "Albu"]
    assert not browser.get(url, {"sort": "household"}).context["parts"][0].title


def test_the_soonest_term_is_kept_beside_the_case(town: Town) -> None:
    case = town.case()
    soonest = CaseDeadline.objects.filter(case=case, met_on=None).order_by("due_on")[0].due_on
    assert Case.objects.get(pk=case.pk).due_on == soonest
    close_case(by=town.worker, case=case, outcome="objectives_met", reason="s-a terminat")
    left = CaseDeadline.objects.filter(case=case, met_on=None).order_by("due_on").first()
    assert Case.objects.get(pk=case.pk).due_on == (left.due_on if left else None)


def test_several_cases_are_given_at_once_for_a_leave(
    town: Town, three: dict[str, Case], sign_in: SignIn
) -> None:
    browser, url = sign_in(town.coordinator), reverse("cases")
    today = timezone.localdate()
    sent = {
        "do": "assign",
        "chosen": [str(three["Albu"].pk), str(three["Crișan"].pk), "x"],
        "assign-responsible": str(town.colleague.pk),
        "assign-start": today.isoformat(),
        "assign-until": (today + dt.timedelta(days=10)).isoformat(),
    }
    said = text_of(browser.post(url, sent, follow=True))
    assert f"2 cazuri date către {town.colleague.name}" in said
    given = Case.objects.filter(responsible=town.colleague).exclude(pk=three["Șerban"].pk)
    assert {case.household.name for case in given} == {"Albu", "Crișan"}
    assert "Alegeți cel puțin un rând" in text_of(browser.post(url, {**sent, "chosen": []}))
    refused = text_of(
        browser.post(url, {**sent, "assign-until": "2020-01-01", "chosen": str(three["Șerban"].pk)})
    )
    assert "Ultima zi este înaintea celei dintâi" in refused
    assert f'value="{three["Șerban"].pk}" checked' in refused
    worker = sign_in(town.other_team)
    worker.post(url, {**sent, "assign-responsible": str(town.other_team.pk)})
    assert not Case.objects.filter(responsible=town.other_team).exists()
