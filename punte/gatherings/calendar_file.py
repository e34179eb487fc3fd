"""Meetings and tasks of an account as events of its calendar file: hours and numbers, nothing of whom they are about.

As with visits nothing of a sealed case stands there, and what is about violence looks like any other.
"""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.cases.calendar_file import AHEAD, BEFORE
from punte.gatherings.models import Meeting, Task
from punte.gatherings.queries import called_by, invitations_of, own_tasks

if TYPE_CHECKING:
    from icalendar import Event

_USUAL = dt.timedelta(hours=1)


def meetings_of(user: User) -> "Iterator[Event]":
    """What the account called, is asked to come to and is to do, as it may read it at this moment."""
    today = timezone.localdate()
    first, last = today - BEFORE, today + AHEAD
    meetings = {one.pk: one for one in called_by(user, first, last)}
    meetings |= {one.meeting_id: one.meeting for one in invitations_of(user, first, last)}
    for meeting in meetings.values():
        if not (meeting.case and meeting.case.sealed):
            yield _meeting(meeting)
    for task in own_tasks(user).filter(due_on__gte=first, due_on__lte=last)[:300]:
        if not (task.case and task.case.sealed):
            yield _task(task)


def _meeting(meeting: Meeting) -> "Event":
    event = _event(meeting)
    if meeting.case:
        event.add("summary", _("Conference, case %(number)s") % {"number": meeting.case})
    else:
        event.add("summary", str(meeting.body) if meeting.body else _("Meeting"))
    if meeting.hour is None:
        event.add("dtstart", meeting.day)
        return event
    begins = timezone.make_aware(dt.datetime.combine(meeting.day, meeting.hour)).astimezone(dt.UTC)
    event.add("dtstart", begins)
    event.add("dtend", begins + (dt.timedelta(minutes=meeting.length) if meeting.length else _USUAL))
    return event


def _task(task: Task) -> "Event":
    event = _event(task)
    event.add("summary", _("Task, case %(number)s") % {"number": task.case} if task.case else _("Task"))
    event.add("dtstart", task.due_on)
    return event


def _event(row: Meeting | Task) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"{row.pk}@punte")
    event.add("dtstamp", row.created_at.replace(microsecond=0))
    event.add("class", "PRIVATE")
    return event
