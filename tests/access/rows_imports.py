"""Tables brought in: services by those who keep a directory, places by those who speak for services."""

from tests.access.rows import Row

_KEEPERS = "coordinator|planner|county_methodologist"
# The world's planners elsewhere keep the directory of their own place.
_KEPT = {_KEEPERS: 200, "*|case_team": 403}
_COUNTED = {f"{_KEEPERS}|partner|supervisor": 200, "*|case_team": 403}
_WRITTEN = {"writers": 200, "*|case_team": 403}
_SENT = {"social_worker@own": 200, "writers": 404, "*|case_team": 403}

ROWS: tuple[Row, ...] = (
    Row("services_imports", _COUNTED),
    Row("services_import", _KEPT),
    Row("services_import_model", _KEPT),
    Row("occupancy_import", _COUNTED),
    Row("occupancy_import_model", _COUNTED),
    Row("register_new", _WRITTEN),
    Row("register_model", _WRITTEN),
    # A register on its way in is of who sent it alone.
    *(Row(name, _SENT, {"pk": "register"}) for name in ("register", "register_columns", "register_left")),
)
