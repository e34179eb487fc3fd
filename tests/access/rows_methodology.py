"""Versions of the methodology: read by who works with it, brought in by methodologists, agreed to by another."""

from tests.access.rows import EVERYBODY, Row, answered

_READ = {"legal_adviser|partner|trainee|data_protection_officer|student": 403, **EVERYBODY}
_KEPT = {"county_methodologist": 200, "*|case_team": 403}
_OF_OURS = {"county_methodologist@elsewhere": 404, "county_methodologist": 200, "*|case_team": 403}
# For all institutions: who agrees may be of another one.
_BY_TWO = {"county_methodologist|coordinator": 200, "*|case_team": 403}
_UPLOAD = {"pk": "upload"}

ROWS: tuple[Row, ...] = (
    Row("methodology", _READ),
    Row("methodology_versions", _READ),
    Row("methodology_version", _READ, {"pack": "older_person", "version": "2026.1"}),
    Row("methodology_send", _KEPT),
    Row("methodology_upload", _BY_TWO, _UPLOAD),
    Row("methodology_tried", _BY_TWO, _UPLOAD),
    Row("methodology_ask", _OF_OURS, _UPLOAD),
    # It was not asked for: whoever may answer is told so.
    Row("methodology_agree", answered(_BY_TWO, 302), _UPLOAD, "post"),
    Row("methodology_refuse", _BY_TWO, _UPLOAD),
    Row("methodology_withdraw", _OF_OURS, _UPLOAD),
)
