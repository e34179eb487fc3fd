"""Official figures: tables by who sees totals or plans; a sheet by who answers for it, and by who receives it."""

from tests.access.rows import Row

_TOTALS = {"leaders|planners": 200, "*|case_team": 403}
_HERE = "leaders@own|leaders@team|planners@own|planners@team"
_ELSEWHERE = {"leaders|planners": 404, "*|case_team": 403}
_WRITES = {"coordinator@own|coordinator@team": 200, _HERE: 403, **_ELSEWHERE}
_RECEIVES = {"coordinator@own|coordinator@team|planners@own|planners@team": 200, **_ELSEWHERE}
_SHEET = {"pk": "sheet"}

ROWS: tuple[Row, ...] = (
    Row("returns", _TOTALS),
    Row("official_table", _TOTALS, {"key": "child_measures"}),
    Row("sheets", _TOTALS),
    Row("sheet", {_HERE: 200, **_ELSEWHERE}, _SHEET),
    Row("sheet", _RECEIVES, {"pk": "sheet_sent"}),
    Row("sheet_cell", _WRITES, {**_SHEET, "row": "children", "column": "total"}),
    Row("sheet_rule", _WRITES, {**_SHEET, "rule": "families_not_above_children"}),
    Row("sheet_return", _RECEIVES, {"pk": "sheet_sent"}),
)
