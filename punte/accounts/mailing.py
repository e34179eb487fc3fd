"""Mail to people who work here: written down first, encrypted, and taken off once the mail server has it.

So a server that is down, or a machine that stops, loses nothing; what was sent is not sent again.
"""

import datetime as dt
import logging
from collections.abc import Iterable

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Q
from django.utils import timezone

from punte.accounts.models import User, WaitingMail
from punte.kernel.mail import is_sent

TRIED_FOR = dt.timedelta(days=7)
TAKEN_FOR = dt.timedelta(minutes=10)
"""After which a mail that a worker took is sent by another: sending takes seconds, so that one stopped."""
logger = logging.getLogger(__name__)


def deliver(mails: Iterable[WaitingMail]) -> tuple[int, int]:
    """Send mails that wait; how many were sent and how many wait on, without those that another worker sends.

    An address that is refused keeps no other back; once the server itself does not answer, the rest is not tried.
    """
    sent = unsent = 0
    connection = None
    down = False
    for mail in mails:
        if connection is None and not down:
            connection = _opened()
            down = connection is None
        if connection is not None and not _is_taken(mail):
            continue
        if connection is not None and _is_sent(mail, connection):
            sent += 1
            continue
        unsent += 1
        if connection is not None:
            # What broke may be the connection: the next mail has a new one.
            _close(connection)
            connection = None
    if connection is not None:
        _close(connection)
    return sent, unsent


def deliver_waiting() -> tuple[int, int]:
    """Send all that waits; see `deliver`. What waited for over a week, or for an account closed since, is given up."""
    over = Q(created_at__lt=timezone.now() - TRIED_FOR) | Q(user__is_active=False)
    WaitingMail.objects.filter(over).delete()
    return deliver(list(WaitingMail.objects.select_related("user").order_by("created_at", "pk")))


def _opened() -> BaseEmailBackend | None:
    try:
        connection: BaseEmailBackend = get_connection()
        connection.open()
    except Exception as away:
        logger.warning("The mail server does not answer: %s", type(away).__name__)
        return None
    return connection


def _is_taken(mail: WaitingMail) -> bool:
    """Take a mail, unless another worker has it or sent it, or its account is closed."""
    now = timezone.now()
    waiting = WaitingMail.objects.filter(pk=mail.pk, user__in=User.objects.filter(is_active=True))
    free = waiting.filter(Q(taken_at=None) | Q(taken_at__lt=now - TAKEN_FOR))
    return free.update(taken_at=now) == 1


def _is_sent(mail: WaitingMail, connection: BaseEmailBackend) -> bool:
    to = [mail.address or mail.user.email]
    if not is_sent(EmailMessage(mail.subject, mail.text, None, to, connection=connection)):
        WaitingMail.objects.filter(pk=mail.pk).update(taken_at=None)
        return False
    mail.delete()
    return True


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except Exception as failed:
        logger.warning("The mail server went away: %s", type(failed).__name__)
