"""Notifications: who records them, who decides on them, partners, and residents without an account."""

from tests.access.rows import PARTNER, Row, answered
from tests.access.rows_public import OPEN

OFFICE = {"professionals|case_team": 200, "*": 403}
_DECIDE = "managers@own|managers@team"
# One that came by the site: whoever decides on notifications of its institution.
TOLD = {_DECIDE: 200, "professionals|case_team": 404, "*": 403}
# One that seems to be about somebody behind a seal: the team of the case alone, as if there were none to all others.
SOUGHT = {"case_team": 200, "professionals": 404, "*": 403}
SOUGHT_DECIDED = {"case_team": 403, "professionals": 404, "*": 403}
# What a partner sent: its institution.
SENT = {"partner@own|partner@team": 200, "partner": 404, "*|case_team": 403}
_PETITION = {
    "social_worker@own|legal_adviser@own|leaders@own|social_worker@team|legal_adviser@team|leaders@team": 200,
    "professionals|case_team": 404,
    "*": 403,
}
_STEPS = ("triage", "team", "arrived", "back", "check", "result", "case", "send_on", "close")


def _told(name: str, *, method: str = "get", let_in: int = 200) -> tuple[Row, Row]:
    """An address of a notification, and of one behind a seal; the team of the case decides nothing by its role."""
    plain = Row(name, answered(TOLD, let_in), {"pk": "notification"}, method)
    return plain, Row(name, SOUGHT_DECIDED, {"pk": "sought"}, method)


ROWS: tuple[Row, ...] = (
    Row("notifications", OFFICE),
    Row("notifications", OFFICE, method="post"),
    Row("notification_new", OFFICE),
    Row("notification_new", answered(OFFICE, 422), method="post"),
    Row("notification_known", OFFICE, method="post"),
    Row("notification_from_petition", _PETITION, {"pk": "petition"}),
    Row("hotline", OFFICE),
    Row("abuse_totals", {"leaders|planners": 200, "*|case_team": 403}),
    Row("notification", TOLD, {"pk": "notification"}),
    Row("notification", SOUGHT, {"pk": "sought"}),
    Row("notification_letter", TOLD, {"pk": "notification"}),
    Row("notification_letter", SOUGHT, {"pk": "sought"}),
    Row("notification_note", answered(TOLD, 422), {"pk": "notification"}, "post"),
    Row("notification_note", answered(SOUGHT, 422), {"pk": "sought"}, "post"),
    Row("notification_ours", answered(TOLD, 302), {"pk": "notification"}, "post"),
    Row("notification_ours", answered(SOUGHT, 302), {"pk": "sought"}, "post"),
    *(row for step in _STEPS for row in _told(f"notification_{step}")),
    *_told("notification_assign", method="post", let_in=422),
    *_told("notification_join", method="post", let_in=404),
    *_told("notification_join_case", method="post", let_in=404),
    *_told("notification_link", method="post", let_in=302),
    Row("notifications_sent", PARTNER),
    Row("notification_send", PARTNER),
    Row("notification_sent", SENT, {"pk": "sent_notification"}),
    Row("notification_sent", {"partner": 404, "*|case_team": 403}, {"pk": "notification"}),
    Row("tell", OPEN),
    Row("tell_more", OPEN),
)
