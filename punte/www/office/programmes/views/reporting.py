"""Reports of actions: writing one, who has not written one, answering."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability as Can
from punte.programmes.actions import answer_report, report_action
from punte.programmes.actions.reporting import readable_reports
from punte.programmes.queries import by_uat, dues, reporters
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.asked import number_in
from punte.www.frame.form_page import FormPage
from punte.www.office.programmes.forms.programmes import AnswerForm, ReportForm
from punte.www.office.programmes.views.programmes import ProgrammePage


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.PLAN)
def report(request: SignedIn, pk: UUID, code: str) -> HttpResponse:
    """Say how far an action is, for the period that is over."""
    page = ProgrammePage.open(request, pk)
    place = page.place(code)
    mine = reporters(request.user, page.programme, place) if place.is_work else []
    if not mine:
        raise PermissionDenied
    before = page.programme.reports.filter(node=code, organization__in=mine).first()
    initial = {"state": before.state, "percent": before.percent} if before else {}
    form = FormPage(
        request, ReportForm, organizations=mine, draft=f"report-{pk}-{code}"[:60], initial=initial
    )
    if form.attempt(
        lambda given: report_action(by=request.user, programme=page.programme, node=code, **given)
    ):
        return form.done(_("Reported. What was said before stays beside it."), "programme", pk)
    due = dues(page.programme, timezone.localdate())[code]
    words = _("For %(period)s.") % {"period": due.name} if due else _("No report is due yet.")
    return form.ask(
        _("Report: %(code)s") % {"code": code},
        back=reverse("programme_node", args=[pk, code]),
        back_to=page.programme.short,
        button=_("Send the report"),
        intro=f"{place.title} · {words}",
    )


@require_safe
@needs(Can.SEE_TOTALS, Can.PLAN)
def county(request: SignedIn, pk: UUID) -> HttpResponse:
    """Which UATs have not reported the actions that fall to them; `?uat=` shows one."""
    page = ProgrammePage.open(request, pk)
    lines = by_uat(page.programme, timezone.localdate())
    chosen = number_in(request.GET.get("uat"))
    one = next((line for line in lines if line.uat.pk == chosen), None)
    reports = None
    if one:
        reports = (
            page.programme.reports.filter(
                readable_reports(request.user, page.programme), organization__uat=one.uat
            )
            .exclude(organization=page.programme.organization_id)
            .select_related("organization", "by")
            .prefetch_related("answers__by")
        )
    return page.show(
        "county",
        "programme",
        here="county",
        lines=lines,
        owing=sum(bool(line.missing) for line in lines),
        actions=len(lines[0].missing) + len(lines[0].reported) if lines else 0,
        one=one,
        sees_totals=request.user.standing.may(Can.SEE_TOTALS),
        reports=reports,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.PLAN)
def answer(request: SignedIn, pk: UUID, report: UUID) -> HttpResponse:
    """Answer a report in the name of the programme's institution."""
    page = ProgrammePage.open(request, pk).only(to=Can.PLAN)
    found = fetch(page.programme.reports.select_related("organization", "programme"), pk=report)
    form = FormPage(request, AnswerForm)
    if form.attempt(lambda given: answer_report(by=request.user, report=found, **given)):
        return form.done(_("Answered."), "programme_node", pk, found.node)
    return form.ask(
        _("Answer to %(name)s") % {"name": found.organization},
        back=reverse("programme_node", args=[pk, found.node]),
        back_to=page.programme.short,
        button=_("Send the answer"),
        intro=f"{found.node} · {found.period} · {found.get_state_display()}. {found.narrative}",
    )
