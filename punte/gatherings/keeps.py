"""What meetings keep of somebody, and what a file for their own request tells of it."""

from collections.abc import Collection, Sequence

from django.db.models import Q
from django.utils.translation import pgettext, pgettext_lazy

from punte.accounts.enums import SEALED_COMPARTMENTS
from punte.accounts.guests import Told
from punte.accounts.models import User
from punte.gatherings.content import kind_in_words, role_in_words
from punte.gatherings.enums import InvitationState, MeetingState
from punte.gatherings.models import Invitation, Meeting, Presence, Seat, Task
from punte.people.keeps import TELLS_OF_OTHERS, day, kept_with_file
from punte.people.models import Person
from punte.people.sight import hidden_from


def _told(user: User, person: Person, prefix: str = "meeting__") -> Q:
    """Of meetings outside every seal, and of those that are not about violence: whoever asks may be the aggressor."""
    told = ~Q(**{f"{prefix}compartment__in": list(SEALED_COMPARTMENTS)})
    told &= Q(**{f"{prefix}case": None}) | Q(**{f"{prefix}case__sealed": False})
    shown = hidden_from(user).people.get(person.pk)
    return told & Q(**{f"{prefix}created_at__lt": shown.sealed_at}) if shown else told


def _meetings(user: User, person: Person, _compartments: Collection[str]) -> Sequence[Told]:
    """To which they were invited, and at which they were; what was said there tells of others too."""
    asked = Invitation.objects.filter(_told(user, person), person=person).exclude(
        state=InvitationState.NOT_ASKED
    )
    rows = list(asked.select_related("meeting__keeper").order_by("meeting__day", "pk"))
    there = Presence.objects.filter(_told(user, person), person=person, meeting__series=None)
    states = {one.meeting_id: str(one.get_state_display()) for one in there}
    return [
        {
            pgettext("own file", "Day"): day(one.meeting.day),
            pgettext("own file", "Called by"): str(one.meeting.keeper),
            pgettext("own file", "Answer"): str(one.get_state_display()),
            pgettext("own file", "View that was sent"): one.statement,
            pgettext("own file", "Presence"): states.get(one.meeting_id, ""),
        }
        for one in rows
        if one.meeting.state != MeetingState.MOVED
    ]


def _seats(_user: User, person: Person, _compartments: Collection[str]) -> Sequence[Told]:
    rows = Seat.objects.filter(person=person).select_related("body").order_by("start", "pk")
    return [
        {
            pgettext("own file", "Body"): kind_in_words(one.body.kind),
            pgettext("own file", "Role"): role_in_words(one.role),
            pgettext("own file", "Since"): day(one.start),
            pgettext("own file", "Until"): day(one.end),
        }
        for one in rows
    ]


def _tasks(user: User, person: Person, _compartments: Collection[str]) -> Sequence[Told]:
    """What they themselves took on."""
    rows = Task.objects.filter(_told(user, person, prefix=""), person=person).order_by("due_on", "pk")
    return [
        {
            pgettext("own file", "What is to be done"): one.words,
            pgettext("own file", "Until"): day(one.due_on),
            pgettext("own file", "State"): str(one.get_state_display()),
        }
        for one in rows
    ]


KEEPS = (
    kept_with_file(
        pgettext_lazy("own file", "Meetings"),
        Meeting._meta.label,
        Invitation._meta.label,
        told_to=_meetings,
        tells_where=True,
    ),
    kept_with_file(
        pgettext_lazy("own file", "What meetings spoke of and decided"),
        "gatherings.AgendaItem",
        "gatherings.Decision",
        "gatherings.IssuedMinutes",
        "gatherings.IssuedReport",
        why_not=TELLS_OF_OTHERS,
    ),
    kept_with_file(pgettext_lazy("own file", "Bodies"), Seat._meta.label, told_to=_seats),
    kept_with_file(pgettext_lazy("own file", "Tasks"), Task._meta.label, told_to=_tasks),
)
