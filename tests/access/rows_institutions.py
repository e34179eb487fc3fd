"""Institutions and communities: read by who looks things up, changed by who brought them in; contacts stay at home."""

from tests.access.rows import Row

_NOT_WORKING_WITH = "trainee|partner|data_protection_officer|student"
_KEEPERS = ("administrator", "coordinator", "planners")
_READ = {"data_protection_officer|student": 403, "*|case_team": 200}
_NOTED = {_NOT_WORKING_WITH: 403, "*|case_team": 200}
_KEPT = {"|".join(_KEEPERS): 200, "*|case_team": 403}
_OWN = {"|".join(f"{who}@{place}" for who in _KEEPERS for place in ("own", "team")): 200, "*|case_team": 403}
_CONTACT = {
    _NOT_WORKING_WITH: 403,
    "|".join(f"anybody@{place}" for place in ("own", "team")) + "|case_team": 200,
    "*": 404,
}

ROWS: tuple[Row, ...] = (
    Row("institutions", _READ),
    Row("institutions", _READ, method="post"),
    Row("institution", _READ, {"pk": "school"}),
    Row("institution_new", _KEPT),
    Row("institution_change", _OWN, {"pk": "school"}),
    Row("contact_new", _NOTED, {"pk": "school"}),
    Row("contact_end", _CONTACT, {"pk": "contact"}),
    Row("communities", _KEPT),
    Row("community_new", _KEPT),
    Row("community_change", _OWN, {"pk": "community"}),
)
