"""The address at which one's own calendar asks for one's visits."""

import secrets

from django.utils import timezone

from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.cases.models import CalendarFeed


@verb
def make_calendar_feed(*, by: User) -> str:
    """Make a new secret address for one's own visits; the former one is dead.

    Returns:
        The secret, which is kept nowhere.
    """
    token = secrets.token_urlsafe(32)
    made = {"digest": CalendarFeed.digest_of(token), "created_at": timezone.now()}
    CalendarFeed.objects.update_or_create(user=by, defaults=made)
    record(by=by, verb="make_calendar_feed", keeper=None, subject=by.pk)
    return token


@verb
def revoke_calendar_feed(*, by: User) -> None:
    """Let nobody in by the address any more."""
    CalendarFeed.objects.filter(user=by).delete()
    record(by=by, verb="revoke_calendar_feed", keeper=None, subject=by.pk)
