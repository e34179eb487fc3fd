"""Who may do what with a case: the first lines of every verb."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability, Compartment
from punte.accounts.models import User
from punte.assessments.models import Assessment
from punte.cases.enums import PlanStatus
from punte.cases.models import Case, CaseTeamMember, Plan, Referral
from punte.kernel.errors import DomainError, NotAllowed
from punte.kernel.prepared import Prepared
from punte.people.asked import Asked
from punte.people.compartments import compartments_of
from punte.people.enums import PARENTAL
from punte.people.models import Household, Kinship, Membership, Person

_SHARED = frozenset({Capability.INTERVENE, Capability.REFER})
"""What a member of the case team from another organisation does by the role held there."""


def case_for(by: User, case: Case, capability: Capability) -> Case:
    """The case as it is now, locked until the verb ends, for an account that sees it and has the capability.

    Raises:
        NotAllowed: the account does not see the case, or its role does not allow this.
    """
    locked = seen_case(by, case)
    if not may_with(by, locked, capability):
        by.standing.require(capability, locked.keeper_id)
    return locked


def seen_case(by: User, case: Case) -> Case:
    """The case as it is now, locked until the verb ends, for an account that sees it.

    Raises:
        NotAllowed: the account does not see the case.
    """
    locked: Case | None = next(iter(_locked(by, pk=case.pk)), None)
    if locked is None:
        raise NotAllowed(_("This case is not among those you see. Ask your coordinator."))
    return locked


_locked = Asked(
    lambda by, pk: (
        Case.objects.visible_to(by)
        .select_for_update(of=("self",), no_key=True)
        .select_related("household", "keeper")
        .filter(pk=pk)
    )
)


def may_with(by: User, case: Case, capability: Capability) -> bool:
    """Whether an account that sees a case may do this with it: by its role with the keeper, or in the case team."""
    if by.standing.may(capability, case.keeper_id):
        return True
    return capability in _SHARED and by.standing.may(capability) and _in_team(by, case)


def open_case_for(by: User, case: Case, capability: Capability) -> Case:
    """As `case_for`, for what is done only while the case is open.

    Raises:
        DomainError: the case is closed.
    """
    locked = case_for(by, case, capability)
    if not locked.open:
        raise DomainError(_("The case is closed. Reopen it first."))
    return locked


def _in_team(by: User, case: Case) -> bool:
    return bool(_team_members(case=case.pk, user=by.pk))


_team_members = Prepared(
    lambda case, user: (
        CaseTeamMember.objects.current().filter(case=case, user=user).order_by().values_list("pk")[:1]
    )
)


def household_for(by: User, household: Household, capability: Capability) -> Household:
    """The household as it is now, locked, for an account that sees it and has the capability with its keeper.

    Raises:
        NotAllowed: the account does not see the household, or its role does not allow this.
    """
    locked: Household | None = next(iter(_locked_household(by, pk=household.pk)), None)
    if locked is None:
        raise NotAllowed(_("This household is not among those you see. Ask your coordinator."))
    by.standing.require(capability, locked.keeper_id)
    return locked


_locked_household = Asked(
    lambda by, pk: (
        Household.objects.visible_to(by)
        .select_for_update(of=("self",), no_key=True)
        .select_related("keeper")
        .filter(pk=pk)
        .order_by()
    )
)


def draft_for(by: User, plan: Plan) -> Plan:
    """The plan as it is now, locked, for an account that may still change it.

    Who writes plans without managing cases, as who learns does, changes only the drafts that they began.

    Raises:
        NotAllowed: the account does not write plans of the case, or somebody else began this one.
        DomainError: the plan is not a draft any more.
    """
    case = open_case_for(by, plan.case, Capability.WRITE_PLAN)
    if plan.by_id != by.pk:
        by.standing.require(Capability.MANAGE_CASE, case.keeper_id)
    locked = Plan.objects.select_for_update(of=("self",), no_key=True).filter(pk=plan.pk).first()
    if locked is None or locked.status != PlanStatus.DRAFT:
        raise DomainError(_("This plan is not a draft any more. Make a new version of it."))
    locked.case = case
    return locked


def may_write(by: User, case: Case, plan: Plan) -> bool:
    """Whether an account that sees the case may change a draft of it; `draft_for` asks the same."""
    manages = may_with(by, case, Capability.MANAGE_CASE)
    return manages or (plan.by_id == by.pk and may_with(by, case, Capability.WRITE_PLAN))


def of_plan_in_use(by: User, plan: Plan, capability: Capability) -> Case:
    """As `open_case_for`, of a plan that is in force or still written.

    Raises:
        DomainError: a newer version of the plan took its place.
    """
    case = open_case_for(by, plan.case, capability)
    status = Plan.objects.values_list("status", flat=True).get(pk=plan.pk)
    if status == PlanStatus.SUPERSEDED:
        raise DomainError(_("A newer version of the plan is in force. Open that one."))
    return case


def received_referral(by: User, referral: Referral) -> Referral:
    """The referral as it is now, locked, for an account of the organisation that received it.

    Raises:
        NotAllowed: the account does not answer referrals there.
    """
    locked = locked_referral(referral)
    by.standing.require(Capability.ANSWER_REFERRALS, locked.organization_id)
    return locked


def sent_referral(by: User, referral: Referral) -> Referral:
    """The referral as it is now, locked, for an account that works on its case.

    Raises:
        NotAllowed: the account does not see the case, or does not refer.
    """
    case_for(by, referral.case, Capability.REFER)
    return locked_referral(referral)


def locked_referral(referral: Referral) -> Referral:
    """The referral as it is now, locked, with its case and service."""
    return (
        Referral.objects.select_for_update(of=("self",), no_key=True)
        .select_related("case__household", "case__keeper", "service")
        .get(pk=referral.pk)
    )


def required(text: str, message: str, *, field: str) -> str:
    """The text, trimmed.

    Raises:
        DomainError: it is empty; `message` says so about `field`.
    """
    if not text.strip():
        raise DomainError(message, field=field)
    return text.strip()


def required_reason(reason: str) -> str:
    """A reason, trimmed.

    Raises:
        DomainError: none was given.
    """
    return required(reason, _("Say why; the reason stays on record."), field="reason")


def not_in_future(day: dt.date | None, *, field: str) -> None:
    """Refuse a day that has not come.

    Raises:
        DomainError: the day is after today.
    """
    if day is not None and day > timezone.localdate():
        raise DomainError(_("This date is in the future."), field=field)


def of_household(assessment: Assessment | None, household: Household) -> None:
    """Refuse an assessment of somebody else.

    Raises:
        DomainError: the assessment is of another household.
    """
    if assessment is not None and assessment.household_id != household.pk:
        raise DomainError(_("The assessment is of another household."), field="assessment")


def member_of(person: Person | None, household: Household, *, field: str = "person") -> None:
    """Refuse a person who never lived in the household.

    Raises:
        DomainError: the person is not of the household.
    """
    if person is None or _memberships(person=person.pk, household=household.pk):
        return
    raise DomainError(_("This person is not a member of the household."), field=field)


_memberships = Prepared(
    lambda person, household: (
        Membership.objects.filter(person=person, household=household).order_by().values_list("pk")[:1]
    )
)


def speaks_for(person: Person, household: Household) -> bool:
    """Whether a person may agree to a plan: lives in the household, or is a parent or guardian of one who does."""
    living = Membership.objects.current().filter(household=household)
    return (
        living.filter(person=person).exists()
        or Kinship.objects.filter(
            relative=person, kind__in=PARENTAL, person__in=living.values("person")
        ).exists()
    )


def reads(by: User, case: Case, compartment: str) -> None:
    """Refuse to write where one does not read.

    Raises:
        DomainError: the compartment is not among those that the account reads.
    """
    if compartment not in Compartment.values or compartment not in compartments_of(by, case.household):
        raise DomainError(_("Your role does not read this part of the record."), field="compartment")
