"""The open cases of a household follow what its newest assessment found."""

from uuid import UUID

from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.assessments.models import Assessment, FindingSet
from punte.assessments.packs import pack_of
from punte.cases.actions.ask_approval import ask_first, end_asked
from punte.cases.actions.refresh_deadlines import refresh_deadlines_of
from punte.cases.actions.sealing import keep_case_sealed
from punte.cases.enums import CaseDeed
from punte.cases.models import Case
from punte.cases.refresh import follow_severity, judge_severity, keep_severity
from punte.cases.visits import hold_by_assessment
from punte.kernel.errors import DomainError, NotAllowed
from punte.people.models import Household


@verb
def follow_assessment(*, by: User, assessment: Assessment) -> list[Case]:
    """Bring severity and terms of the household's open cases, and the list of children at severe risk, in step.

    Where content asks for it, a case stays as severe as it was until a second person agrees that it is less so. A visit
    that was planned for the day of the assessment and its author is thereby held.

    Called by the screens after an assessment is submitted or computed anew.

    Raises:
        NotAllowed: the account does not see the household, or does not assess.
        DomainError: the questionnaire seals, and no case is open, or nobody answers for it.
    """
    household = Household.objects.visible_to(by).filter(pk=assessment.household_id).first()
    if household is None or not by.standing.may(Capability.ASSESS):
        raise NotAllowed(_("This household is not among those you see. Ask your coordinator."))
    cases = list(Case.objects.filter(household=household).select_for_update(no_key=True))
    still_open = [case for case in cases if case.open]
    if pack_of(assessment.pack).seals:
        _seal(still_open, by=by)
    before = {case.pk: (case.severity, case.severe_child) for case in still_open}
    found = judge_severity(household, still_open)
    _hold_lowered(still_open, before, found.by, by=by)
    follow_severity(household, still_open, found)
    refresh_deadlines_of(cases)
    hold_by_assessment(assessment)
    record(
        by=by,
        verb="follow_assessment",
        keeper=household.keeper_id,
        household=household.pk,
        subject=assessment.pk,
        case=cases[0].pk if cases else None,
        sealed=household.sealed,
    )
    return still_open


def _seal(cases: list[Case], *, by: User) -> None:
    """Seal the cases of somebody who was asked about violence: from the first word on nobody else reads of it."""
    if not cases:
        raise DomainError(
            _("Open a case first: what this questionnaire says is for the team of a sealed case alone.")
        )
    for case in cases:
        keep_case_sealed(by=by, case=case, reason=_("A questionnaire that seals was filled."))


def _hold_lowered(
    cases: list[Case], before: dict[UUID, tuple[int, bool]], latest: FindingSet | None, *, by: User
) -> None:
    """Where a case would be less severe than it was, it stays so until a second person, if one is asked, agrees."""
    for case in cases:
        severity, severe_child = before[case.pk]
        waiting = case.approvals.asked().filter(deed=CaseDeed.LOWER_SEVERITY)
        if latest is None or waiting.filter(assessment=latest.assessment).exists():
            continue
        end_asked(
            by=by, case=case, deed=CaseDeed.LOWER_SEVERITY, reason=_("A newer assessment took its place.")
        )
        lowered = case.severity < severity or (severe_child and not case.severe_child)
        about = {"assessment": latest.assessment, "severity": severity, "severe_child": severe_child}
        if lowered and ask_first(by=by, case=case, deed=CaseDeed.LOWER_SEVERITY, **about):
            keep_severity(case, severity, severe_child=severe_child)
