"""Two institutions work with one woman: one asks to read, the other lets it read a part, and takes it back."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from punte.accounts.models import User
from punte.people.models import Consent
from tests.cases.two_keepers import two_keepers
from tests.journeys.browser import fits_a_telephone, go_by, sign_in_as, sound

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_one_institution_lets_another_read(
    new_context: Callable[..., BrowserContext], live_server: Any, transactional_db: None
) -> None:
    both = two_keepers()
    Consent.objects.all().delete()
    server = str(live_server)

    def page_of(user: User) -> Page:
        context = new_context()
        sign_in_as(context, server, user)
        return context.new_page()

    asker, keeper = page_of(both.asker), page_of(both.keeper)
    own = server + reverse("household", args=[both.own.pk])
    asker.goto(own)
    record_consent(asker, both.kept.keeper.name)
    ask(asker, both.kept.keeper.name)
    answer(keeper, server, both.own.keeper.name)
    read(asker, own)
    take_back(keeper, server + reverse("household", args=[both.kept.pk]), both.own.keeper.name)
    asker.goto(own)
    expect(asker.get_by_role("main")).to_contain_text("luată înapoi")
    expect(asker.get_by_role("link", name=re.compile("^Citiți"))).to_have_count(0)


def record_consent(page: Page, receiver: str) -> None:
    """The sentence is there to be read aloud before anything is written."""
    go_by(page, "Înregistrați un acord")
    expect(page.get_by_role("main")).to_contain_text("Vă puteți răzgândi")
    fits_a_telephone(page)
    page.get_by_label("Pentru ce este acordul").select_option("share_with_institution")
    page.get_by_label("Ce instituție primește").select_option(label=receiver)
    page.get_by_label("Cine și-a dat acordul").select_option("adult_of_household")
    page.get_by_label("Numele lor").fill("Elena, mama")
    go_by(page, page.get_by_role("button", name="Salv"))
    expect(page.get_by_role("main")).to_contain_text("Împărtășirea datelor cu altă instituție")


def ask(page: Page, keeper: str) -> None:
    go_by(page, re.compile(f"Cereți să citiți.*{keeper}"))
    page.get_by_label("Gospodăria și cine locuiește acolo").check()
    page.get_by_label("Planul în vigoare").check()
    page.get_by_label("Pentru ce", exact=True).fill("Să nu facem același lucru de două ori")
    fits_a_telephone(page)
    go_by(page, page.get_by_role("button", name="Trimiteți cererea"))
    expect(page.get_by_role("main")).to_contain_text("așteaptă răspuns")
    sound(page)


def answer(page: Page, server: str, asker: str) -> None:
    """It is on the day of who answers for the case; less is granted than was asked for."""
    page.goto(server + reverse("my_day"))
    go_by(page, page.get_by_role("link", name=asker))
    expect(page.get_by_role("main")).to_contain_text("Să nu facem același lucru de două ori")
    fits_a_telephone(page)
    page.get_by_label("Pot citi", exact=True).check()
    page.get_by_label("Planul în vigoare").uncheck()
    go_by(page, page.get_by_role("button", name="Trimiteți răspunsul"))
    expect(page.get_by_role("main")).to_contain_text("citește:")
    sound(page)


def read(page: Page, own: str) -> None:
    page.goto(own)
    go_by(page, page.get_by_role("link", name=re.compile("^Citiți")))
    expect(page.get_by_role("heading", name="Membri")).to_be_visible()
    expect(page.get_by_role("heading", name="Planul")).to_have_count(0)
    fits_a_telephone(page)
    sound(page)


def take_back(page: Page, kept: str, reader: str) -> None:
    page.goto(kept)
    go_by(page, re.compile(f"Luați înapoi.*{reader}"))
    page.get_by_label("De ce").fill("Familia s-a mutat")
    go_by(page, page.get_by_role("button", name="Nu mai citesc"))
    expect(page.get_by_role("main")).not_to_contain_text("citește:")
