"""Entries in registers: those who see the subject, in the registers of the compartments that they read."""

from tests.access.rows import CASE, RECORD, SEALED, Row, answered

_SCHOOLING = (
    *("social_worker", "case_manager", "school_mediator", "school_counsellor", "psychologist"),
    *("supervisor", "coordinator"),
)
# Who reads nothing of school sees a child, and no entry of it.
SCHOOL = {
    "|".join(f"{role}@{place}" for role in _SCHOOLING for place in ("own", "team")) + "|case_team": 200,
    "*": 404,
}
# Who works with people writes what happened to them.
LIVED = {
    "professionals@own|professionals@team|case_team": 200,
    "readers@own|readers@team": 403,
    "*": 404,
}
LIVED_CASE = {"professionals@own|leaders@team|case_team": 200, "readers@own|readers@team": 403, "*": 404}
AGREEMENTS = {"coordinator|planners": 200, "*|case_team": 404}
OWN_AGREEMENTS = {
    **{f"{role}@{place}": 200 for role in ("coordinator", "planners") for place in ("own", "team")},
    "*|case_team": 404,
}

LISTS = {"readers|planners|case_team": 200, "*": 403}
SCHOOL_LIST = {"|".join((*_SCHOOLING, "case_team")): 200, "readers|planners": 404, "*": 403}
HOME_LIST = {"readers|case_team": 200, "planners": 404, "*": 403}
AGREEMENT_LIST = {"coordinator|planners": 200, "readers|case_team": 404, "*": 403}

ROWS: tuple[Row, ...] = (
    Row("timeline", RECORD, {"kind": "persoane", "pk": "child"}),
    Row("timeline", RECORD, {"kind": "gospodarii", "pk": "home"}),
    Row("timeline", CASE, {"kind": "cazuri", "pk": "case"}),
    Row("timeline", SEALED, {"kind": "cazuri", "pk": "sealed"}),
    Row("timeline", {"*|case_team": 404}, {"kind": "institutii", "pk": "institution"}),
    Row("registers", LISTS),
    Row("register_list", SCHOOL_LIST, {"register": "school_enrolment"}),
    Row("register_list", AGREEMENT_LIST, {"register": "agreement"}),
    Row("register_beside", HOME_LIST, {"register": "relocation_application"}),
    *(
        Row(name, rows, {"register": register})
        for name in ("register_import", "register_import_model")
        for register, rows in (("school_enrolment", SCHOOL_LIST), ("agreement", AGREEMENT_LIST))
    ),
    Row("registers_of", RECORD, {"kind": "persoane", "pk": "child"}),
    Row("registers_of", RECORD, {"kind": "gospodarii", "pk": "home"}),
    Row("registers_of", RECORD, {"kind": "locuinte", "pk": "dwelling"}),
    Row("registers_of", CASE, {"kind": "cazuri", "pk": "case"}),
    Row("registers_of", SEALED, {"kind": "cazuri", "pk": "sealed"}),
    Row("registers_of", AGREEMENTS, {"kind": "institutii", "pk": "institution"}),
    Row("entry_new", SCHOOL, {"kind": "persoane", "pk": "child", "register": "school_enrolment"}),
    Row("entry_new", AGREEMENTS, {"kind": "institutii", "pk": "institution", "register": "agreement"}),
    Row("life_event_new", LIVED, {"kind": "gospodarii", "pk": "home"}),
    Row("life_event_new", LIVED_CASE, {"kind": "cazuri", "pk": "case"}),
    Row("life_event_new", SEALED, {"kind": "cazuri", "pk": "sealed"}),
    Row("life_event_new", answered(LIVED, 422), {"kind": "gospodarii", "pk": "home"}, "post"),
    Row("life_event_new", {"*|case_team": 404}, {"kind": "persoane", "pk": "child"}),
    Row("entry", SCHOOL, {"pk": "schooling"}),
    # Of a register without a paper there is none, for anybody.
    Row(
        "entry_paper", {"*|case_team": 404}, {"pk": "schooling", "paper": "safety_plan", "file_format": "pdf"}
    ),
    Row("quarterly_report", {"managers|planners": 200, "*|case_team": 403}, {"report": "violence"}),
    Row("national_rows", {"managers": 200, "*|case_team": 403}, {"table": "victime"}),
    Row("entry_move", SCHOOL, {"pk": "schooling", "move": "absent"}),
    Row("entry_correct", SCHOOL, {"pk": "schooling"}),
    Row("entry_withdraw", SCHOOL, {"pk": "schooling"}),
    Row("entry_paper", RECORD, {"pk": "budget", "paper": "household_budget", "file_format": "docx"}),
    Row("entry", OWN_AGREEMENTS, {"pk": "protocol"}),
    Row("entry_correct", OWN_AGREEMENTS, {"pk": "protocol"}),
)
