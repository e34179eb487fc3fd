"""What is kept for a while only, once the while is over; cleared every night."""

import datetime as dt

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils import timezone

from punte.accounts.models import KnownAddress, SentForm, SignInFailure
from punte.accounts.once_links import forget_links
from punte.accounts.sign_in_failures import COUNTED_FOR, KNOWN_FOR
from punte.kernel.models import CacheEntry

_FORM_OPEN_FOR = dt.timedelta(days=2)
"""Longer than any session, and so than any page with a form."""


def forget_what_is_over() -> int:
    """Remove ended sessions, counts of wrong passwords, known addresses, forms, codes, what lay in the cache.

    Returns:
        How many rows were removed.
    """
    now = timezone.now()
    there = Session.objects.filter(session_key=OuterRef("session_key"))
    over = (
        Session.objects.filter(expire_date__lte=now),
        UserSession.objects.filter(~Exists(there)),
        SignInFailure.objects.filter(at__lte=now - COUNTED_FOR),
        KnownAddress.objects.filter(at__lte=now - KNOWN_FOR),
        SentForm.objects.filter(sent_at__lte=now - _FORM_OPEN_FOR),
        # Used codes and limits among them.
        CacheEntry.objects.filter(expires__lte=now),
    )
    return sum(rows.delete()[0] for rows in over) + forget_links()
