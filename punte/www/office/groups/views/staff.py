"""Students and volunteers: who supervises them, what they did, and how they did."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet, Sum
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from punte.accounts.enums import Capability as Can
from punte.cases.models import Case
from punte.gatherings.actions.opened import close_to_student, open_to_student
from punte.gatherings.actions.staff import begin_placement, evaluate_placement, log_placement_day
from punte.gatherings.models import Opened, Placement
from punte.kernel.among import among
from punte.organizations.models import Organization
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.form_page import FormPage, Press, show
from punte.www.office.groups.forms.staff import EvaluationForm, OpenForm, PlacementDayForm, PlacementForm

_MOST_CASES = 200


@require_safe
@needs(Can.MEET)
def placements(request: SignedIn) -> HttpResponse:
    """Students and volunteers, those of today first."""
    rows = Placement.objects.visible_to(request.user).select_related("supervisor", "user", "organization")
    found = rows.annotate(minutes=Sum("days__minutes")).order_by("-start", "pk")
    return show(request, "office_groups/placements.html", rows=found[:200])


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.MEET)
def placement_new(request: SignedIn) -> HttpResponse:
    """Take in a student or a volunteer."""
    keepers = Organization.objects.filter(pk__in=request.user.standing.organizations(Can.MEET))
    form = FormPage(
        request, PlacementForm, draft="placement-new", organizations=keepers.order_by("name", "pk")
    )

    def begin(given: dict[str, Any]) -> Placement:
        keeper = given.pop("organization")
        return begin_placement(by=request.user, keeper=keeper, **given)

    if form.attempt(begin):
        return form.done(_("Saved."), "placement", form.made.pk)
    return form.ask(
        _("New student or volunteer"), back=reverse("placements"), back_to=_("Students and volunteers")
    )


@require_safe
@needs(Can.MEET)
def placement(request: SignedIn, pk: UUID) -> HttpResponse:
    """One student or volunteer."""
    found = _open(request, pk)
    days = list(found.days.all())
    opened = _of_cases_seen(request, found).select_related("case__household")
    return show(
        request,
        "office_groups/placement.html",
        placement=found,
        days=days,
        minutes=sum(one.minutes for one in days),
        supervises=found.supervisor_id == request.user.pk,
        opened=list(opened.order_by("-created_at", "pk")),
    )


def _open(request: SignedIn, pk: UUID) -> Placement:
    rows = Placement.objects.visible_to(request.user).select_related("supervisor", "user", "keeper")
    return fetch(rows, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.MEET)
def placement_deed(request: SignedIn, pk: UUID, deed: str) -> HttpResponse:
    """Note a day, or evaluate."""
    found = _open(request, pk)
    said: dict[str, Any] = {"by": request.user, "placement": found}
    if deed == "zi":
        form = FormPage(request, PlacementDayForm, draft=f"placement-day-{pk}")
        title, done = _("Note a day"), form.attempt(lambda given: log_placement_day(**said, **given))
    elif deed == "evaluare":
        if found.supervisor_id != request.user.pk:
            raise PermissionDenied
        begin = {"evaluation": found.evaluation}
        form = FormPage(request, EvaluationForm, draft=f"placement-evaluation-{pk}", initial=begin)
        title, done = _("Evaluate"), form.attempt(lambda given: evaluate_placement(**said, **given))
    elif deed == "deschide":
        if found.supervisor_id != request.user.pk:
            raise PermissionDenied
        form = FormPage(request, OpenForm, draft=f"placement-open-{pk}", cases=_own_cases(request, found))
        title, done = _("Open a case to them"), form.attempt(lambda given: open_to_student(**said, **given))
    else:
        raise Http404
    if done:
        return form.done(_("Saved."), "placement", pk)
    back = reverse("placement", args=[pk])
    return form.ask(title, back=back, back_to=_("Students and volunteers"), button=title)


def _of_cases_seen(request: SignedIn, found: Placement) -> QuerySet[Opened]:
    return Opened.objects.filter(among(Case.objects.visible_to(request.user), "case"), placement=found)


def _own_cases(request: SignedIn, found: Placement) -> list[Case]:
    """Open cases on which the supervisor works; a sealed one is never opened."""
    rows = Case.objects.worked_on_by(request.user).filter(open=True, sealed=False, keeper=found.keeper_id)
    return list(rows.select_related("household").order_by("household__name", "pk")[:_MOST_CASES])


@require_POST
@needs(Can.MEET)
def placement_close(request: SignedIn, pk: UUID, opened: UUID) -> HttpResponse:
    """They read a case no more."""
    found = _open(request, pk)
    row = fetch(_of_cases_seen(request, found).select_related("placement"), pk=opened)
    return Press(request).tell(
        lambda: close_to_student(by=request.user, opened=row), _("They read it no more."), "placement", pk
    )
