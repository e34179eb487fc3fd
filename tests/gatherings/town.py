"""A conference that was held, a council with a session to come, and what people and a partner are to do."""

from typing import Any

from django.utils import timezone

from punte.accounts.models import User
from punte.gatherings.actions import (
    Invitee,
    bring_case,
    call_conference,
    call_session,
    decide,
    give_task,
    make_body,
    take_seat,
    write_minutes,
)
from punte.gatherings.enums import InvitedAs
from tests.factories import LONG_AGO


def meetings_of(place: Any, partner: User) -> dict[str, Any]:
    """The rows by name; the partner's institution is asked too."""
    today, by = timezone.localdate(), place.worker
    mother = place.people[0]
    institution = partner.appointments.get().organization
    meeting = call_conference(
        by=by,
        case=place.case,
        reason="review",
        day=today,
        place="Sala mică",
        subject="Absențele de la școală",
        invite=[
            Invitee(InvitedAs.PARTNER, organization=institution, mandatory=True, brings="Situația școlară"),
            Invitee(InvitedAs.FAMILY, person=mother),
        ],
        child_why_not="Este la tabără.",
        agenda=[("plan", "Ce s-a făcut din plan")],
    )
    there = {one.pk: "present" for one in meeting.invitations.exclude(state="not_asked")}
    asked = {
        name: meeting.invitations.get(**who)
        for name, who in {
            "asked_mother": {"person": mother},
            "asked_partner": {"organization": institution},
        }.items()
    }
    write_minutes(by=by, meeting=meeting, revision=0, minutes="S-a vorbit despre școală.", present=there)
    decision = decide(by=by, meeting=meeting, words="Școala anunță absențele", measure="mai puține absențe")
    council = make_body(
        by=by,
        keeper=place.case.keeper,
        kind="council",
        title="Structura comunitară",
        start=LONG_AGO,
        act="HCL 4",
    )
    take_seat(by=by, body=council, role="social_worker", start=LONG_AGO, user=by)
    take_seat(by=by, body=council, role="police", start=LONG_AGO, name="Agent Exemplu")
    session = call_session(by=by, body=council, day=today, agenda=[("", "Iarna")])
    bring_case(by=by, meeting=session, case=place.case, words="Un copil lipsește de la școală")
    return {
        **asked,
        "conference": meeting,
        "decided": decision,
        "council": council,
        "session": session,
        "asked_worker": session.invitations.get(user=by),
        "to_do": give_task(
            by=by, meeting=meeting, decision=decision, words="Sună la școală", user=by, due_on=today
        ),
        "partners_task": give_task(
            by=by, meeting=meeting, words="Trimite situația școlară", organization=institution, due_on=today
        ),
    }
