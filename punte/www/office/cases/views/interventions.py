"""What was done for the family: the list and the quick form."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from punte.accounts.actions import forget_draft
from punte.accounts.enums import Capability, Compartment
from punte.cases.actions import log_intervention
from punte.cases.models import Intervention, PlannedService
from punte.fieldwork.models import FieldFile
from punte.people.models import Person
from punte.www.frame.access import SignedIn, attempt
from punte.www.office.cases.forms.choices import open_steps
from punte.www.office.cases.forms.codes import intervention_name
from punte.www.office.cases.forms.intervention import InterventionForm
from punte.www.office.cases.views.desk import Desk, open_desk, sensitive

PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def case_interventions(request: SignedIn, pk: UUID) -> HttpResponse:
    """The interventions that the account reads, newest first; a POST notes one more."""
    desk = open_desk(request, pk, to=Capability.INTERVENE if request.method == "POST" else None)
    if request.method != "POST":
        return _page(desk, intervention_form(desk, open_steps(desk)))
    steps = open_steps(desk)
    form = intervention_form(desk, steps, request.POST)
    if form.is_valid() and attempt(form, lambda: _log(desk, form.cleaned_data, steps)) is not None:
        forget_draft(user=request.user, key=desk.note_key)
        messages.success(request, _("The intervention was noted."))
        return redirect("case" if request.POST.get("back") == "case" else "case_interventions", pk=pk)
    return _page(desk, form, status=422)


def intervention_form(desk: Desk, steps: list[PlannedService], data: Any = None) -> InterventionForm:
    """The quick form of a case."""
    return InterventionForm(data, members=desk.members, steps=steps, writes_in=desk.writes_in)


def _log(desk: Desk, clean: dict[str, Any], steps: list[PlannedService]) -> Intervention:
    person: Person | None = desk.person(clean["person"])
    step = next((step for step in steps if step.pk == clean.get("step")), None)
    return log_intervention(
        by=desk.user,
        case=desk.case,
        mode=clean["mode"],
        at=clean["at"],
        code=clean["code"],
        minutes=clean["minutes"],
        person=person,
        step=step,
        met_family=clean["met_family"],
        compartment=Compartment(clean["compartment"]),
        note=clean["note"],
    )


def _lay_beside(rows: list[Any], files: Any) -> None:
    """Give each row the photographs and signatures that belong to it; who reads the row sees them. One query."""
    found: dict[UUID, list[FieldFile]] = {}
    for file in files.filter(about__in=[row.pk for row in rows]).order_by("created_at", "id") if rows else ():
        found.setdefault(file.about, []).append(file)
    for row in rows:
        row.files = found.get(row.pk, [])


def _page(desk: Desk, form: InterventionForm, status: int = 200) -> HttpResponse:
    asked = desk.request.GET.get("parte", "")
    readable = [part.value for part in desk.compartments]
    shown = [asked] if asked in readable else readable
    rows: list[Any] = list(
        Intervention.objects.visible_to(desk.user)
        .filter(case=desk.case, compartment__in=shown)
        .select_related("by", "person", "step__objective")[: PAGE + 1]
    )
    for row in rows:
        row.done = intervention_name(row.code) if row.code else ""
        row.shown_step = (
            row.step if row.step and row.step.objective.compartment in desk.compartments else None
        )
    _lay_beside(rows, FieldFile.objects.whole().select_related("entry").defer("content"))
    return desk.show(
        "interventions",
        "case_interventions",
        status=status,
        sensitive=sensitive(rows),
        form=form,
        rows=rows[:PAGE],
        more=len(rows) > PAGE,
        parts=desk.writes_in,
        asked=asked if asked in readable else "",
    )
