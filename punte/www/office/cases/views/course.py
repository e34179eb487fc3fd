"""The course of a case: opening, regime, closing, reopening."""

from typing import Any, cast
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from punte.accounts.enums import Capability
from punte.accounts.models import Team, User
from punte.accounts.verbs import record_read
from punte.assessments.models import Assessment
from punte.cases.actions import change_regime, close_case, open_case, reopen_case
from punte.cases.enums import ReferralStatus, Regime
from punte.cases.models import Case
from punte.people.compartments import in_case_team
from punte.people.models import Household
from punte.people.sight import hidden_from
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.case_page import CasePage
from punte.www.frame.form_page import FormPage
from punte.www.office.cases.forms.choices import assessments_of, staff_of, team_choices
from punte.www.office.cases.forms.course import (
    CloseForm,
    OpenCaseForm,
    RegimeForm,
    ReopenForm,
    chosen,
)
from punte.www.office.cases.forms.inputs import people_choices, staff_choices


@needs(Capability.MANAGE_CASE)
@require_http_methods(["GET", "HEAD", "POST"])
def case_open(request: SignedIn, pk: UUID) -> HttpResponse:
    """Open a case of a household or of one of its members, by hand or from an assessment."""
    household = fetch(Household.objects.visible_to(request.user).select_related("keeper", "uat"), pk=pk)
    assessments = assessments_of(household)
    members = [
        row.person
        for row in hidden_from(request.user).living().filter(household=household).select_related("person")
    ]
    form = FormPage(
        request,
        OpenCaseForm,
        draft=f"open-{household.pk}",
        initial={"assessment": _asked_assessment(request, assessments)},
        people=people_choices(members, _("The whole household")),
        assessments=assessments,
        **_who(request.user, household),
    )
    if form.attempt(lambda given: _open(request.user, household, members, assessments, given)):
        return form.done(_("Case %(number)s was opened.") % {"number": form.made}, "case", form.made.pk)
    record_read(by=request.user, what="case_open", keeper=household.keeper_id, household=household.pk)
    there = Case.objects.visible_to(request.user).filter(household=household, open=True)
    return form.show(
        "office_cases/open.html",
        household=household,
        there=list(there),
        assessments=assessments,
        # To who does not know of the seal the page is as any other.
        sensitive=household.sealed and in_case_team(request.user, household),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def case_regime(request: SignedIn, pk: UUID) -> HttpResponse:
    """The regimes through time, and a change of regime."""
    page = CasePage.open(request, pk, to=Capability.MANAGE_CASE if request.method == "POST" else None)
    assessments = assessments_of(page.case.household)
    form = FormPage(request, RegimeForm, current=page.case.regime, assessments=assessments)
    if form.attempt(
        lambda given: change_regime(
            by=request.user,
            case=page.case,
            regime=Regime(given["regime"]),
            assessment=cast(Assessment, _assessment(assessments, given)),
            reason=given["reason"],
        )
    ):
        return form.done(_("The regime was changed; the terms follow it."), "case_regime", pk)
    history = page.case.regimes.select_related("by", "assessment").defer(
        "assessment__instance", "assessment__facts"
    )
    return page.show(
        "regime",
        "case_regime",
        form=form,
        assessments=assessments,
        history=list(history.order_by("-start", "-id")),
        episodes=list(page.case.episodes.select_related("opened_by", "closed_by").order_by("-start")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def case_close(request: SignedIn, pk: UUID) -> HttpResponse:
    """Close the case with its outcome and reason."""
    page = CasePage.open(request, pk, to=Capability.MANAGE_CASE)
    form = FormPage(request, CloseForm)
    if form.attempt(lambda given: close_case(by=request.user, case=page.case, **given)):
        return form.done(_("The case is closed. It can be reopened at any time."), "case", pk)
    waiting = page.case.referrals.filter(status=ReferralStatus.SENT).count()
    return page.show("close", "case_regime", form=form, waiting=waiting)


@require_http_methods(["GET", "HEAD", "POST"])
def case_reopen(request: SignedIn, pk: UUID) -> HttpResponse:
    """Work again on a case that was closed."""
    page = CasePage.open(request, pk, to=Capability.MANAGE_CASE)
    assessments = assessments_of(page.case.household)
    form = FormPage(request, ReopenForm, assessments=assessments)
    if form.attempt(
        lambda given: reopen_case(
            by=request.user,
            case=page.case,
            regime=Regime(given["regime"]),
            reason=given["reason"],
            assessment=_assessment(assessments, given),
        )
    ):
        return form.done(_("The case is open again."), "case", pk)
    return page.show("reopen", "case_regime", form=form)


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


def _assessment(assessments: list[Assessment], given: dict[str, Any]) -> Assessment | None:
    wanted = chosen(given, "assessment")
    return next((made for made in assessments if made.pk == wanted), None)


def _open(
    user: User,
    household: Household,
    members: list[Any],
    assessments: list[Assessment],
    given: dict[str, Any],
) -> Case:
    person = chosen(given, "person")
    responsible, team = chosen(given, "responsible"), chosen(given, "team")
    return open_case(
        by=user,
        household=household,
        regime=Regime(given["regime"]),
        reason=given["reason"],
        person=next((member for member in members if member.pk == person), None),
        assessment=_assessment(assessments, given),
        team=Team.objects.get(pk=team) if team else None,
        responsible=User.objects.get(pk=responsible) if responsible else None,
    )
