"""The open cases of a household follow what its newest assessment found."""

from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.assessments.models import Assessment
from punte.cases.actions.refresh_deadlines import refresh_deadlines_of
from punte.cases.models import Case
from punte.cases.refresh import refresh_severity
from punte.cases.visits import hold_by_assessment
from punte.kernel.errors import NotAllowed
from punte.people.models import Household


@verb
def follow_assessment(*, by: User, assessment: Assessment) -> list[Case]:
    """Bring severity and terms of the household's open cases, and the list of children at severe risk, in step.

    A visit that was planned for its day and its author is thereby held. Called by the screens after an assessment is
    submitted or computed anew.

    Raises:
        NotAllowed: the account does not see the household, or does not assess.
    """
    household = Household.objects.visible_to(by).filter(pk=assessment.household_id).first()
    if household is None or not by.standing.may(Capability.ASSESS):
        raise NotAllowed(_("This household is not among those you see. Ask your coordinator."))
    cases = list(Case.objects.filter(household=household).select_for_update())
    refresh_severity(household, [case for case in cases if case.open])
    refresh_deadlines_of(cases)
    hold_by_assessment(assessment)
    record(
        by=by,
        verb="follow_assessment",
        keeper=household.keeper_id,
        household=household.pk,
        subject=assessment.pk,
        sealed=household.sealed,
    )
    return [case for case in cases if case.open]
