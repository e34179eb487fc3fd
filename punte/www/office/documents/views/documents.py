"""The file of a case: what is in it, writing a new paper, reading and downloading one."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import SEALED_COMPARTMENTS, Capability
from punte.assessments.models import Assessment
from punte.cases.enums import PlanStatus
from punte.documents.actions import issue_document
from punte.documents.chronology import changed_since
from punte.documents.content import members_of
from punte.documents.enums import DocumentKind
from punte.documents.kinds import kind_in_words
from punte.documents.models import IssuedDocument
from punte.documents.purposes import Purpose, purposes
from punte.documents.queries import readable
from punte.documents.rendering import render, render_draft
from punte.documents.templates import PaperTemplate, current
from punte.documents.writing import draft_document
from punte.gatherings.models import Meeting
from punte.gatherings.queries import readable as meetings_read
from punte.kernel.papers import CONTENT_TYPES
from punte.kernel.text import fold
from punte.people.models import Person
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.download import file_response
from punte.www.frame.form_page import FormPage
from punte.www.office.documents.forms.documents import ApplicationForm, InquiryForm, PlanForm
from punte.www.office.documents.views.papers_page import PapersPage

_FORMS = {
    DocumentKind.SOCIAL_INQUIRY: InquiryForm,
    DocumentKind.SERVICE_PLAN: PlanForm,
    DocumentKind.VMI_APPLICATION: ApplicationForm,
}
_MOST_LISTED = 200


@require_safe
def case_documents(request: SignedIn, pk: UUID) -> HttpResponse:
    """The file of the case: papers issued and documents put there, by date; and what may be written now."""
    page = PapersPage.open(request, pk)
    lines, withdrawn = _lines(page)
    offered = {line["kind_key"]: line["kind"] for line in lines}
    asked = request.GET.get("fel", "")
    oldest_first = request.GET.get("ordine") == "vechi"
    shown = [line for line in lines if asked not in offered or line["kind_key"] == asked]
    shown.sort(key=lambda line: line["dated"], reverse=not oldest_first)
    return page.show(
        "case_documents",
        "case_documents",
        sensitive=any(line["is_sensitive"] for line in (*shown, *withdrawn)),
        lines=shown[:_MOST_LISTED],
        more=len(shown) > _MOST_LISTED,
        withdrawn=withdrawn,
        offered=sorted(offered.items(), key=lambda kind: fold(kind[1])),
        asked=asked if asked in offered else "",
        oldest_first=oldest_first,
        may_file=page.allows(Capability.INTERVENE),
        **_what_may_be_written(page),
    )


def _lines(page: PapersPage) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What the list says of each paper and document, the newest first, and of those that were withdrawn."""
    issued: list[dict[str, Any]] = [
        {
            "paper": one,
            "minutes": None,
            "kind_key": one.kind,
            "kind": str(one.get_kind_display()),
            "dated": one.issued_on,
            "readable": readable(one, page.compartments),
            "is_sensitive": False,
        }
        for one in page.case.documents.select_related("by")
    ]
    rows = page.filed().annotate(files=Count("pages")).order_by("-dated", "-created_at", "-pk")
    filed: list[dict[str, Any]] = [
        {
            "paper": None,
            "minutes": None,
            "document": one,
            "kind_key": one.kind,
            "kind": kind_in_words(one.kind),
            "dated": one.dated,
            "files": one.files,
            "is_sensitive": one.compartment in SEALED_COMPARTMENTS,
        }
        for one in rows
    ]
    in_use = [line for line in filed if not line["document"].is_withdrawn]
    lines = sorted([*issued, *in_use, *_minutes(page)], key=lambda line: line["dated"], reverse=True)
    return lines, [line for line in filed if line["document"].is_withdrawn]


def _minutes(page: PapersPage) -> list[dict[str, Any]]:
    """The minutes of its conferences that were issued, as far as the account reads them."""
    held = Meeting.objects.filter(case=page.case, paper__isnull=False).select_related(
        "paper", "case__household"
    )
    return [
        {
            "paper": None,
            "minutes": one,
            "kind_key": "meeting_minutes",
            "kind": _("Minutes of a conference"),
            "dated": one.paper.issued_on,
            "is_sensitive": False,
        }
        for one in meetings_read(page.user, list(held.order_by("pk")))
    ]


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
                (DocumentKind.VMI_APPLICATION, True),
                (DocumentKind.CHRONOLOGY, True),
            )
        ]
    }


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.ISSUE_DOCUMENTS)
def issue(request: SignedIn, pk: UUID, paper: str) -> HttpResponse:
    """Write a paper: look at its draft, then issue it."""
    page = PapersPage.open(request, pk, to=Capability.ISSUE_DOCUMENTS)
    template = _template_called(paper)
    offered = purposes_for(page, template)
    aim = request.GET.get("scop", "")
    if offered and aim not in offered:
        return page.show("purpose", "issue_document", kind=template.kind, purposes=list(offered.values()))
    name = f"document-{template.file_name}-{pk}"
    options: dict[str, Any] = {"purpose": offered[aim], "people": _people(page)} if offered else {}
    form = FormPage(
        request,
        _FORMS[template.kind],
        draft=f"{name}-{aim}" if aim in offered else name,
        initial=_beginning(page, template),
        reads_violence=page.reads_violence,
        **options,
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
    purpose = offered.get(aim)
    return page.show(
        "issue",
        "issue_document",
        sensitive=purpose is not None and purpose.guarded,
        form=form,
        kind=template.kind,
        kind_name=paper,
        purpose=purpose,
    )


def purposes_for(page: PapersPage, template: PaperTemplate) -> dict[str, Purpose]:
    """What a paper may be written for by the account: of violence only by who reads of it."""
    known = purposes(template).items()
    return {key: one for key, one in known if page.reads_violence or not one.guarded}


def _people(page: PapersPage) -> list[Person]:
    return [one.person for one in members_of(page.case)]


def _template_called(file_name: str) -> PaperTemplate:
    found = next((one for kind in _FORMS if (one := current(kind)).file_name == file_name), None)
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
    page, issued = open_document(request, pk)
    sensitive = bool(SEALED_COMPARTMENTS & set(issued.compartments))
    page.read("document", subject=issued.pk)
    return page.show(
        "document",
        sensitive=sensitive,
        document=issued,
        changed=changed_since(request.user, page.case, issued),
        copies=list(issued.signed_copies.select_related("by").order_by("-number")),
        may_sign=page.allows(Capability.INTERVENE),
    )


@require_safe
def document_file(request: SignedIn, pk: UUID, file_format: str) -> HttpResponse:
    """The file of an issued paper, to be kept or printed."""
    if file_format not in CONTENT_TYPES:
        raise Http404
    page, issued = open_document(request, pk)
    if not issued.content:
        # What it said went with its case, whose time to be kept is over.
        raise Http404
    page.read(f"document_{file_format}", subject=issued.pk)
    name = f"{current(issued.kind).file_name}-{issued.year}-{issued.number:04d}.{file_format}"
    return file_response(render(issued, file_format), CONTENT_TYPES[file_format], name)


def open_document(request: SignedIn, pk: UUID) -> tuple[PapersPage, IssuedDocument]:
    """A paper and its case, for who reads all that it holds; 403 for who sees only that it is there."""
    shown = IssuedDocument.objects.visible_to(request.user).select_related("by", "organization")
    issued = fetch(shown, known=IssuedDocument.objects.known_to(request.user), pk=pk)
    page = PapersPage.open(request, issued.case_id)
    if not readable(issued, page.compartments):
        raise PermissionDenied
    return page, issued
