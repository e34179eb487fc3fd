"""A person who has a keyboard and no mouse: Tab until the wanted thing has the focus, then type."""

import re

from playwright.sync_api import Locator, Page, expect

_MOST_TABS = 160

# Whether the wanted element, or one within the wanted group, has the focus; and whether one sees where the focus is.
_FOCUSED = """
(wanted, within) => {
  const element = document.activeElement;
  const shows = (one) => {
    const style = getComputedStyle(one);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
  };
  const label = element.closest("label");
  const moved = element.matches("body, main, [tabindex='-1']");
  return {
    gone: !wanted.isConnected,
    there: within === "" ? wanted === element : wanted.contains(element) && element.matches(within),
    seen: moved || shows(element) || (label !== null && shows(label)),
    html: element.outerHTML.slice(0, 160),
  };
}
"""


class Keyboard:
    """Everything is done by keys; `page` is asked only what it shows."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, wanted: Locator, *, within: str = "") -> None:
        """Press Tab until `wanted`, or what in it matches `within`, has the focus; every stop must be seen."""
        expect(wanted.first).to_be_attached()
        # Found once: to find it by its role and words takes many times as long as to ask it.
        sought = wanted.first.element_handle()
        for _press in range(_MOST_TABS):
            focused = sought.evaluate(_FOCUSED, within)
            if focused["gone"]:
                sought = wanted.first.element_handle()
                focused = sought.evaluate(_FOCUSED, within)
            assert focused["seen"], f"the focus is not seen on {focused['html']}"
            if focused["there"]:
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{_MOST_TABS} presses of Tab do not reach {wanted}")

    def press(self, wanted: Locator, key: str = "Enter") -> None:
        """Reach a link or a button and press it."""
        self.reach(wanted)
        self.page.keyboard.press(key)

    def follow(self, wanted: Locator) -> None:
        """Press what leads to another page, and wait for it."""
        self.reach(wanted)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def type(self, wanted: Locator, text: str) -> None:
        """Reach a field and write in it, over what it holds."""
        self.reach(wanted)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def day(self, wanted: Locator, day: str) -> None:
        """Write a day, given as 2020-01-31, in the browser's own field."""
        self.reach(wanted)
        year, month, number = day.split("-")
        self.page.keyboard.type(number + month + year)
        if wanted.input_value() != day:
            # The order of the parts is that of the machine's language, not of the page's.
            for _part in range(3):
                self.page.keyboard.press("ArrowLeft")
            self.page.keyboard.type(month + number + year)
        expect(wanted).to_have_value(day)

    def option(self, wanted: Locator, name: str) -> None:
        """Choose in a list by typing the beginning of the option."""
        self.reach(wanted)
        self.page.keyboard.type(name)
        expect(wanted.locator("option:checked")).to_have_text(
            re.compile(f"^{re.escape(name)}", re.IGNORECASE)
        )

    def radio(self, group: Locator, name: str) -> None:
        """Reach a group of radio buttons and go to one by the arrows."""
        wanted = group.get_by_label(name, exact=True)
        expect(wanted).to_be_attached()
        self.reach(group, within="input[type=radio]")
        self.page.keyboard.press("Space")
        for _step in range(group.locator("input[type=radio]").count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        assert wanted.is_checked(), f"the arrows do not reach {name}"
