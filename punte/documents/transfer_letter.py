"""The letter by which a case is offered to another institution: made each time from the offer, so it is not kept."""

from dataclasses import asdict
from typing import Any

from django.utils import timezone, translation

from punte.cases.models import Transfer
from punte.documents.paper import Head, Line, Signature
from punte.documents.romanian import clean, long_date, paragraphs
from punte.kernel.papers import FOLDER, LANGUAGE, pdf

# The wording of an official paper is Romanian whatever language the screens speak, as that of its template.
_TITLE = "Adresă de predare a cazului"
_BY_CONSENT = "acordul familiei din {day}"
_NOTICE = "Datele sunt date numai pentru preluarea cazului. Instituția care le primește răspunde de ele de la primire."


def letter_of(transfer: Transfer) -> bytes:
    """The offer as tagged PDF (PDF/UA-1 and PDF/A-2a)."""
    with translation.override(LANGUAGE):
        content = _content(transfer)
    return pdf(FOLDER / "petition_answer", content, transfer.created_at)


def _content(transfer: Transfer) -> dict[str, Any]:
    keeper, to = transfer.case.keeper, transfer.organization
    contact = (keeper.address, keeper.phone, keeper.email)
    head = Head("", clean(keeper.name), "", " · ".join(clean(one) for one in contact if one))
    receiver = [to.name, to.address, to.email]
    subject = [
        Line("Către", ", ".join(clean(one) for one in receiver if one)),
        Line("Referitor la", f"cazul nr. {transfer.case}"),
    ]
    signatures = [
        Signature("Conducătorul instituției", "", ""),
        Signature("Întocmit", clean(transfer.by.name), ""),
    ]
    day = timezone.localdate(transfer.created_at)
    return {
        "title": _TITLE,
        "head": asdict(head),
        "register": str(transfer.case),
        "date": long_date(day),
        "subject": [asdict(one) for one in subject],
        "answer": paragraphs(transfer.summary),
        "basis": clean(_right(transfer)),
        "notice": _NOTICE,
        "signatures": [asdict(one) for one in signatures],
    }


def _right(transfer: Transfer) -> str:
    if transfer.consent is None:
        return transfer.ground_named
    return _BY_CONSENT.format(day=long_date(transfer.consent.start))
