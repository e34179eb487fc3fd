"""The minutes of a meeting on paper: who was there, what was said and decided, who does what, who signs.

Those of a body say nobody's name but of who sat there: cases stand by their number on the agenda, and the text is read
for names before it is issued.
"""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.utils import timezone, translation

from punte.accounts.models import User
from punte.cases.models import Case
from punte.documents.invitation_letter import head_of
from punte.documents.paper import Line, Signature
from punte.documents.romanian import clean, long_date, paragraphs, short_date
from punte.gatherings.content import reason_in_words
from punte.gatherings.enums import WAS_THERE, InvitationState, InvitedAs, MeetingMode
from punte.gatherings.models import IssuedMinutes, Meeting, Presence
from punte.gatherings.naming import Named, named_in, people_of
from punte.kernel.papers import FOLDER, LANGUAGE, pdf

# The wording of an official paper is Romanian whatever language the screens speak, as that of its template.
_OF_CASE = "Proces-verbal al conferinței de caz"
_OF_BODY = "Proces-verbal al ședinței"
_NOTICE = (
    "Cei prezenți păstrează confidențialitatea celor aflate. Copia se dă numai celor care au luat parte."
)
_FOLDER = FOLDER / "meeting_minutes"
_PARTS = {"agenda": "ordinea de zi", "minutes": "discuții", "decisions": "hotărâri", "tasks": "sarcini"}


def paper_of(issued: IssuedMinutes) -> bytes:
    """The minutes as they were issued: the same bytes each time."""
    moment = dt.datetime.combine(issued.issued_on, dt.time(12), tzinfo=dt.UTC)
    return pdf(_FOLDER, json.loads(issued.content), moment)


def draft_of(by: User, meeting: Meeting) -> bytes:
    """The minutes as they would be issued, without a number."""
    return pdf(_FOLDER, content_of(meeting, by), dt.datetime.now(dt.UTC))


def named_on_paper(meeting: Meeting) -> list[Named]:
    """Where the minutes of a body tell who a case is about; those of a conference may name its people."""
    if meeting.case_id is not None:
        return []
    cases = Case.objects.filter(pk__in=meeting.agenda.exclude(case=None).values("case"))
    parts = {
        "agenda": "\n".join(one.words for one in meeting.agenda.all()),
        "minutes": meeting.minutes,
        "decisions": "\n".join(f"{one.words} {one.measure} {one.dissent}" for one in meeting.decisions.all()),
        "tasks": "\n".join(one.words for one in meeting.tasks.order_by("due_on", "pk")),
    }
    return named_in({_PARTS[name]: text for name, text in parts.items()}, people_of(cases))


def content_of(meeting: Meeting, by: User, number: str = "") -> dict[str, Any]:
    """What the paper says, in Romanian."""
    with translation.override(LANGUAGE):
        return _content(meeting, by, number)


def _content(meeting: Meeting, by: User, number: str) -> dict[str, Any]:
    there = list(meeting.presences.select_related("user", "person", "contact", "organization"))
    present = [one for one in there if one.state in WAS_THERE]
    decisions = list(meeting.decisions.all())
    return {
        "title": _OF_CASE if meeting.case_id else _OF_BODY,
        "head": asdict(head_of(meeting.keeper)),
        "register": number,
        "date": short_date(timezone.localdate()),
        "facts": [asdict(one) for one in _facts(meeting) if one.value],
        "present": [asdict(Line(_who(one), str(one.get_state_display()))) for one in there],
        "others": meeting.counted,
        "heard": _heard(meeting),
        "agenda": _agenda(meeting),
        "minutes": paragraphs(meeting.minutes),
        "decisions": [
            {"words": clean(one.words), "measure": clean(one.measure), "dissent": clean(one.dissent)}
            for one in decisions
        ],
        "tasks": _tasks(meeting),
        "next": long_date(meeting.next_on) if meeting.next_on else "",
        "notice": _NOTICE,
        "signatures": [asdict(one) for one in _signatures(by, present)],
    }


def _facts(meeting: Meeting) -> list[Line]:
    hour = f", ora {meeting.hour:%H:%M}" if meeting.hour else ""
    where = meeting.place if meeting.mode != MeetingMode.ONLINE else "on-line"
    return [
        Line("Cazul", str(meeting.case or "")),
        Line("Structura", clean(str(meeting.body or ""))),
        Line("Motivul", reason_in_words(meeting.reason) if meeting.reason else ""),
        Line("Data", f"{long_date(meeting.day)}{hour}"),
        Line("Locul", clean(where)),
        Line("A convocat", clean(meeting.called_by.name)),
        Line("Convocat cu", f"{(meeting.day - timezone.localdate(meeting.created_at)).days} zile înainte"),
    ]


def _agenda(meeting: Meeting) -> list[str]:
    items, number = [], 0
    for one in meeting.agenda.all():
        number += 1 if one.case_id else 0
        items.append(f"Cazul {number}: {clean(one.words)}" if one.case_id else clean(one.words))
    return items


def _heard(meeting: Meeting) -> list[dict[str, str]]:
    """How the family and the child took part, and why not."""
    rows = meeting.invitations.filter(invited_as__in=[InvitedAs.FAMILY, InvitedAs.CHILD]).select_related(
        "person"
    )
    said = []
    for one in rows.order_by("created_at", "pk"):
        words = [str(one.get_state_display())]
        if one.heard_apart is not None:
            words.append("ascultat(ă) separat" if one.heard_apart else "nu a fost ascultat(ă) separat")
        if one.why_not:
            words.append(clean(one.why_not))
        if one.statement and one.state != InvitationState.WITHDRAWN:
            words.append(clean(one.statement))
        said.append(asdict(Line(clean(str(one.person or one.name)), " · ".join(words))))
    return said


def _tasks(meeting: Meeting) -> list[dict[str, str]]:
    rows = meeting.tasks.select_related("user", "person", "contact", "organization").order_by("due_on", "pk")
    return [
        {"what": clean(one.words), "who": _who(one), "due": short_date(one.due_on) if one.due_on else ""}
        for one in rows
    ]


def _signatures(by: User, present: Sequence[Presence]) -> list[Signature]:
    others = [
        Signature("", _who(one), "") for one in present if one.user_id != by.pk and one.person_id is None
    ]
    return [Signature("Întocmit", clean(by.name), ""), *others]


def _who(row: Any) -> str:
    contact = row.contact.name if row.contact_id else ""
    named = str(row.person) if row.person_id else row.user.name if row.user_id else contact or row.name
    return ", ".join(
        clean(part) for part in (named, str(row.organization) if row.organization_id else "") if part
    )
