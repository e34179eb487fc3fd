"""A conference on a case with the school and the police: each sees their part, and what is decided is in the plan."""

import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from punte.gatherings.models import Meeting
from tests.gatherings.scene import Town
from tests.journeys.browser import fits_a_telephone, go_by, sign_in_as, sound

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_conference_with_school_and_police(
    new_context: Callable[..., BrowserContext], live_server: object, transactional_db: None
) -> None:
    town = Town()
    page = opened(new_context(), live_server, town.manager, f"/cazuri/{town.case.pk}/")
    go_by(page, "Convocați o conferință")
    sound(page)
    page.get_by_label("Ziua").last.fill(timezone.localdate().isoformat())
    for name in ("Școala Exemplu", "Poliția Exemplu"):
        page.get_by_label(name).check()
    page.get_by_label("Ce aduc instituțiile").fill("Situația școlară")
    go_by(page, page.get_by_role("button", name="Convocați conferința"))
    expect(page.locator("main")).to_contain_text("2 care trebuie să răspundă nu au răspuns")
    sound(page)
    fits_a_telephone(page)

    teacher = opened(new_context(), live_server, town.teacher, "/partener/intalniri/")
    go_by(teacher, teacher.locator("main .rows a").first)
    expect(teacher.locator("main")).to_contain_text("Situația școlară")
    expect(teacher.locator("main")).not_to_contain_text("Exemplescu")
    sound(teacher)
    teacher.get_by_label("Trimitem punctul nostru de vedere").check()
    teacher.get_by_label("Punctul dumneavoastră de vedere").fill("Lipsește lunea.")
    go_by(teacher, teacher.get_by_role("button", name=re.compile("^Trimite")))

    page.reload()
    expect(page.locator("main")).to_contain_text("Lipsește lunea.")
    go_by(page, "Procesul-verbal și prezența")
    page.get_by_label("Ce s-a discutat").fill("S-a vorbit despre absențe.")
    go_by(page, page.get_by_role("button", name="Salvează"))
    go_by(page, "Adăugați o hotărâre")
    page.get_by_label("Ce s-a hotărât").fill("Meditații de două ori pe săptămână")
    go_by(page, page.get_by_role("button", name="Salvează"))
    go_by(page, page.get_by_role("link", name="Trece în plan"))
    page.get_by_label("Sau un obiectiv nou").fill("Merge la școală")
    go_by(page, page.get_by_role("button", name="Faceți-o pas în plan"))
    expect(page.locator("main")).to_contain_text("Meditații de două ori pe săptămână")

    meeting = Meeting.objects.get()
    officer = opened(new_context(), live_server, town.officer, "/partener/intalniri/")
    expect(officer.locator("main")).not_to_contain_text("Lipsește lunea.")
    for whose in (officer, teacher):
        # Asked beside the page: a browser complains of what is not there.
        assert whose.context.request.get(f"{live_server}/intalniri/{meeting.pk}/").status == 404


def opened(context: BrowserContext, live_server: object, user: object, path: str) -> Page:
    """A page in the name of somebody."""
    sign_in_as(context, str(live_server), user)
    page = context.new_page()
    page.goto(f"{live_server}{path}")
    return page
