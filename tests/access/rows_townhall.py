"""The town hall's pages: residents without an account, and those who answer them."""

from tests.access.rows import Row
from tests.access.rows_public import OPEN

_NOTHING_OPENED = {"anonymous|*|case_team": 302}

ROWS: tuple[Row, ...] = (
    Row("town_hall", OPEN),
    Row("petition_send", OPEN),
    Row("petition_sent", _NOTHING_OPENED),
    Row("petition_follow", OPEN),
    Row("petition_state", _NOTHING_OPENED),
    Row("petition_leave", _NOTHING_OPENED, method="post"),
    Row("public_information", OPEN),
    Row("public_services", OPEN),
    Row("public_statistics", OPEN),
    Row("public_file", {"anonymous|*|case_team": 404}, {"pk": "home"}),
    Row("public_table", OPEN, {"name": "statistici", "file_format": "csv"}),
    Row("campaigns", OPEN),
)
