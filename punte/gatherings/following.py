"""What meetings follow: who died is expected no more and sits nowhere; tasks of a case go to who follows in it."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils import timezone

from punte.accounts.models import User
from punte.accounts.verbs import record
from punte.cases.models import Case
from punte.gatherings.enums import STANDING, InvitationState, MeetingState, TaskState
from punte.gatherings.models import Invitation, Presence, Seat, Task
from punte.people.models import Person, PersonSeal


def follow_death(*, by: User, person: Person) -> None:
    """Take back what asks who died to come, and end their seats; taken back as a mistake, they are asked again."""
    planned = Invitation.objects.filter(person=person, meeting__state=MeetingState.PLANNED)
    if person.died_on is None:
        again = planned.filter(state=InvitationState.WITHDRAWN, answered_at=None)
        if again.update(state=InvitationState.ASKED):
            _note(by, person, "take_back_death")
        return
    # Without an answer, so that it is known for what a death took back.
    withdrawn = planned.filter(state__in=STANDING).update(
        state=InvitationState.WITHDRAWN, answered_at=None, answered_by=None
    )
    ended = 0
    day = person.died_on + dt.timedelta(days=1)
    for seat in Seat.objects.filter(Q(end=None) | Q(end__gt=day), person=person):
        seat.end = max(day, seat.start)
        seat.save(update_fields=["end"])
        ended += 1
    if withdrawn or ended:
        _note(by, person, "record_death")


def name_once(*, kept: Person, joined: Person) -> None:
    """Before two files of one person are joined: where both were asked or present, the joined one becomes a name."""
    models: tuple[Any, ...] = (Invitation, Presence)
    for model in models:
        # Groups count their own, of whom two files of one person are one.
        rows = model._default_manager.filter(meeting__series=None)
        meetings = rows.filter(person=kept).values("meeting")
        for row in rows.filter(person=joined, meeting__in=meetings):
            row.person, row.name = None, str(joined)
            row.save(update_fields=["person", "name"])


def follow_work(*, case: Case, former: User | None, later: User) -> None:
    """Let the open tasks of who answered for a case be of who does now, as visits are."""
    if former is not None:
        Task.objects.filter(case=case, user=former, state=TaskState.OPEN).update(user=later)


def _note(by: User, person: Person, verb: str) -> None:
    record(
        by=by,
        verb=verb,
        keeper=person.keeper_id,
        person=person.pk,
        sealed=PersonSeal.objects.filter(person=person, end=None).exists(),
        changes={"meetings": timezone.localdate().isoformat()},
    )
