"""What meetings, tasks and groups said of a case goes with the case; that they were, and when, stays."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from punte.gatherings.models import (
    AgendaItem,
    Decision,
    Invitation,
    IssuedMinutes,
    Meeting,
    Observation,
    Opened,
    Presence,
    Task,
)


def follow_erasing(*, cases: Collection[UUID], **_named: Any) -> None:
    """Empty the words of conferences of these cases, and of what else was written about them."""
    meetings = Meeting.objects.filter(case__in=cases)
    of_them = {"meeting__case__in": cases}
    IssuedMinutes.objects.filter(**of_them).update(content="")
    Invitation.objects.filter(**of_them).update(brings="", statement="", why_not="")
    Presence.objects.filter(**of_them).update(remark="")
    Decision.objects.filter(**of_them).update(words="", measure="", dissent="")
    AgendaItem.objects.filter(**of_them).update(words="")
    AgendaItem.objects.filter(case__in=cases).update(words="")
    Task.objects.filter(case__in=cases).update(words="", why="")
    Observation.objects.filter(case__in=cases).update(words="")
    Opened.objects.filter(case__in=cases).update(why="")
    meetings.update(subject="", place="", link="", minutes="", state_why="")
