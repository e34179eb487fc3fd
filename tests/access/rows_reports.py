"""Reports: read by who plans or sees totals in the institution, written by who plans there."""

from tests.access.rows import Row, answered

_READ = {
    "leaders@own|leaders@team|planners@own|planners@team": 200,
    "leaders|planners": 404,
    "*|case_team": 403,
}
_PLANNERS = {"coordinator|planners": 200, "*|case_team": 403}
_WRITE = {
    "coordinator@own|coordinator@team|planners@own|planners@team": 200,
    "coordinator|planners": 404,
    "*|case_team": 403,
}
_PK = {"pk": "report"}
_PHOTOGRAPH = {**_PK, "photograph": "photograph"}

ROWS: tuple[Row, ...] = (
    Row("reports", {"leaders|planners": 200, "*|case_team": 403}),
    Row("report_new", _PLANNERS, {"kind": "town_year"}),
    Row("report", _READ, _PK),
    Row("report_part", _WRITE, {**_PK, "part": "summary"}),
    Row("photograph_new", _WRITE, {**_PK, "part": "summary"}),
    Row("photograph", _READ, _PHOTOGRAPH),
    Row("photograph_remove", answered(_WRITE, 302), _PHOTOGRAPH, "post"),
    Row("report_figures", answered(_WRITE, 302), _PK, "post"),
    Row("report_issue", _WRITE, _PK),
    Row("report_draft_file", answered(_READ, 404), {**_PK, "file_format": "exe"}),
    Row("report_file", answered(_READ, 404), {**_PK, "number": "1", "file_format": "exe"}),
)
