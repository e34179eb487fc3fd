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
_DEVICE = {who: 200 if status == 302 and who != "anonymous" else status for who, status in _SHUT_OUT.items()}
_RECEIVED = {
    "anonymous": 302,
    "social_worker@own|leaders@own|leaders@team": 200,
    "assessors|case_team": 404,
    "*": 403,
}
_PICTURE = {"readers@own|readers@team|case_team": 200, "readers": 404, "*": 403}

ROWS: tuple[Row, ...] = (
    Row("devices", _DEVICES),
    Row("device", _DEVICE, {"pk": "device"}),
    Row("device", _DEVICE, {"pk": "tablet"}),
    Row("device_revoke", _DEVICE, {"pk": "tablet"}),
    Row("device_lost", _DEVICE, {"pk": "tablet"}),
    Row("device_revoke", _SHUT_OUT, {"pk": "device"}, "post"),
    Row("device_lost", _SHUT_OUT, {"pk": "device"}, "post"),
    Row("received_forms", {"anonymous": 302, "assessors|case_team": 200, "*": 403}),
    Row("received_form", _RECEIVED, {"pk": "received"}),
    Row("field_conflicts", {"anonymous": 302, "assessors|case_team": 200, "*": 403}),
    Row("field_conflict", _RECEIVED, {"pk": "conflict"}),
    # What came of a sealed household is its team's, whoever brought it.
    Row(
        "field_conflict",
        {"anonymous": 302, "case_team": 200, "assessors": 404, "*": 403},
        {"pk": "sealed_conflict"},
    ),
    Row("unsent_file", {"anonymous": 302, "assessors|case_team": 200, "*": 403}),
    Row("unsent_file", {"anonymous": 302, "assessors|case_team": 422, "*": 403}, method="post"),
    Row("field_file", _PICTURE, {"pk": "picture"}),
    Row("field_file", {"case_team": 200, "readers": 404, "*": 403}, {"pk": "sealed_picture"}),
    Row("case_in_field", {"case_team": 200, "readers": 404, "*": 403}, {"pk": "sealed"}),
    Row("case_in_field", {"case_team": 302, "readers": 404, "*": 403}, {"pk": "sealed"}, "post"),
    Row("case_in_field", {"case_team|readers": 404, "*": 403}, {"pk": "case"}),
    Row("openrosa_forms", _CHALLENGED),
    Row("openrosa_form", _CHALLENGED, {"name": "sci", "version": "2026.6"}),
    Row("openrosa_manifest", _CHALLENGED, {"name": "sci"}),
    Row("openrosa_list", _CHALLENGED, {"name": "households"}),
    Row("openrosa_integrity", _CHALLENGED, {"name": "households"}),
    Row("openrosa_submission", _CHALLENGED, method="post"),
)
