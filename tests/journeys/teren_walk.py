"""Teren as a worker uses it, by its own words; for the journeys and for the bench."""

import re
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect

from punte.accounts.models import User
from tests.journeys.browser import bring_axe, fits, in_one_or_both, sign_in_as
from tests.journeys.questionnaire import Questionnaire, starting

PIN = "402716"
TABLET = {"width": 800, "height": 1100}
PHONE = {"width": 360, "height": 740}
_STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# In sunlight: seven to one between text and its ground.
_RUN_AXE = """tags => axe.run(document, {
  runOnly: { type: 'tag', values: tags },
  rules: { 'color-contrast-enhanced': { enabled: true } },
  resultTypes: ['violations'],
})"""
_TOO_SMALL = """() => [...document.querySelectorAll('a[href], button, select, summary, input, textarea')]
  .map(element => ({ element, box: (element.closest('label') ?? element).getBoundingClientRect() }))
  .filter(({ element, box }) => box.width > 1 && box.height > 1 && !element.closest('p:not([class]), .visually-hidden')
    && (box.height < 43.5 || box.width < 43.5))
  .map(({ element, box }) => `${element.outerHTML.slice(0, 120)} ${box.width}x${box.height}`)"""


class Teren:
    """The application open in a page."""

    def __init__(self, page: Page, server: str) -> None:
        self.page = page
        self.server = server

    # The device

    def install(self, context: BrowserContext, worker: User, *, name: str = "Tableta albastră") -> None:
        """Sign in at the office, prepare the device, and wait until the first exchange is over."""
        sign_in_as(context, self.server, worker)
        self.page.goto(f"{self.server}/teren/")
        self.page.get_by_label("Numele dispozitivului").fill(name)
        self.page.get_by_label("Alegeți un PIN").fill(PIN)
        self.page.get_by_label("PIN-ul, încă o dată").fill(PIN)
        self.page.get_by_role("button", name="Pregătește dispozitivul").click()
        self.title("Azi")
        self.all_sent()
        self.kept_for_offline()

    def kept_for_offline(self) -> None:
        """Wait until the service worker holds the application."""
        self.page.wait_for_function("() => navigator.serviceWorker.controller !== null", timeout=60_000)

    def open(self) -> None:
        """Open the application at its beginning."""
        self.page.goto(f"{self.server}/teren/")

    def unlock(self, pin: str = PIN) -> None:
        """Give the PIN at the lock."""
        expect(self.page.get_by_role("heading", name="Teren este încuiat")).to_be_visible()
        self.page.get_by_label("PIN", exact=True).fill(pin)
        self.page.get_by_role("button", name="Deschide", exact=True).click()

    # Ways

    def title(self, words: str | re.Pattern[str]) -> None:
        """Wait for a screen by its title."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(words)

    def go(self, address: str = "") -> None:
        """Another screen, by its address."""
        self.page.evaluate("address => { location.hash = address }", f"#/{address}")

    def today(self) -> None:
        """The first screen."""
        self.go()
        self.title("Azi")

    def household(self, name: str) -> None:
        """From the day to a household."""
        self.today()
        self.page.get_by_label("Caută în listă").fill(name)
        self.page.locator(".t-row").filter(has_text=name).first.click()
        self.title(name)

    def button(self, name: str | re.Pattern[str]) -> Locator:
        """A button or a link that looks like one."""
        return self.page.locator("button, a.btn").filter(has_text=name)

    # The exchange

    def sync(self) -> None:
        """Exchange now, and wait for the end of it."""
        self.today()
        self.page.get_by_role("button", name="Sincronizează", exact=True).click()
        self.all_sent()

    def all_sent(self) -> None:
        """Wait until nothing is unsent and the device has been answered."""
        expect(self.page.locator(".t-sync-state")).to_have_text("Totul este trimis")
        expect(self.page.locator(".t-sync-last")).to_contain_text("Sincronizat")

    # What is written

    def new_household(self, name: str, *, locality: str = "", safe: str = "") -> None:
        """A household met on the way."""
        self.today()
        self.button("Gospodărie nouă").click()
        self.page.get_by_label("Numele gospodăriei").fill(name)
        self.page.get_by_label("Satul sau cartierul").fill(locality)
        self.page.get_by_label("Contact sigur").fill(safe)
        self.button("Salvează gospodăria").click()
        self.title(name)

    def begin_assessment(self) -> Questionnaire:
        """Open the questionnaire of the household on the screen."""
        self.page.locator(".t-bar").get_by_role("button", name=starting("Evaluează")).click()
        asked = Questionnaire(self.page)
        asked.ready()
        return asked

    def finish_assessment(self) -> None:
        """From any page of the questionnaire to the findings."""
        self.sections().get_by_role("link", name="Verifică și încheie").click()
        self.page.get_by_role("button", name="Încheie evaluarea").click()
        self.title("Constatări")

    def sections(self) -> Locator:
        """The list of sections, unfolded."""
        fold = self.page.locator("details.q-fold:not(.t-sofar):not([open]) > summary")
        if fold.count():
            fold.click()
        return self.page.get_by_role("navigation", name="Secțiuni")

    def section(self, name: str) -> None:
        """Go to a section of the questionnaire."""
        self.sections().get_by_role("link", name=name).click()
        expect(self.page.get_by_role("heading", level=2, name=name)).to_be_visible()

    def open_case(self, reason: str) -> None:
        """A case of the household on the screen."""
        self.button("Deschide un caz").first.click()
        self.page.get_by_label("Management de caz standard").check()
        self.page.get_by_label("Motivul").fill(reason)
        self.page.locator(".t-bar").get_by_role("button", name="Deschide un caz").click()
        expect(self.page.get_by_role("heading", name="Caz deschis aici, netrimis")).to_be_visible()

    def visit(self, note: str, *, minutes: int = 40) -> None:
        """A visit in the first case of the household on the screen."""
        self.button("Scrie o vizită").first.click()
        self.page.get_by_label("Câte minute").fill(str(minutes))
        self.page.get_by_label("Notă").fill(note)
        self.button("Salvează").last.click()
        expect(self.page.get_by_text(note)).to_be_visible()

    # Looking

    def sound(self) -> None:
        """Fail where the screen does not fit, is not accessible, is pale, or has something too small to touch.

        In `make test` axe looks in one of the two windows.
        """
        looked_at = in_one_or_both(PHONE, TABLET, told_by=self.page.locator("h1").first.inner_text())
        for size in (PHONE, TABLET):
            self._stretch(size)
            fits(self.page)
            violations = self._violations() if size in looked_at else []
            assert not violations, f"axe on {self.page.url} at {size['width']}:\n" + "\n".join(violations)
            small = self.page.evaluate(_TOO_SMALL)
            assert not small, f"too small on {self.page.url} at {size['width']}:\n" + "\n".join(small)
        self.page.set_viewport_size(TABLET)  # type: ignore[arg-type]

    def _stretch(self, size: dict[str, int]) -> None:
        """A window as high as the screen is long, so that the bar at its foot lies over nothing."""
        self.page.set_viewport_size(size)  # type: ignore[arg-type]
        whole = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.set_viewport_size({"width": size["width"], "height": max(size["height"], whole)})

    def _violations(self) -> list[str]:
        bring_axe(self.page)
        found: list[dict[str, Any]] = self.page.evaluate(_RUN_AXE, _STANDARDS)["violations"]
        return [
            f"  {one['id']}: {' '.join(map(str, node['target']))} {node['html'][:160]} {node.get('failureSummary', '')}"
            for one in found
            for node in one["nodes"]
        ]


# Speed, for the bench. Times are in milliseconds by the clock of the page.

_INSTALLED = """async () => {
  const addresses = [];
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) addresses.push(request.url);
  }
  const sizes = {};
  for (const address of addresses) {
    const url = new URL(address);
    url.searchParams.delete('__WB_REVISION__');
    const bytes = await (await fetch(url, { cache: 'no-store' })).arrayBuffer();
    const packed = new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip')));
    sizes[url.pathname] = Math.min(bytes.byteLength, (await packed.arrayBuffer()).byteLength);
  }
  return sizes;
}"""
_FIRST_SEEN = """selector => {
  const seen = () => {
    if (window.firstSeen === undefined && document.querySelector(selector)) {
      requestAnimationFrame(() => { window.firstSeen ??= performance.now(); });
    }
  };
  new MutationObserver(seen).observe(document, { childList: true, subtree: true });
  seen();
}"""
_FILTERED = """words => new Promise(done => {
  const field = document.getElementById('filter');
  const begun = performance.now();
  new MutationObserver((_, watcher) => {
    watcher.disconnect();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
  }).observe(document.querySelector('.t-found'), { childList: true, characterData: true, subtree: true });
  setTimeout(() => done(Infinity), 10_000);
  field.value = words;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
})"""
_ANSWERED = """option => new Promise(done => {
  const shown = () => document.querySelector('[data-so-far]').dataset.soFar;
  const before = shown();
  const begun = performance.now();
  const looked = () => {
    if (shown() !== before) done(performance.now() - begun);
    else if (performance.now() - begun > 5000) done(Infinity);
    else setTimeout(looked);
  };
  option.click();
  looked();
})"""


def installed_bytes(page: Page) -> dict[str, int]:
    """What the device keeps to work without a signal, compressed, by address: the application and the packs."""
    sizes: dict[str, int] = page.evaluate(_INSTALLED)
    return sizes


def slow_down(page: Page, times: float) -> None:
    """Slow the processor of a page down so many times."""
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": times})


def opening_ms(teren: Teren) -> tuple[float, float]:
    """Without a signal: from the tap on the icon to the field of the PIN, and from the PIN to the day."""
    page = teren.page
    page.add_init_script(f"({_FIRST_SEEN})('.t-pin')")
    page.goto(f"{teren.server}/teren/")
    page.wait_for_function("() => window.firstSeen !== undefined")
    locked: float = page.evaluate("window.firstSeen")
    page.evaluate(f"() => {{ window.firstSeen = undefined; ({_FIRST_SEEN})('.t-sync') }}")
    page.get_by_label("PIN", exact=True).fill(PIN)
    begun: float = page.evaluate("performance.now()")
    page.evaluate("document.querySelector('form').requestSubmit()")
    page.wait_for_function("() => window.firstSeen !== undefined")
    ended: float = page.evaluate("window.firstSeen")
    return locked, ended - begun


def filtering_ms(teren: Teren, words: str) -> float:
    """From words typed into the filter of the day to the list drawn anew; they must change how many are found."""
    teren.today()
    elapsed: float = teren.page.evaluate(_FILTERED, words)
    teren.page.evaluate(_FILTERED, "")
    return elapsed


def finding_ms(page: Page, question: str, answer: str) -> float:
    """From an answer to what it shows, in an open questionnaire; the answer must change what is shown."""
    group = page.get_by_role("radiogroup", name=starting(question))
    option = group.get_by_label(answer, exact=True).element_handle()
    elapsed: float = page.evaluate(_ANSWERED, option)
    return elapsed
