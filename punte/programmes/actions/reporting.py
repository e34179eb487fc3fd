"""Reports of actions, and what the institution of the programme answers."""

from decimal import Decimal

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.kernel.errors import DomainError, NotAllowed
from punte.organizations.models import Organization
from punte.programmes.enums import ActionState
from punte.programmes.models import NodeReport, Programme, ReportAnswer
from punte.programmes.queries import dues, reporters


@verb
def report_action(
    *,
    by: User,
    programme: Programme,
    node: str,
    organization: Organization,
    state: str,
    percent: int | None = None,
    spent: Decimal | None = None,
    narrative: str = "",
    evidence: str = "",
) -> NodeReport:
    """Say how far an action is, for the period of which a report is due; what was said before stays beside it.

    Args:
        percent: how much of it is done, 0 to 100.
        spent: lei spent on it in the period.
        evidence: what shows it: a number of a paper, an address, who was there.

    Raises:
        NotAllowed: the account does not report of this action in the institution's name.
        DomainError: no report is due yet, or what is said does not add up.
    """
    place = programme.tree.by_code.get(node)
    if place is None or not place.is_work or organization not in reporters(by, programme, place):
        raise NotAllowed(_("This action is not reported by your institution."))
    period = dues(programme, timezone.localdate())[node]
    if period is None:
        raise DomainError(_("No report is due yet: the first period is not over."))
    if state == ActionState.DONE and percent not in (None, 100):
        raise DomainError(_("What is done is done to 100%. Say “under way”, or 100."), field="percent")
    if state == ActionState.DONE and not evidence.strip():
        raise DomainError(
            _("Say what shows that it is done: a paper, an address, who was there."), field="evidence"
        )
    if state in (ActionState.LATE, ActionState.GIVEN_UP) and not narrative.strip():
        raise DomainError(_("Say in a few words why."), field="narrative")
    made = NodeReport.objects.create(
        programme=programme, node=node, organization=organization, period=period.name, start=period.span.start,
        end=period.span.end, state=state, percent=100 if state == ActionState.DONE else percent, spent=spent,
        narrative=narrative.strip(), evidence=evidence.strip(), by=by,
    )  # fmt: skip
    record(
        by=by, verb="report_action", keeper=organization.pk, subject=made.pk,
        changes={"programme": programme.key, "action": node, "period": period.name, "state": state},
    )  # fmt: skip
    return made


@verb
def answer_report(*, by: User, report: NodeReport, text: str) -> ReportAnswer:
    """Answer a report in the name of the programme's institution.

    Raises:
        NotAllowed: the account does not write there.
        DomainError: nothing is said.
    """
    by.standing.require(Capability.PLAN, report.programme.organization_id)
    if not text.strip():
        raise DomainError(_("Write the answer."), field="text")
    made = ReportAnswer.objects.create(report=report, text=text.strip(), by=by)
    record(
        by=by, verb="answer_report", keeper=report.programme.organization_id, subject=made.pk,
        changes={"programme": report.programme.key, "action": report.node, "period": report.period},
    )  # fmt: skip
    return made


def readable_reports(user: User, programme: Programme) -> Q:
    """The reports whose words an account reads: all where it works for the programme, else those of its own."""
    own = user.standing.organizations(Capability.PLAN) | user.standing.organizations(Capability.SEE_TOTALS)
    return Q() if programme.organization_id in own else Q(organization__in=own | {programme.organization_id})
