"""The open data: everybody, with or without an account, is answered the same."""

from punte.api.hsds.ids import derived
from punte.api.hsds.taxonomies import NOMENCLATURE
from tests.access.rows import Row
from tests.access.rows_public import OPEN

_NOTHING = {"anonymous|*|case_team": 404}
_REFUSED = {"anonymous|*|case_team": 405}

ROWS: tuple[Row, ...] = (
    Row("open_data", OPEN),
    Row("open_table", OPEN, {"key": "servicii", "kind": "csv"}),
    Row("open_table", _NOTHING, {"key": "conturi", "kind": "csv"}),
    Row("hsds", OPEN),
    Row("hsds_openapi", OPEN),
    Row("hsds_profile", OPEN),
    Row("hsds_profile_json", OPEN),
    Row("hsds_services", OPEN),
    Row("hsds_service", OPEN, {"key": "service"}),
    Row("hsds_service", _REFUSED, {"key": "service"}, "post"),
    # A household has a UUID too.
    Row("hsds_service", _NOTHING, {"key": "home"}),
    Row("hsds_organizations", OPEN),
    Row("hsds_organization", _NOTHING, {"key": "person"}),
    Row("hsds_services_at", OPEN),
    Row("hsds_service_at", _NOTHING, {"key": "case"}),
    Row("hsds_taxonomies", OPEN),
    Row("hsds_taxonomy", OPEN, {"key": NOMENCLATURE.id}),
    Row("hsds_taxonomy_terms", OPEN),
    Row("hsds_taxonomy_term", OPEN, {"key": derived("term", "modes", "day")}),
    Row("hsds_nothing", _NOTHING, {"rest": "people"}),
)
