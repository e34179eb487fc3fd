"""Lists narrowed by what was found and answered: the address, chips, kept views, the file, and what is not offered."""

import io
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from punte.accounts.enums import Role
from punte.accounts.models import KeptView
from punte.cases.actions import open_case
from tests.assessments.test_narrowing import walk_whatever_it_costs
from tests.assessments.visits import visit
from tests.cases.conftest import Town, make_town
from tests.factories import AppointmentFactory, HouseholdFactory, OrganizationFactory, family, worker
from tests.www.frame.test_veiled import signed_in

CASES, HOMES = reverse("cases"), reverse("households")
BOTH = "family_doctor.no,absences_30d.10-"


@pytest.fixture
def town(db: None) -> Town:
    """Two families with a case each; in the first a child has no family doctor and is absent from school."""
    made = make_town()
    absent = {"enrolled": "school", "absences_30d": 12}
    for name, facts in (("Albu", {**absent, "family_doctor": False}), ("Crișan", absent)):
        home = HouseholdFactory(keeper=made.organization, name=name)
        mother, child = family(34, 9, household=home)
        visit(home, made.worker, {mother: {"family_doctor": name == "Albu"}, child: facts})
        open_case(by=made.worker, household=home, regime="standard", reason="x")
    return made


def names(page: Any) -> list[str]:
    return sorted(str(getattr(row, "household", row)) for row in page.context["rows"])


def said(page: Any) -> str:
    return str(page.content.decode())


@pytest.mark.parametrize("url", [CASES, HOMES])
def test_things_are_added_one_by_one_and_taken_off_by_their_cross(town: Town, url: str) -> None:
    browser = signed_in(town.worker)
    page = browser.get(url, {"facts_add": "absences_30d.10-", "aged": "child"})
    assert names(page) == ["Albu", "Crișan"]
    page = browser.get(url, {"facts": "absences_30d.10-", "facts_add": "family_doctor.no", "aged": "child"})
    assert names(page) == ["Albu"]
    words = [str(chip.words) for chip in page.context["chips"]]
    assert words[0] == "Copil sub 18 ani" and words[2] == "Este pe lista unui medic de familie: nu"
    assert "pentru aceeași persoană" in said(page)
    assert "Albu" not in "".join(chip.without for chip in page.context["chips"])
    page = browser.get(page.context["chips"][1].without)
    assert [str(chip.words) for chip in page.context["chips"]] == [words[0], words[2]]
    assert names(page) == ["Albu"]
    while page.context["chips"]:
        page = browser.get(page.context["chips"][0].without)
    assert {"Albu", "Crișan"} <= set(names(page))


def test_it_is_grouped_by_domain_in_the_words_of_the_pack(town: Town) -> None:
    page = said(signed_in(town.worker).get(HOMES))
    assert '<optgroup label="Sănătate">' in page and "Persoană fără medic de familie" in page
    assert "Absențe nemotivate în ultimele 30 de zile (ore): cel puțin 10" in page
    assert "Unde este mama: în străinătate" in page
    assert "Violență" not in page.split("<main")[1] and "VFV_" not in page and "neglect_risk" not in page


def test_a_view_keeps_it_and_the_file_follows_it(town: Town) -> None:
    browser = signed_in(town.coordinator)
    browser.post(f"{CASES}?facts={BOTH}", {"do": "keep_view", "keep_view-name": "De văzut"})
    [kept] = KeptView.objects.all()
    assert kept.asked == "facts=family_doctor.no%2Cabsences_30d.10-"
    page = browser.get(CASES, {"kept": str(kept.pk)})
    assert names(page) == ["Albu"]
    answer = browser.post(f"{CASES}?kept={kept.pk}", {"do": "file"})
    assert openpyxl.load_workbook(io.BytesIO(answer.content)).active.max_row == 2
    page = browser.get(page.context["chips"][0].without)
    assert names(page) == ["Albu", "Crișan"] and len(page.context["chips"]) == 1


@pytest.mark.parametrize("url", [CASES, HOMES])
def test_what_a_role_does_not_read_is_not_offered_and_forging_it_changes_nothing(
    town: Town, url: str
) -> None:
    forged = ["absences_30d.10-", "VEC_05", "VFV_03", "violence_signs.abuse", "absences_30d.999-", "a' OR b"]
    nurse = signed_in(town.nurse)
    plain = nurse.get(url, {"whose": "all"})
    assert "Absențe" not in said(plain)
    for key in forged:
        page = nurse.get(url, {"whose": "all", "facts": key})
        assert (names(page), page.context["total"]) == (names(plain), plain.context["total"])
        assert not page.context["chips"] and key not in said(page)
    page = nurse.get(url, {"whose": "all", "aged": "child", "facts": "family_doctor.no"})
    assert names(page) == ["Albu"]


def test_where_one_reads_it_in_one_institution_alone_the_other_tells_nothing(town: Town) -> None:
    two = worker(Role.COMMUNITY_NURSE, organization=town.organization)
    elsewhere = HouseholdFactory(keeper=OrganizationFactory(), name="Departe")
    AppointmentFactory(user=two, organization=elsewhere.keeper, role=Role.SCHOOL_MEDIATOR)
    told = {"enrolled": "school", "absences_30d": 30, "family_doctor": False}
    visit(elsewhere, town.worker, dict.fromkeys(family(35, 12, household=elsewhere), told))
    browser: Client = signed_in(two)
    assert names(browser.get(HOMES)) == ["Albu", "Crișan", "Departe", "Dinu"]
    assert names(browser.get(HOMES, {"facts": "absences_30d.10-"})) == ["Departe"]
    assert names(browser.get(HOMES, {"facts": "family_doctor.no"})) == ["Albu", "Crișan"]
    assert names(browser.get(HOMES, {"facts": BOTH})) == []


def test_what_is_true_of_very_many_is_not_counted(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = signed_in(town.coordinator)
    monkeypatch.setattr("punte.www.office.people.views.listing.HouseholdList.page_size", 1)
    assert browser.get(HOMES, {"facts": "absences_30d.10-"}).context["total"] == "2"
    walk_whatever_it_costs(monkeypatch)
    page = browser.get(HOMES, {"facts": "absences_30d.10-"})
    assert page.context["total"] == "peste 1" and names(page) == ["Albu"]


@pytest.mark.parametrize("url", [CASES, HOMES])
def test_it_asks_few_questions(town: Town, url: str, pinned: Any) -> None:
    assert names(pinned(signed_in(town.worker).get, url, {"facts": BOTH, "aged": "child"})) == ["Albu"]


def test_of_several_keepers_the_first_of_each_are_read(town: Town, pinned: Any) -> None:
    two = worker(organization=town.organization)
    for name in ("Bran", "Zeta"):
        home = HouseholdFactory(keeper=OrganizationFactory(), name=name)
        AppointmentFactory(user=two, organization=home.keeper)
    page = pinned(signed_in(two).get, HOMES)
    assert [home.name for home in page.context["rows"]] == ["Albu", "Bran", "Crișan", "Dinu", "Zeta"]
    turned = signed_in(two).get(HOMES, {"sort": "-name"})
    assert [home.name for home in turned.context["rows"]] == ["Zeta", "Dinu", "Crișan", "Bran", "Albu"]
