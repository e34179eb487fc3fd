"""People's own data: requests about them, and what the officer looks after."""

from tests.access.rows import EVERYBODY, OFFICER, Row

# Taken in by the officer, or by who writes the records where the person is kept.
_TAKEN_IN = {
    "data_protection_officer@own|data_protection_officer@team": 200,
    "writers@own|writers@team": 200,
    "data_protection_officer|writers": 404,
    "*|case_team": 403,
}
# A correction is read by who writes the records; anything else by the officer alone.
_READ = {
    "data_protection_officer@own|data_protection_officer@team|writers@own|writers@team": 200,
    "*|case_team": 404,
}
_OF_OFFICER = {"data_protection_officer@own|data_protection_officer@team": 200, "*|case_team": 404}
_SETTLED = {
    "data_protection_officer@own|data_protection_officer@team": 200,
    "writers@own|writers@team": 403,
    "*|case_team": 404,
}

ROWS = (
    Row("promise", EVERYBODY),
    Row("privacy", OFFICER),
    Row("breach_new", OFFICER),
    Row("research_export", OFFICER),
    Row("family_sheet", {"readers|data_protection_officer|case_team": 200, "*": 403}),
    Row("retention", OFFICER),
    Row(
        "retention_decide",
        {
            "data_protection_officer@own|data_protection_officer@team": 200,
            "data_protection_officer": 404,
            "*|case_team": 403,
        },
        {"key": "closed_cases", "pk": "house"},
    ),
    Row(
        "breach",
        {
            "data_protection_officer@own|data_protection_officer@team": 200,
            "data_protection_officer": 404,
            "*|case_team": 403,
        },
        {"pk": "breach"},
    ),
    Row("subject_requests", OFFICER),
    Row("subject_request_whose", OFFICER),
    Row("subject_request_new", _TAKEN_IN, {"pk": "person"}),
    Row("subject_request_new", _TAKEN_IN, {"pk": "victim"}),
    Row("subject_request", _READ, {"pk": "correction"}),
    Row("subject_request", _OF_OFFICER, {"pk": "access_asked"}),
    Row("subject_request_answer", _SETTLED, {"pk": "correction"}),
    Row("subject_request_put_off", _SETTLED, {"pk": "correction"}),
    Row("subject_file", _OF_OFFICER, {"pk": "access_asked"}, "post"),
    Row("subject_looks", _OF_OFFICER, {"pk": "access_asked"}, "post"),
    # What came about a sealed person is the officer's and the circle's.
    Row("subject_request", _OF_OFFICER, {"pk": "sealed_correction"}),
)
