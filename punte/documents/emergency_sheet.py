"""The fast list of an emergency on paper, also in Ukrainian: who is there, and empty lines to fill without power."""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone, translation

from punte.documents.romanian import clean, short_date
from punte.emergencies.content import content
from punte.emergencies.models import Emergency, Listed
from punte.kernel.papers import FOLDER, LANGUAGE, pdf

_EMPTY = 16
_COLUMNS = (
    ("Nr.", "№"),
    ("Numele, în orice alfabet", "Імʼя, будь-якою абеткою"),
    ("Vârsta", "Вік"),
    ("Cu nr.", "Разом з №"),
    ("Telefon", "Телефон"),
)
_FOOTER = (
    "Confidențial. Când revine curentul, rândurile se scriu pe lista rapidă, iar foaia se pune la dosar."
)


def emergency_sheet_pdf(emergency: Emergency, rows: Sequence[Listed]) -> bytes:
    """The sheet as tagged PDF.

    Args:
        rows: who is there, as the reader knows it.
    """
    needs = list(content()["needs"].values())
    with translation.override(LANGUAGE):
        lines = [
            {
                "told": [
                    str(one.number),
                    clean(one.name),
                    "" if one.age is None else str(one.age),
                    "" if one.group == one.number else str(one.group),
                    clean(one.phone),
                ],
                "needs": [need.key in one.needs for need in needs],
            }
            for one in rows
        ]
        empty = {"told": [""] * len(_COLUMNS), "needs": [False] * len(needs)}
        made = {
            "title": f"Lista de urgență: {clean(emergency.name)}",
            "institution": clean(emergency.keeper.name),
            "place": f"{clean(emergency.place)}, {emergency.uat.name}",
            "date": short_date(timezone.localdate()),
            "columns": [{"ro": ro, "uk": uk} for ro, uk in _COLUMNS],
            "needs": [{"ro": one.words["ro"], "uk": one.words["uk"]} for one in needs],
            "rows": lines + [empty] * _EMPTY,
            "footer": _FOOTER,
        }
    return pdf(FOLDER / "emergency_sheet", made, dt.datetime.now(dt.UTC))
