"""What was done for the family: the list and the quick form."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from punte.accounts.enums import Capability, Compartment
from punte.cases.actions import log_intervention
from punte.cases.models import Intervention, PlannedService
from punte.fieldwork.models import FieldFile
from punte.www.frame.access import SignedIn
from punte.www.frame.case_page import CasePage, sensitive
from punte.www.frame.form_page import FormPage
from punte.www.office.cases.forms.choices import open_steps
from punte.www.office.cases.forms.codes import intervention_name
from punte.www.office.cases.forms.intervention import InterventionForm

PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def case_interventions(request: SignedIn, pk: UUID) -> HttpResponse:
    """The interventions that the account reads, newest first; a POST notes one more."""
    page = CasePage.open(request, pk, to=Capability.INTERVENE if request.method == "POST" else None)
    steps = open_steps(page)
    form = intervention_form(page, steps)
    if form.attempt(lambda given: _log(page, given, steps)):
        onward = "case" if request.POST.get("back") == "case" else "case_interventions"
        return form.done(_("The intervention was noted."), onward, pk)
    return _page(page, form)


def intervention_form(page: CasePage, steps: list[PlannedService]) -> FormPage:
    """The quick form of a case."""
    return FormPage(
        page.request,
        InterventionForm,
        draft=f"intervention-{page.case.pk}",
        members=page.members,
        steps=steps,
        writes_in=page.writes_in,
    )


def _log(page: CasePage, given: dict[str, Any], steps: list[PlannedService]) -> Intervention:
    step = next((step for step in steps if step.pk == given.get("step")), None)
    compartment = Compartment(given["compartment"])
    about = {**given, "person": page.person(given["person"]), "step": step, "compartment": compartment}
    return log_intervention(by=page.user, case=page.case, **about)


def _lay_beside(rows: list[Any], files: Any) -> None:
    """Give each row the photographs and signatures that belong to it; who reads the row sees them. One query."""
    found: dict[UUID, list[FieldFile]] = {}
    for file in files.filter(about__in=[row.pk for row in rows]).order_by("created_at", "id") if rows else ():
        found.setdefault(file.about, []).append(file)
    for row in rows:
        row.files = found.get(row.pk, [])


def _page(page: CasePage, form: FormPage) -> HttpResponse:
    asked = page.request.GET.get("parte", "")
    readable = [part.value for part in page.compartments]
    shown = [asked] if asked in readable else readable
    rows: list[Any] = list(
        Intervention.objects.visible_to(page.user)
        .filter(case=page.case, compartment__in=shown)
        .select_related("by", "person", "step__objective")[: PAGE + 1]
    )
    for row in rows:
        row.done = intervention_name(row.code) if row.code else ""
        row.shown_step = (
            row.step if row.step and row.step.objective.compartment in page.compartments else None
        )
    _lay_beside(rows, FieldFile.objects.whole().select_related("entry").defer("content"))
    return page.show(
        "interventions",
        "case_interventions",
        sensitive=sensitive(rows),
        form=form,
        rows=rows[:PAGE],
        more=len(rows) > PAGE,
        parts=page.writes_in,
        asked=asked if asked in readable else "",
    )
