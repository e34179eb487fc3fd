"""Every address that answers with a page, and who opens it in the town at work."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from tests.gatherings.scene import this_half_year


@dataclass(frozen=True)
class Sheet:
    """A page: its address, who opens it and with which records."""

    name: str
    who: str = "worker"
    kwargs: dict[str, Any] = field(default_factory=dict)
    query: str = ""

    def address(self, rows: dict[str, Any]) -> str:
        """The address, the names of records turned into their keys."""
        named = {key: rows[value].pk if value in rows else value for key, value in self.kwargs.items()}
        query = self.query.format(**{name: row.pk for name, row in rows.items()})
        return reverse(self.name, kwargs=named) + query

    def __str__(self) -> str:
        about = "-".join(str(value) for value in self.kwargs.values())
        return "-".join(part for part in (self.name, about, self.query.strip("?"), self.who) if part)


def _case(*names: str, case: str = "case") -> list[Sheet]:
    return [Sheet(name, kwargs={"pk": case}) for name in names]


NEEDS = (
    Sheet("needs", "coordinator"),
    Sheet("needs", "coordinator", query="?fel=child_day"),
    Sheet("needs_uat", "coordinator", kwargs={"siruta": "commune"}),
    Sheet("needs_uat", "coordinator", kwargs={"siruta": "far"}),
    Sheet("needs_where", "coordinator", query="?fel=home_care&locuri=2"),
    Sheet("needs_lines", "coordinator"),
    Sheet("county_board", "coordinator"),
    Sheet("opinions", "coordinator"),
    Sheet("lookback", "coordinator"),
    Sheet("lookback_rounds", "coordinator"),
    Sheet("lookback_question", "coordinator", kwargs={"key": "severity_of_homes"}),
    Sheet("needs_extract", "coordinator", kwargs={"pk": "extract"}),
)

_PETITION = (
    *("petition", "petition_answer", "petition_redirect", "petition_extend"),
    *("petition_close", "petition_about"),
)

_NOTIFICATION = (
    *(
        "notification",
        "notification_triage",
        "notification_team",
        "notification_arrived",
        "notification_back",
    ),
    *("notification_check", "notification_result", "notification_case", "notification_send_on"),
    "notification_close",
)

# What a resident asks; see punte/www/public.
_ASKED = "?q=copilul+nu+are+unde+sta+dup%C4%83+%C8%99coal%C4%83&liber=on"

_PLAN = {"pk": "plan_of_year"}
PLANS = (
    Sheet("plans", "coordinator"),
    *(
        Sheet(name, "coordinator", kwargs=_PLAN)
        for name in ("plan", "plan_remarks", "plan_realised", "plan_fields", "plan_compare")
    ),
    *(
        Sheet("plan_chapter", "coordinator", kwargs={**_PLAN, "chapter": chapter})
        for chapter in (
            "existente",
            "de-infiintat",
            "contractare",
            "subventii",
            "informare",
            "formare",
            "temei",
        )
    ),
    Sheet("plan_row", "coordinator", kwargs={**_PLAN, "section": "existing", "row": "row_of_plan"}),
    Sheet("plan_row_new", "coordinator", kwargs={**_PLAN, "section": "campaigns"}),
    Sheet("plan_version", "coordinator", kwargs={**_PLAN, "number": 1}),
    Sheet("plan_version_chapter", "coordinator", kwargs={**_PLAN, "number": 1, "chapter": "subventii"}),
    Sheet("plan_import", "coordinator", kwargs=_PLAN),
    *(Sheet(name, "coordinator") for name in ("services_imports", "services_import", "occupancy_import")),
)

_PROGRAMME = {"pk": "programme"}
_ACTION = {**_PROGRAMME, "code": "D1-2.1.1"}
PROGRAMMES = (
    Sheet("programmes", "coordinator"),
    *(
        Sheet(name, "coordinator", kwargs=_PROGRAMME)
        for name in (
            "programme",
            "programme_county",
            "programme_indicators",
            "programme_claims",
            "programme_people",
        )
    ),
    Sheet("programme_node", "coordinator", kwargs=_ACTION),
    Sheet("programme_report", "coordinator", kwargs=_ACTION),
    Sheet("programme_answer", "coordinator", kwargs={**_PROGRAMME, "report": "node_report"}),
    Sheet("programme_indicator", "coordinator", kwargs={**_PROGRAMME, "code": "D1-1.1.1-t"}),
    Sheet("household_programmes", kwargs={"pk": "home"}),
    Sheet("participation_end", kwargs={"pk": "home", "participation": "participation"}),
    Sheet("needs_rounds", "coordinator"),
    Sheet("needs_round", "coordinator", kwargs={"pk": "needs_round"}),
    Sheet("need_new", "coordinator", kwargs={"pk": "needs_round"}),
    Sheet("need_answer", "coordinator", kwargs={"pk": "uat_need"}),
    Sheet("reports", "coordinator"),
    Sheet("report_new", "coordinator", kwargs={"kind": "town_year"}),
    *(Sheet(name, "coordinator", kwargs={"pk": "report"}) for name in ("report", "report_issue")),
    *(
        Sheet(name, "coordinator", kwargs={"pk": "report", "part": "summary"})
        for name in ("report_part", "photograph_new")
    ),
)

_SHEET = {"pk": "sheet"}
RETURNS = (
    Sheet("returns", "coordinator"),
    Sheet("official_table", "coordinator", kwargs={"key": "child_measures"}),
    Sheet("official_table", "coordinator", kwargs={"key": "population"}),
    Sheet("sheets", "coordinator"),
    Sheet("sheet", "coordinator", kwargs=_SHEET),
    Sheet("sheet_cell", "coordinator", kwargs={**_SHEET, "row": "children", "column": "total"}),
    Sheet("sheet_rule", "coordinator", kwargs={**_SHEET, "rule": "families_not_above_children"}),
    Sheet("sheet_return", "coordinator", kwargs={"pk": "sheet_sent"}),
)

_WHOSE = {"pk": "conference", "invitation": "asked_mother"}
MEETINGS = (
    *(Sheet(name) for name in ("meetings", "tasks", "task_new", "bodies", "bodies_missing", "body_new")),
    Sheet("meetings", query="?state=all"),
    *_case("case_meetings", "case_institutions", "conference_new"),
    *(
        Sheet(name, kwargs={"pk": "conference"})
        for name in (
            *("meeting", "meeting_agenda", "meeting_minutes", "invitation_new", "decision_new"),
            *("meeting_task", "minutes_issue"),
        )
    ),
    *(
        Sheet(name, kwargs={"pk": "session"})
        for name in ("meeting", "meeting_case", "meeting_move", "meeting_cancel")
    ),
    Sheet("invitation_note", kwargs=_WHOSE),
    Sheet("invitation", kwargs={"pk": "asked_worker"}),
    Sheet("decision_plan", kwargs={"pk": "decided"}),
    Sheet("task", kwargs={"pk": "to_do"}),
    *(
        Sheet(name, kwargs={"pk": "council"})
        for name in ("body", "body_end", "seat_new", "session_new", "body_report")
    ),
    Sheet("body_report_issue", kwargs={"pk": "council", "first": this_half_year()}),
    Sheet("partner_meetings", "partner"),
    Sheet("partner_invitation", "partner", kwargs={"pk": "asked_partner"}),
    Sheet("partner_task", "partner", kwargs={"pk": "partners_task"}),
)

BENEFITS = (
    Sheet("entitlements"),
    Sheet("entitlements_by_place"),
    Sheet("entitlement_rules", "coordinator"),
    Sheet("household_entitlements", kwargs={"pk": "home"}),
    *_case("case_entitlements"),
    Sheet("applications"),
    *(
        Sheet(name, kwargs={"pk": "application"})
        for name in ("application", "application_household", "application_finish", "application_close")
    ),
    Sheet("apply", "nobody"),
)

SHEETS: list[Sheet] = [
    *BENEFITS,
    Sheet("find_help", "nobody"),
    Sheet("find_help", "nobody", query="?cine=child"),
    Sheet("find_help", "nobody", query=_ASKED),
    Sheet("help_map", "nobody"),
    Sheet("public_service", "nobody", kwargs={"pk": "service"}),
    Sheet("figures", "nobody"),
    *(Sheet(name, "nobody") for name in ("opinion_code", "opinion_thanks")),
    Sheet("opinion", "nobody", kwargs={"code": "opinion_code_of_service"}),
    Sheet("figure", "nobody", kwargs={"key": "people_assessed", "number": 1}),
    Sheet("find_help", "nobody", query="?q=mi-au+t%C4%83iat+curentul"),
    Sheet("public_benefit", "nobody", kwargs={"number": "c067f7f1"}),
    Sheet("public_benefit", "nobody", kwargs={"number": "6b577030"}),
    Sheet("embedded_finder", "nobody"),
    Sheet("embed_finder", "nobody"),
    Sheet("open_data", "nobody"),
    Sheet("hsds_profile", "nobody"),
    Sheet("account_login", "nobody"),
    Sheet("account_reset_password", "nobody"),
    Sheet("account_reset_password_done", "nobody"),
    Sheet("account"),
    Sheet("account_logout"),
    Sheet("account_change_password"),
    Sheet("mfa_index"),
    Sheet("mfa_activate_totp"),
    Sheet("mfa_list_webauthn"),
    Sheet("mfa_add_webauthn"),
    Sheet("usersessions_list"),
    Sheet("my_day"),
    Sheet("team_day", "coordinator"),
    Sheet("first_pictures"),
    Sheet("visits_week"),
    Sheet("visits_month"),
    Sheet("visits_round"),
    Sheet("team_week", "coordinator"),
    Sheet("visit_new"),
    Sheet("household_visit", kwargs={"pk": "new_home"}),
    *_case("case_visit"),
    Sheet("visit_move", kwargs={"pk": "visit"}),
    Sheet("visit_missed", kwargs={"pk": "visit"}),
    *MEETINGS,
    Sheet("own_calendar"),
    Sheet("manual"),
    Sheet("manual_page", kwargs={"page": "oameni"}),
    Sheet("manual_page", kwargs={"page": "planul-anual"}),
    Sheet("search"),
    Sheet("search", query="?q=dinu"),
    Sheet("search", query="?q=xyzw"),
    Sheet("search", query="?q=1"),
    Sheet("search", "partner"),
    Sheet("search", "coordinator", query="?q=centru"),
    Sheet("emergency_by_cnp"),
    Sheet("households"),
    Sheet("households", query="?q=dinu"),
    Sheet("households", "coordinator", query="?case=severe&sort=-name"),
    Sheet("households", "coordinator", query="?case=open"),
    Sheet("household_new"),
    Sheet("household_new", query="?q=dinu"),
    Sheet("register_new"),
    Sheet("register_columns", kwargs={"pk": "register"}),
    Sheet("register", kwargs={"pk": "register"}),
    Sheet("register", kwargs={"pk": "register"}, query="?stare=new"),
    Sheet("household", kwargs={"pk": "home"}),
    Sheet("household", kwargs={"pk": "new_home"}),
    Sheet("household_change", kwargs={"pk": "home"}),
    Sheet("household_trail", kwargs={"pk": "home"}),
    Sheet("census"),
    Sheet("dwellings"),
    Sheet("dwelling_new"),
    Sheet("dwelling", kwargs={"pk": "dwelling"}),
    Sheet("dwelling_change", kwargs={"pk": "dwelling"}),
    Sheet("member_new", kwargs={"pk": "home"}),
    Sheet("member_leave", kwargs={"pk": "home", "membership": "lived"}),
    Sheet("emergency", kwargs={"pk": "urgent_home"}),
    Sheet("person", kwargs={"pk": "person"}),
    Sheet("person_change", kwargs={"pk": "person"}),
    Sheet("person_trail", kwargs={"pk": "person"}),
    Sheet("own_file", "officer", kwargs={"pk": "person"}),
    Sheet("promise"),
    Sheet("privacy", "officer"),
    Sheet("breach_new", "officer"),
    Sheet("research_export", "officer"),
    Sheet("retention", "officer"),
    Sheet("retention_decide", "officer", kwargs={"key": "closed_cases", "pk": "house"}),
    Sheet("breach", "officer", kwargs={"pk": "breach"}),
    Sheet("subject_requests", "officer"),
    Sheet("subject_request_whose", "officer", query="?about=dinu"),
    Sheet("subject_request_new", kwargs={"pk": "person"}),
    Sheet("subject_request", "officer", kwargs={"pk": "access_asked"}),
    Sheet("subject_request_answer", "officer", kwargs={"pk": "access_asked"}),
    Sheet("subject_request_put_off", "officer", kwargs={"pk": "access_asked"}),
    Sheet("household_consent", kwargs={"pk": "home"}),
    Sheet("person_consent", kwargs={"pk": "person"}),
    Sheet("consent_withdraw", kwargs={"pk": "consent"}),
    Sheet("sharing_new", kwargs={"pk": "home"}),
    Sheet("sharing_ask", kwargs={"pk": "home", "organization": "directorate"}),
    Sheet("sharing_answer", kwargs={"pk": "sharing_asked"}),
    Sheet("sharing_revoke", kwargs={"pk": "sharing"}),
    Sheet("shared_record", kwargs={"pk": "shared"}),
    Sheet("shared_records"),
    Sheet("transfer_new", kwargs={"pk": "case"}),
    Sheet("transfer", kwargs={"pk": "handed_over"}),
    Sheet("transfer_answer", "coordinator", kwargs={"pk": "handed_to_us"}),
    Sheet("transfer_withdraw", kwargs={"pk": "handed_over"}),
    Sheet("tie_new", kwargs={"pk": "case"}),
    Sheet("tie_end", kwargs={"pk": "case", "tie": "tie"}),
    Sheet("person_seal", kwargs={"pk": "person"}),
    Sheet("person_unseal", kwargs={"pk": "person"}),
    Sheet("likely_pairs"),
    Sheet("other_file", kwargs={"pk": "person"}, query="?q=dinu"),
    Sheet("likely_pair", kwargs={"pk": "person", "other": "child"}),
    Sheet("document_new", kwargs={"pk": "person"}),
    Sheet("other_name_new", kwargs={"pk": "person"}),
    Sheet("kinship_new", kwargs={"pk": "child"}),
    Sheet("registers_of", kwargs={"kind": "cazuri", "pk": "case"}),
    Sheet("timeline", kwargs={"kind": "cazuri", "pk": "case"}),
    Sheet("timeline", kwargs={"kind": "gospodarii", "pk": "home"}, query="?cine={child}&timp=tot"),
    Sheet("timeline", kwargs={"kind": "persoane", "pk": "person"}),
    Sheet("life_event_new", kwargs={"kind": "cazuri", "pk": "case"}),
    Sheet("registers_of", kwargs={"kind": "locuinte", "pk": "dwelling"}),
    Sheet("entry_new", kwargs={"kind": "locuinte", "pk": "dwelling", "register": "tenancy"}),
    Sheet("register_list", kwargs={"register": "tenancy"}),
    Sheet("registers"),
    Sheet("quarterly_report", "coordinator", kwargs={"report": "violence"}),
    Sheet("register_list", kwargs={"register": "school_enrolment"}),
    Sheet("register_list", kwargs={"register": "disability_certificate"}, query="?holds=today&sort=f_kind"),
    Sheet("register_import", kwargs={"register": "school_enrolment"}),
    Sheet("entry_new", kwargs={"kind": "persoane", "pk": "person", "register": "disability_certificate"}),
    Sheet("entry", kwargs={"pk": "schooling"}),
    Sheet("entry_move", kwargs={"pk": "schooling", "move": "transfer"}),
    Sheet("entry", kwargs={"pk": "bill"}),
    Sheet("register_beside", kwargs={"register": "relocation_application"}),
    Sheet("entry_correct", kwargs={"pk": "certificate"}),
    Sheet("entry_withdraw", kwargs={"pk": "certificate"}),
    Sheet("kinship_new", kwargs={"pk": "child"}, query="?q=ene"),
    Sheet("assess", kwargs={"household": "new_home"}),
    Sheet("assess", kwargs={"household": "begun_home"}),
    Sheet("assess_with", kwargs={"household": "begun_home", "pack": "sci"}),
    Sheet(
        "assess_person", kwargs={"household": "begun_home", "pack": "older_person", "person": "begun_person"}
    ),
    Sheet(
        "assessment_course",
        kwargs={"household": "begun_home", "pack": "older_person", "person": "begun_person"},
    ),
    Sheet("assess_person", kwargs={"household": "new_home", "pack": "older_person", "person": "new_person"}),
    Sheet("assessment", kwargs={"pk": "assessment"}),
    Sheet("assessment_answers", kwargs={"pk": "assessment"}),
    Sheet("cases"),
    Sheet("cases", "coordinator", query="?state=closed"),
    Sheet("cases", "coordinator", query="?facet=housing"),
    Sheet("cases", "coordinator", query="?severity=3&sort=-household"),
    Sheet("cases_left_alone", "coordinator"),
    Sheet("term_rules", "coordinator"),
    Sheet("approvals", "coordinator"),
    Sheet("case_approval", "coordinator", kwargs={"pk": "case", "approval": "adopt_plan"}),
    Sheet("case_approval", "coordinator", kwargs={"pk": "case", "approval": "close_case"}),
    Sheet("case_approval", kwargs={"pk": "case", "approval": "lower_severity"}),
    Sheet("case_open", kwargs={"pk": "new_home"}),
    *_case("case", "case_plan", "case_team", case="sealed"),
    *_case("case", "case_plan", "case_assessments", "case_interventions", "case_referrals", case="fresh"),
    *_case("case", "case_regime", "case_reopen", case="closed"),
    *_case("case", "case_assessments", "case_plan", "case_plan_edit", "case_plan_adopt"),
    *_case("case_interventions", "case_referrals", "case_regime", "case_team", "case_close"),
    Sheet("case_plan_kind", kwargs={"pk": "case"}),
    Sheet("case_plan_decision", kwargs={"pk": "case"}),
    Sheet("protection"),
    Sheet("centre_closing", kwargs={"pk": "centre"}),
    Sheet("family_search_new", kwargs={"pk": "case"}),
    *(
        Sheet(name, kwargs={"pk": "family_search"})
        for name in ("family_search", "family_search_widen", "family_search_give_up")
    ),
    Sheet("family_choose", kwargs={"pk": "family_search", "code": "family_code"}),
    Sheet("case_facet_new", kwargs={"pk": "case"}),
    Sheet("case_facet_end", kwargs={"pk": "case", "facet": "facet"}),
    Sheet("case_plan_version", kwargs={"pk": "case", "version": 1}),
    Sheet("case_intervention", kwargs={"pk": "case", "intervention": "noted"}),
    Sheet("case_refer", kwargs={"pk": "case"}),
    Sheet("case_waiting_new", kwargs={"pk": "case", "service": "waited_for"}),
    Sheet("service_waiting", kwargs={"pk": "waited_for"}),
    Sheet("service_waiting", "partner", kwargs={"pk": "waited_for"}),
    Sheet("waiting_move", kwargs={"pk": "waiting_for", "move": "withdraw"}),
    Sheet("waiting_move", kwargs={"pk": "waiting_for", "move": "offer"}),
    *(Sheet(name) for name in ("groups", "group_new", "group_figures", "placements", "placement_new")),
    Sheet("supervision_hours", "coordinator"),
    Sheet("placement", kwargs={"pk": "placement"}),
    Sheet("placement", kwargs={"pk": "practice"}),
    Sheet("placement_deed", kwargs={"pk": "practice", "deed": "deschide"}),
    Sheet("opened_records", "student"),
    Sheet("opened_record", "student", kwargs={"pk": "opened"}),
    *(Sheet("placement_deed", kwargs={"pk": "placement", "deed": deed}) for deed in ("zi", "evaluare")),
    *(Sheet(name, kwargs={"pk": "series"}) for name in ("group", "group_month")),
    *(
        Sheet("group_deed", kwargs={"pk": "series", "deed": deed})
        for deed in ("schimba", "planifica", "inscrie")
    ),
    Sheet("attendance", kwargs={"pk": "group_meeting"}),
    *(Sheet("meeting_deed", kwargs={"pk": "group_meeting", "deed": deed}) for deed in ("nota", "semnaleaza")),
    *(
        Sheet("child_deed", kwargs={"pk": "group_meeting", "deed": deed, "person": "series_child"})
        for deed in ("ziua", "predare")
    ),
    Sheet("walk_in", kwargs={"pk": "walked_in"}),
    Sheet("enrolment_end", kwargs={"pk": "enrolment"}),
    Sheet("enrolment_consent", kwargs={"pk": "enrolment"}),
    Sheet("observation", kwargs={"pk": "observation"}),
    Sheet("case_refer", kwargs={"pk": "case"}, query="?text=licurici"),
    Sheet("case_referral_withdraw", kwargs={"pk": "case", "referral": "waiting"}),
    Sheet("case_documents", kwargs={"pk": "case"}),
    Sheet("case_file_new", kwargs={"pk": "case"}),
    *(
        Sheet(name, kwargs={"pk": "case", "document": "scan"})
        for name in ("case_file", "case_file_correct", "case_file_withdraw")
    ),
    Sheet("issue_document", kwargs={"pk": "case", "paper": "ancheta-sociala"}),
    Sheet("issue_document", kwargs={"pk": "case", "paper": "ancheta-sociala"}, query="?scop=siguranta"),
    Sheet("issue_document", kwargs={"pk": "case", "paper": "plan-de-servicii"}),
    Sheet("document", kwargs={"pk": "paper"}),
    Sheet("services"),
    Sheet("services_map"),
    Sheet("services", query="?q=licurici"),
    Sheet("services", query="?free=on&sort=free"),
    Sheet("service", kwargs={"pk": "service"}),
    Sheet("own_services", "partner"),
    Sheet("own_service", "partner", kwargs={"pk": "service"}),
    Sheet("own_service_opinions", "partner", kwargs={"pk": "service"}),
    Sheet("own_service_edit", "partner", kwargs={"pk": "service"}),
    Sheet("own_service_status", "partner", kwargs={"pk": "service"}),
    Sheet("own_service_new", "partner"),
    Sheet("services_of_nobody", "partner"),
    Sheet("service_claim", "partner", kwargs={"pk": "alone"}),
    Sheet("service_checks", "coordinator"),
    Sheet("service_check", "coordinator", kwargs={"pk": "proposal"}),
    *(Sheet(name, "nobody") for name in ("family_open", "child_help", "child_help_sent")),
    Sheet("case_package", kwargs={"pk": "case"}),
    Sheet("document_signed", kwargs={"pk": "paper"}),
    Sheet("case_family", kwargs={"pk": "case"}),
    Sheet("letter_open", "nobody"),
    Sheet("letter_numbered", "nobody", kwargs={"number": "ABCD-EFGH"}),
    Sheet("letter_answered", "nobody"),
    Sheet("case_referral_sent", kwargs={"pk": "case", "referral": "waiting"}),
    Sheet("partner_home", "partner"),
    Sheet("partner_people", "partner"),
    Sheet("referrals_received", "partner"),
    Sheet("referral_received", "partner", kwargs={"pk": "waiting"}),
    Sheet("referral_received", "partner", kwargs={"pk": "answered"}),
    Sheet("methodology"),
    Sheet("methodology_versions", "methodologist"),
    Sheet("methodology_version", kwargs={"pack": "older_person", "version": "2026.1"}),
    Sheet("methodology_send", "methodologist"),
    *(
        Sheet(name, "coordinator", kwargs={"pk": "upload"})
        for name in ("methodology_upload", "methodology_tried", "methodology_refuse")
    ),
    *(
        Sheet(name, "methodologist", kwargs={"pk": "upload"})
        for name in ("methodology_ask", "methodology_withdraw")
    ),
    *(Sheet(name, "nobody") for name in ("town_hall", "petition_send", "petition_follow", "campaigns")),
    *(Sheet(name, "nobody") for name in ("public_information", "public_services", "public_statistics")),
    Sheet("petitions"),
    Sheet("petitions", "coordinator", query="?state=all&kind=request"),
    Sheet("petition_new"),
    *(Sheet(name) for name in ("fast_lists", "fast_list_new")),
    *(Sheet(f"fast_list{name}", kwargs={"pk": "emergency"}) for name in ("", "_whole", "_team", "_end")),
    Sheet("fast_list_hand_over", kwargs={"pk": "emergency"}, query="?limba=ro"),
    Sheet("listed", kwargs={"pk": "listed"}),
    *(Sheet("listed_deed", kwargs={"pk": "listed", "deed": deed}) for deed in ("plecare", "dosar", "cauta")),
    Sheet("chronology", kwargs={"pk": "case"}),
    Sheet("notifications"),
    *(Sheet(name) for name in ("notification_new", "hotline")),
    Sheet("abuse_totals", "coordinator"),
    *(Sheet(name, "coordinator", kwargs={"pk": "notification"}) for name in _NOTIFICATION),
    Sheet("notification_from_petition", "coordinator", kwargs={"pk": "petition"}),
    Sheet("notifications_sent", "partner"),
    Sheet("notification_send", "partner"),
    Sheet("notification_sent", "partner", kwargs={"pk": "sent_notification"}),
    *(Sheet(name, "nobody") for name in ("tell", "tell_more")),
    *(Sheet(name, "coordinator", kwargs={"pk": "petition"}) for name in _PETITION),
    Sheet("petition", kwargs={"pk": "answered_petition"}),
    *(Sheet(name, "coordinator") for name in ("publication", "publish", "duty_met", "duty_owner")),
    *(Sheet(name, "coordinator") for name in ("published_tables", "table_publish")),
    Sheet("table_withdraw", "coordinator", kwargs={"pk": "published_table"}),
    Sheet("publication_item", "coordinator", kwargs={"pk": "published"}),
    Sheet("devices"),
    Sheet("devices", "coordinator"),
    Sheet("device", kwargs={"pk": "tablet"}),
    Sheet("device", "coordinator", kwargs={"pk": "device"}),
    *(
        Sheet(name, kwargs={"pk": of})
        for name in ("device_revoke", "device_lost")
        for of in ("device", "tablet")
    ),
    Sheet("field_conflicts"),
    *(
        Sheet("field_conflict", kwargs={"pk": one})
        for one in ("conflict", "conflict_of_plans", "conflict_of_visits", "settled_conflict")
    ),
    Sheet("unsent_file"),
    Sheet("case_in_field", kwargs={"pk": "sealed"}),
    Sheet("received_forms"),
    Sheet("received_form", kwargs={"pk": "received"}),
    Sheet("users", "administrator"),
    Sheet("users", "administrator", query="?state=one_step&role=social_worker"),
    Sheet("new_user", "administrator"),
    Sheet("user", "administrator", kwargs={"pk": "colleague"}),
    Sheet("new_appointment", "administrator", kwargs={"pk": "colleague"}),
    Sheet("user_second_factor", "administrator", kwargs={"pk": "colleague"}),
    Sheet("user", "administrator", kwargs={"pk": "guarded"}),
    Sheet("user_email", "administrator", kwargs={"pk": "colleague"}),
    Sheet("user_password_asked", "administrator", kwargs={"pk": "guarded"}),
    Sheet("to_approve", "officer"),
    Sheet("answer_request", "officer", kwargs={"pk": "asked"}),
    Sheet("holder_agrees", "nobody", kwargs={"pk": "asked"}),
    Sheet("deactivate_user", "administrator", kwargs={"pk": "colleague"}),
    Sheet("end_appointment", "administrator", kwargs={"pk": "appointment"}),
    Sheet("teams", "administrator"),
    Sheet("team", "administrator", kwargs={"pk": "team"}),
    Sheet("institutions"),
    Sheet("institutions", "administrator", query="?known=brought"),
    Sheet("institution", kwargs={"pk": "school"}),
    Sheet("institution", "administrator", kwargs={"pk": "school"}),
    Sheet("institution_new", "administrator"),
    Sheet("institution_change", "administrator", kwargs={"pk": "school"}),
    Sheet("contact_new", kwargs={"pk": "school"}),
    Sheet("contact_end", kwargs={"pk": "contact"}),
    Sheet("communities", "administrator"),
    Sheet("community_new", "administrator"),
    Sheet("community_change", "administrator", kwargs={"pk": "community"}),
    Sheet("trail", "officer"),
    Sheet("emergencies", "officer"),
    *NEEDS,
    *PLANS,
    *PROGRAMMES,
    *RETURNS,
]

# Addresses that answer a form, a script or a download, and pages that only lead elsewhere.
NOT_PAGES = {
    "opinion_poster",
    "body_report_file",
    "figure_file",
    "placement_close",
    "entry_paper",
    "national_rows",
    "attendance_sheet",
    "life_book",
    "hsds",
    "hsds_nothing",
    "hsds_openapi",
    "hsds_organization",
    "hsds_organizations",
    "hsds_profile_json",
    "hsds_service",
    "hsds_service_at",
    "hsds_services",
    "hsds_services_at",
    "hsds_taxonomies",
    "hsds_taxonomy",
    "hsds_taxonomy_term",
    "hsds_taxonomy_terms",
    "open_table",
    "case_successor",
    "term_rule",
    "entitlement_rule",
    "application_papers",
    "own_duty_done",
    "visit_held",
    "invitation_letter",
    "minutes_file",
    "seat_end",
    "own_calendar_revoke",
    "calendar_file",
    "manual_picture",
    "field_file",
    "teren_down",
    "teren_enrol",
    "teren_file",
    "teren_manifest",
    "teren_pack_part",
    "teren_session",
    "teren_sign_out",
    "teren_up",
    "teren_worker",
    "openrosa_forms",
    "openrosa_form",
    "openrosa_manifest",
    "openrosa_list",
    "openrosa_integrity",
    "openrosa_submission",
    "register_left",
    "register_model",
    "register_import_model",
    "plan_row_remove",
    "programme_of_plan",
    "report_figures",
    "photograph",
    "photograph_remove",
    "report_draft_file",
    "report_file",
    "plan_submit",
    "plan_approve",
    "plan_reopen",
    "plan_file",
    "plan_version_file",
    "plan_public_file",
    "plan_import_model",
    "services_import_model",
    "occupancy_import_model",
    "help_outlines",
    "service_leaflet",
    "methodology_agree",
    "sharing_give_up",
    "transfer_letter",
    "case_referral_letter",
    "case_family_paper",
    "document_signed_file",
    # What a code opens; without one they lead to where it is asked for.
    "letter",
    "family_page",
    "family_leave",
    "fast_list_paper",
    "notification_known",
    "notification_assign",
    "notification_note",
    "notification_join",
    "notification_join_case",
    "notification_link",
    "notification_ours",
    "notification_letter",
    "consent_paper",
    "family_sheet",
    "subject_file",
    "subject_looks",
    "petition_sent",
    "petition_state",
    "petition_leave",
    "petition_assign",
    "petition_note",
    "petition_letter",
    "petition_file",
    "public_file",
    "public_table",
    "publication_renew",
    "publication_withdraw",
    "first_page",
    "form_draft",
    "healthz",
    "list_file",
    "case_plan_offer",
    "case_plan_bring_up",
    "robots",
    "closed",
    "outlines",
    "user_password",
    "reactivate_user",
    "acknowledge_emergency",
    "emergency_answer",
    "form_xml",
    "assessment_draft",
    "assessment_submit",
    "assessment_discard",
    "case_plan_draft",
    "case_plan_discard",
    "case_objective",
    "case_step",
    "case_referral_seen",
    "case_assign",
    "case_team_add",
    "case_team_remove",
    "case_seal",
    "case_unseal",
    "document_file",
    "case_file_page",
    "case_file_download",
    "document_remove",
    "join_undone",
    "kinship_remove",
    "other_name_remove",
    "pair_different",
    "person_cnp",
    "referral_places",
    "service_occupancy",
    "own_service_places",
    "own_service_confirm",
    "own_service_capacity",
    "own_proposal_withdraw",
}
# Pages that journeys of their own open: that of a questionnaire whose new member is already known, and Teren.
MET_ON_THE_WAY = {"assessment_people", "teren"}

# What residents read is in Hungarian too.
IN_HUNGARIAN = [
    sheet
    for sheet in SHEETS
    if sheet.name
    in {
        *("find_help", "help_map", "public_service", "public_benefit", "embedded_finder", "embed_finder"),
        *("figures", "figure", "opinion_code", "opinion", "opinion_thanks"),
        *("town_hall", "petition_send", "petition_follow", "campaigns"),
        *("public_information", "public_services", "public_statistics"),
    }
]

IN_ENGLISH = [
    sheet
    for sheet in SHEETS
    if not sheet.query
    and (sheet.name, sheet.kwargs.get("pk", ""))
    in {
        ("my_day", ""),
        ("case", "case"),
        ("household", "home"),
        ("assessment", "assessment"),
        ("services", ""),
    }
]
