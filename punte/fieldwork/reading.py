"""What a form that waits says, for the person who decides about it."""

from collections.abc import Sequence

from punte.accounts.models import User
from punte.assessments.actions import new_members
from punte.assessments.actions.submit import NewMember
from punte.fieldwork.enums import FormState
from punte.fieldwork.models import ReceivedForm
from punte.kernel.errors import DomainError
from punte.people.models import Household


def members_to_decide(form: ReceivedForm, *, by: User) -> Sequence[NewMember]:
    """The members of a waiting form who may already be on record."""
    if form.state != FormState.WAITING:
        return ()
    household = Household.objects.visible_to(by).filter(pk=form.household).first() if form.household else None
    household = household or Household(pk=form.household, keeper=form.device.organization)
    try:
        return new_members(by=by, household=household, instance=form.instance.encode())
    except DomainError:
        return ()
