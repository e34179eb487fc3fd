"""What kind of plan it is, and the decision that approves it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from punte.accounts.enums import Capability
from punte.cases.actions import describe_plan, note_plan_decision
from punte.cases.enums import PlanStatus
from punte.cases.models import Plan
from punte.cases.plan_kinds import in_words, kind_of_plan
from punte.www.frame.access import SignedIn
from punte.www.frame.case_page import CasePage
from punte.www.frame.form_page import FormPage
from punte.www.office.cases.forms.plan_kind import PlanDecisionForm, PlanKindForm
from punte.www.office.cases.views.plan import draft_to_write


@require_http_methods(["GET", "HEAD", "POST"])
def case_plan_kind(request: SignedIn, pk: UUID) -> HttpResponse:
    """Choose the kind of a draft; then write what its sections say."""
    page = CasePage.open(request, pk, to=Capability.WRITE_PLAN)
    plan: Plan = draft_to_write(page)
    chosen = kind_of_plan(plan.kind)
    said = {f"said_{key}": text for key, text in plan.sections.items()}
    form = FormPage(request, PlanKindForm, chosen=chosen, initial={"kind": plan.kind, **said})
    if form.attempt(
        lambda given: describe_plan(by=request.user, plan=plan, kind=given["kind"], said=form.form.said())
    ):
        another = plan.kind != form.made.kind and form.made.of_kind.sections
        if another:
            return form.done(_("Now write what this plan says."), "case_plan_kind", pk)
        return form.done(_("The kind of the plan was saved."), "case_plan", pk)
    approved = chosen and _("Approved by: %(who)s.") % {"who": in_words(chosen.approved_by)}
    intro = approved or _("Each kind has its own title on paper and its own sections.")
    back = reverse("case_plan", args=[pk])
    return form.ask(_("Kind of plan"), back=back, back_to=page.case, button=_("Save"), intro=intro)


@require_http_methods(["GET", "HEAD", "POST"])
def case_plan_decision(request: SignedIn, pk: UUID) -> HttpResponse:
    """Note the decision by which the plan in force is approved."""
    page = CasePage.open(request, pk, to=Capability.MANAGE_CASE)
    plan = page.case.plans.filter(status=PlanStatus.ADOPTED).first()
    if plan is None or not (plan.of_kind and plan.of_kind.decision):
        raise Http404
    known = {"number": plan.decision, "decided_on": plan.decided_on} if plan.decided_on else {}
    form = FormPage(request, PlanDecisionForm, initial=known)
    if form.attempt(lambda given: note_plan_decision(by=request.user, plan=plan, **given)):
        return form.done(_("The decision was noted; it is on the paper of the plan."), "case_plan", pk)
    back = reverse("case_plan", args=[pk])
    title = _("The decision that approves the plan")
    intro = f"{plan.of_kind}: {in_words(plan.of_kind.approved_by)}"
    return form.ask(title, back=back, back_to=page.case, button=_("Save"), intro=intro)
