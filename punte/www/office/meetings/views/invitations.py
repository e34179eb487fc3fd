"""Invitations: one more is asked, what was answered is written down, the letter; and the page of who was asked."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.verbs import record_read
from punte.cases.families import is_kept_away
from punte.documents.invitation_letter import letter_of
from punte.gatherings.actions import Invitee, answer_invitation, invite, note_answer, note_heard
from punte.gatherings.enums import InvitationState, InvitedAs
from punte.gatherings.models import Invitation, Meeting
from punte.gatherings.queries import children_to_ask
from punte.gatherings.saying import said_of
from punte.people.models import Household
from punte.www.frame.access import SignedIn, fetch
from punte.www.frame.download import file_response
from punte.www.frame.form_page import FormPage
from punte.www.office.meetings.forms.calling import InviteForm
from punte.www.office.meetings.forms.meeting import AnswerForm, NoteAnswerForm
from punte.www.office.meetings.views.meeting_page import MeetingPage, who


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_new(request: SignedIn, pk: UUID) -> HttpResponse:
    """Ask one more to come."""
    page = MeetingPage.open(request, pk, to_lead=True)
    form = FormPage(
        request,
        InviteForm,
        draft=f"invite-{pk}",
        colleagues=page.colleagues,
        partners=page.partners,
        known=page.known,
        family=page.family,
    )
    if form.attempt(
        lambda given: invite(by=request.user, meeting=page.meeting, invitee=_invitee(page, form.form, given))
    ):
        return form.done(_("The invitation is ready."), "meeting", pk)
    page.read("meeting_form")
    return form.ask(_("Invite somebody"), button=_("Invite"), intro=page.line, **page.back())


def _invitee(page: MeetingPage, form: Any, given: dict[str, Any]) -> Invitee:
    person = form.people.get(given.get("person", ""))
    user = form.users.get(given["user"])
    kind = InvitedAs.MEMBER
    if page.meeting.case is not None:
        children = {one.pk for one in children_to_ask(page.user, page.meeting.case)}
        kind = InvitedAs.COLLEAGUE if user else InvitedAs.PARTNER
        if person is not None:
            kind = InvitedAs.CHILD if person.pk in children else InvitedAs.FAMILY
    known = given.get("known")
    who = known.who if known else {"user": user, "organization": given["organization"]}
    return Invitee(
        kind,
        **who,
        person=person,
        name=given["name"],
        mandatory=given["mandatory"],
        brings=given["brings"],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_note(request: SignedIn, pk: UUID, invitation: UUID) -> HttpResponse:
    """Write down what somebody answered, or take the invitation back."""
    page, row = _of_meeting(request, pk, invitation)
    heard = row.invited_as in (InvitedAs.FAMILY, InvitedAs.CHILD)
    form = FormPage(
        request, NoteAnswerForm, heard=heard, initial={"state": row.state, "statement": row.statement}
    )

    def act(given: dict[str, Any]) -> None:
        if page.meeting.is_planned:
            said = {name: given[name] for name in ("state", "statement")}
            note_answer(by=request.user, invitation=row, **said)
        if given.get("heard"):
            apart = given["heard"] == "yes"
            note_heard(by=request.user, invitation=row, apart=apart, why_not=given["why_not"])

    if form.attempt(act):
        return form.done(_("The answer is written down."), "meeting", pk)
    page.read("meeting_form", subject=row.pk)
    return form.ask(
        _("What was answered"),
        template="office_meetings/invitation_note.html",
        row=row,
        said=said_of(row),
        whom=who(row),
        reached_otherwise=_reached_otherwise(row),
        **page.back(),
    )


def _reached_otherwise(row: Invitation) -> bool:
    """Whether no letter goes to who is asked: nothing is sent to where they live, and why is told nowhere."""
    homes = Household.objects.filter(memberships__person=row.person_id, memberships__end=None)
    return row.person_id is not None and any(is_kept_away(home) for home in homes.order_by("pk"))


@require_safe
def invitation_letter(request: SignedIn, pk: UUID, invitation: UUID) -> HttpResponse:
    """The invitation on paper, in the words of who is asked."""
    page, row = _of_meeting(request, pk, invitation)
    if _reached_otherwise(row):
        raise Http404
    page.read("invitation_letter", subject=row.pk)
    return file_response(letter_of(row), "application/pdf", "invitatie.pdf", inline=True)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: SignedIn, pk: UUID) -> HttpResponse:
    """One's own invitation, and its answer; it says what one is invited as may know, and leads to what one sees."""
    rows = Invitation.objects.of_account(request.user).select_related(
        "meeting__case__household", "meeting__body", "meeting__keeper", "by"
    )
    row = fetch(rows, pk=pk)
    form = FormPage(request, AnswerForm, initial={"state": row.state, "statement": row.statement})
    if form.attempt(lambda given: answer_invitation(by=request.user, invitation=row, **given)):
        return form.done(_("Your answer reached who called the meeting."), "my_day")
    case = row.meeting.case
    record_read(
        by=request.user,
        what="invitation",
        keeper=row.meeting.keeper_id,
        household=case.household_id if case else None,
        subject=row.pk,
        case=case.pk if case else None,
        sealed=bool(case and case.sealed),
    )
    return form.ask(
        _("Invitation"),
        template="office_meetings/invitation.html",
        button=_("Send the answer"),
        back=reverse("my_day"),
        back_to=_("My day"),
        row=row,
        said=said_of(row),
        opens=Meeting.objects.visible_to(request.user).filter(pk=row.meeting_id).exists(),
        answers=row.meeting.is_planned and row.state != InvitationState.WITHDRAWN,
    )


def _of_meeting(request: SignedIn, pk: UUID, invitation: UUID) -> tuple[MeetingPage, Invitation]:
    page = MeetingPage.open(request, pk, to_lead=True)
    if not page.writes:
        raise PermissionDenied
    related = (
        "user",
        "person",
        "contact",
        "organization",
        "meeting__body",
        "meeting__keeper",
        "meeting__case",
    )
    row = get_object_or_404(page.meeting.invitations.select_related(*related), pk=invitation)
    return page, row
