"""Annual plans: those who write or approve them, in the organisation whose plan it is."""

from tests.access.rows import Row, answered

_OWN = "coordinator@own|coordinator@team|planner@own|planner@team|county_methodologist@own|county_methodologist@team"
_WORKERS = {"coordinator|planner|county_methodologist": 200, "*|case_team": 403}
_PLAN = {_OWN: 200, "coordinator|planner|county_methodologist": 404, "*|case_team": 403}
_REFUSED_AS_IT_IS = answered(_PLAN, 422)
_PK = {"pk": "annual_plan"}
_ROW = {**_PK, "section": "campaigns", "row": "plan_row"}

ROWS: tuple[Row, ...] = (
    Row("plans", _WORKERS),
    Row("plan", _PLAN, _PK),
    Row("plan_chapter", _PLAN, {**_PK, "chapter": "informare"}),
    Row("plan_remarks", _PLAN, _PK),
    Row("plan_realised", _PLAN, _PK),
    Row("plan_fields", _PLAN, _PK),
    Row("plan_row_new", _PLAN, {**_PK, "section": "existing"}),
    Row("plan_row", _PLAN, _ROW),
    Row("plan_row_remove", _REFUSED_AS_IT_IS, _ROW, "post"),
    Row("plan_submit", _REFUSED_AS_IT_IS, _PK, "post"),
    Row(
        "plan_approve",
        {"coordinator@own|coordinator@team": 422, "coordinator": 404, "*|case_team": 403},
        _PK,
        "post",
    ),
    Row("plan_reopen", _REFUSED_AS_IT_IS, _PK, "post"),
    Row("plan_compare", _PLAN, _PK),
    Row("plan_version", _PLAN, {**_PK, "number": "1"}),
    Row("plan_file", answered(_PLAN, 404), {**_PK, "file_format": "exe"}),
    Row("plan_version_file", answered(_PLAN, 404), {**_PK, "number": "1", "file_format": "exe"}),
    Row(
        "plan_public_file",
        {"anonymous|*|case_team": 404},
        {"version": "annual_plan", "file_format": "exe"},
    ),
    Row("plan_import", _PLAN, _PK),
    Row("plan_import_model", _PLAN, _PK),
    Row("plan_version_chapter", _PLAN, {**_PK, "number": "1", "chapter": "temei"}),
)
