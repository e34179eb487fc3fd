"""Entitlements: who reads them of a family and of a town, who confirms a sum, who finishes an application."""

from tests.access.rows import CASE, READERS, RECORD, SEALED, Row, answered
from tests.access.rows_public import OPEN

_DESK = {"writers": 200, "*|case_team": 403}
_SENT = {"writers@own|writers@team": 200, "writers": 404, "*|case_team": 403}
_RULES = {"readers|administrator|case_team": 200, "*": 403}
_CONFIRM = {
    "coordinator@elsewhere|administrator@elsewhere": 404,
    "coordinator|administrator": 422,
    "*|case_team": 403,
}

ROWS: tuple[Row, ...] = (
    Row("entitlements", READERS),
    Row("entitlements", READERS, method="post"),
    Row("entitlements_by_place", READERS),
    Row("case_entitlements", CASE, {"pk": "case"}),
    Row("case_entitlements", SEALED, {"pk": "sealed"}),
    Row("household_entitlements", RECORD, {"pk": "home"}),
    Row("household_entitlements", RECORD, {"pk": "hidden"}),
    Row("entitlement_rules", _RULES),
    Row("entitlement_rule", _CONFIRM, {"organization": "house", "what": "school_meal"}, "post"),
    Row("applications", _DESK),
    Row("applications", answered(_DESK, 422), method="post"),
    Row("application", _SENT, {"pk": "application"}),
    Row("application_papers", answered(_SENT, 302), {"pk": "application"}, "post"),
    Row("application_household", _SENT, {"pk": "application"}),
    Row("application_finish", _SENT, {"pk": "application"}),
    Row("application_close", _SENT, {"pk": "application"}),
    Row("apply", OPEN),
)
