"""Child protection: who manages cases; a search is seen as its case is, and carried on by who manages it."""

from tests.access.rows import CASE, Row, answered

_MANAGERS = {"managers|leaders": 200, "*|case_team": 403}
# A centre tells of the children whose record is kept where the account works.
_CENTRE = {"managers@own|managers@team": 200, "managers": 404, "*|case_team": 403}
_SEARCH = {**CASE, "readers@team": 404, "leaders@team": 200}
_CARRIED_ON = {"managers@own|leaders@team": 200, "readers@own|case_team": 403, "*": 404}
_PK = {"pk": "family_search"}

ROWS: tuple[Row, ...] = (
    Row("protection", _MANAGERS),
    Row("centre_closing", _CENTRE, {"pk": "centre"}),
    Row("life_book", _CENTRE, {"pk": "child"}),
    Row("family_search", _SEARCH, _PK),
    Row("family_search_widen", _CARRIED_ON, _PK),
    Row("family_search_give_up", _CARRIED_ON, _PK),
    Row("family_choose", _CARRIED_ON, {**_PK, "code": "family_code"}),
    Row("family_search_give_up", answered(_CARRIED_ON, 422), _PK, "post"),
)
