"""A conference of each case, a council with a session, and what somebody is to do."""

from typing import Any

from django.utils import timezone

from punte.accounts.models import User
from punte.cases.models import Case
from punte.gatherings.actions import call_session, make_body, take_seat
from punte.gatherings.actions.staff import begin_placement
from punte.gatherings.content import CONFERENCE
from punte.gatherings.models import Decision, Invitation, Meeting, Opened, Task
from tests.factories import LONG_AGO


def meeting_people(house: Any, cases: dict[str, Case], *, by: User, member: User) -> dict[str, Any]:
    """By name; those of the sealed case begin with `sealed_`. The house itself stands for a partner."""
    council = make_body(by=by, keeper=house, kind="council", title="Consiliu", start=LONG_AGO, uat=house.uat)
    rows: dict[str, Any] = {
        "body": council,
        "seat": take_seat(by=by, body=council, role="chair", start=LONG_AGO, name="Primarul"),
        "session": call_session(by=by, body=council, day=timezone.localdate()),
    }
    student = begin_placement(
        by=by,
        keeper=house,
        kind="student",
        supervisor=by,
        start=timezone.localdate(),
        name="Studenta Exemplu",
    )
    rows["student_of_case"] = student
    for prefix, case in cases.items():
        meeting = Meeting.objects.create(
            keeper=house, kind=CONFERENCE, case=case, reason="review", called_by=by, day=timezone.localdate()
        )
        rows[f"{prefix}meeting"] = meeting
        rows[f"{prefix}invitation"] = Invitation.objects.create(
            meeting=meeting, user=member, invited_as="colleague", by=by
        )
        rows[f"{prefix}partner_invitation"] = Invitation.objects.create(
            meeting=meeting, organization=house, invited_as="partner", by=by
        )
        rows[f"{prefix}decision"] = Decision.objects.create(meeting=meeting, words="Se sună la școală", by=by)
        asked = {"keeper": house, "case": case, "meeting": meeting, "by": by}
        rows[f"{prefix}task"] = Task.objects.create(**asked, words="Sună la școală", user=by)
        rows[f"{prefix}partner_task"] = Task.objects.create(**asked, words="Adeverință", organization=house)
        rows[f"{prefix}opened"] = Opened.objects.create(
            placement=student, case=case, parts=["members"], until=timezone.localdate(), why="Vizită"
        )
    return rows
