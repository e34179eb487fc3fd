"""What a body held in a half-year or a quarter, on screen, as a table and as a paper."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability
from punte.accounts.verbs import record_read
from punte.documents.actions.body_report import issue_body_report
from punte.documents.body_report import draft_of, paper_of
from punte.gatherings.content import kind_in_words
from punte.gatherings.models import Body
from punte.gatherings.reports import Report, Stretch, due_reports, report_of, stretches_of
from punte.kernel.papers import CONTENT_TYPES as PAPER_TYPES
from punte.kernel.tables.writing import write_xlsx
from punte.www.frame.access import SignedIn
from punte.www.frame.download import file_response
from punte.www.frame.form_page import FormPage
from punte.www.frame.listing_deeds import CONTENT_TYPES, XLSX
from punte.www.office.meetings.forms.bodies import ReportForm
from punte.www.office.meetings.views.bodies import opened_body
from punte.www.templatetags.dates import short_day


@require_safe
def body_report(request: SignedIn, pk: UUID) -> HttpResponse:
    """The report of a stretch of time; `f=xlsx` is the table of it."""
    body = opened_body(request, pk)
    today = timezone.localdate()
    stretches = stretches_of(body, today)
    due = {one.stretch.first: one for one in due_reports(request.user, today) if one.body.pk == body.pk}
    waits = [one for one in stretches if one.first in due]
    asked = request.GET.get("de", "")
    stretch = next((one for one in stretches if one.key == asked), (waits or stretches)[0])
    report = report_of(body, stretch, today)
    if request.GET.get("f") == XLSX:
        content = write_xlsx({_("Report"): _lines(body, report)})
        return file_response(content, CONTENT_TYPES[XLSX], f"raport-{stretch.key}.xlsx")
    return render(
        request,
        "office_meetings/body_report.html",
        {
            "body": body,
            "called": kind_in_words(body.kind),
            "report": report,
            "stretches": stretches,
            "due": due.get(stretch.first),
            "today": today,
            "paper": body.reports.filter(first=stretch.first).select_related("by").first(),
            "issues": stretch.last < today and request.user.standing.may(Capability.MEET, body.keeper_id),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def body_report_issue(request: SignedIn, pk: UUID, first: str) -> HttpResponse:
    """Say what the sessions came to, look at the report as a paper, then issue it with a number."""
    body, stretch = _of_address(request, pk, first)
    if not request.user.standing.may(Capability.MEET, body.keeper_id):
        raise PermissionDenied
    form = FormPage(request, ReportForm, draft=f"report-{pk}-{first}")
    preview = "preview" in request.POST

    def act(given: dict[str, Any]) -> Any:
        made: Any = draft_of if preview else issue_body_report
        if preview:
            return made(request.user, body, stretch, given["remarks"])
        return made(by=request.user, body=body, stretch=stretch, remarks=given["remarks"])

    if form.attempt(act):
        if preview:
            _read(request, body, "body_report_draft")
            return file_response(form.made, "application/pdf", "ciorna-raport.pdf", inline=True)
        said = _("The report was issued with number %(number)s.") % {"number": form.made.number}
        return form.done(said, f"{reverse('body_report', args=[pk])}?de={first}")
    return form.ask(
        _("Issue the report"),
        template="office_meetings/report_issue.html",
        button=_("Issue the report"),
        intro=f"{short_day(stretch.first)} – {short_day(stretch.last)}",
        back=f"{reverse('body_report', args=[pk])}?de={first}",
        back_to=str(body),
    )


@require_safe
def body_report_file(request: SignedIn, pk: UUID, first: str) -> HttpResponse:
    """The report as it was issued: PDF, or with `f=docx` DOCX."""
    body, stretch = _of_address(request, pk, first)
    rows = body.reports.select_related("organization")
    paper = get_object_or_404(rows, first=stretch.first)
    _read(request, body, "body_report_file")
    made = "docx" if request.GET.get("f") == "docx" else "pdf"
    name = f"raport-{paper.year}-{paper.number:04d}.{made}"
    return file_response(paper_of(paper, made), PAPER_TYPES[made], name)


def _of_address(request: SignedIn, pk: UUID, first: str) -> tuple[Body, Stretch]:
    body = opened_body(request, pk)
    stretches = stretches_of(body, timezone.localdate())
    stretch = next((one for one in stretches if one.key == first), None)
    if stretch is None:
        raise Http404
    return body, stretch


def _read(request: SignedIn, body: Body, what: str) -> None:
    record_read(by=request.user, what=what, keeper=body.keeper_id, subject=body.pk)


def _lines(body: Body, report: Report) -> list[list[object]]:
    lines: list[list[object]] = [
        [str(body), kind_in_words(body.kind)],
        [_("From"), report.stretch.first, _("Until"), report.stretch.last],
        [],
        [_("Session"), _("Present"), _("Quorum"), _("Decisions"), _("Cases brought")],
    ]
    words = {None: "", True: _("yes"), False: _("no")}
    for one in report.sessions:
        lines.append([short_day(one.meeting.day), one.there, words[one.quorate], one.decided, one.cases])
    lines += [
        [],
        [_("Sessions held"), len(report.sessions)],
        [_("Called off"), report.cancelled],
        [_("Present on average"), report.mean],
        [_("Decisions"), report.decisions],
        [_("Cases brought"), report.brought],
        [_("Tasks given"), report.tasks],
        [_("Tasks done"), report.done],
        [_("Tasks late"), report.late],
    ]
    return lines
