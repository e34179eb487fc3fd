"""The questionnaire as one fills it, by its own words."""

import re

from playwright.sync_api import Page, expect


def starting(words: str) -> re.Pattern[str]:
    """Names that begin with the words; a legend also holds its hint."""
    return re.compile(f"^{re.escape(words)}")


class Questionnaire:
    """The open questionnaire in a page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def ready(self) -> None:
        """Wait until the form stands."""
        expect(self.page.locator("#q-title")).to_be_visible()

    def on(self, section: str) -> None:
        """Go to a section by the list of them."""
        self.page.get_by_role("navigation", name="Secțiuni").get_by_role("link", name=section).click()
        expect(self.page.get_by_role("heading", level=2, name=section)).to_be_visible()

    def choose(self, question: str, answer: str) -> None:
        """Choose one answer."""
        group = self.page.get_by_role("radiogroup", name=starting(question))
        group.get_by_label(answer, exact=True).check()

    def write(self, question: str, answer: str) -> None:
        """Type an answer and leave the field."""
        field = self.page.get_by_label(question)
        field.fill(answer)
        field.blur()

    def open_card(self, *names: str) -> None:
        """Open the card of a member, whichever way round the name is said."""
        name = re.compile("|".join(map(re.escape, names)))
        self.page.locator(".q-open-card").filter(has_text=name).click()

    def add_person(self) -> None:
        """A new card, opened."""
        self.page.get_by_role("button", name="Adaugă o persoană").click()

    def add_new(self, given_name: str, *, born: str, cnp: str = "") -> None:
        """A new member of the family Dinu, from the list of members or from another card."""
        self.on("Cine locuiește aici")
        self.add_person()
        self.write("Nume de familie", "Dinu")
        self.write("Prenume", given_name)
        self.write("CNP", cnp)
        self.write("Data nașterii", born)

    def back_to_list(self) -> None:
        """From a card to all the members."""
        self.page.get_by_role("button", name="Înapoi la: Cine locuiește aici").first.click()

    def saved(self) -> None:
        """Wait until the server has every answer."""
        expect(self.page.locator(".q-saved")).to_contain_text("Salvat la")
