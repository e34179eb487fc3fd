"""Who may do what with meetings, bodies and tasks: the first lines of every verb."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record
from punte.cases.models import Case
from punte.cases.permission import case_for, may_with, reads
from punte.cases.trail import trace
from punte.gatherings.models import Body, Meeting, Task
from punte.kernel.days import is_meant
from punte.kernel.errors import DomainError, NotAllowed
from punte.people.actions.checks import check_lengths

LONGEST_AHEAD = dt.timedelta(days=731)
MOST_MINUTES = 24 * 60


def may_lead(user: User, meeting: Meeting) -> bool:
    """Whether an account that reads a meeting may change it: who calls meetings where its record is kept."""
    if meeting.case_id and meeting.case:
        return may_with(user, meeting.case, Capability.MEET)
    return user.standing.may(Capability.MEET, meeting.keeper_id)


def led_meeting(by: User, meeting: Meeting) -> Meeting:
    """The meeting as it is now, locked, for an account that may change it.

    Raises:
        NotAllowed: the account does not see it, or calls no meetings there.
        DomainError: its minutes were issued, or it is in a part of the record that the account does not read.
    """
    case = case_for(by, meeting.case, Capability.MEET) if meeting.case else None
    if case is None:
        by.standing.require(Capability.MEET, meeting.keeper_id)
    held = Meeting.objects.select_for_update(of=("self",), no_key=True).get(pk=meeting.pk)
    held.case = case
    if case is not None:
        reads(by, case, held.compartment)
    if held.frozen_at is not None:
        raise DomainError(_("The minutes were issued: nothing of this meeting changes any more."))
    return held


def led_body(by: User, body: Body) -> Body:
    """The body as it is now, locked, for an account that calls meetings where it is kept.

    Raises:
        NotAllowed: it does not.
    """
    by.standing.require(Capability.MEET, body.keeper_id)
    return Body.objects.select_for_update(of=("self",), no_key=True).get(pk=body.pk)


def check_when(day: dt.date, length: int | None) -> None:
    """Refuse a day that has passed or is too far, and a length that nobody means.

    Raises:
        DomainError: it says which.
    """
    today = timezone.localdate()
    if day < today:
        raise DomainError(_("This day has passed. Choose a day that is still to come."), field="day")
    check_day(day, "day")
    if length is not None and not 1 <= length <= MOST_MINUTES:
        raise DomainError(_("The duration is between 1 and 1440 minutes."), field="length")


def check_day(day: dt.date | None, field: str) -> None:
    """Refuse a day that nobody means.

    Raises:
        DomainError: its year is wrong, or it is more than two years ahead.
    """
    if day is not None and (not is_meant(day) or day > timezone.localdate() + LONGEST_AHEAD):
        raise DomainError(_("There is something wrong with the year."), field=field)


def checked(model: type[Model], **texts: str) -> dict[str, str]:
    """Texts without the space around them.

    Raises:
        DomainError: one is too long.
    """
    check_lengths(model, **texts)
    return {name: text.strip() for name, text in texts.items()}


def note(
    by: User,
    verb: str,
    meeting: Meeting,
    *,
    subject: UUID | None = None,
    person: UUID | None = None,
    reason: str = "",
    changes: dict[str, Any] | None = None,
) -> None:
    """The line that a verb about a meeting leaves in the trail."""
    _line(by, verb, meeting.case, meeting.keeper_id, subject or meeting.pk, person, reason, changes)


def note_task(
    by: User, verb: str, task: Task, *, reason: str = "", changes: dict[str, Any] | None = None
) -> None:
    """The line that a verb about a task leaves in the trail."""
    _line(by, verb, task.case, task.keeper_id, task.pk, task.person_id, reason, changes)


def _line(
    by: User,
    verb: str,
    case: Case | None,
    keeper: UUID,
    subject: UUID,
    person: UUID | None,
    reason: str,
    changes: dict[str, Any] | None,
) -> None:
    if case is not None:
        trace(by=by, verb=verb, case=case, person=person, subject=subject, reason=reason, changes=changes)
        return
    record(by=by, verb=verb, keeper=keeper, person=person, subject=subject, reason=reason, changes=changes)


def not_yours() -> NotAllowed:
    """The words for a row that the account does not see."""
    return NotAllowed(_("This record is not among those you see. Ask your coordinator."))
