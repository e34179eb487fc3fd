"""Telling a petitioner by e-mail that something happened.

The mail carries a number and an address, never what was written, by whom or to which institution: mail is read by
others on its way. The code that opens a petition is in none. What could not be sent is tried again by
`punte reminders`, for a week.
"""

import datetime as dt
import logging
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from punte.kernel.mail import is_sent, mailing
from punte.petitions.enums import EventKind, Mail
from punte.petitions.models import PetitionEvent

FOLLOW_PATH = "/primarie/petitie/urmareste/"
TRIED_FOR = dt.timedelta(days=7)
logger = logging.getLogger(__name__)


def tell(event: PetitionEvent) -> None:
    """Tell the petitioner of an event, once its transaction holds; not saved, and nothing where they gave no e-mail."""
    if event.petition.email and mailing():
        event.mail = Mail.WAITS
        transaction.on_commit(partial(_deliver, event), robust=True)


def deliver_waiting() -> tuple[int, int]:
    """Try again to send what could not be sent; how many mails were sent and how many wait on.

    What waits for over a week has failed. Where the server itself does not answer, it is asked once.
    """
    now = timezone.now()
    waiting = PetitionEvent.objects.filter(mail=Mail.WAITS)
    waiting.filter(created_at__lt=now - TRIED_FOR).update(mail=Mail.FAILED)
    if not mailing():
        return 0, 0
    events = list(waiting.select_related("petition"))
    sent = sum(_deliver(event) for event in events) if events and _answers() else 0
    return sent, len(events) - sent


def _answers() -> bool:
    try:
        connection = get_connection()
        connection.open()
        connection.close()
    except Exception as away:
        logger.warning("The mail server does not answer: %s", type(away).__name__)
        return False
    return True


def _deliver(event: PetitionEvent) -> bool:
    if not event.petition.email:
        return False
    subject, text = _written(event)
    if not is_sent(EmailMessage(subject, text, None, [event.petition.email])):
        return False
    PetitionEvent.objects.filter(pk=event.pk).update(mail=Mail.SENT)
    return True


def _written(event: PetitionEvent) -> tuple[str, str]:
    petition = event.petition
    with override(petition.language):
        happened = _happened(event.kind) % {"number": petition}
        lines = [
            _("Good day,"),
            happened,
            _("See it here: %(address)s") % {"address": settings.SITE_ADDRESS + FOLLOW_PATH},
            _(
                "You need the number and the code that you were given when it was registered. The code is not in this"
                " message, so that nobody else can read your petition."
            ),
            _("This message was sent by a machine: an answer to it reaches nobody."),
        ]
        return happened, "\n\n".join(lines) + "\n"


def _happened(kind: str) -> str:
    match kind:
        case EventKind.RECEIVED:
            return _("Petition %(number)s was registered.")
        case EventKind.EXTENDED:
            return _("The term of petition %(number)s was extended.")
        case EventKind.REDIRECTED:
            return _("Petition %(number)s was sent to another institution.")
        case _:
            return _("Petition %(number)s was answered.")
