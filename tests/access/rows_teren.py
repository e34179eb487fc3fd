"""The door of Teren: an account opens nothing there but the enrolment of a device of its own."""

from tests.access.rows import Row

_KNOWN_BY_TOKEN = {"anonymous|*|case_team": 401}
_ENROLS = {"anonymous": 302, "assessors|case_team": 400, "*": 403}

ROWS: tuple[Row, ...] = (
    Row("teren_enrol", _ENROLS, method="post"),
    Row("teren_down", _KNOWN_BY_TOKEN, method="post"),
    Row("teren_up", _KNOWN_BY_TOKEN, method="post"),
    Row("teren_file", _KNOWN_BY_TOKEN, {"pk": "device"}, "put"),
    Row("teren_sign_out", _KNOWN_BY_TOKEN, method="post"),
)
