"""A trainee's plan: asked for, given back with a reason, asked for again, approved."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.cases.models import Case, Plan
from tests.cases.conftest import Town, make_town
from tests.factories import worker
from tests.journeys.browser import go_by, sign_in_as, sound

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def case(transactional_db: None) -> Case:
    town = make_town()
    town.assessed((town.child, "LEVEL_SEVERE"), (None, "VSV_01"))
    worker(Role.TRAINEE, team=town.team, name="Ioana Învață")
    return Town.case(town)


def test_a_trainees_plan_is_given_back_once_and_then_approved(
    new_context: Callable[..., BrowserContext], live_server: Any, case: Case
) -> None:
    def page_of(role: Role) -> Page:
        context = new_context()
        sign_in_as(context, str(live_server), User.objects.get(appointments__role=role))
        return context.new_page()

    trainee, coordinator = page_of(Role.TRAINEE), page_of(Role.COORDINATOR)
    trainee.goto(f"{live_server}{reverse('case_plan', args=[case.pk])}")
    go_by(trainee, trainee.get_by_role("button", name="Întocmește ciorna planului din constatări"))
    agree(trainee)
    answer(coordinator, str(live_server), "Dă înapoi", "Planul nu spune ce facem pentru")
    asked_again(trainee, str(live_server))
    answer(coordinator, str(live_server), "Aprobă", "De acord.")
    assert Plan.objects.get().is_in_force
    trainee.goto(f"{live_server}{reverse('my_day')}")
    expect(trainee.get_by_role("main")).to_contain_text("aprobat")


def agree(page: Page) -> None:
    go_by(page, page.get_by_role("button", name="Salvează, familia este de acord"))
    page.get_by_label("Cine a fost de acord").select_option(index=1)
    page.get_by_label("Semnat pe hârtie").check()
    go_by(page, page.get_by_role("button", name="Trimite spre aprobare"))
    expect(page.get_by_role("main")).to_contain_text("așteaptă acordul unei a doua persoane")
    sound(page)


def answer(page: Page, server: str, button: str, sentence: str) -> None:
    """From the first page to the answer, with a ready sentence in one touch."""
    page.goto(server)
    go_by(page, re.compile("aprobare vă așteaptă"))
    go_by(page, re.compile("Planul de servicii"))
    page.get_by_text("Propoziții gata scrise").click()
    page.get_by_role("button", name=sentence).click()
    expect(page.get_by_label("O propoziție pentru cine a cerut")).to_have_value(re.compile(sentence))
    sound(page)
    go_by(page, page.get_by_role("button", name=button, exact=True))
    expect(page.get_by_role("main")).to_contain_text("Nimic nu așteaptă răspunsul")


def asked_again(page: Page, server: str) -> None:
    page.goto(f"{server}{reverse('my_day')}")
    expect(page.get_by_role("main")).to_contain_text("Planul nu spune ce facem pentru")
    go_by(page, re.compile("Planul de servicii.*dat înapoi"))
    go_by(page, "Schimbă planul")
    agree(page)
