"""Writing the draft of a plan, and its agreement with the family."""

import datetime as dt
import json
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from punte.accounts.actions import forget_draft, kept_draft
from punte.accounts.enums import Capability
from punte.accounts.models import FormDraft
from punte.cases.actions import adopt_plan, edit_plan
from punte.cases.models import Plan
from punte.kernel.errors import DomainError, EditedMeanwhile
from punte.www.frame.access import SignedIn, attempt
from punte.www.office.cases.forms.choices import staff_of
from punte.www.office.cases.forms.inputs import people_choices, staff_choices
from punte.www.office.cases.forms.plan import (
    AgreementForm,
    PlanChoices,
    PlanEditor,
    rearranged,
    typed_rows,
)
from punte.www.office.cases.views.desk import Desk, open_desk, sensitive
from punte.www.office.cases.views.plan import draft_of

_ADULT = 18


@require_http_methods(["GET", "HEAD", "POST"])
def case_plan_edit(request: SignedIn, pk: UUID) -> HttpResponse:
    """Write the draft. Presses on „add” and „remove” come back with the rows changed and nothing saved."""
    desk = open_desk(request, pk, to=Capability.MANAGE_CASE)
    plan = draft_of(desk)
    choices = _choices(desk)
    if request.method != "POST":
        return _begin(desk, plan, choices)
    if "fresh" in request.POST:
        forget_draft(user=request.user, key=draft_key(plan))
        return redirect("case_plan_edit", pk=pk)
    rows = typed_rows(request.POST)
    if "rows" in request.POST:
        return _page(desk, plan, PlanEditor(rearranged(rows, request.POST["rows"]), choices, bound=False))
    editor = PlanEditor(rows, choices, bound=True)
    if not editor.is_valid():
        return _page(desk, plan, editor, status=422)
    return _save(desk, plan, editor)


@require_http_methods(["GET", "HEAD", "POST"])
def case_plan_adopt(request: SignedIn, pk: UUID) -> HttpResponse:
    """Note that the family agrees; the draft comes into force."""
    desk = open_desk(request, pk, to=Capability.MANAGE_CASE)
    plan = draft_of(desk)
    adults = [person for person in desk.members if (person.age_on() or _ADULT) >= _ADULT]
    people = people_choices(adults or desk.members, _("Choose"))
    form = AgreementForm(request.POST or None, people=people)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: _adopt(desk, plan, form)) is not None
    ):
        messages.success(request, _("The plan is in force. Print it and leave a copy with the family."))
        return redirect("case_plan", pk=pk)
    status = 422 if request.method == "POST" else 200
    return desk.show(
        "plan_adopt", "case_plan", status=status, form=form, plan=plan, sensitive=sensitive(plan.shown)
    )


def _begin(desk: Desk, plan: Any, choices: PlanChoices) -> HttpResponse:
    """The plan as saved, or as it was being typed when the page was left."""
    kept = kept_draft(by=desk.user, key=draft_key(plan))
    typed = _typed(kept) if kept else {}
    if kept is None or typed.get("revision") != str(plan.revision):
        return _page(desk, plan, PlanEditor.of(plan.shown, choices))
    editor = PlanEditor(typed_rows(typed), choices, bound=False)
    return _page(desk, plan, editor, restored=kept.saved_at)


def _typed(kept: FormDraft) -> dict[str, str]:
    """What was typed, by field name."""
    fields = json.loads(kept.fields)
    return {name: values[0] if isinstance(values, list) and values else "" for name, values in fields.items()}


def _save(desk: Desk, plan: Any, editor: PlanEditor) -> HttpResponse:
    given = desk.request.POST.get("revision", "")
    revision = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0  # noqa: PLR2004
    try:
        edit_plan(by=desk.user, plan=plan, revision=revision, objectives=editor.objectives())
    except EditedMeanwhile as refused:
        return _page(desk, draft_of(desk), editor, refused=refused, beside=True, status=409)
    except DomainError as refused:
        return _page(desk, plan, editor, refused=refused, status=422)
    forget_draft(user=desk.user, key=draft_key(plan))
    messages.success(desk.request, _("The draft was saved."))
    onward = "case_plan_adopt" if "and_adopt" in desk.request.POST else "case_plan"
    return redirect(onward, pk=desk.case.pk)


def _adopt(desk: Desk, plan: Plan, form: AgreementForm) -> Plan:
    clean = form.cleaned_data
    person = next(person for person in desk.members if str(person.pk) == clean["agreed_with"])
    return adopt_plan(
        by=desk.user,
        plan=plan,
        agreed_with=person,
        agreed_on=clean["agreed_on"],
        agreed_how=clean["agreed_how"],
    )


def draft_key(plan: Plan) -> str:
    """The name under which the typed plan is kept until it is sent."""
    return f"plan-{plan.pk}"


def _choices(desk: Desk) -> PlanChoices:
    return PlanChoices(
        people=people_choices(desk.members, _("The whole household")),
        workers=staff_choices(staff_of(desk.case.keeper_id, Capability.INTERVENE), _("Not set")),
        writes_in=desk.writes_in,
    )


def _page(
    desk: Desk,
    plan: Any,
    editor: PlanEditor,
    *,
    refused: DomainError | None = None,
    beside: bool = False,
    restored: dt.datetime | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "plan": plan,
        "editor": editor,
        "refused": refused,
        "beside": beside,
        "restored": restored,
        "sensitive": sensitive(plan.shown),
        "draft_key": draft_key(plan),
        "invalid": status == HTTPStatus.UNPROCESSABLE_ENTITY and refused is None,
    }
    return desk.show("plan_edit", "case_plan", status=status, **context)
