"""Mails to colleagues, sent aside and without any detail: the page takes as long where nobody is written to."""

import logging
from collections.abc import Callable, Iterable
from functools import partial
from threading import Thread

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import override

from punte.accounts.models import User

THREAD = "mail"
_TO_THE_CONSOLE = "django.core.mail.backends.console.EmailBackend"
logger = logging.getLogger(__name__)


def write_to(users: Iterable[User], words: Callable[[], tuple[str, str]]) -> None:
    """Write to each account in its language, once the transaction holds; what cannot be sent is not tried again.

    Args:
        words: gives subject and text; neither names anybody, nor a case, nor a place.
    """
    letters = []
    for user in users:
        with override(user.language):
            letters.append((user.email, *words()))
    transaction.on_commit(partial(_start, letters))


def _start(letters: list[tuple[str, str, str]]) -> None:
    if settings.EMAIL_BACKEND != _TO_THE_CONSOLE:
        Thread(target=_send, args=(letters,), name=THREAD).start()


def _send(letters: list[tuple[str, str, str]]) -> None:
    for address, subject, text in letters:
        try:
            send_mail(subject, text, None, [address])
        except OSError as away:
            logger.warning("The mail server did not take a mail: %s", type(away).__name__)
