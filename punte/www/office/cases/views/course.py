"""The course of a case: opening, regime, closing, reopening."""

import datetime as dt
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from punte.accounts.enums import Capability
from punte.accounts.models import Team, User
from punte.accounts.verbs import record_read
from punte.assessments.models import Assessment
from punte.cases.actions import change_regime, close_case, open_case, reopen_case
from punte.cases.approvals import rule_for
from punte.cases.caseload import Loads, warning_of_load
from punte.cases.enums import CaseDeed, ReferralStatus, Regime
from punte.cases.models import Case
from punte.cases.trail import CASE_TO_BE
from punte.cases.visits import planned_in
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
from punte.www.office.cases.forms.inputs import people_choices
from punte.www.office.cases.views.approval_words import waiting_about


@needs(Capability.MANAGE_CASE)
@require_http_methods(["GET", "HEAD", "POST"])
def case_open(request: SignedIn, pk: UUID) -> HttpResponse:
    """Open a case of a household or of one of its members, by hand or from an assessment."""
    household = fetch(Household.objects.visible_to(request.user).select_related("keeper", "uat"), pk=pk)
    assessments = assessments_of(request.user, household)
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
        said = _("Case %(number)s was opened.") % {"number": form.made}
        warning = _warning(form.made, request.user)
        level = messages.WARNING if warning else messages.SUCCESS
        return form.done(f"{said} {warning}".strip(), "case", form.made.pk, level=level)
    record_read(
        by=request.user,
        what="case_open",
        keeper=household.keeper_id,
        household=household.pk,
        case=CASE_TO_BE,
    )
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
    assessments = assessments_of(request.user, page.case.household)
    opens = Assessment.objects.known_to(request.user, page.case.household_id)
    form = FormPage(
        request,
        RegimeForm,
        current=page.case.regime,
        assessments=assessments,
        initial={"reason": _conference_named(request)},
    )
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
        waits=waiting_about(page) if page.case.open else [],
        assessments=assessments,
        opens=set(opens.values_list("pk", flat=True)),
        history=list(history.order_by("-start", "-id")),
        episodes=list(page.case.episodes.select_related("opened_by", "closed_by").order_by("-start")),
    )


def _conference_named(request: SignedIn) -> str:
    """The reason with which the form begins where a conference decided: its day is in the address, nothing else."""
    try:
        day = dt.date.fromisoformat(request.GET.get("conferinta", ""))
    except ValueError:
        return ""
    return _("Case conference of %(day)s") % {"day": f"{day:%d.%m.%Y}"}


@require_http_methods(["GET", "HEAD", "POST"])
def case_close(request: SignedIn, pk: UUID) -> HttpResponse:
    """Close the case with its outcome and reason."""
    page = CasePage.open(request, pk, to=Capability.MANAGE_CASE)
    form = FormPage(request, CloseForm)
    if form.attempt(lambda given: close_case(by=request.user, case=page.case, **given)):
        if form.made.open:
            return form.done(_("Asked: the case is closed when a second person agrees."), "case", pk)
        return form.done(_("The case is closed. It can be reopened at any time."), "case", pk)
    waiting = page.case.referrals.filter(status=ReferralStatus.SENT).count()
    asks_first = rule_for(page.user, page.case, CaseDeed.CLOSE_CASE) is not None
    return page.show(
        "close",
        "case_regime",
        form=form,
        waiting=waiting,
        visits=planned_in(page.user, page.case),
        asks_first=asks_first,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def case_reopen(request: SignedIn, pk: UUID) -> HttpResponse:
    """Work again on a case that was closed."""
    page = CasePage.open(request, pk, to=Capability.MANAGE_CASE)
    assessments = assessments_of(request.user, page.case.household)
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
    loads = Loads.read([household.keeper_id])
    staff = [loads.choice(one) for one in staff_of(household.keeper_id, Capability.MANAGE_CASE)]
    return {
        "staff": [("", _("I answer for it")), *staff],
        "teams": team_choices(household.keeper_id, _("The team of the responsible worker")),
    }


def _warning(case: Case, by: User) -> str:
    """Of a case given to somebody else: that they carry more than the norm. What one carries oneself, one knows."""
    given = case.responsible if case.responsible_id != by.pk else None
    return warning_of_load(given, [case]) if given else ""


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
