"""The town hall's pages: residents without an account, and those who answer them and publish for them."""

from tests.access.rows import Row, answered
from tests.access.rows_public import OPEN

_NOTHING_OPENED = {"anonymous|*|case_team": 302}
_OWN = "social_worker@own|legal_adviser@own|leaders@own|social_worker@team|legal_adviser@team|leaders@team"
_ANSWERERS = "social_worker|legal_adviser|leaders"
_LEADERS = "leaders@own|leaders@team"

# A petition: whoever answers petitions of its organisation; one about a worker, the leaders alone.
ANSWERING = {_ANSWERERS: 200, "*|case_team": 403}
PETITION = {_OWN: 200, _ANSWERERS: 404, "*|case_team": 403}
ABOUT_A_WORKER = {_LEADERS: 200, _ANSWERERS: 404, "*|case_team": 403}
LED = {_LEADERS: 200, _OWN: 403, _ANSWERERS: 404, "*|case_team": 403}
# What is published: whoever publishes for the organisation.
PUBLISHING = {"coordinator|planners": 200, "*|case_team": 403}
PUBLISHED = {
    "coordinator@own|planners@own|coordinator@team|planners@team": 200,
    "coordinator|planners": 404,
    "*|case_team": 403,
}


def _petition(
    name: str, expected: dict[str, int] = PETITION, *, method: str = "get", let_in: int = 200
) -> Row:
    return Row(name, answered(expected, let_in), {"pk": "petition"}, method)


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
    Row("petitions", ANSWERING),
    Row("petitions", ANSWERING, method="post"),
    Row("petition_new", ANSWERING),
    _petition("petition"),
    Row("petition", ABOUT_A_WORKER, {"pk": "complaint"}),
    Row("petition_answer", ABOUT_A_WORKER, {"pk": "complaint"}),
    _petition("petition_assign", method="post", let_in=422),
    _petition("petition_note", method="post", let_in=422),
    _petition("petition_answer"),
    _petition("petition_redirect"),
    _petition("petition_close"),
    _petition("petition_extend", LED),
    _petition("petition_about", LED),
    _petition("petition_letter", let_in=404),
    Row("petition_file", answered(PETITION, 404), {"pk": "petition", "file": "home"}),
    Row("publication", PUBLISHING),
    Row("publish", PUBLISHING),
    Row("duty_met", PUBLISHING),
    Row("duty_owner", PUBLISHING),
    Row("published_tables", PUBLISHING),
    Row("table_publish", PUBLISHING),
    Row("table_withdraw", PUBLISHED, {"pk": "published_table"}),
    Row("publication_item", PUBLISHED, {"pk": "published"}),
    Row("publication_renew", answered(PUBLISHED, 302), {"pk": "published"}, "post"),
    Row("publication_withdraw", answered(PUBLISHED, 422), {"pk": "published"}, "post"),
)
