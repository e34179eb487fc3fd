"""A second person answers what was asked: the deed takes effect, or is given back with a reason."""

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.actions.adopt_plan import put_in_force
from punte.cases.actions.ask_approval import end_asked
from punte.cases.actions.close_case import end_case
from punte.cases.approvals import guest_deeds, may_answer
from punte.cases.enums import ApprovalState, CaseDeed
from punte.cases.models import Approval
from punte.cases.permission import required, seen_case
from punte.cases.refresh import refresh_severity
from punte.cases.trail import trace
from punte.kernel.errors import DomainError, NotAllowed


@verb
def give_approval(*, by: User, asked: Approval, answer: str = "", revision: int | None = None) -> Approval:
    """Agree; the deed takes effect in the name of who asked for it.

    Args:
        revision: of the plan as `by` read it, where it is about one.

    Raises:
        NotAllowed: it is not for the account to answer, or it does not see the case.
        DomainError: it was answered already, what it is about was changed meanwhile, or the deed cannot be any more.
    """
    held = _held(by, asked)
    if held.plan is not None and held.plan.revision != revision:
        raise DomainError(_("The plan was changed meanwhile. Read it again before you answer."))
    _answer(held, by, ApprovalState.GIVEN, answer.strip())
    trace(by=by, verb="give_approval", case=held.case, subject=held.pk, reason=held.answer)
    _carry_out(held)
    return held


@verb
def give_back(*, by: User, asked: Approval, answer: str) -> Approval:
    """Do not agree, and say why; the deed does not take effect, and what was written for it stays.

    Raises:
        NotAllowed: it is not for the account to answer, or it does not see the case.
        DomainError: it was answered already, or there is no reason.
    """
    held = _held(by, asked)
    _answer(
        held,
        by,
        ApprovalState.GIVEN_BACK,
        required(answer, _("Say what should be otherwise."), field="answer"),
    )
    trace(by=by, verb="give_back_approval", case=held.case, subject=held.pk, reason=held.answer)
    return held


@verb
def withdraw_approval(*, by: User, asked: Approval) -> Approval:
    """Take back what one asked for oneself.

    Raises:
        NotAllowed: somebody else asked, or the account does not see the case any more.
        DomainError: it was answered already.
    """
    case = seen_case(by, asked.case)
    if asked.asked_by_id != by.pk:
        raise NotAllowed(_("Only who asked takes the question back."))
    if asked.deed == CaseDeed.LOWER_SEVERITY:
        raise DomainError(_("This was asked by the assessment itself. A new assessment takes its place."))
    ended = end_asked(by=by, case=case, deed=CaseDeed(asked.deed), row=asked.row, reason="")
    if asked not in ended:
        raise _over()
    return asked


@verb
def read_answer(*, by: User, asked: Approval) -> Approval:
    """Say that one has read what was answered to oneself.

    Raises:
        NotAllowed: somebody else asked, or the account does not see the case any more.
    """
    case = seen_case(by, asked.case)
    if asked.asked_by_id != by.pk:
        raise NotAllowed(_("This was answered to somebody else."))
    asked.read_at = asked.read_at or timezone.now()
    asked.save(update_fields=["read_at"])
    trace(by=by, verb="read_approval", case=case, subject=asked.pk)
    return asked


def _held(by: User, asked: Approval) -> Approval:
    """What was asked, locked with its case.

    Raises:
        NotAllowed: the account does not see the case, asked itself, or has no role to answer.
        DomainError: it waits no more.
    """
    case = seen_case(by, asked.case)
    held = (
        Approval.objects.select_for_update(of=("self",), no_key=True)
        .select_related("plan", "asked_by")
        .get(pk=asked.pk)
    )
    held.case = case
    if not held.is_asked:
        raise _over()
    if not may_answer(by, held):
        raise NotAllowed(_("This is for another person to answer."))
    return held


def _answer(held: Approval, by: User, state: ApprovalState, answer: str) -> None:
    held.state, held.answer = state, answer
    held.answered_by, held.answered_at = by, timezone.now()
    held.save(update_fields=["state", "answer", "answered_by", "answered_at"])


def _carry_out(held: Approval) -> None:
    by, case = held.asked_by, held.case
    if held.deed == CaseDeed.LOWER_SEVERITY:
        refresh_severity(case.household, [case])
        return
    if not case.open:
        raise DomainError(_("The case is closed. Reopen it first."))
    if held.deed in guest_deeds:
        guest_deeds[held.deed].carry_out(held)
        return
    if held.deed == CaseDeed.CLOSE_CASE:
        end_case(case, by=by, outcome=held.outcome, reason=held.reason)
        return
    if held.plan is None or not held.plan.is_draft:
        raise DomainError(_("This plan is not a draft any more. Make a new version of it."))
    held.plan.case = case
    put_in_force(held.plan, by=by)


def _over() -> DomainError:
    return DomainError(_("This was answered already, or taken back."))
