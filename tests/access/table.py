"""Who is answered what: one row an address, read from the first expectation that fits (see `rows`)."""

from dataclasses import replace

from punte.documents.enums import DocumentKind
from punte.documents.templates import current
from tests.access import (
    rows_api,
    rows_benefits,
    rows_devices,
    rows_emergencies,
    rows_groups,
    rows_imports,
    rows_institutions,
    rows_keeping,
    rows_meetings,
    rows_methodology,
    rows_needs,
    rows_notifications,
    rows_plans,
    rows_privacy,
    rows_programmes,
    rows_protection,
    rows_public,
    rows_registers,
    rows_reports,
    rows_returns,
    rows_services,
    rows_teren,
    rows_teren_pages,
    rows_townhall,
    rows_visits,
)
from tests.access.rows import (
    ACCOUNT,
    ADMINISTRATOR,
    CASE,
    EVERYBODY,
    OFFICER,
    PARTNER,
    READERS,
    RECORD,
    RECORD_CHANGED,
    RECORD_TRAIL,
    RECORD_WRITTEN,
    SEALED,
    Row,
    answered,
)


def _of_case(name: str, *, method: str = "get", let_in: int = 200, **kwargs: str) -> tuple[Row, Row]:
    """An address of a case, tried on an open one and on a sealed one."""
    plain = Row(name, answered(CASE, let_in), {"pk": "case", **kwargs}, method)
    hidden = {key: f"sealed_{value}" if value in _NESTED else value for key, value in kwargs.items()}
    return plain, Row(name, answered(SEALED, let_in), {"pk": "sealed", **hidden}, method)


_NESTED = ("objective", "step", "referral", "intervention", "approval", "filed", "facet")

# What is done with a case: by the role, among those who see it. The case team's psychologist does not manage it.
MANAGED = {"managers@own|leaders@team": 200, "readers|case_team": 403}
# Who learns writes plans too, which others put in force.
WRITTEN = {"managers@own|leaders@team|trainee@own": 200, "readers|case_team": 403}
ASSIGNED = {"leaders@own|leaders@team": 200, "readers|case_team": 403}
WORKED_ON = {"professionals@own|leaders@team|case_team": 200, "readers": 403}


def _to_do(
    name: str, who: dict[str, int], *, method: str = "get", let_in: int = 200, **kwargs: str
) -> tuple[Row, Row]:
    """An address at which something is done with a case: refused before anything else to who may never do it."""
    plain, hidden = _of_case(name, method=method, **kwargs)
    seen = {"readers@elsewhere": 404, **answered(who, let_in), "*": 404}
    within = {"case_team": _of_team(who, let_in), "*": 404}
    return replace(plain, expected=seen), replace(hidden, expected=within)


def _of_team(who: dict[str, int], let_in: int) -> int:
    status = next(status for groups, status in who.items() if "case_team" in groups.split("|"))
    return let_in if status == 200 else status


ASSESSMENT = {"readers@own|readers@team|case_team": 200, "readers": 404, "*": 403}
PLAN_ON_PAPER = current(DocumentKind.SERVICE_PLAN).file_name
_NO_FORM = {"pack": "sci", "version": "none"}
DECIDE_TERMS = {
    "coordinator@elsewhere|administrator@elsewhere": 404,
    "coordinator|administrator": 422,
    "*|case_team": 403,
}
SEARCHERS = {"readers|planners|partner|case_team": 200, "*": 403}
NOT_THEIRS = {"social_worker@own": 200, "assessors|case_team": 404, "*": 403}

TABLE: tuple[Row, ...] = (
    # For everybody
    Row("healthz", {"anonymous": 200, **EVERYBODY}),
    Row("list_file", {"*|case_team": 404}, {"token": "of-nobody"}),
    Row("robots", {"anonymous": 200, **EVERYBODY}),
    Row("closed", {"anonymous|*|case_team": 404}, path="/conturi/signup/"),
    Row("first_page", {"anonymous|*|case_team": 302}),
    *rows_api.ROWS,
    *rows_devices.ROWS,
    *rows_emergencies.ROWS,
    *rows_groups.ROWS,
    *rows_needs.ROWS,
    *rows_notifications.ROWS,
    *rows_registers.ROWS,
    *rows_imports.ROWS,
    *rows_plans.ROWS,
    *rows_programmes.ROWS,
    *rows_reports.ROWS,
    *rows_returns.ROWS,
    *rows_public.ROWS,
    *rows_services.ROWS,
    *rows_teren.ROWS,
    *rows_teren_pages.ROWS,
    *rows_townhall.ROWS,
    *rows_visits.ROWS,
    *rows_institutions.ROWS,
    *rows_keeping.ROWS,
    *rows_benefits.ROWS,
    *rows_meetings.ROWS,
    *rows_privacy.ROWS,
    *rows_protection.ROWS,
    Row("account", EVERYBODY),
    Row("form_draft", EVERYBODY, {"key": "plan"}),
    Row("manual", EVERYBODY),
    Row("manual_page", EVERYBODY, {"page": "oameni"}),
    Row("manual_picture", EVERYBODY, {"name": "cautare"}),
    # Work of the day
    Row("my_day", EVERYBODY),
    Row("first_pictures", EVERYBODY),
    Row("team_day", {"leaders": 200, "*|case_team": 403}),
    Row("search", SEARCHERS),
    # People
    Row("households", READERS),
    Row("households", READERS, method="post"),
    Row("census", READERS),
    Row("household_new", {"writers": 200, "*|case_team": 403}),
    Row("household", RECORD, {"pk": "home"}),
    Row("household", RECORD, {"pk": "hidden"}),
    Row("household_change", RECORD_WRITTEN, {"pk": "home"}),
    Row("household_trail", RECORD_TRAIL, {"pk": "home"}),
    Row("dwellings", READERS),
    Row("dwellings", READERS, method="post"),
    Row("dwelling_new", {"writers": 200, "*|case_team": 403}),
    Row("dwelling", RECORD, {"pk": "dwelling"}),
    Row("dwelling_change", RECORD_WRITTEN, {"pk": "dwelling"}),
    Row("member_new", RECORD_WRITTEN, {"pk": "home"}),
    Row("member_leave", RECORD_WRITTEN, {"pk": "home", "membership": "membership"}),
    Row("person", RECORD, {"pk": "person"}),
    Row("person_change", RECORD_WRITTEN, {"pk": "person"}),
    Row(
        "person_cnp",
        {"professionals@own|professionals@team|case_team": 200, "professionals": 404, "*": 403},
        {"pk": "person"},
        "post",
    ),
    Row("person_trail", RECORD_TRAIL, {"pk": "person"}),
    Row(
        "own_file",
        {
            "data_protection_officer@own|data_protection_officer@team": 200,
            "data_protection_officer": 404,
            "*|case_team": 403,
        },
        {"pk": "person"},
    ),
    # A person is sealed by who answers for a case of theirs, or sees all cases; to others the sealed is as any other.
    *(
        Row(
            page,
            {"leaders@own|leaders@team": 200, "readers@own|readers@team|case_team": 403, "*": 404},
            {"pk": pk},
        )
        for page in ("person_seal", "person_unseal")
        for pk in ("person", "victim")
    ),
    Row("person", RECORD, {"pk": "victim"}),
    Row("document_new", RECORD_WRITTEN, {"pk": "person"}),
    Row("document_remove", RECORD_CHANGED, {"pk": "person", "document": "paper"}, "post"),
    Row("other_name_new", RECORD_WRITTEN, {"pk": "person"}),
    Row("other_name_remove", RECORD_CHANGED, {"pk": "person", "name": "other_name"}, "post"),
    Row("kinship_new", RECORD_WRITTEN, {"pk": "person"}),
    Row("kinship_remove", RECORD_CHANGED, {"pk": "child", "kinship": "kinship"}, "post"),
    # Of a sealed person it is the same page, on which nobody outside the circle finds anything.
    Row("other_file", RECORD_WRITTEN, {"pk": "person"}),
    Row("other_file", RECORD_WRITTEN, {"pk": "victim"}),
    Row("likely_pairs", {"writers": 200, "*|case_team": 403}),
    Row("likely_pair", RECORD_WRITTEN, {"pk": "person", "other": "double"}),
    Row(
        "likely_pair",
        {**RECORD_WRITTEN, "writers@own|writers@team": 404},
        {"pk": "person", "other": "victim"},
    ),
    Row("pair_different", RECORD_CHANGED, {"pk": "person", "other": "double"}, "post"),
    Row("join_undone", RECORD_CHANGED, {"pk": "person", "join": "join"}, "post"),
    # Emergencies
    Row("emergency_by_cnp", {"professionals|case_team": 200, "*": 403}),
    Row(
        "emergency",
        {"professionals@own|professionals@team|case_team": 200, "trainee@own|trainee@team": 403, "*": 404},
        {"pk": "home"},
    ),
    # The team answers at once; who sees all cases, after a quarter of an hour.
    Row("emergency_answer", {"case_team": 302, "readers": 404, "*": 403}, {"pk": "asked"}, "post"),
    # Assessments
    Row(
        "assess",
        {"assessors@own|assessors@team|case_team": 200, "assessors": 404, "*": 403},
        {"household": "home"},
    ),
    Row(
        "assess_with",
        {"assessors@own|assessors@team|case_team": 200, "assessors": 404, "*": 403},
        {"household": "home", "pack": "sci"},
    ),
    # One must also read the compartment that the questionnaire is about.
    Row(
        "assess_person",
        {
            "school_mediator@own|school_mediator@team": 403,
            "assessors@own|assessors@team|case_team": 200,
            "assessors": 404,
            "*": 403,
        },
        {"household": "home", "pack": "older_person", "person": "person"},
    ),
    Row(
        "form_xml",
        {"legal_adviser|partner|trainee|data_protection_officer|student": 403, "*|case_team": 404},
        _NO_FORM,
    ),
    # A draft is its author's alone: to everybody else there is none.
    Row("assessment_draft", NOT_THEIRS, {"pk": "draft"}),
    Row("assessment_submit", answered(NOT_THEIRS, 201), {"pk": "draft"}, "post"),
    Row("assessment_people", NOT_THEIRS, {"pk": "draft"}),
    Row("assessment_discard", answered(NOT_THEIRS, 302), {"pk": "draft"}, "post"),
    Row("assessment", ASSESSMENT, {"pk": "assessment"}),
    Row("assessment_answers", ASSESSMENT, {"pk": "assessment"}),
    # Nobody was asked, so that there is nothing to be shown; who sees nobody is told so.
    Row(
        "assessment_course",
        {"readers|case_team": 404, "*": 403},
        {"household": "home", "pack": "older_person", "person": "person"},
    ),
    # Cases
    Row("cases", READERS),
    Row("cases", READERS, method="post"),
    Row("approvals", READERS),
    Row("term_rules", {"coordinator|administrator|planners": 200, "*|case_team": 403}),
    Row("term_rule", DECIDE_TERMS, {"organization": "house", "rule": "follow_up_monthly"}, "post"),
    Row(
        "own_duty_done",
        {"coordinator@elsewhere|planners@elsewhere": 404, "coordinator|planners": 302, "*|case_team": 403},
        {"organization": "house", "rule": "school_list"},
        "post",
    ),
    Row("cases_left_alone", {"leaders": 200, "*|case_team": 403}),
    # Its team is at work: nobody, not even a leader, learns that the case is there.
    Row("case_successor", {"leaders": 404, "*|case_team": 403}, {"pk": "sealed"}, "post"),
    Row(
        "case_open", {"managers@own|managers@team": 200, "managers": 404, "*|case_team": 403}, {"pk": "home"}
    ),
    *_of_case("case"),
    *_of_case("case_assessments"),
    *_of_case("case_plan"),
    *_of_case("case_plan_version", version="1"),
    *_to_do("case_plan_draft", WRITTEN, method="post", let_in=422),
    *_to_do("case_plan_edit", WRITTEN, let_in=404),
    *_to_do("case_plan_kind", WRITTEN, let_in=404),
    *_to_do("case_plan_decision", MANAGED, let_in=404),
    *_to_do("family_search_new", MANAGED),
    *_to_do("family_search_new", MANAGED, method="post", let_in=422),
    *_to_do("case_plan_discard", WRITTEN, method="post", let_in=404),
    *_to_do("case_plan_adopt", WRITTEN, let_in=404),
    *_to_do("case_plan_offer", MANAGED, method="post", let_in=404),
    *_to_do("case_plan_bring_up", MANAGED, method="post", let_in=422, objective="objective"),
    *_to_do("case_objective", WORKED_ON, method="post", let_in=422, objective="objective"),
    *_of_case("case_approval", approval="approval"),
    *_of_case("case_approval", method="post", let_in=403, approval="approval"),
    *_of_case("case_interventions"),
    *_to_do("case_interventions", WORKED_ON, method="post", let_in=422),
    *_to_do("case_intervention", MANAGED, intervention="intervention"),
    *_to_do("case_intervention", MANAGED, method="post", let_in=422, intervention="intervention"),
    *_of_case("case_referrals"),
    *_to_do("case_refer", WORKED_ON),
    *_to_do("case_waiting_new", WORKED_ON, service="service"),
    Row("service_waiting", {"readers|partner|case_team": 200, "*": 403}, {"pk": "own_service"}),
    Row(
        "waiting_move",
        {
            "professionals@own|leaders@team|case_team|partner@own|partner@team": 200,
            "trainee@own": 403,
            "readers|partner": 404,
            "*": 403,
        },
        {"pk": "waiting", "move": "withdraw"},
    ),
    *_to_do("case_referral_withdraw", WORKED_ON, referral="referral"),
    *_to_do("case_family", MANAGED),
    *_to_do("case_family", MANAGED, method="post", let_in=404),
    *_to_do("case_family_paper", MANAGED, let_in=404, person="person"),
    Row("family_open", {"anonymous|*|case_team": 200}),
    # Without the code there is nothing.
    Row("family_page", {"anonymous|*|case_team": 302}),
    Row("family_leave", {"anonymous|*|case_team": 302}, method="post"),
    Row("child_help", {"anonymous|*|case_team": 200}),
    Row("child_help_sent", {"anonymous|*|case_team": 200}),
    *_to_do("case_referral_sent", WORKED_ON, referral="referral"),
    *_to_do("case_referral_sent", WORKED_ON, method="post", let_in=422, referral="referral"),
    *_to_do("case_referral_letter", WORKED_ON, let_in=404, referral="referral"),
    *_to_do("case_visit", WORKED_ON),
    *_of_case("case_regime"),
    *_to_do("case_regime", MANAGED, method="post", let_in=422),
    *_of_case("case_team"),
    *_to_do("case_assign", ASSIGNED, method="post", let_in=422),
    *_to_do("case_team_add", MANAGED, method="post", let_in=422),
    *_to_do("case_team_remove", MANAGED, method="post", let_in=302, user="member"),
    *_to_do("case_seal", MANAGED, method="post", let_in=422),
    *_to_do("case_unseal", MANAGED, method="post", let_in=422),
    *_to_do("case_facet_new", MANAGED),
    *_to_do("case_facet_new", MANAGED, method="post", let_in=422),
    *_to_do("case_facet_end", MANAGED, facet="facet"),
    *_to_do("case_close", MANAGED),
    *_to_do("case_reopen", MANAGED),
    *_of_case("case_documents"),
    *_to_do("case_file_new", WORKED_ON),
    *_to_do("case_file_new", WORKED_ON, method="post", let_in=422),
    *_of_case("case_file", document="filed"),
    *_of_case("case_file_page", document="filed", number="1"),
    *_of_case("case_file_download", document="filed", number="1"),
    *_of_case("case_file_download", let_in=404, document="filed", number="2"),
    *_to_do("case_file_correct", MANAGED, document="filed"),
    *_to_do("case_file_withdraw", MANAGED, document="filed"),
    *_to_do("case_file_withdraw", MANAGED, method="post", let_in=422, document="filed"),
    *_to_do("case_step", WORKED_ON, method="post", let_in=302, step="step"),
    *_to_do("case_referral_seen", WORKED_ON, method="post", let_in=302, referral="referral"),
    # Papers
    Row(
        "issue_document",
        {"managers@own|leaders@team": 200, "managers@team": 403, "managers": 404, "*|case_team": 403},
        {"pk": "case", "paper": PLAN_ON_PAPER},
    ),
    Row("issue_document", {"managers": 404, "*|case_team": 403}, {"pk": "sealed", "paper": PLAN_ON_PAPER}),
    Row(
        "chronology",
        {"managers@own|leaders@team": 200, "managers@team": 403, "managers": 404, "*|case_team": 403},
        {"pk": "case"},
    ),
    Row("chronology", {"managers": 404, "*|case_team": 403}, {"pk": "sealed"}),
    Row(
        "case_package",
        {"managers@own|leaders@team": 200, "managers@team": 403, "managers": 404, "*|case_team": 403},
        {"pk": "case"},
    ),
    Row("case_package", {"managers": 404, "*|case_team": 403}, {"pk": "sealed"}),
    Row("document", CASE, {"pk": "issued"}),
    Row("document", SEALED, {"pk": "sealed_issued"}),
    Row(
        "document_signed",
        {
            "trainee@own": 403,
            "readers@own|leaders@team|case_team": 200,
            "readers@team": 403,
            "*": 404,
        },
        {"pk": "issued"},
    ),
    Row("document_signed", SEALED, {"pk": "sealed_issued"}),
    Row("document_signed_file", answered(CASE, 404), {"pk": "issued", "number": "1"}),
    Row("document_file", answered(CASE, 404) | {"readers@team": 404}, {"pk": "issued", "file_format": "exe"}),
    # Services
    Row("services", {"data_protection_officer|administrator|student": 403, **EVERYBODY}),
    Row("services_map", {"data_protection_officer|administrator|student": 403, **EVERYBODY}),
    Row("services", {"data_protection_officer|administrator|student": 403, **EVERYBODY}, method="post"),
    Row("service", {"data_protection_officer|administrator|student": 403, **EVERYBODY}, {"pk": "service"}),
    Row(
        "service_occupancy",
        {"*|case_team": 403},
        {"pk": "service"},
        "post",
    ),
    # Partner
    Row("referral_places", {"partner": 404, "*|case_team": 403}, {"pk": "referral"}, "post"),
    Row("letter_open", {"anonymous|*|case_team": 200}),
    Row("letter_numbered", {"anonymous|*|case_team": 200}, {"number": "ABCD-EFGH"}),
    # Without the code there is nothing.
    Row("letter", {"anonymous|*|case_team": 302}),
    Row("letter_answered", {"anonymous|*|case_team": 200}),
    Row("partner_home", PARTNER),
    Row("partner_people", PARTNER),
    Row("referrals_received", PARTNER),
    Row(
        "referral_received",
        {"partner@own|partner@team": 200, "partner": 404, "*|case_team": 403},
        {"pk": "referral"},
    ),
    # Methodology and administration
    *rows_methodology.ROWS,
    Row("users", ADMINISTRATOR),
    Row("users", ADMINISTRATOR, method="post"),
    Row("new_user", ADMINISTRATOR),
    Row("user", ACCOUNT, {"pk": "account"}),
    Row("new_appointment", ACCOUNT, {"pk": "account"}),
    Row("user_password", answered(ACCOUNT, 302), {"pk": "account"}, "post"),
    Row("user_password_asked", answered(ACCOUNT, 302), {"pk": "account"}),
    Row("user_email", ACCOUNT, {"pk": "account"}),
    Row("to_approve", {"administrator|data_protection_officer": 200, "*|case_team": 403}),
    Row(
        "answer_request",
        {
            "administrator@own|administrator@team": 200,
            "data_protection_officer@own|data_protection_officer@team": 200,
            "administrator|data_protection_officer": 404,
            "*|case_team": 403,
        },
        {"pk": "request"},
    ),
    Row("holder_agrees", {"anonymous|*|case_team": 200}, {"pk": "request"}),
    Row("user_second_factor", ACCOUNT, {"pk": "account"}),
    Row("deactivate_user", ACCOUNT, {"pk": "account"}),
    Row("reactivate_user", answered(ACCOUNT, 302), {"pk": "account"}, "post"),
    Row("end_appointment", ACCOUNT, {"pk": "appointment"}),
    Row("teams", ADMINISTRATOR),
    Row("team", ACCOUNT, {"pk": "group"}),
    Row("trail", OFFICER),
    Row("emergencies", OFFICER),
    Row(
        "acknowledge_emergency",
        {
            "data_protection_officer@own|data_protection_officer@team": 302,
            "data_protection_officer": 404,
            "*|case_team": 403,
        },
        {"pk": "sight"},
        "post",
    ),
)
