"""The letter of an invitation, in the words of who is asked: made each time from the invitation, so it is not kept."""

from dataclasses import asdict
from typing import Any

from django.utils import timezone, translation

from punte.documents.paper import Head, Line, Signature
from punte.documents.romanian import clean, long_date
from punte.gatherings.models import Invitation
from punte.gatherings.saying import said_of
from punte.kernel.papers import FOLDER, LANGUAGE, pdf
from punte.organizations.models import Organization


def letter_of(invitation: Invitation) -> bytes:
    """An invitation as tagged PDF (PDF/UA-1 and PDF/A-2a)."""
    with translation.override(LANGUAGE):
        content = _content(invitation)
    return pdf(FOLDER / "meeting_invitation", content, invitation.created_at)


def head_of(organization: Organization) -> Head:
    """Who writes."""
    contact = (organization.address, organization.phone, organization.email)
    return Head("", clean(organization.name), "", " · ".join(clean(one) for one in contact if one))


def _content(invitation: Invitation) -> dict[str, Any]:
    meeting, said = invitation.meeting, said_of(invitation)
    hour = f", ora {meeting.hour:%H:%M}" if meeting.hour else ""
    lines = [
        Line("Către", _whom(invitation)),
        Line("Când", f"{long_date(meeting.day)}{hour}"),
        Line("Unde", clean(said.where)),
        Line("On-line", clean(said.link)),
        Line("Vă rugăm să aduceți", clean(said.brings)),
    ]
    return {
        "title": said.title,
        "head": asdict(head_of(meeting.keeper)),
        # A mark by which the letter is found again; it tells nothing.
        "register": f"I-{invitation.pk.hex[-6:].upper()}",
        "date": long_date(timezone.localdate(invitation.created_at)),
        "facts": [asdict(one) for one in lines if one.value],
        "about": [clean(one) for one in said.about],
        "agenda": [clean(one) for one in said.agenda],
        "signatures": [asdict(Signature("Cu stimă", clean(invitation.by.name), ""))],
    }


def _whom(invitation: Invitation) -> str:
    contact = invitation.contact.name if invitation.contact else ""
    named = str(invitation.person or "") or (invitation.user.name if invitation.user else contact)
    parts = (named or invitation.name, invitation.organization.name if invitation.organization else "")
    return ", ".join(clean(one) for one in parts if one)
