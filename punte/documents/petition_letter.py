"""The answer to a petition as a letter: made each time from the answer as it was given, so it is not kept."""

from dataclasses import asdict
from typing import Any

from django.utils import timezone, translation

from punte.documents.paper import Head, Line, Signature
from punte.documents.romanian import clean, long_date, paragraphs
from punte.kernel.errors import DomainError
from punte.kernel.papers import FOLDER, LANGUAGE, pdf
from punte.petitions.models import Petition

# The wording of an official paper is Romanian whatever language the screens speak, as that of its template.
_TITLE = "Răspuns la petiție"
_NOTICE = (
    "Dacă nu sunteți mulțumit de răspuns, vă puteți adresa instanței de contencios administrativ, în condițiile"
    " Legii nr. 554/2004."
)


def petition_letter(petition: Petition) -> bytes:
    """The answer as tagged PDF (PDF/UA-1 and PDF/A-2a).

    Raises:
        DomainError: there is no answer yet.
    """
    if not petition.answer or petition.answered_at is None:
        raise DomainError("the petition has no answer")
    with translation.override(LANGUAGE):
        content = _content(petition)
    return pdf(FOLDER / "petition_answer", content, petition.answered_at)


def _content(petition: Petition) -> dict[str, Any]:
    organization = petition.organization
    assert petition.answered_at is not None
    contact = (organization.address, organization.phone, organization.email)
    head = Head("", clean(organization.name), "", " · ".join(clean(one) for one in contact if one))
    received = long_date(timezone.localdate(petition.received_at))
    to = [petition.name or "Petent anonim", petition.address, petition.email]
    subject = [
        Line("Către", ", ".join(clean(one) for one in to if one)),
        Line("Referitor la", f"{petition.get_kind_display().lower()} nr. {petition} din {received}"),
    ]
    signatures = [Signature("Conducătorul instituției", "", ""), Signature("Întocmit", _author(petition), "")]
    return {
        "title": _TITLE,
        "head": asdict(head),
        "register": str(petition),
        "date": long_date(timezone.localdate(petition.answered_at)),
        "subject": [asdict(one) for one in subject],
        "answer": paragraphs(petition.answer),
        "basis": clean(petition.answer_basis),
        "notice": _NOTICE,
        "signatures": [asdict(one) for one in signatures],
    }


def _author(petition: Petition) -> str:
    return clean(petition.answered_by.name) if petition.answered_by else ""
