"""A meeting is called: a conference of a case, a session of a body, or another; it is moved, or called off."""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability, Compartment
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.models import Case
from punte.cases.permission import open_case_for, reads, required_reason
from punte.gatherings.actions.inviting import Invitee, put_invitation
from punte.gatherings.content import CONFERENCE, SESSION, bodies
from punte.gatherings.enums import InvitationState, InvitedAs, MeetingMode, MeetingState
from punte.gatherings.mails import mail_invitations
from punte.gatherings.models import AgendaItem, Body, Invitation, Meeting
from punte.gatherings.permission import check_when, checked, led_body, led_meeting, note
from punte.gatherings.queries import children_to_ask
from punte.kernel.errors import DomainError


@verb
def call_conference(
    *,
    by: User,
    case: Case,
    reason: str,
    day: dt.date,
    hour: dt.time | None = None,
    length: int | None = None,
    mode: str = MeetingMode.ROOM,
    place: str = "",
    link: str = "",
    subject: str = "",
    compartment: str = Compartment.GENERAL,
    invite: Sequence[Invitee] = (),
    child_why_not: str = "",
    agenda: Sequence[tuple[str, str]] = (),
) -> Meeting:
    """Call a conference of a case.

    Args:
        reason: a key of content.
        day, hour: on the clock on the wall; length: in minutes.
        subject: what it is about, in the part of the record that `compartment` names.
        invite: who is asked to come, and what each brings.
        child_why_not: why a child who is old enough to be heard is not asked.
        agenda: what it speaks of: where each item comes from, and its words.

    Raises:
        NotAllowed: the account does not see the case, or calls no meetings there.
        DomainError: a day that has passed, an unknown reason, somebody who may not be asked, or a child left out
            without a reason.
    """
    case = open_case_for(by, case, Capability.MEET)
    reads(by, case, compartment)
    if reason not in bodies().reasons:
        raise DomainError(_("Choose one of the values in the list."), field="reason")
    meeting = Meeting(
        keeper_id=case.keeper_id,
        kind=CONFERENCE,
        case=case,
        reason=reason,
        compartment=compartment,
        called_by=by,
    )
    _when_and_where(
        meeting, day=day, hour=hour, length=length, mode=mode, place=place, link=link, subject=subject
    )
    meeting.save(force_insert=True)
    for one in invite:
        put_invitation(by, meeting, one)
    _children(by, meeting, invite, child_why_not)
    _agenda(meeting, agenda)
    mail_invitations(meeting.invitations.all())
    note(by, "call_conference", meeting, changes={"day": [None, str(day)]})
    return meeting


@verb
def call_session(
    *,
    by: User,
    body: Body,
    day: dt.date,
    hour: dt.time | None = None,
    length: int | None = None,
    mode: str = MeetingMode.ROOM,
    place: str = "",
    link: str = "",
    subject: str = "",
    agenda: Sequence[tuple[str, str]] = (),
) -> Meeting:
    """Call a session of a body; all who sit in it on that day are asked to come.

    Raises:
        NotAllowed: the account calls no meetings there.
        DomainError: a day that has passed, or on which the mandate has ended.
    """
    held = led_body(by, body)
    if not held.holds_on(day):
        raise DomainError(
            _("On this day the body has no mandate. Record the new mandate first."), field="day"
        )
    meeting = Meeting(keeper_id=held.keeper_id, kind=SESSION, body=held, called_by=by)
    _when_and_where(
        meeting, day=day, hour=hour, length=length, mode=mode, place=place, link=link, subject=subject
    )
    meeting.save(force_insert=True)
    asked = set()
    for seat in held.seats.on(day):
        who = seat.user_id or seat.person_id or seat.contact_id or seat.pk
        if who not in asked:
            put_invitation(
                by,
                meeting,
                Invitee(
                    InvitedAs.MEMBER,
                    user=seat.user,
                    person=seat.person,
                    contact=seat.contact,
                    organization=seat.organization,
                    name=seat.name,
                ),
            )
        asked.add(who)
    _agenda(meeting, agenda)
    mail_invitations(meeting.invitations.all())
    note(by, "call_session", meeting, changes={"day": [None, str(day)]})
    return meeting


@verb
def move_meeting(
    *,
    by: User,
    meeting: Meeting,
    day: dt.date,
    hour: dt.time | None = None,
    length: int | None = None,
    why: str = "",
) -> Meeting:
    """Put a meeting that was not held yet on another day or hour; all who were asked are asked anew.

    Returns:
        The meeting that takes its place.

    Raises:
        NotAllowed: as `led_meeting`.
        DomainError: its minutes were begun: then it is ended as it is, and goes on in another one; or nothing differs.
    """
    former = _still_planned(by, meeting)
    if (day, hour, length) == (former.day, former.hour, former.length):
        raise DomainError(_("Nothing differs from what was planned."))
    texts = checked(Meeting, state_why=why)
    check_when(day, length)
    kept = ("keeper_id", "kind", "body", "case", "reason", "subject", "compartment", "mode", "place", "link")
    later = Meeting(
        **{name: getattr(former, name) for name in kept}, day=day, hour=hour, length=length, called_by=by
    )
    later.save(force_insert=True)
    for row in former.invitations.exclude(state=InvitationState.WITHDRAWN):
        _again(row, later, by)
    former.agenda.update(meeting=later)
    former.state, former.moved_to, former.state_why = MeetingState.MOVED, later, texts["state_why"]
    former.save(update_fields=["state", "moved_to", "state_why"])
    mail_invitations(later.invitations.all())
    note(by, "move_meeting", former, reason=why.strip(), changes={"day": [str(former.day), str(day)]})
    return later


@verb
def cancel_meeting(*, by: User, meeting: Meeting, why: str) -> Meeting:
    """Call a meeting off, and say why.

    Raises:
        NotAllowed: as `led_meeting`.
        DomainError: no reason is given, or its minutes were begun.
    """
    held = _still_planned(by, meeting)
    held.state, held.state_why = (
        MeetingState.CANCELLED,
        required_reason(checked(Meeting, state_why=why)["state_why"]),
    )
    held.save(update_fields=["state", "state_why"])
    note(by, "cancel_meeting", held, reason=held.state_why)
    return held


def _still_planned(by: User, meeting: Meeting) -> Meeting:
    held = led_meeting(by, meeting)
    if held.minutes_begun_at is not None:
        raise DomainError(
            _(
                "The minutes of this meeting were begun: it took place. End it as it is, write on which day it goes on,"
                " and call that meeting."
            )
        )
    if not held.is_planned:
        raise DomainError(_("This meeting is no longer planned. Look at it as it is now."))
    return held


def _when_and_where(
    meeting: Meeting,
    *,
    day: dt.date,
    hour: dt.time | None,
    length: int | None,
    mode: str,
    place: str,
    link: str,
    subject: str,
) -> None:
    check_when(day, length)
    if mode not in MeetingMode.values:
        raise DomainError(_("Choose one of the values in the list."), field="mode")
    texts = checked(Meeting, place=place, link=link, subject=subject)
    if mode != MeetingMode.ROOM and not texts["link"]:
        raise DomainError(_("Write the address at which people join on-line."), field="link")
    meeting.day, meeting.hour, meeting.length, meeting.mode = day, hour, length, mode
    for name, text in texts.items():
        setattr(meeting, name, text)


def _children(by: User, meeting: Meeting, invite: Sequence[Invitee], why_not: str) -> None:
    """Whoever is old enough to be heard is asked, or it is on record why not; of a sealed case nobody outside it is."""
    if meeting.case is None or meeting.case.sealed:
        return
    asked = {one.person.pk for one in invite if one.person is not None}
    left_out = [one for one in children_to_ask(by, meeting.case) if one.pk not in asked]
    if not left_out:
        return
    why = checked(Invitation, why_not=why_not)["why_not"]
    if not why:
        names = ", ".join(one.given_name for one in left_out)
        raise DomainError(
            _("%(names)s may be heard at this age. Invite, or say why not.") % {"names": names},
            field="child_why_not",
        )
    for child in left_out:
        Invitation.objects.create(
            meeting=meeting,
            person=child,
            invited_as=InvitedAs.CHILD,
            state=InvitationState.NOT_ASKED,
            why_not=why,
            by=by,
        )


def _agenda(meeting: Meeting, items: Sequence[tuple[str, str]]) -> None:
    for order, (source, words) in enumerate(items):
        text = checked(AgendaItem, words=words)["words"]
        if text:
            AgendaItem.objects.create(meeting=meeting, order=order, source=source, words=text)


def _again(row: Invitation, later: Meeting, by: User) -> None:
    fields = (
        "person",
        "user",
        "contact",
        "organization",
        "name",
        "invited_as",
        "mandatory",
        "brings",
        "why_not",
    )
    kept = row.state if row.state == InvitationState.NOT_ASKED else InvitationState.ASKED
    Invitation.objects.create(
        meeting=later,
        by=by,
        created_at=timezone.now(),
        state=kept,
        **{name: getattr(row, name) for name in fields},
    )
