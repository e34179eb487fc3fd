"""The public site: everybody, with or without an account, is answered the same."""

from tests.access.rows import Row

OPEN = {"anonymous|*|case_team": 200}

ROWS: tuple[Row, ...] = (
    Row("find_help", OPEN),
    Row("help_map", OPEN),
    Row("help_outlines", OPEN),
    Row("public_service", OPEN, {"pk": "service"}),
    Row("service_leaflet", OPEN, {"pk": "service"}),
    Row("public_benefit", OPEN, {"number": "6b577030"}),
    Row("opinion_code", OPEN),
    Row("opinion", OPEN, {"code": "opinion_code_of_service"}),
    Row("opinion_thanks", OPEN),
    Row("figures", OPEN),
    Row("figure", OPEN, {"key": "people_assessed", "number": 1}),
    Row("figure_file", OPEN, {"key": "people_assessed", "number": 1, "name": "csv"}),
    Row("embedded_finder", OPEN),
    Row("embed_finder", OPEN),
)
