"""What the journeys do with a page: watch it, look at it as axe does, move in it by its words."""

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from PIL import Image
from playwright.sync_api import BrowserContext, Locator, Page

from punte.accounts.models import User
from tests import WHOLE, is_drawn

Size = dict[str, int]

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
MANUAL_PICTURES = ROOT / "docs" / "manual" / "ro" / "pictures"
WIDE = {"width": 1280, "height": 800}
NARROW = {"width": 360, "height": 740}
NARROWEST = {"width": 320, "height": 640}
SIZES = (WIDE, {"width": 800, "height": 1000}, NARROW, NARROWEST)
# Of so many pages axe looks at one in `make test`.
_LOOKED_AT = 3
PASSWORD = "parola-de-incercare-7"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN_AXE = """tags => axe.run(document, {
    runOnly: { type: 'tag', values: tags },
    resultTypes: ['violations'],
})"""

_STICKS_OUT = """[...document.querySelectorAll('body *')]
    .filter(one => one.getBoundingClientRect().right > innerWidth && !one.parentElement.closest('.scroll'))
    .slice(-3).map(one => one.outerHTML.slice(0, 120))"""


class Watch:
    """Everything that a context's pages complain of; `allow` names what a test provokes on purpose.

    What the server answers with an error the browser says on its console.
    """

    def __init__(self, context: BrowserContext) -> None:
        self.complaints: list[str] = []
        self._allowed: list[str] = []
        context.on(
            "console",
            lambda message: self._say(message.type, f"{message.text} {message.location.get('url', '')}"),
        )
        context.on("weberror", lambda error: self._say("error", f"uncaught: {error.error}"))

    def allow(self, *patterns: str) -> None:
        """Patterns of complaints that the test brings about itself."""
        self._allowed += patterns

    def _say(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(text)

    def check(self) -> None:
        """Fail on a complaint that nobody allowed: an error of the console or a page, a breach of the policy."""
        said, self.complaints = self.complaints, []
        left = [text for text in said if not any(re.search(one, text) for one in self._allowed)]
        assert not left, "the browser complained:\n" + "\n".join(left)


def bring_axe(page: Page) -> None:
    """Have the checker in the page, by the browser's own tools, which the policy of the page does not bind."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())


def axe(page: Page) -> None:
    """Fail on any violation of WCAG 2.2 AA or of good practice."""
    bring_axe(page)
    violations = page.evaluate(_RUN_AXE, STANDARDS)["violations"]
    assert not violations, f"axe on {page.url}:\n" + "\n".join(_in_words(violations))


def _in_words(violations: list[dict[str, Any]]) -> Iterable[str]:
    for one in violations:
        yield f"  {one['id']} ({one['impact']}): {one['help']}"
        for node in one["nodes"]:
            yield f"    {' '.join(map(str, node['target']))}  {node['html'][:200]}"


def fits(page: Page) -> None:
    """Fail where the page is wider than its window."""
    over = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
    assert over <= 0, f"{page.url} is {over} px wider than {page.viewport_size}: {page.evaluate(_STICKS_OUT)}"


def fits_a_telephone(page: Page) -> None:
    """Fail where the page is wider than a telephone."""
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    fits(page)
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]


def sound(page: Page) -> None:
    """Fail where the page does not fit a window, or is not accessible in a wide and in a narrow one.

    In `make test` each page is tried in the narrowest window, and one in so many by axe as well, in one of the two.
    """
    looked_at = in_one_or_both(WIDE, NARROW, told_by=page.title())
    for size in SIZES if WHOLE else (*looked_at, NARROWEST):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        fits(page)
        if size in looked_at:
            axe(page)
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]


def in_one_or_both(*sizes: Size, told_by: str) -> Sequence[Size]:
    """The windows in which axe looks at a page: in `make test` in one of the two at one page in so many, always the
    same; in `make test-all` in both."""
    if WHOLE:
        return sizes
    return (
        (sizes[crc32(told_by.encode()) % len(sizes)],)
        if is_drawn(f"axe {told_by}", one_in=_LOOKED_AT)
        else ()
    )


def sign_in_as(context: BrowserContext, server: str, user: User, *, language: str = "ro") -> None:
    """Put a session of `user` into the browser, as the page of sign-in would."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["language"] = language
    session.save()
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key or "", "url": server}]
    )


def with_password(user: User) -> User:
    """The account, able to sign in by PASSWORD."""
    user.set_password(PASSWORD)
    user.save()
    return user


def go_by(page: Page, link: str | re.Pattern[str] | Locator) -> None:
    """Follow a link or press a button that leads to another page."""
    found = link if isinstance(link, Locator) else page.get_by_role("main").get_by_role("link", name=link)
    with page.expect_navigation():
        found.click()


def picture(page: Page, name: str, *, folder: Path = MANUAL_PICTURES, full: bool = False) -> None:
    """Keep a picture of the page for the manual, where PUNTE_PICTURES asks for it."""
    if not os.environ.get("PUNTE_PICTURES"):
        return
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.png"
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.screenshot(path=path, full_page=full, animations="disabled")
    with Image.open(path) as taken:
        small = taken.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    small.save(path, optimize=True)
