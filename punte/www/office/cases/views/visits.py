"""A visit is planned, from a case, a household or one's day; it is moved, or what became of it is said."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from punte.accounts.enums import Capability, Compartment
from punte.accounts.models import User
from punte.accounts.verbs import record_read
from punte.cases.actions import hold_visit, miss_visit, move_visit, plan_visit
from punte.cases.models import Case, CaseTeamMember, Visit
from punte.cases.visits import may_settle, readable, who_may_go
from punte.people.compartments import compartments_of
from punte.people.models import Household
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.asked import identifier_in
from punte.www.frame.case_page import CasePage
from punte.www.frame.form_page import FormPage, Press
from punte.www.frame.visits import shown
from punte.www.office.cases.forms.inputs import Choices
from punte.www.office.cases.forms.visits import MissedForm, MoveForm, VisitForm
from punte.www.templatetags.dates import clock, day_in_words

_MOST_CASES = 200
_FORM = "office_cases/visit_form.html"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.INTERVENE)
def visit_new(request: SignedIn) -> HttpResponse:
    """Plan a visit of one's own, in one of the cases that one works on."""
    parts = request.user.standing.every_compartment()
    form = FormPage(
        request,
        VisitForm,
        draft="visit",
        cases=_own_cases(request.user),
        goers=[request.user],
        writes_in=_named(parts),
        initial={"who": request.user.pk},
    )
    if form.attempt(lambda given: plan_visit(by=request.user, **given)):
        return form.done(_said(form.made), "my_day")
    return form.ask(
        _("Plan a visit"),
        template=_FORM,
        button=_("Plan the visit"),
        back=reverse("my_day"),
        back_to=_("My day"),
        intro=_("To a family without a case a visit is planned from the page of the household."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def case_visit(request: SignedIn, pk: UUID) -> HttpResponse:
    """Plan a visit in a case."""
    page = CasePage.open(request, pk, to=Capability.INTERVENE)
    form = FormPage(
        request,
        VisitForm,
        draft=f"visit-{pk}",
        goers=who_may_go(request.user, keeper=page.case.keeper_id, case=page.case),
        writes_in=page.writes_in,
        initial={"who": request.user.pk},
    )
    if form.attempt(lambda given: plan_visit(by=request.user, case=page.case, **given)):
        return form.done(_said(form.made), "case", pk)
    page.read("visit_form")
    return form.ask(
        _("Plan a visit"),
        template=_FORM,
        button=_("Plan the visit"),
        back=reverse("case", args=[pk]),
        back_to=_("Case %(number)s") % {"number": page.case},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def household_visit(request: SignedIn, pk: UUID) -> HttpResponse:
    """Plan a visit to a household before there is a case."""
    user = request.user
    home = fetch(Household.objects.visible_to(user).select_related("keeper"), pk=pk)
    if not user.standing.may(Capability.ASSESS, home.keeper_id):
        raise PermissionDenied
    form = FormPage(
        request,
        VisitForm,
        draft=f"visit-home-{pk}",
        goers=who_may_go(user, keeper=home.keeper_id),
        writes_in=_named(compartments_of(user, home)),
        initial={"who": user.pk},
    )
    if form.attempt(lambda given: plan_visit(by=user, household=home, **given)):
        return form.done(_said(form.made), "household", pk)
    record_read(by=user, what="visit_form", keeper=home.keeper_id, household=home.pk)
    return form.ask(
        _("Plan a visit"),
        template=_FORM,
        button=_("Plan the visit"),
        back=reverse("household", args=[pk]),
        back_to=_("Household"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def visit_move(request: SignedIn, pk: UUID) -> HttpResponse:
    """Another day or hour for a visit, or somebody else who goes."""
    visit = _open(request, pk)
    goers = who_may_go(request.user, keeper=visit.keeper_id, case=visit.case)
    if visit.who not in goers:
        goers.append(visit.who)
    form = FormPage(
        request,
        MoveForm,
        draft=f"visit-move-{pk}",
        goers=goers,
        initial={
            "day": visit.day,
            "hour": visit.hour,
            "minutes": visit.minutes,
            "who": visit.who_id,
        },
    )
    if form.attempt(lambda given: move_visit(by=request.user, visit=visit, **given)):
        return form.done(_said(form.made), _page_of(visit))
    return _ask(request, form, visit, _("Move a visit"), _("Move the visit"))


@require_http_methods(["GET", "HEAD", "POST"])
def visit_missed(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say that a visit did not take place, and why."""
    visit = _open(request, pk)
    form = FormPage(request, MissedForm, draft=f"visit-missed-{pk}")
    if form.attempt(lambda given: miss_visit(by=request.user, visit=visit, reason=given["reason"])):
        return form.done(_("It is noted that the visit did not take place."), _page_of(visit))
    return _ask(request, form, visit, _("A visit did not take place"), _("Note it"))


@require_POST
def visit_held(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say that a visit took place of which nothing else is noted."""
    visit = _open(request, pk)
    return Press(request).tell(
        lambda: hold_visit(by=request.user, visit=visit),
        _("It is noted that the visit took place."),
        _page_of(visit),
    )


def _open(request: SignedIn, pk: UUID) -> Visit:
    """The visit that the address names, fetched as the account reads it, for who may say what becomes of it."""
    visible = Visit.objects.visible_to(request.user).select_related("case", "household__uat", "who")
    visit = fetch(visible, pk=pk)
    if not readable(request.user, [visit]):
        raise Http404
    if not may_settle(request.user, visit):
        raise PermissionDenied
    return visit


def _ask(request: SignedIn, form: FormPage, visit: Visit, title: str, button: str) -> HttpResponse:
    case = visit.case
    record_read(
        by=request.user,
        what="visit_form",
        keeper=visit.keeper_id,
        household=visit.household_id,
        subject=visit.pk,
        case=visit.case_id,
        sealed=bool(case and case.sealed),
    )
    [row] = shown(request.user, [visit])
    when = ", ".join(part for part in (day_in_words(visit.day), clock(visit.hour)) if part)
    return form.ask(
        title,
        template=_FORM,
        button=button,
        back=_page_of(visit),
        back_to=_("Case %(number)s") % {"number": case} if case else _("Household"),
        intro=f"{row.what}: {when}",
    )


def _page_of(visit: Visit) -> str:
    if visit.case_id:
        return reverse("case", args=[visit.case_id])
    return reverse("household", args=[visit.household_id])


def _said(visit: Visit) -> str:
    when = ", ".join(part for part in (day_in_words(visit.day), clock(visit.hour)) if part)
    return _("The visit is planned: %(when)s.") % {"when": when}


def _own_cases(user: User) -> list[Case]:
    """The open cases that the account answers for or works on, alone or with its team, by family."""
    member = CaseTeamMember.objects.current().filter(user=user).values("case")
    of_team = Q(team__in=user.standing.teams(Capability.INTERVENE))
    own = Case.objects.visible_to(user).filter(of_team | Q(responsible=user) | Q(pk__in=member), open=True)
    found = own.select_related("household").order_by("household__folded_name", "year", "number")
    return list(found[:_MOST_CASES])


def _named(parts: Any) -> Choices:
    return [(part.value, str(part.label)) for part in Compartment if part in parts]


def visit_asked(page: CasePage) -> Visit | None:
    """The planned visit of a case that an address or a form names, of which it is noted what was done."""
    asked = page.request.POST.get("visit") or page.request.GET.get("visit")
    pk = identifier_in(asked)
    found = (
        Visit.objects.planned().filter(case=page.case, pk=pk).select_related("household").first()
        if pk
        else None
    )
    return found if found and found.compartment in page.compartments else None
