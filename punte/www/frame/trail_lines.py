"""What each verb and each reading in the trail is called on a page. Every room adds its own."""

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from punte.people.models import Household

ABOUT_CASES: dict[str, str | Promise] = {
    "case_open": _("opened the page on which a case is begun"),
    "case": _("opened the case"),
    "case_assessments": _("looked at the assessments of the case"),
    "case_plan": _("read the plan"),
    "case_interventions": _("read the interventions"),
    "case_referrals": _("read the referrals"),
    "case_regime": _("looked at the regimes of the case"),
    "case_team": _("looked at the team of the case"),
    "open_case": _("opened a new case"),
    "close_case": _("closed the case"),
    "reopen_case": _("reopened the case"),
    "follow_assessment": _("brought the terms of the case in step with an assessment"),
    "change_regime": _("changed the regime"),
    "assign_case": _("named the responsible worker"),
    "name_successor": _("gave a sealed case without a team to a worker"),
    "add_team_member": _("took somebody into the team of the case"),
    "remove_team_member": _("took somebody out of the team of the case"),
    "seal_case": _("sealed the case"),
    "unseal_case": _("unsealed the case"),
    "case_in_field": _("looked at whether the case may be taken along in the field"),
    "allow_in_field": _("let a sealed case be taken along in the field"),
    "end_field_permit": _("kept a sealed case in the office again"),
    "draft_plan": _("drafted a plan"),
    "edit_plan": _("changed the draft of the plan"),
    "discard_plan": _("discarded the draft of the plan"),
    "adopt_plan": _("put the plan into force"),
    "report_progress": _("noted the progress of an objective"),
    "complete_step": _("marked a step as done"),
    "reopen_step": _("marked a step as not done"),
    "log_intervention": _("noted an intervention"),
    "refer": _("referred a person"),
    "referral_received": _("read the referral as a partner"),
    "accept_referral": _("accepted the referral"),
    "refuse_referral": _("refused the referral"),
    "finish_referral": _("ended the referral"),
    "withdraw_referral": _("withdrew the referral"),
    "acknowledge_answer": _("read the answer to a referral"),
    # from the field
    "apply_entry": _("sent from a device what was written in the field"),
    "keep_piece": _("sent a photograph from a device"),
    "field_file": _("looked at a photograph or signature from a visit"),
    "field_conflict": _("looked at what was said differently in the field"),
    "settle_conflict": _("settled what was said differently in the field"),
    # papers
    "case_documents": _("looked at the papers of the case"),
    "issue_document": _("wrote a paper"),
    "document": _("opened an issued paper"),
    "document_preview": _("looked at the draft of a paper"),
    "document_pdf": _("downloaded a paper as PDF"),
    "document_docx": _("downloaded a paper as Word"),
}
"""Lines that tell of a case: once it is sealed, those written before it was are its team's too."""

LINES: dict[str, str | Promise] = {
    # devices and what they send
    "register_device": _("began to use a device"),
    "device": _("looked at a device and what it sent"),
    "revoke_device": _("stopped letting a device in"),
    "report_lost_device": _("reported a device lost"),
    "sign_out_device": _("signed out of a device"),
    "taken_along": _("took the household's record along on a device"),
    "receive_form": _("sent a questionnaire from a device"),
    "settle_form": _("settled a questionnaire from a device"),
    "set_form_aside": _("set a questionnaire from a device aside"),
    "received_form": _("looked at a questionnaire from a device"),
    "take_in_unsent": _("took in a file of what a tablet did not send"),
    # accounts
    "invite": _("made an account"),
    "appoint": _("gave a role"),
    "appoint_self": _("gave themselves a role that sees personal data"),
    "end_appointment": _("ended a role"),
    "set_password_again": _("made a link to set a password"),
    "reset_second_factor": _("reset a second step"),
    "deactivate_account": _("closed an account"),
    "reactivate_account": _("opened an account again"),
    "create_team": _("made a team"),
    "rename_team": _("renamed a team"),
    "change_profile": _("changed their own account"),
    # people
    "household": _("opened the household's record"),
    "household_form": _("opened the household's details to change them"),
    "household_trail": _("looked at who saw the household's record"),
    "create_household": _("began the household's record"),
    "change_household": _("changed the household's details"),
    "person": _("opened the person's record"),
    "person_form": _("opened the person's details to change them"),
    "person_trail": _("looked at who saw the person's record"),
    "reveal_cnp": _("read the person's CNP"),
    "cnp_known_elsewhere": _("from another institution, found out by CNP that you know this person"),
    "create_person": _("began the person's record"),
    "change_person": _("changed the person's details"),
    "join_household": _("added a member to the household"),
    "leave_household": _("recorded that a member left the household"),
    "set_kinship": _("recorded a relative"),
    "remove_kinship": _("took a relative out of the record"),
    "add_document": _("recorded an identity paper"),
    "remove_document": _("took an identity paper out of the record"),
    "open_in_emergency": _("opened the record in an emergency"),
    "acknowledge_emergency": _("checked an emergency opening"),
    # assessments
    "questionnaire": _("opened the questionnaire"),
    "start_assessment": _("began an assessment"),
    "discard_draft": _("gave up a questionnaire"),
    "submit_assessment": _("sent an assessment"),
    "submit_assessment_again": _("sent the same assessment once more"),
    "reassess": _("judged an assessment by a newer methodology"),
    "findings": _("read what an assessment found"),
    "answers": _("read the answers of an assessment"),
    **ABOUT_CASES,
    # petitions
    "petition": _("opened a petition"),
    "petition_file": _("downloaded a file of a petition"),
    "petition_letter": _("downloaded the answer to a petition"),
    "petition_answer": _("opened the page on which a petition is answered"),
    "petition_redirect": _("opened the page on which a petition is sent on"),
    "petition_extend": _("opened the page on which the term of a petition is extended"),
    "petition_close": _("opened the page on which a petition is filed"),
    "petition_about": _("looked at or said which colleagues a petition is about"),
    "register_petition": _("registered a petition"),
    "petition_assigned": _("gave a petition to a worker"),
    "petition_note": _("wrote a note about a petition"),
    "petition_extended": _("extended the term of a petition"),
    "petition_redirected": _("sent a petition to another institution"),
    "petition_answered": _("answered a petition"),
    "petition_closed": _("filed a petition"),
    # publication
    "publish_item": _("published something"),
    "renew_item": _("confirmed what is published"),
    "withdraw_item": _("withdrew what was published"),
    "give_duty": _("gave a duty to publish to somebody"),
    "meet_duty": _("noted that a duty to publish was met"),
    # services
    "record_occupancy": _("noted the places of a service"),
}


def in_words(verb: str) -> str:
    """A verb of the trail as a page says it; one that nobody named yet, by its own name."""
    return str(LINES.get(verb, verb.replace("_", " ")))


def before_the_seal() -> Q:
    """Lines about cases of households that are sealed today, whenever they were written."""
    return Q(verb__in=list(ABOUT_CASES), household__in=Household.objects.filter(sealed=True).values("pk"))
