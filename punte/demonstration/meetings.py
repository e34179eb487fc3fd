"""Invented meetings: three bodies with their sessions, and a year of conferences with what they decided."""

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import Appointment, User
from punte.cases.models import Case
from punte.deadlines.calendar import is_working_day
from punte.documents.actions.body_report import issue_body_report
from punte.gatherings.content import CONFERENCE, SESSION
from punte.gatherings.enums import InvitationState, InvitedAs, MeetingState, PresenceState, TaskState
from punte.gatherings.models import AgendaItem, Body, Decision, Invitation, Meeting, Presence, Seat, Task
from punte.gatherings.reports import due_reports
from punte.organizations.models import Organization
from punte.registers.actions import add_entry

_CONFERENCES = 25
_TALKS = 9
_LEFT_BEHIND = dt.timedelta(days=45)
"""For how long some task of a meeting is late; all that are older were done."""
_BODIES = (
    (
        "council",
        "Structura comunitară consultativă",
        60,
        ("chair", "secretary_general", "doctor", "police", "church"),
    ),
    ("cluster", "Clusterul comunitar", 45, ("social_worker", "school", "police", "mediator")),
    (
        "disability",
        "Comitetul pentru persoanele cu dizabilități",
        90,
        ("chair", "dgaspc", "ngo", "beneficiary"),
    ),
)
_NAMES = ("Viorel Exemplu", "Doina Exemplu", "Traian Exemplu", "Sanda Exemplu", "Nicu Exemplu")
_ABOUT = (
    ("Iarna: lemne pentru familiile fără venit", "Se face lista până vineri, fără nume, pe străzi"),
    ("Transportul copiilor la școală", "Primăria cere un microbuz pentru cartierul de peste pod"),
    ("Vaccinarea copiilor sub doi ani", "Asistenta comunitară trece pe la fiecare casă din listă"),
    ("Apa din fântâna comună", "Se cere analiza apei și se anunță rezultatul"),
)
_REASONS = ("review", "plan", "crisis", "assessment", "special")
_DECIDED = (
    ("Școala anunță absențele în aceeași zi", "mai puțin de trei absențe pe lună", "Anunță absențele"),
    ("Meditații de două ori pe săptămână, la centrul de zi", "trece clasa", "Înscrie copilul la meditații"),
    ("Control la medicul de familie în două săptămâni", "controlul este făcut", "Programează controlul"),
    ("Se depune dosarul pentru alocația de susținere", "alocația se plătește", "Depune dosarul"),
    ("Tatăl vorbește cu consilierul despre un loc de muncă", "are un contract", "Programează întâlnirea"),
)
_MINUTES = (
    "S-a vorbit despre ce s-a făcut de la ultima vizită și despre ce nu a mers. Familia a fost ascultată."
    " Fiecare instituție a spus ce poate face."
)


_REMARKS = (
    "Membrii au venit pregătiți. A lipsit un loc unde să se întâlnească părinții; se propune sala școlii."
)


def write_meetings(*, keeper: Organization, chance: random.Random, today: dt.date) -> None:
    """Bodies and their sessions of a town, and conferences of its cases over the past year and the weeks to come."""
    leads = _user(keeper, Role.COORDINATOR) or _user(keeper, Role.SOCIAL_WORKER)
    if leads is None:
        return
    for number, body in enumerate(_BODIES):
        _body(keeper, leads, today, *body, ends_soon=number == 1)
    rows = Case.objects.filter(keeper=keeper, open=True, sealed=False, responsible__isnull=False)
    cases = list(rows.select_related("responsible", "household").order_by("pk")[: _CONFERENCES * 4])
    partners = list(
        Organization.objects.filter(uat=keeper.uat).exclude(pk=keeper.pk).order_by("name", "pk")[:6]
    )
    for number, case in enumerate(cases[:_TALKS]):
        _talk(case, today, number)
    for number, case in enumerate(chance.sample(cases, min(_CONFERENCES, len(cases)))):
        _conference(case, chance, _working(today + dt.timedelta(days=14 - number * 15)), today, partners)


def _working(day: dt.date) -> dt.date:
    """The day itself, or the working day before it."""
    while not is_working_day(day):
        day -= dt.timedelta(days=1)
    return day


def _talk(case: Case, today: dt.date, number: int) -> None:
    """A call to an institution; of every third an answer is still missing."""
    waits = number % 3 == 0
    given: dict[str, Any] = {
        "whom": "secretariatul școlii",
        "how": "phone",
        "said": "Am întrebat de absențele din ultima lună.",
    }
    if waits:
        given |= {"waits_for": "situația absențelor", "until": today + dt.timedelta(days=7 - number)}
    if case.responsible is None:
        return
    add_entry(
        by=case.responsible,
        register="institution_contact",
        subject=case,
        start=today - dt.timedelta(days=number + 3),
        state="waits" if waits else "told",
        given=given,
    )


def _user(keeper: Organization, role: Role) -> User | None:
    posts = Appointment.objects.current().filter(organization=keeper, role=role, user__is_active=True)
    post = posts.select_related("user").order_by("user__email").first()
    return post.user if post else None


def _body(
    keeper: Organization,
    leads: User,
    today: dt.date,
    kind: str,
    title: str,
    every: int,
    roles: Sequence[str],
    *,
    ends_soon: bool,
) -> None:
    start = today - dt.timedelta(days=360)
    body = Body.objects.create(
        keeper=keeper,
        kind=kind,
        title=f"{title} {keeper.uat or ''}".strip(),
        uat=keeper.uat,
        act="HCL 48" if kind == "council" else "",
        act_on=start - dt.timedelta(days=10) if kind == "council" else None,
        quorum=3,
        start=start,
        end=today + dt.timedelta(days=40) if ends_soon else None,
    )
    for role, name in zip(roles, _NAMES, strict=False):
        # Who leads sits in the cluster, so its report is asked of nobody else.
        who: dict[str, Any] = {"user": leads} if role == "social_worker" else {"name": name}
        Seat.objects.create(body=body, role=role, **who, start=start, promised_on=start)
    for number, day in enumerate(range(-330, 30, every)):
        _session(body, leads, _working(today + dt.timedelta(days=day)), today, number)
    # All reports but the newest were issued.
    for due in [one for one in due_reports(leads, today) if one.body.pk == body.pk][:-1]:
        issue_body_report(by=leads, body=body, stretch=due.stretch, remarks=_REMARKS)


def _session(body: Body, leads: User, day: dt.date, today: dt.date, number: int) -> None:
    about, decided = _ABOUT[(number + len(body.kind)) % len(_ABOUT)]
    held = day < today
    meeting = Meeting.objects.create(
        keeper=body.keeper,
        kind=SESSION,
        body=body,
        day=day,
        hour=dt.time(10),
        length=90,
        place="Sala de ședințe a primăriei",
        called_by=leads,
        **_written(day, held),
    )
    AgendaItem.objects.create(meeting=meeting, words=about)
    for place, seat in enumerate(body.seats.order_by("pk")):
        comes = held and place != number % 5
        state = InvitationState.ACCEPTED if comes else InvitationState.ASKED
        who: dict[str, Any] = {"user": seat.user} if seat.user else {"name": seat.name}
        Invitation.objects.create(meeting=meeting, **who, invited_as=InvitedAs.MEMBER, state=state, by=leads)
        if held:
            _there(meeting, leads, comes, **who)
    if held:
        decision = Decision.objects.create(meeting=meeting, words=decided, by=leads)
        _task(meeting, decision, decided, leads, today, done=number % 3 != 0, user=leads)


def _conference(
    case: Case, chance: random.Random, day: dt.date, today: dt.date, partners: Sequence[Organization]
) -> None:
    by, held = case.responsible, day < today
    assert by is not None
    meeting = Meeting.objects.create(
        keeper_id=case.keeper_id,
        kind=CONFERENCE,
        case=case,
        reason=chance.choice(_REASONS),
        day=day,
        hour=chance.choice((dt.time(9), dt.time(11), dt.time(13))),
        length=60,
        place="Biroul de asistență socială",
        called_by=by,
        **_written(day, held),
    )
    AgendaItem.objects.create(meeting=meeting, words="Ce s-a făcut din plan", source="plan")
    AgendaItem.objects.create(meeting=meeting, words="Ce aduce fiecare instituție", order=1)
    asked: list[dict[str, object]] = [
        {
            "organization": one,
            "invited_as": InvitedAs.PARTNER,
            "mandatory": True,
            "brings": "Ce știți despre situație",
        }
        for one in chance.sample(list(partners), min(2, len(partners)))
    ]
    member = case.household.memberships.filter(end=None).order_by("start", "pk").first()
    if member is not None:
        asked.append({"person_id": member.person_id, "invited_as": InvitedAs.FAMILY})
    for one in asked:
        comes = held and chance.random() < 0.8  # noqa: PLR2004 four of five
        state = InvitationState.ACCEPTED if comes else InvitationState.ASKED
        Invitation.objects.create(meeting=meeting, state=state, by=by, **one)
        if held:
            who = {name: value for name, value in one.items() if name in ("organization", "person_id")}
            _there(meeting, by, comes, **who)
    if not held:
        return
    for order, (words, measure, deed) in enumerate(chance.sample(_DECIDED, 2)):
        decision = Decision.objects.create(meeting=meeting, order=order, words=words, measure=measure, by=by)
        whose = {"organization": chance.choice(partners)} if partners and order else {"user": by}
        _task(meeting, decision, deed, by, today, done=chance.random() < 0.6, **whose)  # noqa: PLR2004


def _written(day: dt.date, held: bool) -> dict[str, object]:
    if not held:
        return {}
    at = timezone.make_aware(dt.datetime.combine(day, dt.time(15)))
    return {"state": MeetingState.HELD, "minutes": _MINUTES, "minutes_begun_at": at, "revision": 1}


def _there(meeting: Meeting, by: User, comes: bool, **who: object) -> None:
    Presence.objects.create(
        meeting=meeting,
        state=PresenceState.PRESENT if comes else PresenceState.ABSENT,
        noted_by=by,
        noted_at=meeting.minutes_begun_at or timezone.now(),
        **who,
    )


def _task(
    meeting: Meeting, decision: Decision, words: str, by: User, today: dt.date, *, done: bool, **whose: object
) -> None:
    due = meeting.day + dt.timedelta(days=21)
    settled = due < today and (done or due < today - _LEFT_BEHIND)
    Task.objects.create(
        keeper_id=meeting.keeper_id,
        case=meeting.case,
        meeting=meeting,
        decision=decision,
        words=words,
        due_on=due,
        first_due_on=due,
        by=by,
        state=TaskState.DONE if settled else TaskState.OPEN,
        settled_at=timezone.make_aware(dt.datetime.combine(due, dt.time(12))) if settled else None,
        settled_by=by if settled else None,
        **whose,
    )
