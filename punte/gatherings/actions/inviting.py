"""Somebody is asked to come, answers, sends their view, or is asked no more."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.models import Case
from punte.cases.permission import speaks_for
from punte.gatherings.enums import InvitationState, InvitedAs
from punte.gatherings.mails import mail_invitations
from punte.gatherings.models import Invitation, Meeting
from punte.gatherings.permission import checked, led_meeting, not_yours, note
from punte.kernel.errors import DomainError
from punte.organizations.models import Contact, Organization
from punte.people.models import Membership, Person

ANSWERS = (InvitationState.ACCEPTED, InvitationState.DECLINED, InvitationState.STATEMENT)


@dataclass(frozen=True)
class Invitee:
    """Who is asked to come, as what, and what they bring; `organization` is for whom they speak, or who is asked."""

    invited_as: str
    user: User | None = None
    person: Person | None = None
    contact: Contact | None = None
    organization: Organization | None = None
    name: str = ""
    mandatory: bool = False
    brings: str = ""


@verb
def invite(*, by: User, meeting: Meeting, invitee: Invitee) -> Invitation:
    """Ask one more to come.

    Raises:
        NotAllowed: as `led_meeting`.
        DomainError: they are asked already, may not be asked, or the meeting is no longer planned.
    """
    held = led_meeting(by, meeting)
    if not held.is_planned:
        raise DomainError(_("This meeting is no longer planned. Look at it as it is now."))
    if invitee.person is not None:
        # A child for whom it was said why not is asked after all.
        held.invitations.filter(person=invitee.person, state=InvitationState.NOT_ASKED).delete()
    row = put_invitation(by, held, invitee)
    mail_invitations(held.invitations.filter(pk=row.pk))
    note(by, "invite_to_meeting", held, subject=row.pk, person=row.person_id)
    return row


@verb
def answer_invitation(*, by: User, invitation: Invitation, state: str, statement: str = "") -> Invitation:
    """Say whether one comes, or send one's view; by who was asked, or an account of the institution that was.

    Raises:
        NotAllowed: somebody else was asked.
        DomainError: the meeting is no longer planned, or there is no view in what was sent.
    """
    asked = Invitation.objects.of_account(by) | Invitation.objects.of_partner(by)
    if not asked.filter(pk=invitation.pk).exists():
        raise not_yours()
    return _answered(by, invitation, state, statement, "answer_invitation")


@verb
def note_answer(*, by: User, invitation: Invitation, state: str, statement: str = "") -> Invitation:
    """Write down what somebody answered who has no account, or take an invitation back.

    Raises:
        NotAllowed: as `led_meeting`.
        DomainError: as `answer_invitation`.
    """
    led_meeting(by, invitation.meeting)
    return _answered(by, invitation, state, statement, "note_answer")


@verb
def note_heard(*, by: User, invitation: Invitation, apart: bool, why_not: str = "") -> Invitation:
    """Write down whether a child or somebody of the family was heard by themselves, and why not.

    Raises:
        NotAllowed: as `led_meeting`.
        DomainError: they were not, and no reason is given.
    """
    held = led_meeting(by, invitation.meeting)
    row = held.invitations.select_for_update(of=("self",), no_key=True).get(pk=invitation.pk)
    why = checked(Invitation, why_not=why_not)["why_not"]
    if not apart and not why:
        raise DomainError(_("Write a reason. It stays on record."), field="why_not")
    row.heard_apart, row.why_not = apart, "" if apart else why
    row.save(update_fields=["heard_apart", "why_not"])
    note(by, "note_heard", held, subject=row.pk, person=row.person_id)
    return row


def put_invitation(by: User, meeting: Meeting, invitee: Invitee) -> Invitation:
    """Write an invitation; not a verb.

    Raises:
        DomainError: they are asked already, or may not be asked to this meeting.
    """
    _check_who(meeting, invitee)
    texts = checked(Invitation, brings=invitee.brings, name=invitee.name)
    known = invitee.user or invitee.person or invitee.contact
    row = Invitation(
        meeting=meeting,
        invited_as=invitee.invited_as,
        user=invitee.user,
        person=invitee.person,
        contact=invitee.contact,
        organization=invitee.organization,
        name="" if known else texts["name"],
        mandatory=invitee.mandatory,
        brings=texts["brings"],
        by=by,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise DomainError(_("They are invited already.")) from error
    return row


def _check_who(meeting: Meeting, invitee: Invitee) -> None:
    if invitee.invited_as not in InvitedAs.values:
        raise DomainError(_("Choose one of the values in the list."), field="invited_as")
    if not any((invitee.user, invitee.person, invitee.contact, invitee.organization, invitee.name.strip())):
        raise DomainError(_("Say who is invited."), field="name")
    case = meeting.case
    if case is None:
        return
    if case.sealed:
        circle = (
            invitee.user is not None and Case.objects.visible_to(invitee.user).filter(pk=case.pk).exists()
        )
        if not circle:
            raise DomainError(_("To a conference of a sealed case only its circle is invited, by account."))
    if invitee.invited_as == InvitedAs.COLLEAGUE and invitee.user is None:
        raise DomainError(_("A colleague is invited by account."), field="colleagues")
    of_family = (InvitedAs.FAMILY, InvitedAs.CHILD)
    if invitee.invited_as in of_family and not _of_family(invitee.person, case):
        raise DomainError(_("This person is not of the family."), field="family")


def _of_family(person: Person | None, case: Case) -> bool:
    if person is None:
        return False
    lived = Membership.objects.current().filter(person=person, household=case.household_id).exists()
    return lived or speaks_for(person, case.household)


def _answered(by: User, invitation: Invitation, state: str, statement: str, verb: str) -> Invitation:
    allowed = (*ANSWERS, InvitationState.WITHDRAWN) if verb == "note_answer" else ANSWERS
    if state not in allowed:
        raise DomainError(_("Choose one of the values in the list."), field="state")
    row = (
        Invitation.objects.select_for_update(of=("self",), no_key=True)
        .select_related("meeting__case")
        .get(pk=invitation.pk)
    )
    if not row.meeting.is_planned:
        raise DomainError(_("This meeting is no longer planned. Look at it as it is now."))
    text = checked(Invitation, statement=statement)["statement"]
    if state == InvitationState.STATEMENT and not text:
        raise DomainError(_("Write your view."), field="statement")
    row.state, row.answered_at, row.answered_by = state, timezone.now(), by
    row.statement = text or row.statement
    row.save(update_fields=["state", "answered_at", "answered_by", "statement"])
    note(by, verb, row.meeting, subject=row.pk, person=row.person_id, changes={"state": state})
    return row
