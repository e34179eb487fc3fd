"""Emergencies: who works on one reads its list; who leads knows that it is there; for all others there is none."""

from tests.access.rows import READERS, Row, answered

_OPENS = {"managers": 200, "*|case_team": 403}
# The list of an emergency on which the social worker of the own team works, who opened it.
_LIST = {"social_worker@own": 200, "leaders@own|leaders@team": 403, "readers|case_team": 404, "*": 403}
_LED = {"social_worker@own|leaders@own|leaders@team": 200, "readers|case_team": 404, "*": 403}
# Somebody on it: nobody else learns that they are.
_PERSON = {"social_worker@own": 200, "readers|case_team": 404, "*": 403}
_EMERGENCY = {"pk": "emergency"}

ROWS: tuple[Row, ...] = (
    Row("fast_lists", READERS),
    Row("fast_list_new", _OPENS),
    Row("fast_list_new", answered(_OPENS, 422), method="post"),
    Row("fast_list", _LIST, _EMERGENCY),
    Row("fast_list", answered(_LIST, 422), _EMERGENCY, "post"),
    Row("fast_list_hand_over", _LIST, _EMERGENCY),
    Row("fast_list_hand_over", answered(_LIST, 422), _EMERGENCY, "post"),
    Row("fast_list_whole", _LIST, _EMERGENCY),
    Row("fast_list_whole", _LIST, _EMERGENCY, "post"),
    Row("fast_list_paper", _LIST, _EMERGENCY),
    Row("fast_list_team", _LED, _EMERGENCY),
    Row("fast_list_team", answered(_LED, 422), _EMERGENCY, "post"),
    Row("fast_list_end", _LED, _EMERGENCY),
    Row("fast_list_end", answered(_LED, 422), _EMERGENCY, "post"),
    Row("listed", _PERSON, {"pk": "listed"}),
    Row("listed", answered(_PERSON, 422), {"pk": "listed"}, "post"),
    *(Row("listed_deed", _PERSON, {"pk": "listed", "deed": deed}) for deed in ("plecare", "dosar", "cauta")),
    *(
        Row("listed_deed", answered(_PERSON, 422), {"pk": "listed", "deed": deed}, "post")
        for deed in ("plecare", "cauta")
    ),
    *(
        Row("listed_deed", answered(_PERSON, 404), {"pk": "listed", "deed": deed}, "post")
        for deed in ("aceeasi", "gasit")
    ),
)
