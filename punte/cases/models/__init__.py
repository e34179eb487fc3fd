"""A case through time: regime, responsibility, plan, interventions, referrals and deadlines."""

from punte.cases.models.approval import Approval
from punte.cases.models.case import (
    Case,
    CaseEpisode,
    CaseFacet,
    CaseNumber,
    CaseSeal,
    CaseTeamMember,
    RegimePeriod,
    Responsibility,
    SevereChild,
    SeverityPeriod,
)
from punte.cases.models.families import FamilyCode, FamilyReminder
from punte.cases.models.keeping import CaseTie, Transfer
from punte.cases.models.plan import Objective, Plan, PlannedService
from punte.cases.models.switches import DutyDone, RuleSwitch
from punte.cases.models.visits import CalendarFeed, Visit
from punte.cases.models.work import (
    CaseDeadline,
    GuestDeadline,
    Intervention,
    InterventionBefore,
    Referral,
    Term,
)

__all__ = [
    "CalendarFeed",
    "Approval",
    "Case",
    "CaseDeadline",
    "CaseEpisode",
    "CaseFacet",
    "CaseSeal",
    "CaseNumber",
    "CaseTeamMember",
    "CaseTie",
    "DutyDone",
    "FamilyCode",
    "FamilyReminder",
    "GuestDeadline",
    "Intervention",
    "InterventionBefore",
    "Objective",
    "Plan",
    "PlannedService",
    "Referral",
    "RegimePeriod",
    "Responsibility",
    "RuleSwitch",
    "SevereChild",
    "SeverityPeriod",
    "Term",
    "Transfer",
    "Visit",
]
