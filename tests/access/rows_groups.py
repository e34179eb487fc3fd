"""Groups: who leads them or calls meetings in their institution; names besides by the sight of people."""

from tests.access.rows import Row, answered

_MEET = "professionals|planners"
_LIST = {f"{_MEET}|case_team": 200, "*": 403}
_OWN = {
    "professionals@own|professionals@team|planners@own|planners@team|case_team": 200,
    _MEET: 404,
    "*": 403,
}
# Names of people of the record: whoever sees them there.
_NAMES = {"professionals@own|professionals@team|case_team": 200, _MEET: 404, "*": 403}

# With the case, for who sees it; who did not open it is told so.
_CLOSED = {"professionals@own|leaders@team|case_team": 302, _MEET: 404, "*": 403}

ROWS: tuple[Row, ...] = (
    Row("groups", _LIST),
    Row("groups", _LIST, method="post"),
    Row("group_new", _LIST),
    Row("group_figures", _LIST),
    Row("supervision_hours", {"leaders": 200, "*|case_team": 403}),
    Row("placements", _LIST),
    Row("placement_new", _LIST),
    Row("placement", _OWN, {"pk": "placement"}),
    Row("placement_deed", _OWN, {"pk": "placement", "deed": "zi"}),
    Row("placement_deed", answered(_OWN, 403), {"pk": "placement", "deed": "deschide"}),
    Row("placement_close", _CLOSED, {"pk": "student_of_case", "opened": "opened"}, "post"),
    Row(
        "placement_close",
        {"case_team": 302, _MEET: 404, "*": 403},
        {"pk": "student_of_case", "opened": "sealed_opened"},
        "post",
    ),
    Row("group", _OWN, {"pk": "series"}),
    *(
        Row("group_deed", _OWN, {"pk": "series", "deed": deed})
        for deed in ("schimba", "planifica", "inscrie")
    ),
    Row("group_month", _OWN, {"pk": "series"}),
    Row("attendance", _OWN, {"pk": "group_meeting"}),
    Row("attendance", answered(_OWN, 302), {"pk": "group_meeting"}, "post"),
    Row("attendance_sheet", _OWN, {"pk": "group_meeting"}),
    *(Row("meeting_deed", _OWN, {"pk": "group_meeting", "deed": deed}) for deed in ("nota", "semnaleaza")),
    Row("child_deed", _NAMES, {"pk": "group_meeting", "deed": "ziua", "person": "child"}),
    Row("walk_in", _OWN, {"pk": "walked_in"}),
    Row("enrolment_end", _NAMES, {"pk": "enrolment"}),
    Row("enrolment_consent", _NAMES, {"pk": "enrolment"}),
    # Of an open case its readers; of a sealed one its team.
    Row(
        "observation",
        {"readers@own|leaders@team|case_team": 200, "professionals|planners|trainee": 404, "*": 403},
        {"pk": "observation"},
    ),
    Row("observation", {"case_team": 200, "readers|planners": 404, "*": 403}, {"pk": "sealed_observation"}),
)
