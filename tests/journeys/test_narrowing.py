"""A coordinator asks for children without a family doctor who are absent from school, and keeps the question."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from punte.accounts.models import KeptView
from punte.cases.actions import open_case
from tests.assessments.visits import visit
from tests.cases.conftest import make_town
from tests.factories import HouseholdFactory, family
from tests.journeys.browser import NARROW, fits, go_by, sign_in_as, sound

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("size", [None, NARROW], ids=["wide", "narrow"])
def test_a_question_about_one_child_is_asked_and_kept(page: Page, live_server: Any, size: Any) -> None:
    town = make_town()
    absent = {"enrolled": "school", "absences_30d": 12}
    for name, doctor in (("Albu", False), ("Crișan", True)):
        home = HouseholdFactory(keeper=town.organization, name=name)
        visit(home, town.worker, {family(34, 9, household=home)[1]: {**absent, "family_doctor": doctor}})
    sign_in_as(page.context, str(live_server), town.coordinator)
    if size:
        page.set_viewport_size(size)
    page.goto(f"{live_server}{reverse('households')}")
    for words in (
        "Este pe lista unui medic de familie: nu",
        "Absențe nemotivate în ultimele 30 de zile (ore): cel puțin 10",
    ):
        field = page.get_by_label("Ce s-a constatat sau răspuns")
        if size:
            expect(field).to_be_hidden()
            page.get_by_text("Filtre", exact=True).click()
        page.get_by_label("Cine", exact=True).select_option(label="Copil sub 18 ani")
        field.select_option(label=words)
        go_by(page, page.get_by_role("button", name="Arată"))
        expect(page.get_by_role("link", name=words)).to_be_visible()
    main = page.get_by_role("main")
    expect(main.get_by_role("row", name="Albu")).to_be_visible()
    expect(main.get_by_role("row", name="Crișan")).to_have_count(0)
    expect(main).to_contain_text("pentru aceeași persoană")
    fits(page)
    sound(page)
    page.get_by_text("Păstrează această vedere").click()
    page.get_by_label("Numele vederii").fill("De văzut")
    go_by(page, page.get_by_role("button", name="Păstrează", exact=True))
    expect(main.get_by_role("row", name="Albu")).to_be_visible()
    go_by(page, main.get_by_role("link", name="Este pe lista unui medic de familie: nu"))
    expect(main.get_by_role("row", name="Crișan")).to_be_visible()
    assert "aged=child" in KeptView.objects.get().asked and "Albu" not in page.url


def test_colleagues_are_brought_when_somebody_is_about_to_choose(page: Page, live_server: Any) -> None:
    town = make_town()
    home = HouseholdFactory(keeper=town.organization)
    open_case(by=town.worker, household=home, regime="standard", reason="Vizită", responsible=town.worker)
    sign_in_as(page.context, str(live_server), town.coordinator)
    name = f"option[value='{town.worker.pk}']"
    for size in (None, NARROW):
        if size:
            page.set_viewport_size(size)
        page.goto(f"{live_server}{reverse('cases')}")
        whose = page.get_by_label("Ale cui cazuri")
        expect(whose.locator(name)).to_have_count(0)
        if size:
            page.get_by_text("Filtre", exact=True).click()
        else:
            whose.focus()
        expect(whose.locator(name)).to_have_count(1)
        page.locator("[name=chosen]").first.check()
        page.get_by_text("Dă altui lucrător").first.click()
        expect(page.get_by_label("Cine preia").locator(name)).to_have_count(1)
