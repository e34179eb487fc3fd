"""The life book of a child on paper: the pages that they agreed to keep, in the order in which they lived them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone, translation

from punte.accounts.models import User
from punte.documents.romanian import clean, long_date, paragraphs
from punte.kernel.papers import FOLDER, LANGUAGE, pdf
from punte.people.models import Person
from punte.registers.catalogue import register_named
from punte.registers.lists import said_in
from punte.registers.sight import Sight

_REGISTER, _KEPT = "life_page", "kept"


@dataclass(frozen=True)
class BookPage:
    """One page: what it is about, its heading, its words."""

    about: str
    heading: str
    words: str
    day: str


def pages_kept(user: User, person: Person) -> list[BookPage]:
    """The pages that the child agreed to keep, as the account reads them, the oldest first."""
    definition = register_named(_REGISTER)
    sight = Sight(user, person)
    if not sight.reads(definition):
        return []
    kept = [one for one in sight.entries() if one.register == _REGISTER and one.state == _KEPT]
    with translation.override(LANGUAGE):
        return [
            BookPage(
                definition.fields["kind"].label_of(said["kind"])["ro"],
                said["heading"],
                said["words"],
                long_date(entry.start),
            )
            for entry in sorted(kept, key=lambda one: (one.start, one.created_at))
            if (said := said_in(definition, entry))
        ]


def book_on_paper(person: Person, pages: Sequence[BookPage]) -> bytes:
    """The book as tagged PDF (PDF/UA-1 and PDF/A-2a): no letterhead and no number, it is the child's own."""
    now = timezone.localtime()
    with translation.override(LANGUAGE):
        content = {
            "title": "Cartea vieții mele",
            "head": {"county": "", "institution": "", "service": "", "contact": ""},
            "name": clean(person.given_name or str(person)),
            "made": long_date(now.date()),
            "pages": [
                {
                    "about": clean(page.about),
                    "heading": clean(page.heading),
                    "words": paragraphs(page.words),
                    "day": page.day,
                }
                for page in pages
            ],
        }
        return pdf(FOLDER / "life_book", content, now)
