"""Programmes: read by who plans or answers for cases there, reported by planners; people in them by who sees people."""

from tests.access.rows import READERS, RECORD, Row, answered

_READERS = {"readers|planners|case_team": 200, "*": 403}
_PLAN = "coordinator|planners"
_PLANNERS = {_PLAN: 200, "*|case_team": 403}
_OWN = {
    "coordinator@own|coordinator@team|planners@own|planners@team": 200,
    "*|case_team": 403,
}
_PK = {"pk": "programme"}
_NODE = {**_PK, "code": "D1-2.1.1"}
_ENDED = {"managers@own|managers@team": 200, "readers@own|readers@team|case_team": 403, "*": 404}

ROWS: tuple[Row, ...] = (
    Row("programmes", _READERS),
    Row("programme", _READERS, _PK),
    Row("programme_node", _READERS, _NODE),
    Row("programme_report", _PLANNERS, _NODE),
    Row("programme_county", {"leaders|planners": 200, "*|case_team": 403}, _PK),
    Row("programme_answer", _OWN, {**_PK, "report": "node_report"}),
    Row("programme_indicators", _READERS, _PK),
    Row("programme_indicator", _READERS, {**_PK, "code": "D1-1.1.1-t"}),
    Row("programme_claims", _READERS, _PK),
    Row("programme_people", READERS, _PK),
    Row("household_programmes", RECORD, {"pk": "home"}),
    Row("household_programmes", RECORD, {"pk": "hidden"}),
    Row("programme_of_plan", answered(_PLANNERS, 404), {}, "post"),
    Row("needs_rounds", {"leaders|planners": 200, "*|case_team": 403}),
    Row("needs_round", {"leaders|planners": 200, "*|case_team": 403}, {"pk": "needs_round"}),
    Row("need_new", _PLANNERS, {"pk": "needs_round"}),
    Row("need_answer", _OWN, {"pk": "uat_need"}),
    Row("participation_end", _ENDED, {"pk": "home", "participation": "participation"}),
)
