"""What a body held in a half-year or a quarter, on screen and as a table."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from punte.gatherings.content import kind_in_words
from punte.gatherings.models import Body
from punte.gatherings.reports import Report, report_of, stretches_of
from punte.kernel.tables.writing import write_xlsx
from punte.www.frame.access import SignedIn
from punte.www.frame.download import file_response
from punte.www.frame.listing_deeds import CONTENT_TYPES, XLSX
from punte.www.office.meetings.views.bodies import opened_body
from punte.www.templatetags.dates import short_day


@require_safe
def body_report(request: SignedIn, pk: UUID) -> HttpResponse:
    """The report of a stretch of time; `f=xlsx` is the table of it."""
    body = opened_body(request, pk)
    today = timezone.localdate()
    stretches = stretches_of(body, today)
    asked = request.GET.get("de", "")
    stretch = next((one for one in stretches if one.key == asked), stretches[0])
    report = report_of(body, stretch, today)
    if request.GET.get("f") == XLSX:
        content = write_xlsx({_("Report"): _lines(body, report)})
        return file_response(content, CONTENT_TYPES[XLSX], f"raport-{stretch.key}.xlsx")
    return render(
        request,
        "office_meetings/body_report.html",
        {"body": body, "called": kind_in_words(body.kind), "report": report, "stretches": stretches},
    )


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
