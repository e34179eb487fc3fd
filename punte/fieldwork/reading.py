"""What a form that waits says, for the person who decides about it."""

from collections.abc import Sequence

from punte.accounts.models import User
from punte.assessments.actions import submit
from punte.assessments.actions.submit import NewMember
from punte.fieldwork.enums import FormState
from punte.fieldwork.models import ReceivedForm
from punte.kernel.errors import DomainError
from punte.people.models import Household


def members_to_decide(form: ReceivedForm, *, by: User) -> Sequence[NewMember]:
    """The members of a waiting form who may already be on record; none where it cannot be read."""
    if form.state != FormState.WAITING or form.household is None:
        return ()
    known = Household.objects.visible_to(by).filter(pk=form.household).first()
    household = known or Household(pk=form.household, keeper=form.device.organization)
    try:
        return submit.members_to_decide(by=by, household=household, instance=form.instance.encode())
    except DomainError:
        return ()
