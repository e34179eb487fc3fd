"""The papers of a case: those issued, writing a new one, reading and downloading one."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.actions import forget_draft
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
from punte.www.frame.access import SignedIn, attempt, fetch, needs
from punte.www.office.documents.forms.documents import InquiryForm, PlanForm
from punte.www.office.documents.views.case_papers import CaseFile, open_file

_FORMS = {DocumentKind.SOCIAL_INQUIRY: InquiryForm, DocumentKind.SERVICE_PLAN: PlanForm}
_MOST_LISTED = 200


@require_safe
def case_documents(request: SignedIn, pk: UUID) -> HttpResponse:
    """The papers issued in a case, the newest first, and those that may be written now."""
    file = open_file(request, pk)
    documents = list(file.case.documents.select_related("by")[:_MOST_LISTED])
    papers = [{"document": one, "readable": readable(one, file.compartments)} for one in documents]
    return file.show("case_documents", "case_documents", papers=papers, **_what_may_be_written(file))


def _what_may_be_written(file: CaseFile) -> dict[str, Any]:
    household = file.case.household
    return {
        "kinds": [
            {
                "url": reverse("issue_document", args=[file.case.pk, current(kind).file_name]),
                "label": kind.label,
                "ready": ready,
            }
            for kind, ready in (
                (DocumentKind.SOCIAL_INQUIRY, Assessment.objects.filter(household=household).exists()),
                (DocumentKind.SERVICE_PLAN, file.case.plans.filter(status=PlanStatus.ADOPTED).exists()),
            )
        ]
    }


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.ISSUE_DOCUMENTS)
def issue(request: SignedIn, pk: UUID, paper: str) -> HttpResponse:
    """Write a paper: look at its draft, then issue it."""
    file = open_file(request, pk)
    if not file.may_issue:
        raise PermissionDenied
    template = _template_called(paper)
    form = _FORMS[template.kind](
        request.POST if request.method == "POST" else None,
        initial=_beginning(file, template),
        reads_violence=file.reads_violence,
    )
    if request.method == "POST" and form.is_valid():
        answer = _preview(file, template, form) if "preview" in request.POST else _issue(file, template, form)
        if answer:
            return answer
    return file.show(
        "issue",
        "issue_document",
        status=422 if request.method == "POST" else 200,
        form=form,
        kind=template.kind,
        draft_url=reverse("form_draft", args=[_draft_key(file, template)]),
        draft_key=_draft_key(file, template),
    )


def _template_called(file_name: str) -> PaperTemplate:
    found = next((one for kind in DocumentKind if (one := current(kind)).file_name == file_name), None)
    if found is None:
        raise Http404
    return found


def _beginning(file: CaseFile, template: PaperTemplate) -> dict[str, dt.date | None]:
    """What a form begins with: the day by which the plan is due for review."""
    if not template.review_rules:
        return {}
    terms = file.case.deadlines.not_met().filter(rule__in=template.review_rules)
    return {"review_on": terms.values_list("due_on", flat=True).first()}


def _preview(file: CaseFile, template: PaperTemplate, form: Any) -> HttpResponse | None:
    paper = attempt(
        form,
        lambda: draft_document(by=file.request.user, case=file.case, kind=template.kind, **form.cleaned_data),
    )
    if paper is None:
        return None
    file.read("document_preview")
    return _file(render_draft(paper), "pdf", f"ciorna-{template.file_name}.pdf", "inline")


def _issue(file: CaseFile, template: PaperTemplate, form: Any) -> HttpResponse | None:
    user = file.request.user
    issued = attempt(
        form, lambda: issue_document(by=user, case=file.case, kind=template.kind, **form.cleaned_data)
    )
    if issued is None:
        return None
    forget_draft(user, _draft_key(file, template))
    messages.success(
        file.request, _("The paper was issued with number %(number)s.") % {"number": issued.number}
    )
    return redirect("document", pk=issued.pk)


def _draft_key(file: CaseFile, template: PaperTemplate) -> str:
    return f"document-{template.file_name}-{file.case.pk}"


@require_safe
def document(request: SignedIn, pk: UUID) -> HttpResponse:
    """One issued paper: what it is, and its files."""
    file, issued = _open_document(request, pk)
    sensitive = bool(SEALED_COMPARTMENTS & set(issued.compartments))
    return file.show("document", "document", paper=issued, sensitive=sensitive, document=issued)


@require_safe
def document_file(request: SignedIn, pk: UUID, file_format: str) -> HttpResponse:
    """The file of an issued paper, to be kept or printed."""
    if file_format not in CONTENT_TYPES:
        raise Http404
    file, issued = _open_document(request, pk)
    file.read(f"document_{file_format}", issued)
    name = f"{current(issued.kind).file_name}-{issued.year}-{issued.number:04d}.{file_format}"
    return _file(render(issued, file_format), file_format, name, "attachment")


def _open_document(request: SignedIn, pk: UUID) -> tuple[CaseFile, IssuedDocument]:
    shown = IssuedDocument.objects.visible_to(request.user).select_related("by", "organization")
    issued = fetch(shown, known=IssuedDocument.objects.known_to(request.user), pk=pk)
    file = open_file(request, issued.case_id)
    if not readable(issued, file.compartments):
        raise PermissionDenied
    return file, issued


def _file(content: bytes, file_format: str, name: str, disposition: str) -> HttpResponse:
    """A file that no cache keeps; its name tells nothing about anybody."""
    return HttpResponse(
        content,
        content_type=CONTENT_TYPES[file_format],
        headers={"Content-Disposition": f'{disposition}; filename="{name}"', "Cache-Control": "no-store"},
    )
