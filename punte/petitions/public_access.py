"""Petitions followed by the public: how often somebody may try, and the way to a petition by its number and code.

No verb: who tries has no account, and nobody's record is changed.
"""

import datetime as dt
import hmac

from django.utils import timezone

from punte.kernel.encryption import blind_index
from punte.kernel.models import new_id
from punte.petitions.models import Knock, Petition
from punte.petitions.rules import code_digest, register_number

WINDOW = dt.timedelta(hours=1)
SEND, FOLLOW, FOLLOW_NUMBER, CODE = "send", "follow", "follow_number", "code"
TELL, ADD, ADD_NUMBER = "tell", "add", "add_number"
OPINION = "opinion"
MOST = {SEND: 20, FOLLOW: 60, FOLLOW_NUMBER: 10, CODE: 60, TELL: 20, ADD: 60, ADD_NUMBER: 10, OPINION: 60}
"""Attempts within `WINDOW`: petitions sent, wrong codes, by address; wrong codes for one number; wrong codes that open
the page of a letter or of a family, by address; the same of what is told of somebody by the site;
opinions of services and codes that open no form, by address."""


def limit_reached(use: str, who: str) -> bool:
    """Whether somebody tried as often as one may."""
    since = timezone.now() - WINDOW
    return Knock.objects.filter(door=use, who=_digest(who), at__gt=since).count() >= MOST[use]


def count_attempt(use: str, who: str) -> None:
    """Count one attempt; what is older than counts is forgotten."""
    now = timezone.now()
    Knock.objects.filter(at__lte=now - WINDOW).delete()
    Knock.objects.create(door=use, who=_digest(who), at=now)


def forget_attempts() -> int:
    """Remove the attempts that count no more; how many they were."""
    return Knock.objects.filter(at__lte=timezone.now() - WINDOW).delete()[0]


def follow(number: str, code: str) -> Petition | None:
    """The petition that a number and a code open; it takes as long whether or not the number exists."""
    asked = register_number(number)
    kept = [(new_id(), "0" * 64)]
    if asked:
        rows = Petition.objects.filter(number=asked[0], year=asked[1]).order_by("pk")
        kept = list(rows.values_list("pk", "code_digest")) or kept
    opened = [pk for pk, digest in kept if hmac.compare_digest(code_digest(pk, code), digest)]
    return Petition.objects.filter(pk__in=opened).first()


def _digest(who: str) -> str:
    return blind_index(f"knock {who}")
