"""The papers of a case: those issued, writing a new one, reading and downloading one."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import SEALED_COMPARTMENTS, Capability
from punte.assessments.models import Assessment
from punte.cases.enums import PlanStatus
from punte.documents.actions import issue_document
from punte.documents.enums import DocumentKind
from punte.documents.models import IssuedDocument
from punte.documents.queries import readable
from punte.documents.rendering import render, render_draft
from punte.documents.templates import PaperTemplate, current
from punte.documents.writing import draft_document
from punte.kernel.papers import CONTENT_TYPES
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.download import file_response
from punte.www.frame.form_page import FormPage
from punte.www.office.documents.forms.documents import InquiryForm, PlanForm
from punte.www.office.documents.views.papers_page import PapersPage

_FORMS = {DocumentKind.SOCIAL_INQUIRY: InquiryForm, DocumentKind.SERVICE_PLAN: PlanForm}
_MOST_LISTED = 200


@require_safe
def case_documents(request: SignedIn, pk: UUID) -> HttpResponse:
    """The papers issued in a case, the newest first, and those that may be written now."""
    page = PapersPage.open(request, pk)
    documents = list(page.case.documents.select_related("by")[:_MOST_LISTED])
    papers = [{"document": one, "readable": readable(one, page.compartments)} for one in documents]
    return page.show("case_documents", "case_documents", papers=papers, **_what_may_be_written(page))


def _what_may_be_written(page: PapersPage) -> dict[str, Any]:
    assessed = Assessment.objects.setting_severity().filter(household=page.case.household)
    return {
        "kinds": [
            {
                "url": reverse("issue_document", args=[page.case.pk, current(kind).file_name]),
                "label": kind.label,
                "ready": ready,
            }
            for kind, ready in (
                (DocumentKind.SOCIAL_INQUIRY, assessed.exists()),
                (DocumentKind.SERVICE_PLAN, page.case.plans.filter(status=PlanStatus.ADOPTED).exists()),
            )
        ]
    }


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.ISSUE_DOCUMENTS)
def issue(request: SignedIn, pk: UUID, paper: str) -> HttpResponse:
    """Write a paper: look at its draft, then issue it."""
    page = PapersPage.open(request, pk, to=Capability.ISSUE_DOCUMENTS)
    template = _template_called(paper)
    form = FormPage(
        request,
        _FORMS[template.kind],
        draft=f"document-{template.file_name}-{pk}",
        initial=_beginning(page, template),
        reads_violence=page.reads_violence,
    )
    paper_of: dict[str, Any] = {"by": request.user, "case": page.case, "kind": template.kind}
    if "preview" in request.POST:
        if form.attempt(lambda given: draft_document(**paper_of, **given)):
            page.read("document_preview")
            name = f"ciorna-{template.file_name}.pdf"
            return file_response(render_draft(form.made), CONTENT_TYPES["pdf"], name, inline=True)
    elif form.attempt(lambda given: issue_document(**paper_of, **given)):
        said = _("The paper was issued with number %(number)s.") % {"number": form.made.number}
        return form.done(said, "document", form.made.pk)
    return page.show("issue", "issue_document", form=form, kind=template.kind)


def _template_called(file_name: str) -> PaperTemplate:
    found = next((one for kind in DocumentKind if (one := current(kind)).file_name == file_name), None)
    if found is None:
        raise Http404
    return found


def _beginning(page: PapersPage, template: PaperTemplate) -> dict[str, dt.date | None]:
    """What a form begins with: the day by which the plan is due for review."""
    if not template.review_rules:
        return {}
    terms = page.case.deadlines.not_met().filter(rule__in=template.review_rules)
    return {"review_on": terms.values_list("due_on", flat=True).first()}


@require_safe
def document(request: SignedIn, pk: UUID) -> HttpResponse:
    """One issued paper: what it is, and its files."""
    page, issued = _open_document(request, pk)
    sensitive = bool(SEALED_COMPARTMENTS & set(issued.compartments))
    page.read("document", subject=issued.pk)
    return page.show("document", sensitive=sensitive, document=issued)


@require_safe
def document_file(request: SignedIn, pk: UUID, file_format: str) -> HttpResponse:
    """The file of an issued paper, to be kept or printed."""
    if file_format not in CONTENT_TYPES:
        raise Http404
    page, issued = _open_document(request, pk)
    page.read(f"document_{file_format}", subject=issued.pk)
    name = f"{current(issued.kind).file_name}-{issued.year}-{issued.number:04d}.{file_format}"
    return file_response(render(issued, file_format), CONTENT_TYPES[file_format], name)


def _open_document(request: SignedIn, pk: UUID) -> tuple[PapersPage, IssuedDocument]:
    shown = IssuedDocument.objects.visible_to(request.user).select_related("by", "organization")
    issued = fetch(shown, known=IssuedDocument.objects.known_to(request.user), pk=pk)
    page = PapersPage.open(request, issued.case_id)
    if not readable(issued, page.compartments):
        raise PermissionDenied
    return page, issued
