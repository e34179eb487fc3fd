"""Who keeps whom: consents, what is shared, cases handed over and tied."""

from tests.access.rows import Row

# A consent is recorded by who works with the people, where they are kept or in their team.
_WORKED_WITH = {
    "professionals@own|professionals@team|case_team": 200,
    "readers@own|readers@team": 403,
    "*": 404,
}

# As others are let read: by who answers for a case of the household.
_ANSWERED_FOR = {
    "managers@own|leaders@team": 200,
    "readers@own|readers@team|case_team": 403,
    "*": 404,
}

# As a case is managed, by who sees it; of a sealed one the team's psychologist does not.
_MANAGED = {
    "managers@own|leaders@team": 200,
    "readers@own|case_team": 403,
    "leaders@elsewhere|readers@elsewhere": 404,
    "readers": 403,
    "*": 404,
}
_OF_SEALED = {"case_team": 403, "*": 404}
# Where there is a coordinator, offers are answered by who gives out cases.
_RECEIVED = {"leaders@elsewhere": 200, "*|case_team": 404}

ROWS = (
    Row("opened_records", {"student": 200, "*|case_team": 403}),
    Row("opened_record", {"student": 404, "*|case_team": 403}, {"pk": "opened"}),
    Row("opened_record", {"student": 404, "*|case_team": 403}, {"pk": "sealed_opened"}),
    Row("transfer_new", _MANAGED, {"pk": "case"}),
    Row("transfer_new", _OF_SEALED, {"pk": "sealed"}),
    Row(
        "transfer",
        {"readers@own|leaders@team|case_team|leaders@elsewhere": 200, "*": 404},
        {"pk": "offer"},
    ),
    Row("transfer", {"case_team": 200, "*": 404}, {"pk": "sealed_offer"}),
    Row("transfer_answer", _RECEIVED, {"pk": "offer"}),
    Row("transfer_answer", {"*|case_team": 404}, {"pk": "sealed_offer"}),
    Row(
        "transfer_withdraw",
        {"managers@own|leaders@team": 200, "readers@own|case_team": 403, "*": 404},
        {"pk": "offer"},
    ),
    Row("transfer_letter", {"case_team": 200, "*": 404}, {"pk": "sealed_offer"}),
    Row("tie_new", _MANAGED, {"pk": "case"}),
    Row("tie_new", _OF_SEALED, {"pk": "sealed"}),
    Row("tie_end", _MANAGED, {"pk": "case", "tie": "tie"}),
    Row("household_consent", _WORKED_WITH, {"pk": "home"}),
    Row("household_consent", _WORKED_WITH, {"pk": "hidden"}),
    Row("person_consent", _WORKED_WITH, {"pk": "person"}),
    Row("person_consent", _WORKED_WITH, {"pk": "victim"}),
    Row("consent_withdraw", _WORKED_WITH, {"pk": "consent"}),
    Row("consent_paper", _WORKED_WITH, {"pk": "consent"}),
    Row("consent_paper", {"case_team": 200, "*": 404}, {"pk": "sealed_consent"}),
    # Of who is sealed, or of a sealed household, the circle alone reads them.
    Row("consent_withdraw", {"case_team": 200, "*": 404}, {"pk": "sealed_consent"}),
    # Others are let read by who answers for the case, or sees all of them; of a sealed household by nobody.
    Row("sharing_new", _ANSWERED_FOR, {"pk": "home"}),
    Row("sharing_answer", _ANSWERED_FOR, {"pk": "sharing_asked"}),
    Row("sharing_revoke", _ANSWERED_FOR, {"pk": "sharing"}),
    Row("sharing_answer", {"*|case_team": 404}, {"pk": "sealed_sharing"}),
    # Nobody else works with the household, as far as one may know.
    Row(
        "sharing_ask",
        {"managers@own|managers@team": 404, "readers@own|readers@team|case_team": 403, "*": 404},
        {"pk": "home", "organization": "institution"},
    ),
    Row("shared_records", {"readers|partner|case_team": 200, "*": 403}),
    # What is shared is read where it is granted to, and by nobody where it is kept.
    Row("shared_record", {"readers@elsewhere|partner@elsewhere": 200, "*|case_team": 404}, {"pk": "sharing"}),
    Row("shared_record", {"*|case_team": 404}, {"pk": "sharing_asked"}),
    Row(
        "sharing_give_up",
        {"managers@elsewhere": 302, "readers@elsewhere": 403, "*|case_team": 404},
        {"pk": "sharing_asked"},
        "post",
    ),
)
