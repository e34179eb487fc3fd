"""Every page: nothing that axe finds, nothing wider than a telephone, nothing left in English, one heading.

Of a page that is opened for several people, records or questions one is taken in `make test`, always the same one, and
of all pages one in five; in `make test-all` each.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any
from zlib import crc32

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from punte.accounts.models import User
from punte.people.models import Person
from tests import WHOLE, database
from tests.access.walk import every_name
from tests.journeys.browser import sign_in_as, sound
from tests.journeys.conftest import open_context
from tests.journeys.pages import IN_ENGLISH, IN_HUNGARIAN, MET_ON_THE_WAY, NOT_PAGES, SHEETS, Sheet
from tests.journeys.town import Rows, build_town

pytestmark = pytest.mark.browser

# Words of the English texts that are not also Romanian ones.
ENGLISH = re.compile(
    r"\b(the|and|with|without|has|have|was|were|this|that|your|you|from|save|cancel|household|households|case|cases"
    r"|search|add|back|remove|open|close|since|until|today|yesterday|tomorrow|none|not|is|are|for|birth|family|worker"
    r"|assessment|referral|services|places|free|who|when|why|sign|password|account)\b",
    re.IGNORECASE,
)
# „cases” would be found in „case” (houses), „note” in „note”; names that the pages quote as they are.
ROMANIAN_TOO = {"case", "are", "for"}
# Names of the standard of open data and of its addresses, on the pages about it.
OF_THE_STANDARD = {"open", "referral", "services"}
ABOUT_THE_STANDARD = {"open_data", "hsds_profile"}
# All that is read of a page in Romanian, asked at once.
_SAID = """() => ({
  title: document.title,
  language: document.documentElement.lang,
  headings: document.querySelectorAll('h1').length,
  words: document.body.innerText,
})"""


def _one_of_each(sheets: Iterable[Sheet]) -> list[Sheet]:
    """Of each page one sheet."""
    alike: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        alike.setdefault(sheet.name, []).append(sheet)
    return [some[crc32(name.encode()) % len(some)] for name, some in alike.items()]


OPENED = SHEETS if WHOLE else _one_of_each(SHEETS)


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[str, dict[str, User], Rows]]:
    """One town for all pages, really saved, and the server that shows it."""
    with django_db_blocker.unblock():
        people, rows = build_town()
        server = LiveServer("localhost")
        server._live_server_modified_settings.enable()
        yield str(server), people, rows
        server._live_server_modified_settings.disable()
        server.stop()
        database.renew()


@pytest.fixture(scope="module")
def windows(
    chromium: Browser, town: tuple[str, dict[str, User], Rows]
) -> Iterator[Callable[[str, str], Page]]:
    """The window of somebody in a language, signed in once; another document of the same origin keeps its process."""
    server, people, _rows = town

    @cache
    def window(who: str, language: str) -> Page:
        context = open_context(chromium)
        if who == "nobody":
            name = django_settings.LANGUAGE_COOKIE_NAME
            context.add_cookies([{"name": name, "value": language, "url": server}])
        else:
            sign_in_as(context, server, people[who], language=language)
        made.append(context)
        return context.new_page()

    made: list[BrowserContext] = []
    yield window
    for context in made:
        context.close()
    for context in made:
        context.watch.check()  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def names(town: tuple[str, dict[str, User], Rows], django_db_blocker: Any) -> set[str]:
    """The names of all who are on record here, or work here."""
    with django_db_blocker.unblock():
        recorded = [name for person in Person.objects.all() for name in (person.family_name, str(person))]
        return {name for name in (*recorded, *(user.name for user in User.objects.all())) if name}


@pytest.fixture
def opened(
    windows: Callable[[str, str], Page], town: tuple[str, dict[str, User], Rows]
) -> Iterator[Callable[[Sheet, str], Page]]:
    """Open a page in the window of whom it is for; what it complains of fails the test."""
    server, _people, rows = town
    contexts: list[BrowserContext] = []

    def open_sheet(sheet: Sheet, language: str) -> Page:
        page = windows(sheet.who, language)
        contexts.append(page.context)
        answer = page.goto(server + sheet.address(rows))
        assert answer is not None
        assert answer.status == 200, f"{page.url} answers {answer.status}"
        if sheet.name == "assess" and page.locator("#questionnaire").count():
            page.locator("#q-title").wait_for()
        return page

    yield open_sheet
    for context in contexts:
        context.watch.check()  # type: ignore[attr-defined]


# The mark also tells pytest-django that this module needs the database, which its fixture fills for all pages at once.
@pytest.mark.django_db
def test_every_address_is_a_page_here_or_known_not_to_be_one() -> None:
    assert every_name() - {sheet.name for sheet in SHEETS} - MET_ON_THE_WAY == NOT_PAGES


@pytest.mark.sampled(one_in=5)
@pytest.mark.parametrize("sheet", OPENED, ids=str)
def test_page_is_sound_and_romanian(
    sheet: Sheet, opened: Callable[[Sheet, str], Page], names: set[str]
) -> None:
    page = opened(sheet, "ro")
    said = page.evaluate(_SAID)
    title = said["title"].removesuffix("· Punte").strip()
    assert title
    assert not [name for name in names if name in title], "a title stays in the history of the browser"
    assert said["headings"] == 1
    assert said["language"] == "ro"
    left = {word.lower() for word in ENGLISH.findall(said["words"])} - ROMANIAN_TOO
    if sheet.name in ABOUT_THE_STANDARD:
        left -= OF_THE_STANDARD
    assert not left, f"English on {page.url}: {left}"
    sound(page)


@pytest.mark.sampled(one_in=2)
@pytest.mark.parametrize("sheet", IN_HUNGARIAN if WHOLE else _one_of_each(IN_HUNGARIAN), ids=str)
def test_public_page_is_sound_in_hungarian(sheet: Sheet, opened: Callable[[Sheet, str], Page]) -> None:
    page = opened(sheet, "hu")
    assert page.locator("html").get_attribute("lang") == "hu"
    sound(page)


@pytest.mark.parametrize("sheet", IN_ENGLISH, ids=str)
def test_page_is_sound_in_english(sheet: Sheet, opened: Callable[[Sheet, str], Page]) -> None:
    page = opened(sheet, "en")
    assert page.locator("html").get_attribute("lang") == "en"
    assert "Sign out" in page.get_by_role("banner").inner_text() or page.get_by_text("Households").count()
    sound(page)
