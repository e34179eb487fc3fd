"""What was done for the family: the list and the quick form."""

import datetime as dt
import json
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from punte.accounts.enums import Capability, Compartment
from punte.cases.actions import correct_intervention, log_intervention
from punte.cases.actions.correct_intervention import may_correct, said_of
from punte.cases.enums import InterventionMode
from punte.cases.models import Intervention, InterventionBefore, PlannedService, Visit
from punte.fieldwork.models import FieldFile
from punte.www.frame.access import SignedIn, fetch
from punte.www.frame.case_page import CasePage, sensitive
from punte.www.frame.form_page import FormPage
from punte.www.office.cases.forms.choices import open_steps
from punte.www.office.cases.forms.codes import intervention_name
from punte.www.office.cases.forms.intervention import CorrectionForm, InterventionForm
from punte.www.office.cases.views.visits import visit_asked

PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def case_interventions(request: SignedIn, pk: UUID) -> HttpResponse:
    """The interventions that the account reads, newest first; a POST notes one more."""
    page = CasePage.open(request, pk, to=Capability.INTERVENE if request.method == "POST" else None)
    steps = open_steps(page)
    visit = visit_asked(page)
    form = intervention_form(page, steps, visit)
    if form.attempt(lambda given: _log(page, given, steps, visit)):
        ways: dict[str, list[Any]] = {"my_day": ["my_day"], "case": ["case", pk]}
        return form.done(
            _("The intervention was noted."), *ways.get(_back(request), ["case_interventions", pk])
        )
    return _page(page, form, visit)


def _back(request: SignedIn) -> str:
    """From which page one came to note it, and where one goes on."""
    return request.POST.get("back") or request.GET.get("back", "")


@require_http_methods(["GET", "HEAD", "POST"])
def case_intervention(request: SignedIn, pk: UUID, intervention: UUID) -> HttpResponse:
    """Correct what was noted; what it said before stays beside it."""
    page = CasePage.open(request, pk, to=Capability.INTERVENE)
    noted = Intervention.objects.filter(case=page.case, compartment__in=list(page.compartments))
    found = fetch(noted.select_related("person"), pk=intervention)
    if not may_correct(request.user, found):
        raise PermissionDenied
    form = FormPage(
        request,
        CorrectionForm,
        draft=f"correction-{found.pk}",
        members=[
            *page.members,
            *([found.person] if found.person and not page.person(found.person_id) else []),
        ],
        initial={**said_of(found), "person": found.person_id, "at": found.at, "seen": found.before.count()},
    )
    if form.attempt(lambda given: _correct(page, found, given)):
        return form.done(_("It is corrected; what it said before stays beside it."), "case_interventions", pk)
    page.read("case_intervention")
    return form.ask(
        _("Correct what was noted"),
        back=reverse("case_interventions", args=[pk]),
        back_to=_("Interventions"),
        button=_("Correct"),
    )


def _correct(page: CasePage, found: Intervention, given: dict[str, Any]) -> Intervention:
    person = page.person(given["person"]) or (found.person if given["person"] == found.person_id else None)
    about = {
        name: given[name] for name in ("seen", "why", "mode", "at", "code", "minutes", "met_family", "note")
    }
    return correct_intervention(by=page.user, intervention=found, person=person, **about)


def _former(page: CasePage, rows: list[Any]) -> None:
    """Give each row what it said before it was corrected. One query."""
    found: dict[UUID, list[Any]] = {}
    before = InterventionBefore.objects.filter(intervention__in=rows).select_related("by") if rows else ()
    for one in before:
        said = json.loads(one.said)
        kind = InterventionMode(said["mode"]).label
        one_shown: Any = one
        one_shown.at_that_time = dt.datetime.fromisoformat(said["at"])
        one_shown.kind, one_shown.note = kind, said["note"]
        found.setdefault(one.intervention_id, []).append(one)
    for row in rows:
        row.former = found.get(row.pk, [])
        row.may_be_corrected = may_correct(page.user, row)


def intervention_form(page: CasePage, steps: list[PlannedService], visit: Visit | None = None) -> FormPage:
    """The quick form of a case; of a planned visit, with what was planned."""
    return FormPage(
        page.request,
        InterventionForm,
        draft=f"intervention-{page.case.pk}",
        members=page.members,
        steps=steps,
        writes_in=page.writes_in,
        first=[code for one in page.facets for code in one.facet.interventions],
        initial=_as_planned(visit) if visit else {"step": page.request.GET.get("step", "")},
    )


def _as_planned(visit: Visit) -> dict[str, Any]:
    now = timezone.localtime().replace(second=0, microsecond=0)
    begins = visit.begins_at or timezone.make_aware(dt.datetime.combine(visit.day, now.time()))
    return {
        "mode": InterventionMode.HOME_VISIT,
        "at": min(timezone.localtime(begins), now),
        "minutes": visit.minutes,
        "compartment": visit.compartment,
    }


def _log(
    page: CasePage, given: dict[str, Any], steps: list[PlannedService], visit: Visit | None
) -> Intervention:
    step = next((step for step in steps if step.pk == given.get("step")), None)
    compartment = Compartment(given["compartment"])
    about = {**given, "person": page.person(given["person"]), "step": step, "compartment": compartment}
    about["visit"] = visit
    return log_intervention(by=page.user, case=page.case, **about)


def _lay_beside(rows: list[Any], files: Any) -> None:
    """Give each row the photographs and signatures that belong to it; who reads the row sees them. One query."""
    found: dict[UUID, list[FieldFile]] = {}
    for file in files.filter(about__in=[row.pk for row in rows]).order_by("created_at", "id") if rows else ():
        found.setdefault(file.about, []).append(file)
    for row in rows:
        row.files = found.get(row.pk, [])


def _page(page: CasePage, form: FormPage, visit: Visit | None) -> HttpResponse:
    asked = page.request.GET.get("parte", "")
    readable = [part.value for part in page.compartments]
    shown = [asked] if asked in readable else readable
    rows: list[Any] = list(
        Intervention.objects.visible_to(page.user)
        .filter(case=page.case, compartment__in=shown)
        .select_related("by", "case", "person", "step__objective")[: PAGE + 1]
    )
    for row in rows:
        row.done = intervention_name(row.code) if row.code else ""
        row.shown_step = (
            row.step if row.step and row.step.objective.compartment in page.compartments else None
        )
    _former(page, rows)
    _lay_beside(rows, FieldFile.objects.whole().select_related("entry").defer("content"))
    return page.show(
        "interventions",
        "case_interventions",
        sensitive=sensitive(rows),
        form=form,
        visit=visit,
        back=_back(page.request),
        begun=visit is not None or "step" in page.request.GET,
        rows=rows[:PAGE],
        more=len(rows) > PAGE,
        parts=page.writes_in,
        asked=asked if asked in readable else "",
    )
