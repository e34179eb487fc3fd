"""The daily register of a day centre: a child's day (R45), and who was handed over to whom on the way (R47)."""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.gatherings.actions.attendance import take_attendance
from punte.gatherings.actions.series import sealed_people
from punte.gatherings.enums import PresenceState
from punte.gatherings.group_permission import meeting_for
from punte.gatherings.groups_content import groups, kind_of
from punte.gatherings.models import DayNote, Handover, Meeting, Presence
from punte.gatherings.roll import roll_of
from punte.kernel.errors import DomainError
from punte.people.actions.checks import check_choice, check_lengths, check_present, tidy
from punte.people.models import Person
from punte.people.sight import hidden_from


@verb
def note_day(
    *,
    by: User,
    meeting: Meeting,
    person: Person,
    arrived: dt.time | None = None,
    left: dt.time | None = None,
    meals: Sequence[str] = (),
    spoke_with: str = "",
    spoke_how: str = "",
    spoke_of: str = "",
) -> DayNote:
    """Write a child's day down, the whole of it as it is known now; a child who arrived was there.

    Raises:
        NotAllowed: the account neither leads the centre's register nor calls meetings in its institution.
        DomainError: not on the list, left before arriving, a meal that is none, a contact without how.
    """
    held = _of_register(by, meeting, person)
    if arrived and left and left < arrived:
        raise DomainError(_("They left before they arrived."), field="left")
    if not set(meals) <= groups().meals.keys():
        raise DomainError(_("Choose one of the values in the list."), field="meals")
    if spoke_how:
        check_choice(DayNote, "spoke_how", spoke_how)
        check_present("spoke_with", tidy(spoke_with))
    check_lengths(DayNote, spoke_with=spoke_with, spoke_of=spoke_of)
    if arrived and not Presence.objects.filter(meeting=held, person=person).exists():
        take_attendance(by=by, meeting=held, marks={person.pk: PresenceState.PRESENT})
    note, _made = DayNote.objects.update_or_create(
        meeting=held,
        person=person,
        defaults={
            "arrived": arrived,
            "left": left,
            "meals": [key for key in groups().meals if key in meals],
            "spoke_with": tidy(spoke_with),
            "spoke_how": spoke_how,
            "spoke_of": spoke_of.strip(),
            "noted_by": by,
            "noted_at": timezone.now(),
        },
    )
    _trace(by, "note_day", held, person)
    return note


@verb
def hand_child_over(
    *, by: User, meeting: Meeting, person: Person, at: dt.time, handed_by: str, handed_to: str
) -> Handover:
    """Write down that a child was handed over on the way between home, the centre and the school.

    Raises:
        NotAllowed, DomainError: as for `note_day`; and where one of the two is not named.
    """
    held = _of_register(by, meeting, person)
    check_present("handed_by", tidy(handed_by))
    check_present("handed_to", tidy(handed_to))
    check_lengths(Handover, handed_by=handed_by, handed_to=handed_to)
    made = Handover.objects.create(
        meeting=held,
        person=person,
        at=at,
        handed_by=tidy(handed_by),
        handed_to=tidy(handed_to),
        noted_by=by,
    )
    _trace(by, "hand_child_over", held, person)
    return made


def _of_register(by: User, meeting: Meeting, person: Person) -> Meeting:
    held = meeting_for(by, meeting)
    kind = kind_of(held.kind)
    if kind is None or not kind.has("register"):
        raise DomainError(_("Only a day centre keeps such a register."))
    if held.day > timezone.localdate():
        raise DomainError(_("This date is in the future."))
    if person.pk not in {line.key for line in roll_of(by, held)}:
        raise DomainError(_("This person is not on the list of the meeting."), field="person")
    if person.pk in hidden_from(by).people:
        # What the circle wrote of the day would be written over by who may not read it.
        raise DomainError(_("This cannot be recorded now. Ask your coordinator."))
    return held


def _trace(by: User, verb_name: str, meeting: Meeting, person: Person) -> None:
    record(
        by=by,
        verb=verb_name,
        keeper=meeting.keeper_id,
        person=person.pk,
        subject=meeting.pk,
        sealed=person.pk in sealed_people([person.pk]),
    )
