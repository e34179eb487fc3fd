"""The plan of a family with much amiss: few priorities, a page that can be scanned, no more clicks than before."""

import pytest
from playwright.sync_api import Page, expect

from punte.cases.models import Objective, PlannedService
from tests.cases.hard_family import HardFamily, hard_family
from tests.journeys.browser import NARROW, WIDE, go_by, sound, with_password
from tests.journeys.test_one_family import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HIGHEST = {"wide": 4_000, "narrow": 8_000}
"""Of the page on which the draft is written, in pixels."""


@pytest.fixture
def scene(transactional_db: None) -> HardFamily:
    made = hard_family()
    with_password(made.worker)
    return made


@pytest.mark.parametrize(("name", "size"), [("wide", WIDE), ("narrow", NARROW)])
def test_a_hard_family_s_plan_is_scanned_and_given_out(
    page: Page, live_server: object, scene: HardFamily, name: str, size: dict[str, int]
) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.goto(f"{live_server}/conturi/login/")
    sign_in(page, scene.worker.email)
    page.goto(f"{live_server}/cazuri/{scene.case.pk}/plan/")
    go_by(page, page.get_by_role("button", name="Întocmește ciorna planului din constatări"))
    sound(page)
    assert page.locator("fieldset.priority").count() == 7
    assert height(page) < HIGHEST[name]
    give_out_all(page)
    bring_one_up(page)
    go_by(page, page.get_by_role("button", name="Salvează ciorna").last)
    sound(page)
    assert Objective.objects.filter(later=False).count() == 8
    assert PlannedService.objects.filter(worker=scene.nurse).exists()
    offer(page, scene)


def give_out_all(page: Page) -> None:
    """One tick, one choice, one day: the same for every step."""
    expect(page.locator(".bulk")).to_be_hidden()
    page.get_by_label("Toți pașii").check()
    page.get_by_text("Cu pașii bifați: cine, până când").click()
    page.locator(".bulk").get_by_label("Până când").fill("2031-03-14")
    page.get_by_role("button", name="Pune la pașii bifați").click()
    days = page.locator(".plan-steps input[type=date]")
    expect(days.first).to_have_value("2031-03-14")
    assert {days.nth(at).input_value() for at in range(days.count())} == {"2031-03-14"}
    sound(page)


def bring_one_up(page: Page) -> None:
    later = page.locator("details.later")
    later.locator("summary").click()
    later.get_by_role("button", name="Adu în plan").first.click()
    expect(page.locator("fieldset.priority")).to_have_count(8)


def offer(page: Page, scene: HardFamily) -> None:
    """What the school mediator does is offered to the one whom the town hall has."""
    go_by(page, page.get_by_role("button", name=f"Propune: {scene.mediator.name}"))
    expect(page.get_by_role("main")).to_contain_text(f"{scene.mediator.name} lucrează acum la acest caz")
    assert PlannedService.objects.filter(worker=scene.mediator).exists()
    sound(page)


def height(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollHeight"))
