"""Meetings, invitations and tasks on the day of who calls, is asked or has something to do."""

import datetime as dt

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.guests import DayLine, Guest, Waiting, Work, cut, who_may
from punte.accounts.models import User
from punte.gatherings.enums import InvitationState
from punte.gatherings.models import Invitation, Meeting, Task
from punte.gatherings.queries import called_by, invitations_of, is_discreet, own_tasks, silent
from punte.gatherings.reports import due_reports
from punte.gatherings.saying import briefly
from punte.people.asked import Asked
from punte.www.frame.addresses import reverse
from punte.www.office.meetings.views.lanes import lanes
from punte.www.office.meetings.views.task_list import what_in_list
from punte.www.templatetags.dates import short_day

_SHOWN = 40
_AHEAD = dt.timedelta(days=62)
_BEHIND = dt.timedelta(days=366)


def meetings(user: User, today: dt.date) -> Waiting:
    """What the account called and what it is asked to come to; a meeting that is over waits for its minutes, a body for
    its report."""
    called = called_by(user, today - _BEHIND, today + _AHEAD)
    waits = silent(called)
    lines = [_called(one, today, waits.get(one.pk, 0)) for one in called]
    own = {one.pk for one in called}
    asked = [one for one in invitations_of(user, today, today + _AHEAD) if one.meeting_id not in own]
    lines += [_asked(one) for one in asked]
    lines += _reports(user, today)
    lines.sort(key=lambda line: (line.when or dt.date.max, line.hour is None, line.hour or dt.time.min))
    return cut(lines, at=_SHOWN, all_at=reverse("meetings"))


def tasks(user: User, today: dt.date) -> Waiting:
    """What the account itself is to do."""
    return cut([_task(one) for one in _own(user)], at=_SHOWN, all_at=reverse("tasks"))


_own = Asked(lambda user: own_tasks(user)[: _SHOWN + 1])


def _reports(user: User, today: dt.date) -> list[DayLine]:
    """What the bodies that the account leads are to report."""
    language = (get_language() or "ro")[:2]
    return [
        DayLine(
            what=f"{one.rule.deed.get(language) or one.rule.deed['ro']}: {one.body}",
            url=f"{reverse('body_report', args=[one.body.pk])}?de={one.stretch.key}",
            why=f"{short_day(one.stretch.first)} – {short_day(one.stretch.last)}",
            when=one.due_on,
        )
        for one in due_reports(user, today)
    ]


def _called(meeting: Meeting, today: dt.date, waits_for: int) -> DayLine:
    case = meeting.case
    what, whose = _("Meeting: %(name)s") % {"name": meeting.body or meeting.keeper}, ""
    if case is not None and is_discreet(meeting):
        what = whose = _("Conference, case %(number)s") % {"number": case}
    elif case is not None:
        whose = case.household.name
        what = _("Conference: the %(name)s household") % {"name": whose}
    why = ""
    if meeting.day < today:
        why = _("its minutes are not written")
    elif waits_for:
        why = ngettext("%(n)s who must answer did not", "%(n)s who must answer did not", waits_for) % {
            "n": waits_for
        }
    return DayLine(
        what=what,
        url=reverse("meeting", args=[meeting.pk]),
        whose=whose,
        why=why,
        when=meeting.day,
        hour=meeting.hour,
    )


def _asked(invitation: Invitation) -> DayLine:
    meeting = invitation.meeting
    unanswered = invitation.state == InvitationState.ASKED
    return DayLine(
        what=briefly(invitation),
        url=reverse("invitation", args=[invitation.pk]),
        why=_("you are asked to come: answer") if unanswered else "",
        when=meeting.day,
        hour=meeting.hour,
    )


def _task(task: Task) -> DayLine:
    case = task.case
    return DayLine(
        what=what_in_list(task),
        url=reverse("task", args=[task.pk]),
        why=_("task, case %(number)s") % {"number": case} if case else _("task"),
        when=task.due_on,
    )


GUEST = Guest(
    "meetings_on_screen",
    lanes=lanes,
    day=(
        Work(
            "meetings",
            who_may(Capability.MEET),
            meetings,
            gettext_lazy("meetings and invitations"),
            "meetings",
            gettext_lazy("Meetings"),
        ),
        Work("tasks", who_may(Capability.MEET), tasks, gettext_lazy("tasks"), "tasks", gettext_lazy("Tasks")),
    ),
)
