"""The list of reports, the page of one, writing a part of it, its figures, issuing it, its files."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self
from uuid import UUID

from django.db.models import Max
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from punte.accounts.enums import Capability as Can
from punte.annual_plans.editing import StaleRow
from punte.kernel.papers import CONTENT_TYPES
from punte.programmes.models import Programme
from punte.registers.actions.writing import in_words
from punte.reports.actions import begin_report, count_anew, issue_report, write_part
from punte.reports.actions.writing import problems_of
from punte.reports.composing import Composed, Place
from punte.reports.definition import ReportKind
from punte.reports.files import draft_file, version_file
from punte.reports.models import READERS, Report
from punte.reports.reading import report_kinds
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.download import file_response
from punte.www.frame.form_page import FormPage, Press, show
from punte.www.frame.record_page import RecordPage
from punte.www.office.reports.forms.reports import BeginForm, IssueForm, PartForm, of_institutions
from punte.www.office.reports.templatetags.reports import anchor


@dataclass
class ReportPage(RecordPage):
    """A report, open before one account."""

    folder = "office_reports"

    report: Report

    @classmethod
    def open(cls, request: SignedIn, pk: UUID) -> Self:
        """A report that the account reads; 404 for any other."""
        rows = Report.objects.visible_to(request.user).select_related("organization", "programme", "service")
        page = cls(request, fetch(rows, pk=pk))
        if page.report.kind not in report_kinds():
            raise Http404
        return page

    @property
    def about(self) -> dict[str, Any]:
        """Who keeps it."""
        return {"keeper": self.report.organization_id, "subject": self.report.pk}

    @property
    def writes(self) -> bool:
        """Whether the account writes it."""
        return self.allows(Can.PLAN)

    @property
    def meets(self) -> bool:
        """Whether it opens the pages of groups and meetings, where names are as it may read them."""
        return self.user.standing.may(Can.MEET)

    @property
    def kind(self) -> ReportKind:
        """What its file says."""
        return report_kinds()[self.report.kind]

    @cached_property
    def composed(self) -> Composed:
        """The report laid open."""
        return Composed.of(self.report, self.kind, self.user)

    @property
    def title(self) -> str:
        """What it is and of whom."""
        return f"{in_words(self.kind.title)}: {self.report}"

    def shared(self, what: str) -> dict[str, Any]:
        """What every page of the report shows."""
        return {"report": self.report, "kind": self.kind, "title": self.title}


@require_safe
@needs(*READERS)
def reports(request: SignedIn) -> HttpResponse:
    """The reports of the account's institutions, and those that may be begun."""
    rows = Report.objects.visible_to(request.user).select_related("organization", "programme", "service")
    found = rows.annotate(newest=Max("versions__number"), issued_on=Max("versions__issued_on"))
    kinds = report_kinds()
    offered = [one for one in kinds.values() if one.about != "house"] if _writes(request) else []
    listed = [
        (one, kinds[one.kind])
        for one in found.order_by("-end", "-created_at", "-pk")[:200]
        if one.kind in kinds
    ]
    return show(
        request,
        "office_reports/reports.html",
        reports=listed,
        offered=offered,
        houses=[one for one in kinds.values() if one.about == "house"]
        if request.user.standing.may(Can.SEE_TOTALS)
        else [],
    )


def _writes(request: SignedIn) -> bool:
    return bool(request.user.standing.organizations(Can.PLAN))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.PLAN)
def report_new(request: SignedIn, kind: str) -> HttpResponse:
    """Begin a report."""
    known = report_kinds().get(kind)
    if known is None or known.about == "house":
        raise Http404
    programmes = Programme.objects.visible_to(request.user)
    if known.kinds:
        programmes = programmes.filter(kind__in=known.kinds)
    form = FormPage(
        request,
        BeginForm,
        kind=known,
        organizations=of_institutions(request.user.standing.organizations(Can.PLAN)),
        programmes=programmes,
    )
    if form.attempt(lambda given: begin_report(by=request.user, kind=kind, **given)):
        return form.done(_("The report is begun. Write it part by part."), "report", form.made.pk)
    return form.ask(
        in_words(known.title),
        back=reverse("reports"),
        back_to=_("Reports"),
        button=_("Begin the report"),
        intro=known.source
        if not known.is_proposal
        else _("A proposal: %(source)s") % {"source": known.source},
    )


@require_safe
@needs(*READERS)
def report(request: SignedIn, pk: UUID) -> HttpResponse:
    """The report as it stands: what is written, what is not, what does not add up, its versions."""
    page = ReportPage.open(request, pk)
    composed = page.composed
    # Once the places are known, so are the tables that stand there.
    places = composed.places
    return page.show(
        "report",
        "report",
        places=places,
        problems=problems_of(composed),
        against=composed.against,
        written=sum(place.writes and not place.is_empty for place in places),
        to_write=sum(place.writes for place in places),
        versions=page.report.versions.select_related("by").defer("content"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.PLAN)
def report_part(request: SignedIn, pk: UUID, part: str) -> HttpResponse:
    """Write one part; what somebody else saved meanwhile stands beside one's own."""
    page = ReportPage.open(request, pk).only(to=Can.PLAN)
    place = place_of(page, part)
    draft = place.draft
    form = FormPage(
        request,
        PartForm,
        draft=f"report-{pk}-{part}"[:60],
        initial={"text": draft.text if draft else "", "revision": draft.revision if draft else 0},
    )
    if form.attempt(lambda given: write_part(by=request.user, report=page.report, part=part, **given)):
        return form.done(_("Saved."), f"{reverse('report', args=[pk])}#{anchor(part)}")
    theirs = _over(form)
    return page.show(
        "part",
        "report",
        status=form.status,
        form=form,
        place=place,
        theirs=theirs,
        nearby=page.composed.nearby(place),
        hint=in_words(place.part.hint) if place.part.hint else "",
    )


def _over(form: FormPage) -> Mapping[str, Any] | None:
    """What somebody else saved, so that saving again writes over it; None where nobody did."""
    stale = form.refused
    if not isinstance(stale, StaleRow):
        return None
    form.form.data = form.form.data.copy()
    form.form.data["revision"] = stale.revision
    return stale.theirs or {"text": ""}


def place_of(page: ReportPage, part: str) -> Place:
    """The part of that key where somebody writes; 404 for another."""
    found = next((one for one in page.composed.places if one.key == part and one.writes), None)
    if found is None:
        raise Http404
    return found


@require_POST
@needs(Can.PLAN)
def report_figures(request: SignedIn, pk: UUID) -> HttpResponse:
    """Put in the figures of the newest extract."""
    page = ReportPage.open(request, pk).only(to=Can.PLAN)
    return Press(request).tell(
        lambda: count_anew(by=request.user, report=page.report),
        _("The figures are those of the newest extract."),
        "report",
        pk,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.PLAN)
def report_issue(request: SignedIn, pk: UUID) -> HttpResponse:
    """Issue it, after a look at what is missing."""
    page = ReportPage.open(request, pk).only(to=Can.PLAN)
    form = FormPage(request, IssueForm)
    if form.attempt(lambda given: issue_report(by=request.user, report=page.report, **given)):
        return form.done(_("The report is issued: this version does not change any more."), "report", pk)
    problems = problems_of(page.composed)
    if not problems:
        form.form.fields.pop("confirmed")
    return form.ask(
        _("Issue the report"),
        back=reverse("report", args=[pk]),
        back_to=page.title,
        button=_("Issue it"),
        intro=" ".join(problems) or _("Everything is written, and the figures carry it."),
    )


@require_safe
@needs(*READERS)
def report_draft_file(request: SignedIn, pk: UUID, file_format: str) -> HttpResponse:
    """The file of the report as it stands; it says that it is a draft."""
    page = ReportPage.open(request, pk)
    _require_known(file_format)
    page.read("report")
    content = draft_file(page.composed, file_format, timezone.localtime())
    return _file(page, f"ciorna.{file_format}", file_format, content)


@require_safe
@needs(*READERS)
def report_file(request: SignedIn, pk: UUID, number: int, file_format: str) -> HttpResponse:
    """The file of an issued version."""
    page = ReportPage.open(request, pk)
    _require_known(file_format)
    version = fetch(page.report.versions.all(), number=number)
    page.read("report")
    return _file(page, f"v{number}.{file_format}", file_format, version_file(version, file_format))


def _require_known(file_format: str) -> None:
    if file_format not in CONTENT_TYPES:
        raise Http404


def _file(page: ReportPage, ending: str, file_format: str, content: bytes) -> HttpResponse:
    name = f"{page.report.kind}-{page.report.end.year}-{ending}"
    headers = {"Cache-Control": "no-store"}
    return file_response(content, CONTENT_TYPES[file_format], name, headers=headers)
