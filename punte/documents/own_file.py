"""What is on record about somebody, and who looked at it, on paper: made each time anew, and not kept."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from django.utils import timezone, translation

from punte.documents.paper import Head, Line
from punte.documents.romanian import clean, long_date, paragraphs, short_date
from punte.kernel.papers import FOLDER, LANGUAGE, pdf
from punte.organizations.models import Organization
from punte.people.actions.own_file import Part
from punte.people.models import Person
from punte.people.who_looked import Look

# The wording of an official paper is Romanian whatever language the screens speak, as that of its template.
_FILE, _LOOKS = "Datele mele", "Cine a deschis fișa mea"
_WHAT = (
    "Aceasta este ce se află scris despre dumneavoastră. Numele altor oameni este acoperit. Ce ține de violență sau de"
    " abuz vă dă cine lucrează la cazul dumneavoastră, dacă îl întrebați."
)
_WHO = (
    "Aici vedeți cine a deschis fișa dumneavoastră, în ce zi și pentru ce. Fiecare deschidere rămâne scrisă și nu poate"
    " fi ștearsă."
)
_RIGHTS = (
    "Puteți cere să corectăm ce este greșit, să ștergem, să nu mai folosim o vreme sau să nu mai folosim deloc anumite"
    " date. Dacă nu sunteți mulțumit de răspuns, vă puteți plânge la Autoritatea Națională de Supraveghere a"
    " Prelucrării Datelor cu Caracter Personal (dataprotection.ro) sau în instanță."
)
_NOTHING = "Nu este nimic scris."


def file_on_paper(person: Person, make: Callable[[], Sequence[Part]]) -> bytes:
    """The file as tagged PDF (PDF/UA-1 and PDF/A-2a).

    Args:
        make: gathers the file; called in the language of the paper.
    """
    with translation.override(LANGUAGE):
        parts = [
            {
                "title": clean(part.title),
                "columns": [],
                "rows": [
                    [asdict(Line(clean(label), clean(said))) for label, said in row.items() if said]
                    for row in part.rows
                ],
                "note": f"Se păstrează: {clean(part.how_long)}.",
            }
            for part in make()
        ]
        return _paper(person, _FILE, _WHAT, parts)


def looks_on_paper(person: Person, make: Callable[[], Sequence[Look]]) -> bytes:
    """Who looked, as tagged PDF."""
    with translation.override(LANGUAGE):
        looks = make()
        rows = [
            [
                short_date(look.day),
                clean(" · ".join(part for part in (look.role, look.who) if part)),
                clean(look.institution),
                clean(look.what_for),
            ]
            for look in looks
        ]
        columns = ["Ziua", "Cine", "De la", "Ce a făcut"]
        table = {"title": "Deschideri", "columns": columns, "rows": rows, "note": ""}
        return _paper(person, _LOOKS, _WHO, [table] if rows else [])


def _paper(person: Person, title: str, intro: str, parts: Sequence[dict[str, Any]]) -> bytes:
    now = timezone.localtime()
    content = {
        "title": title,
        "head": asdict(_head(person.keeper)),
        # Its number is the day on which it was made: it has none in a register.
        "register": short_date(now.date()),
        "date": long_date(now.date()),
        "subject": [asdict(Line("Despre", clean(str(person))))],
        "intro": paragraphs(intro),
        "parts": parts,
        "nothing": _NOTHING,
        "notice": _RIGHTS,
    }
    return pdf(FOLDER / "own_file", content, now)


def _head(keeper: Organization) -> Head:
    contact = (keeper.address, keeper.phone, keeper.email)
    return Head("", clean(keeper.name), "", " · ".join(clean(one) for one in contact if one))
