"""The list of households: in which order, narrowed by what, and what it does not tell."""

import io
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Capability, Role
from punte.accounts.models import KeptView, TrailEntry
from punte.accounts.policy import POWERS, Powers
from punte.cases.actions import open_case, seal_case
from punte.cases.models import Case, SevereChild
from punte.people.enums import SightReason
from punte.people.models import Household, HouseholdSight
from punte.www.office.people.views.listing import HouseholdList
from tests.assessments.visits import visit
from tests.cases.conftest import Town, again, make_town
from tests.factories import CommunityFactory, HouseholdFactory, UatFactory, family, worker
from tests.www.frame.test_veiled import signed_in

URL = reverse("households")


@pytest.fixture
def town(db: None) -> Town:
    return make_town()


@pytest.fixture
def homes(town: Town) -> dict[str, Household]:
    """Besides the family of the town: one with a case of each kind, one with none."""
    made = {
        name: HouseholdFactory(keeper=town.organization, name=name) for name in ("Albu", "Șerban", "Zamfir")
    }
    for name in ("Albu", "Șerban"):
        family(34, 6, household=made[name])
    open_case(by=town.worker, household=made["Albu"], regime="standard", reason="x", team=town.team)
    hidden = open_case(
        by=town.worker, household=made["Șerban"], regime="intensive", reason="x", team=town.team
    )
    seal_case(by=town.worker, case=hidden, reason="pericol")
    return made


def names(page: Any) -> set[str]:
    return {home.name for home in page.context["rows"]}


@pytest.mark.both
def test_they_stand_by_name_and_the_order_turns_round(town: Town, homes: dict[str, Household]) -> None:
    browser = signed_in(town.worker)
    there = [home.name for home in browser.get(URL).context["rows"]]
    assert there.index("Albu") < there.index("Șerban") < there.index("Zamfir")
    turned = [home.name for home in browser.get(URL, {"sort": "-name"}).context["rows"]]
    assert turned == there[::-1]


@pytest.mark.both
@pytest.mark.parametrize("sort", ["name", "-name"])
@pytest.mark.parametrize("narrowed", [{}, {"uat": "54975"}])
def test_the_order_is_read_from_an_index(town: Town, sort: str, narrowed: dict[str, str]) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the other database sorts what is so little")
    UatFactory(siruta=54975)
    request: Any = RequestFactory().get(URL, {"sort": sort, **narrowed})
    request.user = again(town.worker)
    plan = HouseholdList(request).found[:51].explain()
    assert "_by_name" in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.both
def test_place_and_case_narrow_them(town: Town, homes: dict[str, Household]) -> None:
    community = CommunityFactory(uat=homes["Zamfir"].uat)
    Household.objects.filter(pk=homes["Zamfir"].pk).update(community=community)
    browser = signed_in(town.worker)
    assert names(browser.get(URL, {"community": str(community.pk)})) == {"Zamfir"}
    assert "Zamfir" in names(browser.get(URL, {"uat": str(homes["Zamfir"].uat_id)}))
    assert names(browser.get(URL, {"case": "open"})) == {"Albu", "Șerban"}
    without = names(browser.get(URL, {"case": "none"}))
    assert "Zamfir" in without and not {"Albu", "Șerban"} & without


@pytest.mark.both
def test_those_whom_nobody_visited_lead_from_the_census_to_the_list(
    town: Town, homes: dict[str, Household]
) -> None:
    browser = signed_in(town.worker)
    visit(homes["Albu"], town.worker, {})
    page = browser.get(reverse("census"))
    assert page.context["total"]["to_visit"] == len(names(browser.get(URL, {"visited": "no"})))
    assert names(browser.get(URL, {"visited": "yes"})) == {"Albu"}
    community = CommunityFactory(uat=homes["Zamfir"].uat)
    Household.objects.filter(pk=homes["Zamfir"].pk).update(community=community)
    rest = names(browser.get(URL, {"visited": "no", "community": "none"}))
    assert "Șerban" in rest and not {"Zamfir", "Albu"} & rest


def test_a_sealed_case_of_others_is_told_by_no_filter_and_no_cell(
    town: Town, homes: dict[str, Household]
) -> None:
    SevereChild.objects.create(
        household=homes["Șerban"], keeper=town.organization, since=timezone.localdate(), covered=False
    )
    for user in (town.colleague, town.coordinator):
        browser = signed_in(user)
        assert names(browser.get(URL, {"case": "open"})) == {"Albu"}
        assert {"Șerban", "Zamfir"} <= names(browser.get(URL, {"case": "none"}))
        row = next(home for home in browser.get(URL).context["rows"] if home == homes["Șerban"])
        assert (row.case, row.colleagues) == (None, False)
        assert (
            "Șerban" not in names(browser.get(URL, {"case": "severe", "sort": "name"}))
            or user != town.coordinator
        )


def test_a_case_that_is_only_known_has_no_mark(town: Town, homes: dict[str, Household]) -> None:
    Case.objects.filter(household=homes["Albu"]).update(severity=3)
    row = next(home for home in signed_in(town.other_team).get(URL).context["rows"] if home.name == "Albu")
    assert (row.case, row.colleagues) == (None, True)
    seen = next(home for home in signed_in(town.colleague).get(URL).context["rows"] if home.name == "Albu")
    assert seen.case.severity == 3


def test_severe_children_without_a_case_are_a_view_of_who_watches(
    town: Town, homes: dict[str, Household]
) -> None:
    SevereChild.objects.create(
        household=homes["Zamfir"], keeper=town.organization, since=timezone.localdate(), covered=False
    )
    page = signed_in(town.coordinator).get(URL, {"case": "severe"})
    assert names(page) == {"Zamfir"}
    assert [(str(tab.count), tab.current) for tab in page.context["tabs"]] == [("", False), ("1", True)]
    page = signed_in(town.worker).get(URL, {"case": "severe"})
    assert len(page.context["tabs"]) == 1
    assert {"Albu", "Zamfir"} <= names(page)


def test_who_sees_no_cases_sees_the_households(
    town: Town, homes: dict[str, Household], monkeypatch: Any
) -> None:
    monkeypatch.setitem(POWERS, Role.TRAINEE, Powers(frozenset({Capability.SEE_PEOPLE}), frozenset()))
    browser = signed_in(worker(Role.TRAINEE, organization=town.organization))
    assert {"Albu", "Șerban", "Zamfir"} <= names(browser.get(URL))
    for case in ("open", "none"):
        assert browser.get(URL, {"case": case}).status_code == 200


def test_one_of_another_keeper_is_found_and_put_on_a_list_of_ones_own(town: Town) -> None:
    far = HouseholdFactory(name="Depărtare")
    (person,) = family(40, household=far)
    browser = signed_in(town.worker)
    assert not names(browser.get(URL, {"q": str(person)}))
    HouseholdSight.objects.create(
        household=far, user=town.worker, why=SightReason.CASE_TEAM, start=timezone.localdate(), reason="x"
    )
    browser = signed_in(again(town.worker))
    assert "Depărtare" not in names(browser.get(URL))
    assert names(browser.get(URL, {"q": str(person)})) == {"Depărtare"}
    browser.post(URL, {"do": "keep_rows", "keep_rows-name": "Ale mele", "chosen": str(far.pk)})
    kept = KeptView.objects.get()
    page = browser.get(URL, {"kept": str(kept.pk)})
    assert names(page) == {"Depărtare"}
    assert 'value="take_off"' in page.content.decode()
    browser.post(f"{URL}?kept={kept.pk}", {"do": "take_off", "chosen": str(far.pk)})
    assert not kept.rows.exists()


def test_what_was_searched_stays_while_it_is_narrowed(town: Town, homes: dict[str, Household]) -> None:
    browser = signed_in(town.worker)
    page = browser.get(URL, {"q": str(town.mother)})
    assert names(page) == {town.household.name}
    token = page.context["listing"].question
    assert f'name="c" value="{token}"' in page.content.decode()
    assert names(browser.get(URL, {"c": token, "case": "none"})) == {town.household.name}
    assert not names(browser.get(URL, {"c": token, "case": "open"}))


def test_a_file_without_names_tells_of_nobody_where_they_live(
    town: Town, homes: dict[str, Household]
) -> None:
    Household.objects.update(address="Strada Lungă 7")
    browser = signed_in(town.worker)
    answer = browser.post(URL, {"do": "file"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
    assert not [cell for cell in cells if "Albu" in cell or "Lungă" in cell]
    assert str(homes["Albu"].uat) in " ".join(cells)
    browser.post(URL, {"do": "file", "file-names": "on", "file-why": "colinde"})
    read = TrailEntry.objects.filter(verb="in_list_file").values_list("household", flat=True)
    assert {home.pk for home in homes.values()} <= set(read)
