"""Which part of the manual speaks of which page."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse

MANUAL: Path = settings.ROOT / "docs" / "manual" / "ro"
CONTENTS = "README"

# A part of the manual, `page#section`, and the addresses, by name, on which one asks for it.
PARTS = {
    "README#ziua-unui-asistent-social": (
        "assess assess_with assess_person assessment assessment_answers assessment_people manual manual_page"
    ),
    "ziua#ziua-mea": "my_day emergency_answer",
    "ziua#vizitele": "visit_new case_visit household_visit visit_move visit_missed visits_round",
    "ziua#săptămâna-și-luna": "visits_week visits_month",
    "ziua#în-calendarul-de-pe-telefon": "own_calendar",
    "ziua#cum-stăm": "first_pictures",
    "ziua#echipa": "team_day team_week",
    "cazuri#pagina-cazului": "cases case case_assessments case_team case_assign case_team_add",
    "cazuri#deschiderea": "case_open case_regime case_close case_reopen",
    "cazuri#o-intervenție-în-câteva-secunde": "case_interventions case_intervention",
    "cazuri#planul": (
        "case_plan case_plan_version case_plan_edit case_plan_adopt case_plan_draft case_objective case_step"
    ),
    "protectia-copilului#felul-planului": "case_plan_kind case_plan_decision",
    "protectia-copilului#caută-o-familie": (
        "family_search family_search_new family_search_widen family_search_give_up family_choose"
    ),
    "protectia-copilului#protecția-copilului-pe-o-pagină": "protection life_book",
    "protectia-copilului#închiderea-unui-centru": "centre_closing",
    "aprobari#cine-răspunde": "approvals case_approval",
    "cazuri#referirea": "case_refer case_referrals case_referral_withdraw",
    "parteneri#prima-pagină": "partner_home",
    "parteneri#oamenii-noștri": "partner_people",
    "familii#pagina-familiei": "case_family",
    "parteneri#o-instituție-fără-cont": "case_referral_sent",
    "cazuri#partenerul": "referrals_received referral_received referral_places",
    "cazuri#domeniile-de-lucru": "case_facet_new case_facet_end",
    "cazuri#sigiliul": "case_seal case_unseal",
    "cazuri#un-caz-sigilat-rămas-fără-echipă": "cases_left_alone case_successor",
    "termene#cât-de-sigure-sunt-termenele": "term_rules term_rule own_duty_done",
    "documente#cum-emiteți-o-hârtie": "issue_document document",
    "documente#pachetul-pentru-direcția-județeană": "case_package",
    "documente#ce-se-întoarce-semnat": "document_signed",
    "documente#dosarul-cazului": (
        "case_documents case_file case_file_new case_file_correct case_file_withdraw"
    ),
    "oameni#caută-întâi": "search",
    "oameni#o-gospodărie-nouă": (
        "households household household_new household_change member_new member_leave"
    ),
    "oameni#locuințele": "dwellings dwelling dwelling_new dwelling_change",
    "oameni#recensământul": "census",
    "oameni#fișa-persoanei": "person person_change person_cnp document_new kinship_new",
    "oameni#nume": "other_name_new",
    "linia-timpului": "timeline",
    "registre#evenimentele-de-viață": "life_event_new",
    "registre#înscrierile": "registers_of entry entry_new entry_move entry_correct entry_withdraw entry_paper",
    "registre#lista-unui-registru": "registers register_list register_beside",
    "violenta#riscul-de-fiecare-dată": "assessment_course",
    "violenta#raportul-și-rândurile-pentru-sistemul-național": "quarterly_report national_rows",
    "registre#înscrieri-dintr-un-tabel": "register_import",
    "drepturi#la-ce-pare-că-are-dreptul": "case_entitlements household_entitlements",
    "drepturi#cine-nu-primește": "entitlements entitlements_by_place",
    "drepturi#sumele-și-regulile": "entitlement_rules entitlement_rule",
    "drepturi#cererile-începute-pe-site": (
        "applications application application_papers application_household application_finish application_close"
    ),
    "oameni#de-urgență": "emergency emergency_by_cnp",
    "oameni#sigiliul-unei-persoane": "person_seal person_unseal",
    "oameni#cine-a-văzut": "household_trail person_trail",
    "oameni#două-fișe-ale-aceleiași-persoane": "likely_pairs likely_pair pair_different other_file",
    "importuri#persoane-și-gospodării-dintr-un-registru": "register register_new register_columns register_left",
    "importuri#cum-se-face": "services_imports services_import occupancy_import plan_import",
    "petitii#registrul": "petitions petition_new",
    "petitii#ce-puteți-face": (
        "petition petition_assign petition_note petition_answer petition_redirect petition_extend petition_close"
        " petition_about"
    ),
    "dezastre#lista-rapidă": "fast_lists fast_list_new fast_list fast_list_whole fast_list_team fast_list_end",
    "dezastre#în-ucraineană": "fast_list_hand_over",
    "dezastre#un-om-de-pe-listă": "listed listed_deed",
    "documente#cronologia": "chronology",
    "sesizari#la-telefon-sub-un-minut": "notifications notification_new notification_from_petition",
    "sesizari#de-la-urgență-la-hotărâre": (
        "notification notification_triage notification_check notification_result notification_case notification_send_on"
        " notification_close"
    ),
    "sesizari#echipa-mobilă": "notification_team notification_arrived notification_back",
    "sesizari#apelurile-numărate": "hotline abuse_totals",
    "sesizari#partenerii": "notifications_sent notification_sent notification_send",
    "servicii#caut-un-serviciu": "services services_map service",
    "servicii#lista-de-așteptare": "service_waiting waiting_move case_waiting_new",
    "grupuri#un-grup": "groups group group_new group_deed enrolment_end enrolment_consent",
    "grupuri#prezența": "attendance meeting_deed walk_in",
    "grupuri#centrul-de-zi": "child_deed group_month",
    "grupuri#cifrele": "group_figures",
    "grupuri#ce-ați-observat": "observation",
    "grupuri#supervizare-formare-studenți-și-voluntari": (
        "supervision_hours placements placement placement_new placement_deed placement_close"
        " opened_records opened_record"
    ),
    "servicii#notez-locurile-ocupate": "service_occupancy",
    "furnizori#serviciile-noastre": "own_services own_service own_service_confirm own_service_capacity",
    "furnizori#locurile-libere-și-lista-de-așteptare": "own_service_places",
    "furnizori#părerile-oamenilor": "own_service_opinions opinions",
    "furnizori#schimb-ce-este-publicat": "own_service_edit",
    "furnizori#suspend-închid-sau-redeschid": "own_service_status",
    "furnizori#serviciul-nu-este-în-listă-sau-nu-este-al-nostru": (
        "own_service_new services_of_nobody service_claim"
    ),
    "furnizori#pentru-primărie-și-direcția-județeană": "service_checks service_check",
    "nevoi#județul": "needs needs_lines",
    "nevoi#un-uat": "needs_uat",
    "nevoi#cine-e-la-zi": "county_board",
    "nevoi#unde-ar-trebui-deschis-următorul": "needs_where",
    "nevoi#privirea-înapoi": "lookback lookback_rounds lookback_question",
    "nevoi#pentru-administrator": "needs_extract",
    "programe#ce-se-face": "programmes programme programme_node programme_of_plan",
    "programe#se-raportează": "programme_report programme_county programme_answer",
    "programe#indicatorii": "programme_indicators programme_indicator",
    "programe#ce-afirmă-sursa": "programme_claims",
    "programe#cine-participă": "programme_people household_programmes participation_end",
    "programe#runda-nevoilor": "needs_rounds needs_round need_new need_answer",
    "rapoarte#cum-se-scrie": "reports report_new report report_part",
    "rapoarte#fotografiile": "photograph_new",
    "rapoarte#cifrele": "report_figures",
    "rapoarte#emiterea": "report_issue report_draft_file report_file",
    "cifre-oficiale#tabelele": "returns official_table",
    "cifre-oficiale#fișele-trimestriale": "sheets sheet sheet_cell sheet_rule sheet_return",
    "planul-anual#de-la-ciornă-la-planul-în-vigoare": "plans plan_submit plan_approve plan_reopen",
    "planul-anual#paginile-planului": "plan plan_chapter plan_version plan_version_chapter plan_compare",
    "planul-anual#se-scrie-rând-cu-rând": "plan_fields plan_row plan_row_new",
    "planul-anual#ce-nu-se-potrivește": "plan_remarks",
    "banii-planului#realizat-lângă-planificat": "plan_realised",
    "publicare#obligațiile": "publication duty_met duty_owner",
    "publicare#ce-se-publică": "publish publication_item publication_renew",
    "publicare#tabele-de-cifre": "published_tables table_publish table_withdraw",
    "intalniri#conferința-de-caz": (
        "case_meetings conference_new meeting meeting_agenda meeting_move meeting_cancel invitation_new"
        " invitation_note invitation"
    ),
    "intalniri#ce-s-a-hotărât": "meeting_minutes decision_new decision_plan minutes_issue",
    "intalniri#toate-întâlnirile": "meetings",
    "intalniri#sarcinile": "tasks task task_new meeting_task",
    "intalniri#structurile": "bodies body body_new body_end seat_new session_new meeting_case",
    "cazuri#instituțiile": "case_institutions",
    "intalniri#raportul": "body_report body_report_issue body_report_file bodies_missing",
    "intalniri#partenerul": "partner_meetings partner_invitation partner_task",
    "teren#pregătirea-tabletei-o-singură-dată": "devices device",
    "teren#ce-s-a-schimbat-și-la-birou": "field_conflicts field_conflict",
    "teren#nu-este-semnal-zile-întregi": "unsent_file",
    "teren#cazurile-sigilate": "case_in_field",
    "teren#tableta-pierdută-furată-sau-predată": "device_lost device_revoke",
    "dispozitive#ce-așteaptă-o-decizie": "received_forms received_form",
    "metodologie": "methodology",
    "metodologie#versiunile-pe-ecran": (
        "methodology_versions methodology_version methodology_send methodology_upload methodology_tried"
        " methodology_ask methodology_refuse methodology_withdraw"
    ),
    "conturi#cum-intru": (
        "account_change_password account_reauthenticate mfa_index mfa_activate_totp mfa_add_webauthn"
        " mfa_list_webauthn mfa_reauthenticate"
    ),
    "conturi#contul-meu": "account account_logout usersessions_list holder_agrees",
    "conturi#pentru-administrator": (
        "users user new_user new_appointment end_appointment deactivate_user reactivate_user user_email"
        " user_password user_password_asked user_second_factor teams team to_approve answer_request"
    ),
    "institutii#instituțiile": "institutions institution institution_new institution_change",
    "institutii#cine-răspunde-acolo": "contact_new contact_end",
    "institutii#comunitățile": "communities community_new community_change",
    "acorduri#un-acord": "household_consent person_consent consent_withdraw consent_paper",
    "acorduri#altă-instituție-citește": (
        "sharing_new sharing_ask sharing_answer sharing_revoke sharing_give_up shared_record shared_records"
    ),
    "acorduri#predarea-unui-caz": ("transfer_new transfer transfer_answer transfer_withdraw transfer_letter"),
    "acorduri#cazuri-legate": "tie_new tie_end",
    "conturi#cererea-persoanei": "own_file",
    "confidentialitate#pagina-responsabilului": "privacy",
    "confidentialitate#date-pentru-cercetare": "research_export",
    "confidentialitate#o-încălcare": "breach breach_new",
    "confidentialitate#cât-se-păstrează": "retention retention_decide",
    "confidentialitate#hârtii-pentru-familie": "family_sheet",
    "confidentialitate#promisiunea": "promise",
    "confidentialitate#o-cerere-despre-date": (
        "subject_requests subject_request subject_request_whose subject_request_new subject_request_answer"
        " subject_request_put_off subject_file subject_looks"
    ),
    "conturi#pentru-responsabilul-cu-protecția-datelor": "trail emergencies acknowledge_emergency",
}
_PART_OF = {name: part for part, names in PARTS.items() for name in names.split()}


def has_part(name: str) -> bool:
    """Whether the manual has a part about the page of this name."""
    return name in _PART_OF


@lru_cache(maxsize=1000)
def help_url(name: str | None) -> str:
    """The address of the part of the manual about the page of this name; of its contents where there is none."""
    page, _mark, section = _PART_OF.get(name or "", "").partition("#")
    url = reverse("manual_page", args=[page]) if page not in ("", CONTENTS) else reverse("manual")
    return f"{url}#{section}" if section else url
