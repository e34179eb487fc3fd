"""An institution notes that it did what the calendar asked of it."""

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.cases.models import DutyDone
from punte.cases.own_duties import duties_of
from punte.kernel.errors import DomainError
from punte.organizations.models import Organization

KEEPS_DUTIES = Capability.PLAN


@verb
def note_duty_done(*, by: User, organization: Organization, rule: str) -> DutyDone:
    """Note that what stands by a rule was done today; the next time falls due by the calendar.

    Raises:
        NotAllowed: the account does not plan for the institution.
        DomainError: nothing stands to be done by this rule.
    """
    by.standing.require(KEEPS_DUTIES, organization.pk)
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    today = timezone.localdate()
    standing = next((one for one in duties_of([organization], today) if one.rule.key == rule), None)
    if standing is None:
        raise DomainError(_("This was done already, or is not asked for now."))
    done = DutyDone.objects.create(
        organization=organization, rule=rule, due_on=standing.due.due_on, on=today, by=by
    )
    record(
        by=by,
        verb="note_duty_done",
        keeper=organization.pk,
        subject=done.pk,
        changes={rule: [None, f"{done.due_on:%Y-%m-%d}"]},
    )
    return done
