"""Short messages by an HTTP gateway of the operator's choice; off until its address is set.

The gateway is asked by one POST of JSON, `{"to": "+40...", "text": "...", "from": "..."}`, with the token as Bearer. It
answers 2xx once it has taken the message.
"""

import json
import logging
import re
import urllib.request

from django.conf import settings

_HERE = ("http://localhost", "http://127.0.0.1")
_SECONDS = 10
_TAKEN = range(200, 300)
_SIGNS = re.compile(r"[^\d+]")
_WHOLE = re.compile(r"\+\d{10,14}")
logger = logging.getLogger(__name__)


def texting() -> bool:
    """Whether messages are sent from here: never in a demonstration, nor where no gateway is set, nor in clear."""
    url = settings.SMS_URL
    return bool(url) and not settings.DEMONSTRATION and url.startswith(("https://", *_HERE))


def number_of_phone(phone: str) -> str:
    """A phone number as gateways take it, of Romania where no country is said; empty for what is none."""
    digits = _SIGNS.sub("", phone)
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    elif digits.startswith("0"):
        digits = f"+40{digits[1:]}"
    return digits if _WHOLE.fullmatch(digits) else ""


def is_texted(phone: str, text: str) -> bool:
    """Send a message; whether the gateway took it. Why it did not is told without the number or the words."""
    to = number_of_phone(phone)
    if not to or not texting():
        return False
    said = {"to": to, "text": text, "from": settings.SMS_FROM}
    request = urllib.request.Request(  # noqa: S310 - `texting` lets only https, or this machine
        settings.SMS_URL,
        data=json.dumps(said).encode(),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {settings.SMS_TOKEN}"},
    )
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
            return answer.status in _TAKEN
    except OSError as failed:
        logger.warning("A message was not sent: %s", type(failed).__name__)
        return False
