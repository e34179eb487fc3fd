"""The answer to who told of somebody, as a letter: it thanks, says how one adds to it, nothing of the family."""

from dataclasses import asdict
from typing import Any

from django.utils import timezone, translation

from punte.documents.paper import Head, Line, Signature
from punte.documents.romanian import clean, long_date, paragraphs
from punte.kernel.papers import FOLDER, LANGUAGE, pdf
from punte.notifications.content import content
from punte.notifications.enums import Decision
from punte.notifications.models import Notification

# The wording of an official paper is Romanian whatever language the screens speak, as that of its template.
_TITLE = "Răspuns la sesizare"
_BASIS = "Legea nr. 272/2004 și Legea nr. 292/2011; datele familiei sunt confidențiale."
_NOTICE = (
    "Dacă vă amintiți altceva, puteți adăuga cu numărul sesizării și codul primit la înregistrare. Dacă cineva este în"
    " pericol, sunați la 112; pentru un copil, la 119."
)


def answer_key(notification: Notification) -> str:
    """Which of the answers of `content/notifications.yaml` is given: by how it ended, never by what was found."""
    if not notification.decision:
        return "open"
    return "sent_on" if notification.decision == Decision.SENT_ON else "checked"


def notification_letter(notification: Notification) -> bytes:
    """The answer as tagged PDF (PDF/UA-1 and PDF/A-2a)."""
    with translation.override(LANGUAGE):
        told = _content(notification)
    return pdf(FOLDER / "petition_answer", told, notification.decided_at or notification.received_at)


def _content(notification: Notification) -> dict[str, Any]:
    keeper = notification.keeper
    contact = (keeper.address, keeper.phone, keeper.email)
    head = Head("", clean(keeper.name), "", " · ".join(clean(one) for one in contact if one))
    received = long_date(timezone.localdate(notification.received_at))
    sender = notification.from_organization
    to = clean(sender.name) if sender else clean(notification.notifier_name) or "Persoana care a sesizat"
    subject = [
        Line("Către", to),
        Line("Referitor la", f"sesizarea nr. {notification} din {received}"),
    ]
    signatures = [Signature("Conducătorul instituției", "", ""), Signature("Întocmit", "", "")]
    return {
        "title": _TITLE,
        "head": asdict(head),
        "register": str(notification),
        "date": long_date(timezone.localdate(notification.decided_at or timezone.now())),
        "subject": [asdict(one) for one in subject],
        "answer": paragraphs(content().said("answers", answer_key(notification))),
        "basis": clean(_BASIS),
        "notice": _NOTICE,
        "signatures": [asdict(one) for one in signatures],
    }
