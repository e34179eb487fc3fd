"""Meetings, bodies and tasks: of a case for who sees it, else for who calls meetings where they are kept."""

from tests.access.rows import CASE, SEALED, Row, answered
from tests.gatherings.scene import this_half_year

_CALLING = {"professionals|planners|case_team": 200, "*": 403}
_KEPT = {
    "professionals@own|professionals@team|planners@own|planners@team|case_team": 200,
    "*": 404,
}
_LED = {"professionals@own|leaders@team|case_team": 200, "trainee@own": 403, "*": 404}
_CALLED = {
    "professionals@own|leaders@team|case_team": 200,
    "readers@elsewhere": 404,
    "readers": 403,
    "*": 404,
}
_OF_TEAM = {"case_team": 200, "*": 404}
_PLANNED = {"managers@own|leaders@team|trainee@own": 200, "readers@own|case_team": 403, "*": 404}
_PARTNER = {"partner@own|partner@team": 200, "partner": 404, "*|case_team": 403}
_WHOSE = {"pk": "meeting", "invitation": "invitation"}

ROWS = (
    Row("meetings", _CALLING),
    Row("tasks", _CALLING),
    Row("task_new", _CALLING),
    Row("bodies", _CALLING),
    Row("bodies_missing", _CALLING),
    Row("body_new", _CALLING),
    Row("case_meetings", CASE, {"pk": "case"}),
    Row("case_meetings", SEALED, {"pk": "sealed"}),
    Row("case_institutions", CASE, {"pk": "case"}),
    Row("case_institutions", SEALED, {"pk": "sealed"}),
    Row("conference_new", _CALLED, {"pk": "case"}),
    Row("conference_new", _OF_TEAM, {"pk": "sealed"}),
    Row("meeting", {"readers@own|leaders@team|case_team": 200, "*": 404}, {"pk": "meeting"}),
    Row("meeting", _OF_TEAM, {"pk": "sealed_meeting"}),
    Row("meeting", _KEPT, {"pk": "session"}),
    *(
        row
        for name in ("meeting_agenda", "meeting_move", "meeting_cancel", "invitation_new", "meeting_minutes")
        for row in (Row(name, _LED, {"pk": "meeting"}), Row(name, _OF_TEAM, {"pk": "sealed_meeting"}))
    ),
    *(Row(name, _LED, {"pk": "meeting"}) for name in ("decision_new", "meeting_task", "minutes_issue")),
    Row("minutes_issue", _OF_TEAM, {"pk": "sealed_meeting"}),
    Row("minutes_file", {"*|case_team": 404}, {"pk": "meeting"}),
    Row("meeting_case", _KEPT, {"pk": "session"}),
    Row("decision_plan", _PLANNED, {"pk": "decision"}),
    Row("invitation_note", _LED, _WHOSE),
    Row("invitation_letter", _OF_TEAM, {"pk": "sealed_meeting", "invitation": "sealed_invitation"}),
    # One's own invitation is read by who was asked alone.
    Row("invitation", _OF_TEAM, {"pk": "invitation"}),
    Row("invitation", _OF_TEAM, {"pk": "sealed_invitation"}),
    Row("task", {"readers@own|leaders@team|case_team": 200, "*": 404}, {"pk": "task"}),
    Row("task", _OF_TEAM, {"pk": "sealed_task"}),
    *(
        Row(name, _KEPT, {"pk": "body"})
        for name in ("body", "body_end", "seat_new", "session_new", "body_report")
    ),
    Row("body_report_issue", _KEPT, {"pk": "body", "first": this_half_year()}),
    Row("body_report_file", {"*|case_team": 404}, {"pk": "body", "first": this_half_year()}),
    Row("seat_end", answered(_KEPT, 302), {"pk": "body", "seat": "seat"}, "post"),
    Row("partner_meetings", {"partner": 200, "*|case_team": 403}),
    Row("partner_invitation", _PARTNER, {"pk": "partner_invitation"}),
    Row("partner_invitation", {"partner": 404, "*|case_team": 403}, {"pk": "sealed_partner_invitation"}),
    Row("partner_task", _PARTNER, {"pk": "partner_task"}),
)
