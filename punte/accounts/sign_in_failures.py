"""How often the door was tried with a wrong password, and how long somebody has to wait before the next attempt.

Waiting grows with each failure and stays short: nobody is shut out because somebody else guesses. No verb: who tries
has no account, and nobody's record is changed.
"""

import datetime as dt
import math

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from punte.accounts.models import KnownAddress, SignInFailure
from punte.kernel.encryption import blind_index

COUNTED_FOR = dt.timedelta(hours=1)
LONGEST_WAIT = 60
KNOWN_FOR = dt.timedelta(days=30)
FREE_FOR_ACCOUNT_AT_ADDRESS, FREE_FOR_ACCOUNT, FREE_FOR_ADDRESS = 5, 20, 50
"""Failures within `COUNTED_FOR` that cost no wait: of one account from one address, of the account from wherever, from
the address whatever the account."""


def seconds_to_wait(account: str, address: str) -> int:
    """How long to wait before the password of `account` may be tried from `address`; 0 where it may be now.

    Guesses from elsewhere do not hold up whoever signed in from the address before.
    """
    now = timezone.now()
    tried, came_from = _digest("account", account), _digest("address", address)
    recent = SignInFailure.objects.filter(at__gt=now - COUNTED_FOR)
    here = Q(account=tried, address=came_from)
    counts = [(here, FREE_FOR_ACCOUNT_AT_ADDRESS), (Q(address=came_from), FREE_FOR_ADDRESS)]
    known = KnownAddress.objects.filter(account=tried, address=came_from, at__gt=now - KNOWN_FOR)
    if not known.exists():
        counts.append((Q(account=tried), FREE_FOR_ACCOUNT))
    return max(_wait(recent.filter(which).order_by(), free, now) for which, free in counts)


def count_failure(account: str, address: str) -> None:
    """Count a wrong password; what is older than counts is forgotten."""
    now = timezone.now()
    SignInFailure.objects.filter(at__lte=now - COUNTED_FOR).delete()
    SignInFailure.objects.create(
        account=_digest("account", account), address=_digest("address", address), at=now
    )


def forgive(account: str, address: str) -> None:
    """After the right password: forget the failures of the account from this address, and know the address again."""
    tried, came_from = _digest("account", account), _digest("address", address)
    now = timezone.now()
    SignInFailure.objects.filter(account=tried, address=came_from).delete()
    KnownAddress.objects.filter(at__lte=now - KNOWN_FOR).delete()
    KnownAddress.objects.update_or_create(account=tried, address=came_from, defaults={"at": now})


def _wait(failures: QuerySet[SignInFailure], free: int, now: dt.datetime) -> int:
    """1, 2, 4… seconds after the last failure for each beyond the free ones, at most `LONGEST_WAIT`."""
    counted = failures.aggregate(number=Count("pk"), last=Max("at"))
    beyond = counted["number"] - free
    if beyond < 0:
        return 0
    wait = min(2 ** min(beyond, 10), LONGEST_WAIT)
    return max(0, math.ceil(wait - (now - counted["last"]).total_seconds()))


def _digest(kind: str, value: str) -> str:
    return blind_index(f"sign in {kind} {value}")
