"""The visits of an account as a calendar file (RFC 5545): hours and case numbers, and nothing of whom they are about.

It is read on phones and by servers of others. So it holds no name, no address and no reason; nothing of a sealed case;
and what is about violence looks like any other visit.
"""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.cases.enums import VisitStatus
from punte.cases.models import Visit
from punte.cases.visits import visits_of

if TYPE_CHECKING:
    from icalendar import Event

BEFORE, AHEAD = dt.timedelta(days=30), dt.timedelta(days=180)
_HOUR = dt.timedelta(hours=1)


def calendar_of(user: User, *, beside: "Iterable[Event]" = ()) -> bytes:
    """The visits of an account from a month ago to half a year ahead, as it may read them at this moment.

    Args:
        beside: what else is in its calendar, told by a room above.
    """
    from icalendar import Calendar

    today = timezone.localdate()
    calendar = Calendar()
    calendar.add("prodid", "-//Punte//Calendar//RO")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Punte")
    calendar.add("refresh-interval", _HOUR, parameters={"VALUE": "DURATION"})
    for visit in visits_of(user, today - BEFORE, today + AHEAD):
        if visit.status != VisitStatus.NOT_HELD and not (visit.case and visit.case.sealed):
            calendar.add_component(_event(visit))
    for event in beside:
        calendar.add_component(event)
    return calendar.to_ical()


def _event(visit: Visit) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"{visit.pk}@punte")
    event.add("dtstamp", visit.created_at.replace(microsecond=0))
    event.add("class", "PRIVATE")
    event.add("summary", _("Visit, case %(number)s") % {"number": visit.case} if visit.case else _("Visit"))
    event.add("dtstart", visit.begins_at or visit.day)
    if visit.ends_at:
        event.add("dtend", visit.ends_at)
    return event
