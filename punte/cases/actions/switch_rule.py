"""A rule of terms that is known from memory alone, or from a bill, is switched on or off in an institution."""

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.cases.content import rulebooks
from punte.cases.models import RuleSwitch
from punte.cases.permission import required_reason
from punte.kernel.errors import DomainError, NotAllowed
from punte.organizations.models import Organization

DECIDE = (Capability.APPROVE_PLAN, Capability.MANAGE_ACCOUNTS)
"""Who coordinates an institution, and who administers it."""


@verb
def switch_rule(*, by: User, organization: Organization, rule: str, on: bool, reason: str) -> RuleSwitch:
    """Let a rule run in an institution from today on, or no more. The terms of its cases follow in the night.

    Raises:
        NotAllowed: the account neither coordinates nor administers the institution.
        DomainError: there is no such rule, it is on everywhere, it stands so already, or no reason is given.
    """
    if not any(by.standing.may(one, organization.pk) for one in DECIDE):
        raise NotAllowed(_("Your role does not allow this. Ask your coordinator."))
    reason = required_reason(reason)
    if not any(one.key == rule and not one.is_on for book in rulebooks() for one in book.rules):
        raise DomainError(_("This rule is not one that an institution switches on or off."))
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    switch = (
        _switched_on(by, organization, rule, reason) if on else _switched_off(by, organization, rule, reason)
    )
    record(
        by=by,
        verb="switch_rule",
        keeper=organization.pk,
        subject=switch.pk,
        reason=reason,
        changes={rule: [not on, on]},
    )
    return switch


def _switched_on(by: User, organization: Organization, rule: str, reason: str) -> RuleSwitch:
    if RuleSwitch.objects.filter(organization=organization, rule=rule, end=None).exists():
        raise DomainError(_("The rule is on already."))
    return RuleSwitch.objects.create(
        organization=organization, rule=rule, by=by, reason=reason, start=timezone.localdate()
    )


def _switched_off(by: User, organization: Organization, rule: str, reason: str) -> RuleSwitch:
    standing = RuleSwitch.objects.filter(organization=organization, rule=rule, end=None).first()
    if standing is None:
        raise DomainError(_("The rule is off already."))
    standing.end, standing.ended_by, standing.ended_reason = timezone.localdate(), by, reason
    standing.save(update_fields=["end", "ended_by", "ended_reason"])
    return standing
