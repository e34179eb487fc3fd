"""What the notifier remembers later, with the number and the code; and calls that are only counted."""

import datetime as dt
import hmac

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.kernel.errors import DomainError
from punte.kernel.models import new_id
from punte.notifications.content import content
from punte.notifications.enums import EventKind
from punte.notifications.models import HotlineCall, Notification, NotificationEvent
from punte.notifications.permission import written
from punte.notifications.rules import code_digest
from punte.organizations.models import Organization
from punte.petitions.rules import register_number

MOST_ADDED = 20
LONGEST_CALL = 600


def opened_by(number: str, code: str) -> Notification | None:
    """The notification that a number and a code open; it takes as long whether or not the number exists."""
    asked = register_number(number)
    kept = [(new_id(), "0" * 64)]
    if asked:
        rows = Notification.objects.filter(number=asked[0], year=asked[1]).order_by("pk")
        kept = list(rows.values_list("pk", "code_digest")) or kept
    opened = [pk for pk, digest in kept if hmac.compare_digest(code_digest(pk, code), digest)]
    return Notification.objects.filter(pk__in=opened).first()


@transaction.atomic
def add_words(*, notification: Notification, text: str) -> NotificationEvent:
    """Add what the notifier remembers, whom the code let in, or a partner to what they sent.

    Not a verb: the notifier may have no account. The event itself is the trace.

    Raises:
        DomainError: very much was added already, or the text is empty or too long.
    """
    held = Notification.objects.select_for_update(of=("self",), no_key=True).get(pk=notification.pk)
    if held.erased_on or held.events.filter(kind=EventKind.ADDED).count() >= MOST_ADDED:
        raise DomainError(_("Very much was added here already. Send it anew, or call."))
    said = written(text, field="text")
    return NotificationEvent.objects.create(notification=held, kind=EventKind.ADDED, text=said)


@verb
def log_call(
    *,
    by: User,
    keeper: Organization,
    line: str,
    kind: str,
    minutes: int,
    outcome: str,
    at: dt.datetime | None = None,
) -> HotlineCall:
    """Count a call to a hot line; nobody is named.

    Args:
        line, kind, outcome: keys of `content/notifications.yaml`.
        minutes: from 0 to 600.

    Raises:
        NotAllowed: the account records no notifications there.
        DomainError: a word is not known, or the call is still to come.
    """
    by.standing.require(Capability.NOTIFY, keeper.pk)
    by.standing.require(Capability.SEE_PEOPLE, keeper.pk)
    words = content()
    for name, key, section in (
        ("line", line, "lines"),
        ("kind", kind, "call_kinds"),
        ("outcome", outcome, "call_outcomes"),
    ):
        if key not in words.section(section):
            raise DomainError(_("Choose one of the values in the list."), field=name)
    moment = at or timezone.now()
    if moment > timezone.now():
        raise DomainError(_("This hour is still to come."), field="at")
    if not 0 <= minutes <= LONGEST_CALL:
        raise DomainError(_("Write how many minutes it took."), field="minutes")
    made = HotlineCall.objects.create(
        keeper=keeper, by=by, at=moment, line=line, kind=kind, minutes=minutes, outcome=outcome
    )
    record(by=by, verb="log_call", keeper=keeper.pk, subject=made.pk)
    return made
