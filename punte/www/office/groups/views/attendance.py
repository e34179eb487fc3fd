"""The attendance of a meeting: a tap for each of the list, who walked in, how many besides; its note; its sheet."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability as Can
from punte.documents.attendance_sheet import attendance_sheet_pdf
from punte.gatherings.actions.attendance import (
    recognise_walk_in,
    settle_presence,
    take_attendance,
    write_group_note,
)
from punte.gatherings.actions.observations import tell_case
from punte.gatherings.actions.series import cancel_group_meeting, move_group_meeting
from punte.gatherings.enums import MeetingState, PresenceState
from punte.gatherings.group_permission import meetings_of_groups
from punte.gatherings.models import Contradiction, Presence
from punte.gatherings.roll import Line, roll_of
from punte.kernel.errors import DomainError
from punte.people.actions import create_person
from punte.people.models import Person
from punte.people.search import likely_same
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.asked import number_in
from punte.www.frame.download import file_response
from punte.www.frame.form_page import FormPage, Press
from punte.www.office.groups.forms.attendance import KnownForm, NoteForm, TellForm
from punte.www.office.groups.forms.series import MoveForm, WhyForm
from punte.www.office.groups.views.group_pages import GroupPage, MeetingPage

_MARK, _SEEN = "p_", "s_"
_SOMEBODY_ELSE = "different"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.MEET)
def attendance(request: SignedIn, pk: UUID) -> HttpResponse:
    """The list of a meeting; saved at once, each row by itself: only what was touched here is written."""
    page = MeetingPage.open(request, pk)
    press = Press(request)
    deed = _settle if "settle" in request.POST else _take
    if request.method == "POST" and press.attempt(lambda: deed(page)):
        return press.done(_("The attendance is saved."), page.url)
    lines = roll_of(request.user, page.meeting)
    page.read("attendance")
    return page.show(
        "attendance",
        refused=press,
        # Each with what was typed for it, where the page comes back.
        lines=[(line, request.POST.get(f"{_MARK}{line.key}", line.state)) for line in lines],
        states=PresenceState.choices,
        disputes=_disputes(lines) if page.meeting.state in _LIVING else [],
        there=sum(line.was_there for line in lines) + page.meeting.counted,
        counted=request.POST.get("counted", page.meeting.counted or ""),
        walk_in=request.POST.get("walk_in", "") if press.came_back else "",
        may_take=page.meeting.day <= timezone.localdate() and page.meeting.state in _LIVING,
        is_planned=page.meeting.is_planned,
        deeds=[(key, one.title) for key, one in DEEDS.items() if one.fits(page)],
    )


_LIVING = (MeetingState.PLANNED, MeetingState.HELD)


def _take(page: MeetingPage) -> None:
    """Of what was sent only what differs from what the page had shown: a colleague's marks stay."""
    sent = page.request.POST
    if page.meeting.day > timezone.localdate():
        take_attendance(by=page.user, meeting=page.meeting, marks={})
    marks = {}
    for line in roll_of(page.user, page.meeting):
        state, seen = sent.get(f"{_MARK}{line.key}", ""), sent.get(f"{_SEEN}{line.key}", "")
        if "all" in sent and not state and not line.state:
            state = PresenceState.PRESENT
        if state and state != seen:
            marks[line.key] = state
    walk_ins = [sent["walk_in"]] if sent.get("walk_in") or "add" in sent else []
    counted = number_in(sent["counted"], otherwise=-1) if sent.get("counted") else None
    if counted == -1:
        raise DomainError(_("Write how many they were, as a number."), field="counted")
    take_attendance(by=page.user, meeting=page.meeting, marks=marks, walk_ins=walk_ins, counted=counted)


@dataclass(frozen=True)
class Dispute:
    """Of somebody on the list what stands and who wrote it, and what was said otherwise on a telephone."""

    line: Line
    others: Sequence[Contradiction]

    @property
    def states(self) -> list[tuple[str, str]]:
        """What may be chosen, each once."""
        said = {self.line.state, *(one.state for one in self.others)}
        return [(value, str(label)) for value, label in PresenceState.choices if value in said]


def _disputes(lines: Sequence[Line]) -> list[Dispute]:
    written = {line.presence.pk: line for line in lines if line.presence is not None}
    rows = Contradiction.objects.filter(presence__in=list(written), settled_at=None).select_related("said_by")
    of_each: dict[UUID, list[Contradiction]] = {}
    for one in rows.order_by("said_at", "pk"):
        of_each.setdefault(one.presence_id, []).append(one)
    return [Dispute(written[key], others) for key, others in of_each.items()]


def _settle(page: MeetingPage) -> None:
    said = page.request.POST
    of_meeting = Presence.objects.filter(meeting=page.meeting).select_related("meeting")
    presence = next((one for one in of_meeting if str(one.pk) == said["settle"]), None)
    if presence is None:
        raise DomainError(_("Somebody is not on the list of this meeting any more. Look at it again."))
    settle_presence(by=page.user, presence=presence, state=said.get("state", ""))


@dataclass(frozen=True)
class Deed:
    """What may be done with a meeting: its words, its form and the verb."""

    title: str | Promise
    done: str | Promise
    form: type[Any]
    act: Callable[[MeetingPage, dict[str, Any]], Any]
    fits: Callable[[MeetingPage], bool]
    options: Callable[[MeetingPage], Mapping[str, Any]] = lambda _page: {}
    begin: Callable[[MeetingPage], Mapping[str, Any]] = lambda _page: {}


def _came(page: MeetingPage) -> bool:
    return page.meeting.state in _LIVING and page.meeting.day <= timezone.localdate()


def _note(page: MeetingPage) -> Mapping[str, Any]:
    meeting = page.meeting
    said = {name: getattr(meeting, name) for name in ("themes", "methods", "length", "reached")}
    return {**said, "note": meeting.minutes}


DEEDS = {
    "nota": Deed(
        gettext_lazy("What was worked on"),
        gettext_lazy("Saved."),
        NoteForm,
        lambda page, given: write_group_note(by=page.user, meeting=page.meeting, **given),
        _came,
        options=lambda page: {"kind": page.kind},
        begin=_note,
    ),
    "semnaleaza": Deed(
        gettext_lazy("Tell the case"),
        gettext_lazy("Told. Who answers for the person's case reads it."),
        TellForm,
        lambda page, given: tell_case(by=page.user, meeting=page.meeting, **given),
        lambda page: page.names_people and _came(page),
        options=lambda page: {
            "people": [line.person for line in roll_of(page.user, page.meeting) if line.person is not None]
        },
    ),
    "muta": Deed(
        gettext_lazy("Move the meeting"),
        gettext_lazy("The meeting is moved."),
        MoveForm,
        lambda page, given: move_group_meeting(by=page.user, meeting=page.meeting, **given),
        lambda page: page.meeting.is_planned,
        begin=lambda page: {"day": page.meeting.day, "hour": page.meeting.hour},
    ),
    "anuleaza": Deed(
        gettext_lazy("Call the meeting off"),
        gettext_lazy("The meeting is called off."),
        WhyForm,
        lambda page, given: cancel_group_meeting(by=page.user, meeting=page.meeting, **given),
        lambda page: page.meeting.is_planned,
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.MEET)
def meeting_deed(request: SignedIn, pk: UUID, deed: str) -> HttpResponse:
    """Say what was worked on, tell the case of somebody, move the meeting or call it off."""
    page = MeetingPage.open(request, pk)
    asked = DEEDS.get(deed)
    if asked is None or not asked.fits(page):
        raise Http404
    form = FormPage(
        request, asked.form, draft=f"meeting-{deed}-{pk}", initial=asked.begin(page), **asked.options(page)
    )
    if form.attempt(lambda given: asked.act(page, given)):
        return form.done(str(asked.done), page.url)
    return form.ask(asked.title, back=page.url, back_to=_("Attendance"), button=asked.title)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.MEET)
def walk_in(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say who somebody is who came: one of the people who are shown, or a new record."""
    named = Presence.objects.filter(meeting__in=meetings_of_groups(request.user), person=None, user=None)
    presence = fetch(named.exclude(name="").select_related("meeting"), pk=pk)
    page = MeetingPage.open(request, presence.meeting_id)
    family, _space, given_name = presence.name.partition(" ")
    begin = {"family_name": family, "given_name": given_name}
    said = {name: request.POST.get(name, begin[name]) for name in begin}
    likely = likely_same(request.user, said["family_name"], said["given_name"], None, "")
    people = {str(one.person.pk): one.person for one in likely}
    offered = [(key, _described(person)) for key, person in people.items()]
    may_make = request.user.standing.may(Can.EDIT_PEOPLE, page.series.keeper_id)
    if may_make:
        offered.append((_SOMEBODY_ELSE, _("Somebody else: make a new record")))
    form = FormPage(request, KnownForm, draft=f"walk-in-{pk}", initial=begin, offered=offered)

    def recognise(given: dict[str, Any]) -> Any:
        decision = given["decision"]
        if not decision:
            raise DomainError(
                _("Choose one of the people shown, or that it is somebody else."), field="decision"
            )
        with transaction.atomic():
            person = people.get(decision) or _new(page, given)
            return recognise_walk_in(by=request.user, presence=presence, person=person)

    if form.attempt(recognise):
        return form.done(_("They are on the list by their record."), page.url)
    return form.ask(
        _("Who came?"),
        back=page.url,
        back_to=_("Attendance"),
        button=_("Save"),
        intro=_("%(name)s stays a name until you say who it is.") % {"name": presence.name},
    )


def _new(page: GroupPage, given: dict[str, Any]) -> Person:
    return create_person(
        by=page.user,
        keeper=page.series.keeper,
        family_name=given["family_name"],
        given_name=given["given_name"],
    )


def _described(person: Person) -> str:
    born = person.birth_date
    return f"{person}, {born:%d.%m.%Y}" if born else str(person)


@require_safe
@needs(Can.MEET)
def attendance_sheet(request: SignedIn, pk: UUID) -> HttpResponse:
    """The sheet of a meeting as PDF: to be signed, or with what was written."""
    page = MeetingPage.open(request, pk)
    lines = roll_of(request.user, page.meeting)
    page.read("attendance_sheet")
    content = attendance_sheet_pdf(page.meeting, lines, kind=str(page.kind or ""))
    return file_response(content, "application/pdf", "foaie-prezenta.pdf", inline=True)
