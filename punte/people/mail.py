"""Mails to colleagues, sent aside and without any detail: the page takes as long where nobody is written to."""

from collections.abc import Callable, Iterable
from functools import partial
from threading import Thread

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.translation import override

from punte.accounts.models import User
from punte.kernel.mail import is_sent, mailing

THREAD = "mail"


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
    if mailing():
        Thread(target=_send, args=(letters,), name=THREAD).start()


def _send(letters: list[tuple[str, str, str]]) -> None:
    for address, subject, text in letters:
        is_sent(EmailMessage(subject, text, None, [address]))
