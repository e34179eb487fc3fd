"""The attendance of groups on a device without a signal: the lists that go down, the marks that come up."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from punte.accounts.enums import Capability
from punte.accounts.guests import Became, Written
from punte.accounts.models import User
from punte.gatherings.actions.attendance import take_attendance
from punte.gatherings.enums import MeetingState
from punte.gatherings.groups_content import COLLEAGUES, kind_of
from punte.gatherings.models import Contradiction, Meeting, Series
from punte.gatherings.roll import Line, roll_of, rolls_of
from punte.kernel.errors import DomainError, NotAllowed
from punte.kernel.prepared import Prepared
from punte.kernel.text import fold

_AHEAD = dt.timedelta(days=31)
_BEHIND = dt.timedelta(days=31)
_HELD_BEHIND = dt.timedelta(days=7)
_MOST_MEETINGS = 40
_MOST_MARKS = 1_000


def reference(user: User) -> Mapping[str, Any]:
    """The meetings of about now in the series that an account leads, with the list of each (`wire-groups.ts`)."""
    if not user.standing.may(Capability.MEET):
        return {"meetings": []}
    found = [one for one in _led(user=user.pk) if _of_people(one.series)]
    lists = rolls_of(user, found) if found else {}
    return {"meetings": [_meeting(one, lists[one.pk]) for one in found]}


def _of_leader(user: UUID) -> QuerySet[Meeting]:
    today = timezone.localdate()
    led = Series.facilitators.through.objects.filter(user=user).values("series")
    to_note = Q(state=MeetingState.PLANNED, day__gte=today - _BEHIND, day__lte=today + _AHEAD)
    to_mend = Q(state=MeetingState.HELD, day__gte=today - _HELD_BEHIND)
    rows = Meeting.objects.filter(to_note | to_mend, series__in=led).select_related("series")
    return rows.order_by("day", "hour", "pk")[:_MOST_MEETINGS]


_led = Prepared(_of_leader)


def _of_people(series: Series | None) -> bool:
    kind = kind_of(series.kind) if series is not None else None
    return kind is None or kind.people != COLLEAGUES


def _meeting(meeting: Meeting, lines: Sequence[Line]) -> dict[str, Any]:
    series = meeting.series
    assert series is not None
    return {
        "id": str(meeting.pk),
        "title": series.title,
        "day": meeting.day.isoformat(),
        "hour": f"{meeting.hour:%H:%M}" if meeting.hour else None,
        "place": meeting.place or series.place,
        "list": series.list_kind,
        "counted": meeting.counted,
        "held": meeting.state == MeetingState.HELD,
        "people": [
            {
                "key": str(line.key),
                "name": line.name,
                "state": line.state,
                "revision": line.presence.revision if line.presence else 0,
            }
            for line in lines
        ],
    }


def apply(written: Written) -> Became:
    """Take the attendance as a device says, by the verb of the office; what cannot be taken is told in few words.

    Two leaders without a signal are put together by person: what one alone says is taken, a name that both wrote is
    one walk-in, and where both say something else of somebody the first stands and the office chooses.

    Raises:
        NotAllowed: the account does not lead the group.
        DomainError: the meeting was moved or called off, or what was written cannot be read.
    """
    by, said = written.by, written.said
    rows = Meeting.objects.filter(series__in=Series.objects.visible_to(by)).select_related("series")
    meeting = rows.filter(pk=written.household).first()
    if meeting is None:
        raise NotAllowed(_("This group is not among those you see. Ask your coordinator."))
    marks, knew = _marks(said.get("marks"))
    names = _names(said.get("walkIns"))
    counted, before = _number(said.get("counted")), _number(said.get("countedBefore"))
    lines = roll_of(by, meeting)
    there = {line.key for line in lines}
    known = {fold(line.name) for line in lines if line.only_named}
    told = []
    if gone := len(marks.keys() - there):
        told.append(
            ngettext(
                "%(n)d person is not on the list any more.",
                "%(n)d people are not on the list any more.",
                gone,
            )
            % {"n": gone}
        )
    if counted is not None and meeting.counted not in (before, counted):
        told.append(
            _("A colleague counted %(theirs)d others, and you %(mine)d: theirs stands.")
            % {"theirs": meeting.counted, "mine": counted}
        )
        counted = None
    held = take_attendance(
        by=by,
        meeting=meeting,
        marks={key: state for key, state in marks.items() if key in there},
        walk_ins=[name for name in names if fold(name) not in known],
        counted=counted,
        knew=knew,
    )
    mine = Contradiction.objects.filter(presence__meeting=held, said_by=by, settled_at=None)
    if mine.filter(presence__in=[line.presence for line in lines if line.presence]).exists():
        told.append(
            _("A colleague marked somebody otherwise: choose in the office, on the page of the meeting.")
        )
    return Became(held.pk, held.revision, message=" ".join(told))


def _marks(said: object) -> tuple[dict[UUID, str], dict[UUID, int]]:
    if not isinstance(said, list) or len(said) > _MOST_MARKS:
        raise _unreadable("marks")
    states, knew = {}, {}
    for one in said:
        try:
            key, state, revision = UUID(one["person"]), one["state"], one["knew"]
        except (AttributeError, KeyError, TypeError, ValueError) as wrong:
            raise _unreadable("marks") from wrong
        if not isinstance(state, str) or not isinstance(revision, int):
            raise _unreadable("marks")
        states[key], knew[key] = state, revision
    return states, knew


def _names(said: object) -> list[str]:
    if not isinstance(said, list) or not all(isinstance(one, str) for one in said) or len(said) > _MOST_MARKS:
        raise _unreadable("walkIns")
    return list({fold(name): name for name in said}.values())


def _number(said: object) -> int | None:
    if said is not None and (not isinstance(said, int) or isinstance(said, bool)):
        raise _unreadable("counted")
    return said


def _unreadable(field: str) -> DomainError:
    return DomainError(_("This could not be read."), field=field)
