"""A sum, a threshold or an entitlement that nobody has read in the law is confirmed in an institution, or no more."""

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.benefits.catalogue import rulebook_that_holds
from punte.benefits.models import Confirmation
from punte.cases.permission import required_reason
from punte.kernel.errors import DomainError, NotAllowed
from punte.organizations.models import Organization

DECIDE = (Capability.APPROVE_PLAN, Capability.MANAGE_ACCOUNTS)
"""Who coordinates an institution, and who administers it."""


@verb
def confirm_value(
    *, by: User, organization: Organization, what: str, holds: bool, reason: str
) -> Confirmation:
    """Let a value or an entitlement hold in an institution from today on, or no more. The lists follow in the night.

    Args:
        what: the key of a parameter or of an entitlement.
        reason: where it was read, in words.

    Raises:
        NotAllowed: the account neither coordinates nor administers the institution.
        DomainError: there is nothing to confirm under this key, it stands so already, or no reason is given.
    """
    if not any(by.standing.may(one, organization.pk) for one in DECIDE):
        raise NotAllowed(_("Your role does not allow this. Ask your coordinator."))
    reason = required_reason(reason)
    if what not in rulebook_that_holds().to_confirm:
        raise DomainError(_("There is nothing to confirm here."))
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    standing = Confirmation.objects.filter(organization=organization, what=what, end=None).first()
    if holds == (standing is not None):
        raise DomainError(_("It stands so already."))
    today = timezone.localdate()
    if standing is None:
        standing = Confirmation.objects.create(
            organization=organization, what=what, by=by, reason=reason, start=today
        )
    else:
        standing.end, standing.ended_by, standing.ended_reason = today, by, reason
        standing.save(update_fields=["end", "ended_by", "ended_reason"])
    record(
        by=by,
        verb="confirm_value",
        keeper=organization.pk,
        subject=standing.pk,
        reason=reason,
        changes={what: [not holds, holds]},
    )
    return standing
