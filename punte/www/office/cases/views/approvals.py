"""What waits for a second person: the list of who may answer, and one asking with what it changes."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability
from punte.cases.actions import give_approval, give_back, read_answer, withdraw_approval
from punte.cases.approvals import (
    answered_for,
    answers,
    may_answer,
    of_read_rows,
    to_be_answered_by,
    who_may_answer,
)
from punte.cases.enums import CaseDeed, PlanStatus, ReferralStatus
from punte.cases.models import Approval
from punte.registers.step_words import step_in_words
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.asked import number_in
from punte.www.frame.case_page import CasePage, sensitive
from punte.www.frame.form_page import FormPage, Press
from punte.www.office.cases.forms.course import AnswerForm
from punte.www.office.cases.views.approval_words import compared, severity_change, what_of
from punte.www.office.cases.views.plan import plan_with_rows

_ANSWERS = ("give", "give_back")
_OF_WHO_ASKED = ("withdraw", "read")
_TAB = {
    CaseDeed.ADOPT_PLAN: "case_plan",
    CaseDeed.CLOSE_CASE: "case_regime",
    CaseDeed.LOWER_SEVERITY: "case_assessments",
    CaseDeed.MOVE_ENTRY: "registers_of",
}


@require_safe
@needs(Capability.SEE_TEAM_CASES, Capability.SEE_ALL_CASES)
def approvals(request: SignedIn) -> HttpResponse:
    """What waits for the account's answer, and what was answered to it; of cases that it sees at this moment."""
    rows = {"to_answer": to_be_answered_by(request.user), "answered": answered_for(request.user)}
    for row in (*rows["to_answer"], *rows["answered"]):
        shown: Any = row
        shown.what = what_of(row)
    return render(request, "office_cases/approvals.html", rows)


@require_http_methods(["GET", "HEAD", "POST"])
def case_approval(request: SignedIn, pk: UUID, approval: UUID) -> HttpResponse:
    """One asking: what it changes, and the answer in one press with a sentence beside it."""
    page = CasePage.open(request, pk)
    asked = _asked(page, approval)
    form = FormPage(request, AnswerForm, sent=request.POST.get("act") in _ANSWERS)
    if request.method == "POST":
        act = _act(page, asked)
        if act in _OF_WHO_ASKED:
            return _by_who_asked(page, asked, act)
        if form.attempt(lambda given: _answer(page, asked, act, given["answer"])):
            said = (
                _("Approved: it has taken effect.") if act == "give" else _("Given back, with your reason.")
            )
            return form.done(said, "approvals")
    shown: Any = asked
    shown.what = what_of(asked)
    return page.show(
        "approval",
        _TAB[CaseDeed(asked.deed)],
        asked=asked,
        form=form,
        answering=may_answer(request.user, asked),
        own=asked.asked_by_id == request.user.pk,
        who=who_may_answer(asked) if asked.is_asked else [],
        **_about(page, asked),
    )


def _asked(page: CasePage, pk: UUID) -> Approval:
    rows = page.case.approvals.select_related("asked_by", "answered_by", "plan", "assessment")
    asked = rows.defer("assessment__instance", "assessment__facts").filter(pk=pk).first()
    if asked is None:
        raise Http404
    asked.case = page.case
    if not of_read_rows(page.user, [asked]):
        raise Http404
    return asked


def _act(page: CasePage, asked: Approval) -> str:
    """The press, of those that are for this account."""
    act = page.request.POST.get("act", "")
    own = asked.asked_by_id == page.user.pk
    allowed = own if act in _OF_WHO_ASKED else act in _ANSWERS and answers(page.user, asked)
    if not allowed:
        raise PermissionDenied
    return act


def _answer(page: CasePage, asked: Approval, act: str, answer: str) -> Approval:
    if act == "give_back":
        return give_back(by=page.user, asked=asked, answer=answer)
    revision = number_in(page.request.POST.get("revision")) if asked.plan_id else None
    return give_approval(by=page.user, asked=asked, answer=answer, revision=revision)


def _by_who_asked(page: CasePage, asked: Approval, act: str) -> HttpResponse:
    press, here = Press(page.request), ("case_approval", page.case.pk, asked.pk)
    if act == "read":
        return press.tell(lambda: read_answer(by=page.user, asked=asked), "", "my_day")
    said = _("You took the question back. What you wrote stays as it was.")
    return press.tell(lambda: withdraw_approval(by=page.user, asked=asked), said, *here)


def _about(page: CasePage, asked: Approval) -> dict[str, Any]:
    """What the deed changes, for the template."""
    if asked.deed == CaseDeed.CLOSE_CASE:
        return {"plan": None, "waiting": page.case.referrals.filter(status=ReferralStatus.SENT).count()}
    if asked.deed == CaseDeed.LOWER_SEVERITY:
        return {"plan": None, "change": severity_change(page, asked)}
    if asked.deed == CaseDeed.MOVE_ENTRY:
        return {"plan": None, "step": step_in_words(page.user, asked)}
    plan = plan_with_rows(page, pk=asked.plan_id) if asked.plan_id else None
    former = plan_with_rows(page, status=PlanStatus.ADOPTED) if plan and plan.is_draft else None
    changes = compared(plan.shown, former.shown if former else []) if plan else []
    unread = plan.objectives.count() - len(plan.shown) if plan else 0
    return {
        "plan": plan,
        "former": former,
        "changes": changes,
        "unread": unread,
        "sensitive": sensitive(plan.shown) if plan else False,
    }
