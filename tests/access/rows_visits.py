"""Visits: planned by who works on the case or, before there is one, by who assesses the household."""

from tests.access.rows import EVERYBODY, Row, answered

_SETTLED = {"professionals@own|leaders@team|case_team": 200, "trainee@own": 403, "*": 404}
_BEFORE_A_CASE = {
    "assessors@own|assessors@team|case_team": 200,
    "readers@own|readers@team": 403,
    "*": 404,
}
_WITH_VISITS = {"professionals|case_team": 200, "*": 403}

ROWS = (
    Row("visits_week", EVERYBODY),
    Row("visits_month", EVERYBODY),
    Row("visits_round", _WITH_VISITS),
    Row("team_week", {"leaders": 200, "*|case_team": 403}),
    Row("visit_new", _WITH_VISITS),
    Row("household_visit", _BEFORE_A_CASE, {"pk": "home"}),
    *(
        row
        for name in ("visit_move", "visit_missed")
        for row in (
            Row(name, _SETTLED, {"pk": "visit"}),
            Row(name, {"case_team": 200, "*": 404}, {"pk": "sealed_visit"}),
        )
    ),
    Row("visit_held", answered(_BEFORE_A_CASE, 302), {"pk": "home_visit"}, "post"),
    Row("visit_held", {"case_team": 302, "*": 404}, {"pk": "sealed_visit"}, "post"),
    # One's own calendar; whoever has the secret address is let in, as calendars do not sign in.
    Row("own_calendar", _WITH_VISITS),
    Row("own_calendar_revoke", answered(_WITH_VISITS, 302), method="post"),
    Row("calendar_file", {"anonymous|*|case_team": 200}, {"token": "a-secret-of-somebody"}),
    Row("calendar_file", {"anonymous|*|case_team": 404}, {"token": "of-nobody"}),
)
