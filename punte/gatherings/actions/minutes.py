"""What was said and decided at a meeting, who was there, and its minutes as they stand for good."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.gatherings.enums import InvitationState, MeetingState, PresenceState
from punte.gatherings.models import Decision, Invitation, Meeting, Presence
from punte.gatherings.permission import check_day, checked, led_meeting, note
from punte.kernel.errors import DomainError, EditedMeanwhile

LONGEST_MINUTES = 20_000


@verb
def write_minutes(
    *,
    by: User,
    meeting: Meeting,
    revision: int,
    minutes: str,
    present: Mapping[UUID, str] | None = None,
    counted: int = 0,
    next_on: dt.date | None = None,
) -> Meeting:
    """Write what was said; with the first word the meeting is one that was held.

    Args:
        revision: that of the meeting as the account read it.
        present: of those who were invited, by their invitation, whether they were there: a `PresenceState`.
        counted: how many others were there.
        next_on: on which day it goes on.

    Raises:
        NotAllowed: as `led_meeting`.
        DomainError: the day has not come, the meeting was moved or called off, or the minutes were issued.
        EditedMeanwhile: somebody else wrote in them since.
    """
    held = led_meeting(by, meeting)
    if held.state not in (MeetingState.PLANNED, MeetingState.HELD):
        raise DomainError(_("This meeting did not take place. Look at it as it is now."))
    if held.day > timezone.localdate():
        raise DomainError(_("The day of this meeting has not come. Move it first."))
    if held.revision != revision:
        raise EditedMeanwhile(
            _("Somebody else wrote in the minutes meanwhile. Copy what you wrote, and load the page again.")
        )
    if len(minutes) > LONGEST_MINUTES:
        raise DomainError(
            _("The text may have %(limit)d characters at most.") % {"limit": LONGEST_MINUTES}, field="minutes"
        )
    check_day(next_on, "next_on")
    held.minutes, held.counted, held.next_on = minutes.strip(), counted, next_on
    held.minutes_begun_at = held.minutes_begun_at or timezone.now()
    held.state, held.revision = MeetingState.HELD, held.revision + 1
    held.save(update_fields=["minutes", "counted", "next_on", "minutes_begun_at", "state", "revision"])
    for row in held.invitations.filter(pk__in=list(present or {})):
        _note_presence(by, held, row, (present or {})[row.pk])
    note(by, "write_minutes", held, changes={"revision": [revision, held.revision]})
    return held


@verb
def decide(*, by: User, meeting: Meeting, words: str, measure: str = "", dissent: str = "") -> Decision:
    """Write down what was decided.

    Args:
        measure: how one will tell that it succeeded.
        dissent: the view of who did not agree, and whose it is.

    Raises:
        NotAllowed: as `led_meeting`.
        DomainError: there are no words, or the meeting was not begun.
    """
    held = led_meeting(by, meeting)
    if held.minutes_begun_at is None:
        raise DomainError(_("Begin the minutes first."))
    texts = checked(Decision, words=words, measure=measure, dissent=dissent)
    if not texts["words"]:
        raise DomainError(_("Write what was decided."), field="words")
    last = held.decisions.aggregate(last=Max("order"))["last"]
    row = Decision.objects.create(meeting=held, order=0 if last is None else last + 1, by=by, **texts)
    note(by, "decide", held, subject=row.pk)
    return row


@verb
def freeze_minutes(*, by: User, meeting: Meeting) -> Meeting:
    """Let the minutes stand for good: nothing of the meeting changes afterwards but what becomes of its tasks.

    Raises:
        NotAllowed: as `led_meeting`.
        DomainError: there are none yet, or somebody who was invited is not noted as present or absent.
    """
    held = led_meeting(by, meeting)
    if held.minutes_begun_at is None or not (held.minutes or held.decisions.exists()):
        raise DomainError(_("Write the minutes first: what was said, or what was decided."))
    expected = held.invitations.exclude(state__in=[InvitationState.WITHDRAWN, InvitationState.NOT_ASKED])
    if expected.exists() and not (held.presences.exists() or held.counted):
        raise DomainError(_("Note first who was there."))
    held.frozen_at = timezone.now()
    held.save(update_fields=["frozen_at"])
    note(by, "freeze_minutes", held)
    return held


def _note_presence(by: User, meeting: Meeting, row: Invitation, state: str) -> None:
    if state not in PresenceState.values:
        raise DomainError(_("Choose one of the values in the list."), field="present")
    who = {name: getattr(row, name) for name in ("person", "user", "contact", "organization", "name")}
    mine = {name: value for name, value in who.items() if name != "name"}
    # Text is encrypted: a name alone is compared in memory.
    known = [one for one in meeting.presences.filter(**mine) if one.name == row.name]
    if known:
        one = known[0]
        one.state, one.noted_by, one.noted_at, one.revision = state, by, timezone.now(), one.revision + 1
        one.save(update_fields=["state", "noted_by", "noted_at", "revision"])
        return
    Presence.objects.create(meeting=meeting, state=state, noted_by=by, noted_at=timezone.now(), **who)
