"""Whether people are mailed from here, and one mail sent without its failure telling of anybody."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage

_TO_THE_CONSOLE = "django.core.mail.backends.console.EmailBackend"
logger = logging.getLogger(__name__)


def mailing() -> bool:
    """Whether people are told by e-mail: never in a demonstration, nor where no mail server is set."""
    return not settings.DEMONSTRATION and settings.EMAIL_BACKEND != _TO_THE_CONSOLE


def is_sent(mail: EmailMessage) -> bool:
    """Send a mail; whether the server took it. Why it did not is told without its words, which carry the address."""
    try:
        mail.send()
    except Exception as failed:
        logger.warning("A mail was not sent: %s", type(failed).__name__)
        return False
    return True
