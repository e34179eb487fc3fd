"""Devices and what they send. The door of ODK Collect knows a device by its own password; an account opens nothing."""

from tests.access.rows import Row

_CHALLENGED = {"anonymous|*|case_team": 401}
_DEVICES = {"anonymous": 302, "assessors|administrator|case_team": 200, "*": 403}
_SHUT_OUT = {
    "anonymous": 302,
    "social_worker@own|leaders@own|leaders@team|administrator@own|administrator@team": 302,
    "assessors|administrator|case_team": 404,
    "*": 403,
}
_RECEIVED = {
    "anonymous": 302,
    "social_worker@own|leaders@own|leaders@team": 200,
    "assessors|case_team": 404,
    "*": 403,
}

ROWS: tuple[Row, ...] = (
    Row("devices", _DEVICES),
    Row("device_revoke", _SHUT_OUT, {"pk": "device"}, "post"),
    Row("device_lost", _SHUT_OUT, {"pk": "device"}, "post"),
    Row("received_forms", {"anonymous": 302, "assessors|case_team": 200, "*": 403}),
    Row("received_form", _RECEIVED, {"pk": "received"}),
    Row("openrosa_forms", _CHALLENGED),
    Row("openrosa_form", _CHALLENGED, {"name": "sci", "version": "2026.1"}),
    Row("openrosa_manifest", _CHALLENGED, {"name": "sci"}),
    Row("openrosa_list", _CHALLENGED, {"name": "households"}),
    Row("openrosa_integrity", _CHALLENGED, {"name": "households"}),
    Row("openrosa_submission", _CHALLENGED, method="post"),
)
