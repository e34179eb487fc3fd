"""One entry of a register on paper, for who it is about: plain, without the name of a service; it is not kept."""

from typing import Any

from django.utils import timezone, translation

from punte.documents.romanian import clean, long_date, paragraphs
from punte.kernel.papers import FOLDER, LANGUAGE, pdf
from punte.registers.actions.writing import in_words
from punte.registers.showing import ShownEntry


def entry_paper(shown: ShownEntry) -> bytes:
    """An entry as tagged PDF (PDF/UA-1 and PDF/A-2a): what it says, those fields that the reader reads.

    Who keeps the record is not on it: a paper that is found should tell as little as it can.
    """
    now = timezone.now()
    with translation.override(LANGUAGE):
        content: dict[str, Any] = {
            "title": clean(in_words(shown.definition.title)),
            "date": long_date(timezone.localdate(now)),
            "parts": [
                {"label": clean(one.label), "said": paragraphs(one.said)} for one in shown.fields if one.said
            ],
        }
    return pdf(FOLDER / "register_entry", content, now)
