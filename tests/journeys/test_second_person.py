"""A password is lost: one administrator asks, a second person agrees, and the link opens the account once."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from punte.accounts.enums import Role
from punte.accounts.models import Appointment, User
from tests.factories import OrganizationFactory, worker
from tests.journeys.browser import NARROW, PASSWORD, WIDE, fits, go_by, sign_in_as, sound

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
REASON = "A uitat parola; am vorbit cu ea la birou."


@pytest.fixture
def people(transactional_db: None) -> dict[Role, User]:
    """Of one town hall: who lost the password, who asks, who answers; all are there for long."""
    town_hall = OrganizationFactory(name="Primăria Comunei Valea Lungă")
    names = {
        Role.PSYCHOLOGIST: "Anca Bratu",
        Role.ADMINISTRATOR: "Radu Țepeș",
        Role.DATA_PROTECTION_OFFICER: "Ilinca Șerban",
    }
    made = {
        role: worker(role, organization=town_hall, name=name, last_login=timezone.now())
        for role, name in names.items()
    }
    Appointment.objects.update(created_at=timezone.now() - dt.timedelta(days=30))
    return made


def test_of_two_people_a_link_that_works_once(
    new_context: Callable[..., BrowserContext], live_server: Any, people: dict[Role, User]
) -> None:
    def page_of(role: Role) -> Page:
        context = new_context()
        sign_in_as(context, str(live_server), people[role])
        return context.new_page()

    admin, officer = page_of(Role.ADMINISTRATOR), page_of(Role.DATA_PROTECTION_OFFICER)
    ask(admin, str(live_server))
    agree(officer, str(live_server))
    link = make_link(admin)
    set_password(new_context().new_page(), link)
    read_trail(officer, str(live_server))


def ask(page: Page, server: str) -> None:
    page.goto(server + reverse("users"))
    go_by(page, "Anca Bratu")
    go_by(page, "Fă un link pentru parolă")
    expect(page.get_by_role("main")).to_contain_text("trebuie să fie de acord și a doua persoană")
    page.get_by_label("Motiv").fill(REASON)
    go_by(page, page.get_by_role("button", name="Cereți"))
    expect(page.get_by_role("main")).to_contain_text("așteaptă a doua persoană până la")
    sound(page)


def agree(page: Page, server: str) -> None:
    page.goto(server)
    go_by(page, page.get_by_role("navigation", name="Principal").get_by_role("link", name="De aprobat"))
    go_by(page, re.compile("Răspunde.*Anca Bratu"))
    expect(page.get_by_role("main")).to_contain_text(REASON)
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    fits(page)
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.get_by_label("Sunt de acord").check()
    go_by(page, page.get_by_role("button", name="Răspunde"))
    expect(page.get_by_role("main")).to_contain_text("Nu vă așteaptă nimic")


def make_link(page: Page) -> str:
    page.reload()
    go_by(page, page.get_by_role("button", name="Fă un link pentru parolă"))
    link = page.get_by_label("Link pentru parolă").input_value()
    page.reload()
    expect(page.get_by_label("Link pentru parolă")).to_have_count(0)
    expect(page.get_by_role("link", name="Fă un link pentru parolă")).to_be_visible()
    return link


def set_password(page: Page, link: str) -> None:
    page.goto(link)
    for field in ("password1", "password2"):
        page.locator(f"[name={field}]").fill(PASSWORD)
    go_by(page, page.get_by_role("button", name="Pune parola"))
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Această legătură nu mai este bună")
    assert User.objects.get(name="Anca Bratu").check_password(PASSWORD)


def read_trail(page: Page, server: str) -> None:
    page.goto(server + reverse("trail"))
    lines = page.locator("table.trail tbody tr")
    for line, who, what in (
        (0, "Radu Țepeș", "a făcut un link pentru parolă"),
        (1, "Ilinca Șerban", "a fost de acord, ca a doua persoană, cu ce s-a cerut"),
        (2, "Radu Țepeș", "a cerut ceva cu care trebuie să fie de acord și a doua persoană"),
    ):
        expect(lines.nth(line)).to_contain_text(who)
        expect(lines.nth(line)).to_contain_text(what)
