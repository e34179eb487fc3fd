"""The door of ODK Collect: a device by its own name and password; an account opens nothing there."""

from tests.access.rows import Row

_CHALLENGED = {"anonymous|*|case_team": 401}

ROWS: tuple[Row, ...] = (
    Row("openrosa_forms", _CHALLENGED),
    Row("openrosa_form", _CHALLENGED, {"name": "sci", "version": "2026.1"}),
    Row("openrosa_manifest", _CHALLENGED, {"name": "sci"}),
    Row("openrosa_list", _CHALLENGED, {"name": "households"}),
    Row("openrosa_integrity", _CHALLENGED, {"name": "households"}),
    Row("openrosa_submission", _CHALLENGED, method="post"),
)
