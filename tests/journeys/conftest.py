"""A real browser before a real server with real transactions."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.journeys.browser import WIDE, Watch

# Without the windows around its pages Chromium takes a third of the time.
CHROMIUM = os.environ.get("PUNTE_CHROMIUM") or shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions", "--no-first-run"]

collect_ignore = [] if os.environ.get("PUNTE_PICTURES") else ["test_pictures.py"]
# In milliseconds; a busy machine is no defect of a page.
PATIENCE = 40_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all journeys."""
    # Playwright keeps an event loop on this thread, on which Django would refuse to touch the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def new_context(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Make a separate browser profile of Bucharest; what its pages complain of fails the test."""
    made: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        made.append(open_context(chromium, **options))
        return made[-1]

    yield make
    for context in made:
        context.close()
    for context in made:
        context.watch.check()  # type: ignore[attr-defined]


def open_context(chromium: Browser, **options: Any) -> BrowserContext:
    """A browser profile of Bucharest, watched."""
    context = chromium.new_context(
        **{
            "locale": "ro-RO",
            "timezone_id": "Europe/Bucharest",
            "viewport": WIDE,
            "accept_downloads": True,
            "reduced_motion": "reduce",
            **options,
        }
    )
    context.set_default_timeout(PATIENCE)
    context.set_default_navigation_timeout(2 * PATIENCE)
    context.watch = Watch(context)  # type: ignore[attr-defined]
    return context


@pytest.fixture
def context(new_context: Callable[..., BrowserContext]) -> BrowserContext:
    """A browser profile."""
    return new_context()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page in it."""
    return context.new_page()
