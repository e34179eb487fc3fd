"""Everything that can be done with a case, one verb each."""

from punte.cases.actions.adopt_plan import adopt_plan
from punte.cases.actions.answer_approval import give_approval, give_back, read_answer, withdraw_approval
from punte.cases.actions.answer_referral import accept_referral, refuse_referral
from punte.cases.actions.assign_case import assign_case, pass_on_cases
from punte.cases.actions.bring_up import bring_up
from punte.cases.actions.calendar_feed import make_calendar_feed, revoke_calendar_feed
from punte.cases.actions.change_regime import change_regime
from punte.cases.actions.close_case import close_case
from punte.cases.actions.correct_intervention import correct_intervention
from punte.cases.actions.discard_plan import discard_plan
from punte.cases.actions.draft_plan import draft_plan
from punte.cases.actions.edit_plan import edit_plan
from punte.cases.actions.end_referral import acknowledge_answer, finish_referral, withdraw_referral
from punte.cases.actions.facets import add_facet, end_facet
from punte.cases.actions.family_codes import give_family_code, revoke_family_code
from punte.cases.actions.follow_assessment import follow_assessment
from punte.cases.actions.log_intervention import log_intervention
from punte.cases.actions.name_successor import name_successor
from punte.cases.actions.offer_steps import offer_steps
from punte.cases.actions.open_case import open_case
from punte.cases.actions.plan_kind import describe_plan, note_plan_decision
from punte.cases.actions.progress import complete_step, reopen_step, report_progress
from punte.cases.actions.refer import refer
from punte.cases.actions.referral_letters import (
    answer_by_letter,
    revoke_referral_letter,
    write_answer_down,
    write_referral_letter,
)
from punte.cases.actions.refresh_deadlines import refresh_deadlines, refresh_deadlines_of
from punte.cases.actions.reopen_case import reopen_case
from punte.cases.actions.sealing import seal_case, unseal_case
from punte.cases.actions.sealing_person import seal_person, unseal_person
from punte.cases.actions.sharing import (
    ask_sharing,
    begin_sharing,
    give_up_sharing,
    grant_sharing,
    refuse_sharing,
    revoke_sharing,
)
from punte.cases.actions.team_members import add_team_member, remove_team_member
from punte.cases.actions.tie_cases import tie_cases, untie_cases
from punte.cases.actions.transfer import (
    accept_transfer,
    decline_transfer,
    offer_transfer,
    withdraw_transfer,
)
from punte.cases.actions.visits import hold_visit, miss_visit, move_visit, plan_visit

__all__ = [
    "accept_referral",
    "accept_transfer",
    "acknowledge_answer",
    "add_facet",
    "add_team_member",
    "adopt_plan",
    "answer_by_letter",
    "ask_sharing",
    "assign_case",
    "begin_sharing",
    "bring_up",
    "change_regime",
    "close_case",
    "complete_step",
    "correct_intervention",
    "decline_transfer",
    "describe_plan",
    "discard_plan",
    "draft_plan",
    "edit_plan",
    "end_facet",
    "finish_referral",
    "follow_assessment",
    "give_approval",
    "give_family_code",
    "give_back",
    "give_up_sharing",
    "grant_sharing",
    "hold_visit",
    "log_intervention",
    "make_calendar_feed",
    "miss_visit",
    "move_visit",
    "name_successor",
    "note_plan_decision",
    "offer_steps",
    "offer_transfer",
    "open_case",
    "pass_on_cases",
    "plan_visit",
    "read_answer",
    "refer",
    "refresh_deadlines",
    "refresh_deadlines_of",
    "refuse_referral",
    "refuse_sharing",
    "remove_team_member",
    "reopen_case",
    "reopen_step",
    "report_progress",
    "revoke_calendar_feed",
    "revoke_family_code",
    "revoke_referral_letter",
    "revoke_sharing",
    "seal_case",
    "seal_person",
    "tie_cases",
    "unseal_case",
    "unseal_person",
    "untie_cases",
    "withdraw_approval",
    "withdraw_referral",
    "withdraw_transfer",
    "write_answer_down",
    "write_referral_letter",
]
