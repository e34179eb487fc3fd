"""A deed that needs a second person becomes an asking; nothing of what was written for it is lost."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.cases.approvals import rule_for
from punte.cases.enums import ApprovalState, CaseDeed
from punte.cases.models import Approval, Case, Plan
from punte.cases.trail import trace
from punte.kernel.errors import DomainError


def ask_first(*, by: User, case: Case, deed: CaseDeed, **about: Any) -> Approval | None:
    """What was asked for, where a second person must agree first; None where the deed takes effect at once.

    Args:
        case: locked until the verb ends.
        about: what the deed needs, as columns of `Approval`.

    Raises:
        DomainError: the same waits for an answer already.
    """
    if rule_for(by, case, deed) is None:
        return None
    if case.approvals.asked().filter(deed=deed).exists():
        raise DomainError(
            _("This waits for an answer already. Take the question back before you ask something else.")
        )
    return ask(by=by, case=case, deed=deed, **about)


def ask(*, by: User, case: Case, deed: CaseDeed, **about: Any) -> Approval:
    """Write down that a deed waits for a second person."""
    asked = Approval.objects.create(case=case, deed=deed, asked_by=by, **about)
    trace(
        by=by,
        verb="ask_approval",
        case=case,
        subject=asked.pk,
        reason=asked.reason,
        changes={"deed": [None, str(deed)]},
    )
    return asked


def end_asked(
    *, by: User, case: Case, reason: str, deed: CaseDeed | None = None, row: UUID | None = None
) -> list[Approval]:
    """Take back what waits about a case, all or of one deed, because it was overtaken; who asked reads why.

    Args:
        row: of a room above, about which alone.
    """
    waiting = case.approvals.asked()
    if row:
        waiting = waiting.filter(row=row)
    ended = list(waiting.filter(deed=deed) if deed else waiting)
    for asked in ended:
        asked.state = ApprovalState.WITHDRAWN
        asked.answered_by, asked.answered_at, asked.answer = by, timezone.now(), reason
        asked.save(update_fields=["state", "answered_by", "answered_at", "answer"])
        trace(by=by, verb="withdraw_approval", case=case, subject=asked.pk, reason=reason)
    return ended


def plan_changed(*, by: User, plan: Plan) -> None:
    """A draft is no more what the family agreed to, nor what a second person was asked about; `plan.case` is locked."""
    if plan.agreed_on is None:
        return
    plan.agreed_with, plan.agreed_on, plan.agreed_how = None, None, ""
    plan.save(update_fields=["agreed_with", "agreed_on", "agreed_how"])
    changed = _("The plan was changed after it was asked about.")
    end_asked(by=by, case=plan.case, deed=CaseDeed.ADOPT_PLAN, reason=changed)
