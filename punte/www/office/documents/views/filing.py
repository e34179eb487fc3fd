"""Documents in the file of a case: put there, read, corrected, withdrawn."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import SEALED_COMPARTMENTS, Capability, Compartment
from punte.documents.actions import (
    correct_filed_document,
    file_documents,
    may_change,
    withdraw_filed_document,
)
from punte.documents.actions.filing import said_of
from punte.documents.filing import ALLOWED, SHOWN, Upload, content_of
from punte.documents.kinds import kind_in_words
from punte.documents.models import FiledDocument, FiledPage
from punte.kernel.files import PDF
from punte.people.models import Person
from punte.www.frame.access import SignedIn
from punte.www.frame.download import PAPER, UNTRUSTED, file_response
from punte.www.frame.form_page import FormPage
from punte.www.office.documents.forms.filing import CorrectionForm, FilingForm, WithdrawalForm
from punte.www.office.documents.views.papers_page import PapersPage

_ENDINGS = {kind.content_type: kind.extension for kind in ALLOWED}


@dataclass
class FiledDocumentPage(PapersPage):
    """One document of the file of a case, open before one account."""

    document: FiledDocument

    @classmethod
    def of(cls, request: SignedIn, pk: UUID, document: UUID, *, to_change: bool = False) -> Self:
        """The document that the address names, as the account reads it, or 404; 403 for who may not change it."""
        about = PapersPage.open(request, pk, to=Capability.INTERVENE if to_change else None)
        found = about.filed().filter(pk=document).first()
        if found is None:
            raise Http404
        page = cls(request, about.case, found)
        found.case = about.case
        if to_change and not page.may_change:
            raise PermissionDenied
        return page

    @property
    def may_change(self) -> bool:
        """Whether the account corrects and withdraws it."""
        works = self.allows(Capability.INTERVENE)
        return works and not self.document.is_withdrawn and may_change(self.user, self.document)

    @property
    def may_open(self) -> bool:
        """Whether the account opens its pages: of one that was withdrawn only who may change it."""
        return not self.document.is_withdrawn or may_change(self.user, self.document)

    @property
    def is_sensitive(self) -> bool:
        """Whether it is about violence or abuse."""
        return self.document.compartment in SEALED_COMPARTMENTS

    def read_document(self, what: str) -> None:
        """Write in the trail that it was opened."""
        about = {"person": self.document.person_id} if self.document.person_id else {}
        self.read(what, subject=self.document.pk, **about)

    def description(self, **options: Any) -> dict[str, Any]:
        """What a form about it needs."""
        return _choices(self, [self.document.person] if self.document.person else [], **options)

    def back(self) -> dict[str, str]:
        """The way back of its forms."""
        address = reverse("case_file", args=[self.case.pk, self.document.pk])
        return {"back": address, "back_to": _("The document")}


@require_http_methods(["GET", "HEAD", "POST"])
def case_file_new(request: SignedIn, pk: UUID) -> HttpResponse:
    """Put documents in the file of a case."""
    page = PapersPage.open(request, pk, to=Capability.INTERVENE)
    form = FormPage(request, FilingForm, draft=f"filing-{pk}", **_choices(page, []))
    if form.attempt(lambda given: _put(page, given)):
        made = len(form.made)
        said = ngettext("It is in the file.", "%(n)s documents are in the file.", made) % {"n": made}
        if made == 1:
            return form.done(said, "case_file", pk, form.made[0].pk)
        return form.done(said, "case_documents", pk)
    return page.show("filing", "case_file_form", form=form)


def _put(page: PapersPage, given: dict[str, Any]) -> list[FiledDocument]:
    uploads = [Upload(one.name, one.read()) for one in given.pop("attached")]
    return file_documents(by=page.user, case=page.case, uploads=uploads, **given)


def _choices(page: PapersPage, also: Iterable[Person], **options: Any) -> dict[str, Any]:
    known = {person.pk for person in page.members}
    people = [*page.members, *(person for person in also if person.pk not in known)]
    return {"people": people, "parts": page.writes_in, **options}


@require_safe
def case_file(request: SignedIn, pk: UUID, document: UUID) -> HttpResponse:
    """One document: what is written of it, its pages, and what was corrected."""
    page = FiledDocumentPage.of(request, pk, document)
    page.read_document("case_file")
    found = page.document
    return page.show(
        "filed",
        sensitive=page.is_sensitive,
        document=found,
        kind=kind_in_words(found.kind),
        pages=_shown(found) if page.may_open else [],
        former=_former(page),
    )


def _shown(document: FiledDocument) -> list[dict[str, Any]]:
    return [
        {
            "number": one.number,
            "size": one.size,
            "ending": _ENDINGS[one.content_type].upper(),
            "is_picture": one.content_type.startswith("image/"),
            "opens": one.content_type in SHOWN,
        }
        for one in document.pages.order_by("number")
    ]


def _former(page: FiledDocumentPage) -> list[dict[str, Any]]:
    """What was written of it before each correction, as far as the account reads it, the newest first."""
    before = [(one, json.loads(one.said)) for one in page.document.before.select_related("by")]
    return [
        {
            "by": one.by,
            "at": one.created_at,
            "kind": kind_in_words(said["kind"]),
            "title": said["title"],
            "dated": dt.date.fromisoformat(said["dated"]),
            "part": Compartment(said["compartment"]).label,
        }
        for one, said in before
        if said["compartment"] in page.compartments
    ]


@require_safe
def case_file_page(request: SignedIn, pk: UUID, document: UUID, number: int) -> HttpResponse:
    """A file of a document as the browser shows it."""
    page, kept = _open_file(request, pk, document, number)
    if kept.content_type not in SHOWN:
        raise Http404
    page.read_document("case_file_page")
    return _answer(page, kept, inline=True)


@require_safe
def case_file_download(request: SignedIn, pk: UUID, document: UUID, number: int) -> HttpResponse:
    """A file of a document, to be kept."""
    page, kept = _open_file(request, pk, document, number)
    page.read_document("case_file_download")
    return _answer(page, kept, inline=False)


def _open_file(
    request: SignedIn, pk: UUID, document: UUID, number: int
) -> tuple[FiledDocumentPage, FiledPage]:
    page = FiledDocumentPage.of(request, pk, document)
    if not page.may_open:
        raise PermissionDenied
    kept = page.document.pages.filter(number=number).first()
    if kept is None:
        raise Http404
    return page, kept


def _answer(page: FiledDocumentPage, kept: FiledPage, *, inline: bool) -> HttpResponse:
    try:
        content = content_of(kept)
    except OSError as missing:
        raise Http404 from missing
    name = f"document-{page.document.dated:%Y-%m-%d}-{kept.number}.{_ENDINGS[kept.content_type]}"
    policy = PAPER if inline and kept.content_type == PDF.content_type else UNTRUSTED
    return file_response(content, kept.content_type, name, inline=inline, headers=policy)


@require_http_methods(["GET", "HEAD", "POST"])
def case_file_correct(request: SignedIn, pk: UUID, document: UUID) -> HttpResponse:
    """Put right what is written of a document."""
    page = FiledDocumentPage.of(request, pk, document, to_change=True)
    found = page.document
    form = FormPage(
        request,
        CorrectionForm,
        draft=f"filed-correction-{document}",
        initial={**said_of(found), "person": found.person_id, "seen": found.before.count()},
        **page.description(former=found.kind),
    )
    if form.attempt(lambda given: correct_filed_document(by=page.user, document=found, **given)):
        return form.done(_("It is corrected; what was written before stays beside it."), "case_documents", pk)
    page.read_document("case_file_form")
    return form.ask(_("Correct what is written of the document"), button=_("Correct"), **page.back())


@require_http_methods(["GET", "HEAD", "POST"])
def case_file_withdraw(request: SignedIn, pk: UUID, document: UUID) -> HttpResponse:
    """Take a document out of use."""
    page = FiledDocumentPage.of(request, pk, document, to_change=True)
    form = FormPage(request, WithdrawalForm, draft=f"filed-withdrawal-{document}")
    if form.attempt(lambda given: withdraw_filed_document(by=page.user, document=page.document, **given)):
        return form.done(_("The document was withdrawn; it is kept."), "case_documents", pk)
    page.read_document("case_file_form")
    return form.ask(
        _("Withdraw the document"),
        button=_("Withdraw"),
        intro=_("It stays in the file as withdrawn, and its pages are opened only by who may correct it."),
        **page.back(),
    )
