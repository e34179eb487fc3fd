"""The course of a case: opening, regime, closing, reopening."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from punte.accounts.actions import forget_draft
from punte.accounts.enums import Capability
from punte.accounts.models import Team, User
from punte.accounts.verbs import record_read
from punte.assessments.models import Assessment
from punte.cases.actions import change_regime, close_case, open_case, reopen_case
from punte.cases.enums import ReferralStatus, Regime
from punte.cases.models import Case
from punte.people.models import Household, Membership
from punte.www.frame.access import SignedIn, attempt, fetch, needs
from punte.www.office.cases.forms.choices import assessments_of, staff_of, team_choices
from punte.www.office.cases.forms.course import (
    CloseForm,
    OpenCaseForm,
    RegimeForm,
    ReopenForm,
    chosen,
)
from punte.www.office.cases.forms.inputs import people_choices, staff_choices
from punte.www.office.cases.views.desk import open_desk


@needs(Capability.MANAGE_CASE)
@require_http_methods(["GET", "HEAD", "POST"])
def case_open(request: SignedIn, pk: UUID) -> HttpResponse:
    """Open a case of a household or of one of its members, by hand or from an assessment."""
    household = fetch(Household.objects.visible_to(request.user).select_related("keeper", "uat"), pk=pk)
    assessments = assessments_of(household)
    members = [
        row.person
        for row in Membership.objects.current().filter(household=household).select_related("person")
    ]
    form = OpenCaseForm(
        request.POST or None,
        initial={"assessment": _asked_assessment(request, assessments)},
        people=people_choices(members, _("The whole household")),
        assessments=assessments,
        **_who(request.user, household),
    )
    if request.method == "POST" and form.is_valid():
        opened = attempt(
            form, lambda: _open(request.user, household, members, assessments, form.cleaned_data)
        )
        if opened:
            forget_draft(user=request.user, key=f"open-{household.pk}")
            messages.success(request, _("Case %(number)s was opened.") % {"number": opened})
            return redirect("case", pk=opened.pk)
    record_read(by=request.user, what="case_open", keeper=household.keeper_id, household=household.pk)
    there = Case.objects.visible_to(request.user).filter(household=household, open=True)
    context = {
        "form": form,
        "household": household,
        "there": list(there),
        "assessments": assessments,
        "draft_key": f"open-{household.pk}",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "office_cases/open.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def case_regime(request: SignedIn, pk: UUID) -> HttpResponse:
    """The regimes through time, and a change of regime."""
    desk = open_desk(request, pk, to=Capability.MANAGE_CASE if request.method == "POST" else None)
    assessments = assessments_of(desk.case.household)
    form = RegimeForm(request.POST or None, current=desk.case.regime, assessments=assessments)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        changed = attempt(
            form,
            lambda: change_regime(
                by=request.user,
                case=desk.case,
                regime=Regime(clean["regime"]),
                assessment=cast(Assessment, _assessment(assessments, clean)),
                reason=clean["reason"],
            ),
        )
        if changed:
            messages.success(request, _("The regime was changed; the terms follow it."))
            return redirect("case_regime", pk=pk)
    history = desk.case.regimes.select_related("by", "assessment").defer(
        "assessment__instance", "assessment__facts"
    )
    return desk.show(
        "regime",
        "case_regime",
        status=422 if request.method == "POST" else 200,
        form=form,
        assessments=assessments,
        history=list(history.order_by("-start", "-id")),
        episodes=list(desk.case.episodes.select_related("opened_by", "closed_by").order_by("-start")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def case_close(request: SignedIn, pk: UUID) -> HttpResponse:
    """Close the case with its outcome and reason."""
    desk = open_desk(request, pk, to=Capability.MANAGE_CASE)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: close_case(by=request.user, case=desk.case, **given)):
            messages.success(request, _("The case is closed. It can be reopened at any time."))
            return redirect("case", pk=pk)
    waiting = desk.case.referrals.filter(status=ReferralStatus.SENT).count()
    status = 422 if request.method == "POST" else 200
    return desk.show("close", "case_regime", status=status, form=form, waiting=waiting)


@require_http_methods(["GET", "HEAD", "POST"])
def case_reopen(request: SignedIn, pk: UUID) -> HttpResponse:
    """Work again on a case that was closed."""
    desk = open_desk(request, pk, to=Capability.MANAGE_CASE)
    assessments = assessments_of(desk.case.household)
    form = ReopenForm(request.POST or None, assessments=assessments)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        reopened = attempt(
            form,
            lambda: reopen_case(
                by=request.user,
                case=desk.case,
                regime=Regime(clean["regime"]),
                reason=clean["reason"],
                assessment=_assessment(assessments, clean),
            ),
        )
        if reopened:
            messages.success(request, _("The case is open again."))
            return redirect("case", pk=pk)
    status = 422 if request.method == "POST" else 200
    return desk.show("reopen", "case_regime", status=status, form=form)


def _asked_assessment(request: SignedIn, assessments: list[Assessment]) -> str:
    """The assessment that the page was opened from, else the newest."""
    asked = request.GET.get("evaluare", "")
    known = {str(made.pk) for made in assessments}
    return asked if asked in known else str(assessments[0].pk) if assessments else ""


def _who(user: User, household: Household) -> dict[str, Any]:
    """Whom the case may be given to: those who assign choose, the others take it themselves."""
    if not user.standing.may(Capability.ASSIGN, household.keeper_id):
        return {"staff": [], "teams": []}
    staff = staff_of(household.keeper_id, Capability.MANAGE_CASE)
    return {
        "staff": staff_choices(staff, _("I answer for it")),
        "teams": team_choices(household.keeper_id, _("The team of the responsible worker")),
    }


def _assessment(assessments: list[Assessment], clean: dict[str, Any]) -> Assessment | None:
    wanted = chosen(clean, "assessment")
    return next((made for made in assessments if made.pk == wanted), None)


def _open(
    user: User,
    household: Household,
    members: list[Any],
    assessments: list[Assessment],
    clean: dict[str, Any],
) -> Case:
    person = chosen(clean, "person")
    responsible, team = chosen(clean, "responsible"), chosen(clean, "team")
    return open_case(
        by=user,
        household=household,
        regime=Regime(clean["regime"]),
        reason=clean["reason"],
        person=next((member for member in members if member.pk == person), None),
        assessment=_assessment(assessments, clean),
        team=Team.objects.get(pk=team) if team else None,
        responsible=User.objects.get(pk=responsible) if responsible else None,
    )
