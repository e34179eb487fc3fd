"""What every list can do: kept views, lists of one's own with remarks, a file, with names only locked."""

import io
from typing import Any

import msoffcrypto
import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from punte.accounts.actions.kept_views import MOST_VIEWS
from punte.accounts.models import KeptRow, KeptView, TrailEntry
from punte.cases.actions import open_case, seal_case
from punte.cases.models import Case
from punte.www.frame import listing_deeds
from tests.cases.conftest import Town, make_town
from tests.factories import HouseholdFactory
from tests.www.frame.test_veiled import signed_in

URL = reverse("cases")


@pytest.fixture
def town(db: None) -> Town:
    return make_town()


@pytest.fixture
def opened(town: Town) -> dict[str, Case]:
    made = {}
    for name, regime in (("Albu", "standard"), ("Crișan", "intensive")):
        household = HouseholdFactory(keeper=town.organization, name=name)
        made[name] = open_case(by=town.worker, household=household, regime=regime, reason="x")
    return made


def names(page: Any) -> list[str]:
    return sorted(case.household.name for case in page.context["rows"])


def said(page: Any) -> str:
    return str(page.content.decode())


def test_a_view_is_kept_without_what_was_searched_for(town: Town, opened: dict[str, Case]) -> None:
    browser = signed_in(town.coordinator)
    narrowed = f"{URL}?regime=intensive&sort=-due&text=Crișan"
    browser.post(narrowed, {"do": "keep_view", "keep_view-name": "Cele grele"})
    [kept] = KeptView.objects.all()
    assert kept.asked == "regime=intensive&sort=-due"
    page = browser.get(URL, {"kept": str(kept.pk)})
    assert names(page) == ["Crișan"]
    assert [tab.title for tab in page.context["tabs"] if tab.current] == ["Cele grele"]
    assert names(signed_in(town.worker).get(URL, {"kept": str(kept.pk)})) == ["Albu", "Crișan"]
    browser.post(f"{URL}?kept={kept.pk}", {"do": "drop_view"})
    assert not KeptView.objects.exists()


def test_a_view_needs_a_name_and_there_are_only_so_many(town: Town, opened: dict[str, Case]) -> None:
    browser = signed_in(town.coordinator)
    url = f"{URL}?regime=intensive"
    assert browser.post(url, {"do": "keep_view", "keep_view-name": "  "}).status_code == 422
    for number in range(MOST_VIEWS):
        browser.post(url, {"do": "keep_view", "keep_view-name": f"Vederea {number}"})
    answer = browser.post(url, {"do": "keep_view", "keep_view-name": "Încă una"})
    assert "Păstrați prea multe vederi" in said(answer)
    assert browser.post(url, {"do": "keep_view", "keep_view-name": "vederea 3"}).status_code == 302
    assert KeptView.objects.count() == MOST_VIEWS


def test_a_list_of_ones_own_has_remarks_and_shows_only_what_is_seen_now(
    town: Town, opened: dict[str, Case]
) -> None:
    browser = signed_in(town.coordinator)
    chosen = [str(case.pk) for case in opened.values()]
    sent = {"do": "keep_rows", "keep_rows-name": "Pachete de sărbători"}
    browser.post(URL, {**sent, "chosen": chosen, "keep_rows-remark": "două pachete"})
    [kept] = KeptView.objects.all()
    page = browser.get(URL, {"kept": str(kept.pk)})
    assert names(page) == ["Albu", "Crișan"]
    assert {row.remark for row in page.context["rows"]} == {"două pachete"}
    browser.post(URL, {**sent, "chosen": chosen[:1], "keep_rows-remark": ""})
    assert KeptRow.objects.count() == 2
    seal_case(by=town.worker, case=opened["Crișan"], reason="pericol")
    page = browser.get(URL, {"kept": str(kept.pk)})
    assert names(page) == ["Albu"]
    browser.post(f"{URL}?kept={kept.pk}", {"do": "take_off", "chosen": chosen})
    assert [row.row for row in kept.rows.all()] == [opened["Crișan"].pk]


def test_names_to_choose_from_are_read_when_what_is_folded_is_opened(
    town: Town, opened: dict[str, Case]
) -> None:
    """With a script the part alone is brought, without one the page with the part open."""
    browser, name = signed_in(town.coordinator), f'value="{town.worker.pk}"'
    assert name not in said(browser.get(URL))
    for part in ("filters", "assign"):
        whole = said(browser.get(URL, {"unfold": part}))
        assert name in whole and "<h1>" in whole
        alone = said(browser.get(URL, {"unfold": part}, headers={"HX-Request": "true"}))
        assert name in alone and "<h1>" not in alone
    nothing = browser.get(URL, {"unfold": "else"}, headers={"HX-Request": "true"})
    assert nothing.status_code == 404
    assert name not in said(signed_in(town.worker).get(URL, {"unfold": "assign"}))


def test_a_file_without_names_is_a_plain_workbook(town: Town, opened: dict[str, Case]) -> None:
    answer = signed_in(town.coordinator).post(URL, {"do": "file"})
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cells = [str(cell) for row in book.active.iter_rows(values_only=True) for cell in row]
    assert {str(case) for case in opened.values()} <= set(cells)
    assert not [cell for cell in cells if "Albu" in cell or "Crișan" in cell]
    [line] = TrailEntry.objects.filter(verb="list_file")
    assert line.changes == {"list": "cases", "rows": 2, "names": False}


def test_with_names_it_is_locked_and_the_trail_names_each_record(town: Town, opened: dict[str, Case]) -> None:
    browser = signed_in(town.coordinator)
    assert "rămâne înregistrat" in said(browser.post(URL, {"do": "file", "file-names": "on"}))
    made = browser.post(URL, {"do": "file", "file-names": "on", "file-why": "întâlnirea de luni"})
    where = reverse("list_file", args=[made.context["token"]])
    locked = browser.get(where).content
    assert signed_in(town.worker).get(where).status_code == 404
    with pytest.raises(Exception, match="zip"):
        openpyxl.load_workbook(io.BytesIO(locked))
    opened_with: Any = msoffcrypto.OfficeFile(io.BytesIO(locked))
    opened_with.load_key(password=made.context["password"])
    plain = io.BytesIO()
    opened_with.decrypt(plain)
    cells = [cell for row in openpyxl.load_workbook(plain).active.iter_rows(values_only=True) for cell in row]
    assert {"Albu", "Crișan"} <= set(cells)
    assert TrailEntry.objects.get(verb="list_file").reason == "întâlnirea de luni"
    read = TrailEntry.objects.filter(verb="in_list_file").values_list("household", flat=True)
    assert set(read) == {case.household_id for case in opened.values()}


def test_what_narrows_stands_in_the_address_and_what_was_searched_does_not(
    town: Town, opened: dict[str, Case]
) -> None:
    page = signed_in(town.coordinator).get(URL, {"regime": "intensive", "text": "Crișan"})
    heading = next(one for one in page.context["headings"] if one.url)
    assert "regime=intensive" in heading.url
    assert "text" not in heading.url and "Cri" not in heading.url


def test_a_button_that_is_not_there_does_nothing(town: Town, opened: dict[str, Case]) -> None:
    browser: Client = signed_in(town.worker)
    assert browser.post(URL, {"do": "assign", "chosen": [str(opened["Albu"].pk)]}).status_code == 200
    assert browser.post(URL, {"do": "x"}).status_code == 200


def test_a_file_that_would_leave_rows_out_is_not_made(
    town: Town, opened: dict[str, Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing_deeds, "MOST_ROWS", 1)
    answer = signed_in(town.coordinator).post(URL, {"do": "file"})
    assert answer.status_code == 422
    assert "Restrângeți întâi lista" in said(answer)
    assert not TrailEntry.objects.filter(verb="list_file").exists()
