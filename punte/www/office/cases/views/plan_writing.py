"""Writing the draft of a plan, and its agreement with the family."""

import datetime as dt
import json
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from punte.accounts.actions import kept_draft
from punte.accounts.enums import Capability
from punte.accounts.models import FormDraft
from punte.cases.actions import adopt_plan, edit_plan
from punte.cases.approvals import rule_for
from punte.cases.enums import CaseDeed
from punte.cases.models import Plan
from punte.deadlines.model import ADULT_AT
from punte.kernel.errors import EditedMeanwhile
from punte.www.frame.access import SignedIn
from punte.www.frame.asked import identifier_in, number_in
from punte.www.frame.case_page import CasePage, sensitive
from punte.www.frame.form_page import FormPage, Press
from punte.www.office.cases.forms.agreement import AgreementForm
from punte.www.office.cases.forms.choices import staff_of
from punte.www.office.cases.forms.inputs import people_choices, staff_choices
from punte.www.office.cases.forms.plan import (
    BulkForm,
    PlanChoices,
    PlanEditor,
    rearranged,
    typed_rows,
)
from punte.www.office.cases.views.plan import draft_of, draft_to_write
from punte.www.office.cases.views.plan_words import PlanWords, Said, roles_offered


@require_http_methods(["GET", "HEAD", "POST"])
def case_plan_edit(request: SignedIn, pk: UUID) -> HttpResponse:
    """Write the draft. Presses on „add” and „remove” come back with the rows changed and nothing saved."""
    page = CasePage.open(request, pk, to=Capability.WRITE_PLAN)
    plan = draft_to_write(page)
    choices = _choices(page)
    press = Press(request, draft=f"plan-{plan.pk}")
    if request.method != "POST":
        return _begin(page, plan, press, choices)
    if "fresh" in request.POST:
        return press.done("", "case_plan_edit", pk)
    rows = typed_rows(request.POST)
    if "rows" in request.POST:
        bulk = BulkForm(request.POST, choices=choices)
        editor = PlanEditor(rearranged(rows, request.POST["rows"], bulk), choices, bound=False)
        return _page(page, plan, press, editor)
    editor = PlanEditor(rows, choices, bound=True)
    if not editor.is_valid():
        return _page(page, plan, press, editor, invalid=True)
    if press.attempt(lambda: _save(page, plan, editor)):
        onward = "case_plan_adopt" if "and_adopt" in request.POST else "case_plan"
        return press.done(_("The draft was saved."), onward, pk)
    beside = isinstance(press.refused, EditedMeanwhile)
    return _page(page, draft_of(page) if beside else plan, press, editor, beside=beside)


@require_http_methods(["GET", "HEAD", "POST"])
def case_plan_adopt(request: SignedIn, pk: UUID) -> HttpResponse:
    """Note that the family agrees; the draft comes into force."""
    page = CasePage.open(request, pk, to=Capability.WRITE_PLAN)
    plan = draft_to_write(page)
    adults = [person for person in page.members if (person.age_on() or ADULT_AT) >= ADULT_AT]
    people = people_choices(adults or page.members, _("Choose"))
    form = FormPage(request, AgreementForm, people=people, initial=_agreement(plan))
    if form.attempt(lambda given: _adopt(page, plan, given)):
        if form.made.is_draft:
            return form.done(
                _("Asked: the plan comes into force when a second person agrees."), "case_plan", pk
            )
        return form.done(
            _("The plan is in force. Print it and leave a copy with the family."), "case_plan", pk
        )
    return page.show(
        "plan_adopt",
        "case_plan",
        form=form,
        plan=plan,
        sensitive=sensitive(plan.shown),
        asks_first=rule_for(page.user, page.case, CaseDeed.ADOPT_PLAN) is not None,
    )


def _begin(page: CasePage, plan: Any, press: Press, choices: PlanChoices) -> HttpResponse:
    """The plan as saved, or as it was being typed when the page was left."""
    kept = kept_draft(by=page.user, key=press.draft)
    typed = _typed(kept) if kept else {}
    if kept is None or typed.get("revision") != str(plan.revision):
        return _page(page, plan, press, PlanEditor.of(plan.shown, choices))
    editor = PlanEditor(typed_rows(typed), choices, bound=False)
    return _page(page, plan, press, editor, restored=kept.saved_at)


def _typed(kept: FormDraft) -> dict[str, str]:
    """What was typed, by field name."""
    fields = json.loads(kept.fields)
    return {name: values[0] if isinstance(values, list) and values else "" for name, values in fields.items()}


def _save(page: CasePage, plan: Any, editor: PlanEditor) -> None:
    revision = number_in(page.request.POST.get("revision"))
    edit_plan(by=page.user, plan=plan, revision=revision, objectives=editor.objectives())


def _adopt(page: CasePage, plan: Plan, given: dict[str, Any]) -> Plan:
    person = next(person for person in page.members if str(person.pk) == given["agreed_with"])
    return adopt_plan(by=page.user, plan=plan, **{**given, "agreed_with": person})


def _agreement(plan: Plan) -> dict[str, Any]:
    """What the family agreed to before the plan was given back, if it still says the same."""
    if plan.agreed_on is None:
        return {}
    return {"agreed_with": plan.agreed_with_id, "agreed_on": plan.agreed_on, "agreed_how": plan.agreed_how}


def _tell(page: CasePage, plan: Any, editor: PlanEditor) -> None:
    """Mark in the rows for whom they are and why."""
    words = PlanWords(page, plan)
    for step in (step for row in editor.rows for step in row.steps):
        step.names = words.people(step.people)
    said = [
        Said(
            row.codes,
            identifier_in(row.values.get("person")),
            [who for step in row.steps for who in step.people],
        )
        for row in editor.rows
    ]
    for row, about in zip(editor.rows, words.about(said), strict=True):
        row.about = about


def _choices(page: CasePage) -> PlanChoices:
    return PlanChoices(
        people=people_choices(page.members, _("The whole household")),
        workers=staff_choices(staff_of(page.case.keeper_id, Capability.INTERVENE)),
        roles=roles_offered(),
        writes_in=page.writes_in,
    )


def _page(
    page: CasePage,
    plan: Any,
    press: Press,
    editor: PlanEditor,
    *,
    beside: bool = False,
    invalid: bool = False,
    restored: dt.datetime | None = None,
) -> HttpResponse:
    _tell(page, plan, editor)
    return page.show(
        "plan_edit",
        "case_plan",
        status=422 if invalid else None,
        plan=plan,
        editor=editor,
        refused=press,
        beside=beside,
        invalid=invalid,
        restored=restored,
        sensitive=sensitive(plan.shown),
    )
