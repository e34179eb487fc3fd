"""What came back signed of a paper: added beside its number, and opened again."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability
from punte.documents.actions import add_signed_copy
from punte.documents.filing import ALLOWED, Upload, content_of
from punte.www.frame.access import SignedIn
from punte.www.frame.download import UNTRUSTED, file_response
from punte.www.frame.form_page import FormPage
from punte.www.office.documents.forms.filing import SignedCopyForm
from punte.www.office.documents.views.documents import open_document

_ENDINGS = {kind.content_type: kind.extension for kind in ALLOWED}


@require_http_methods(["GET", "HEAD", "POST"])
def document_signed(request: SignedIn, pk: UUID) -> HttpResponse:
    """Add a signed copy of a paper."""
    page, issued = open_document(request, pk)
    if not page.allows(Capability.INTERVENE):
        raise PermissionDenied
    form = FormPage(request, SignedCopyForm)

    def add(given: dict[str, Any]) -> object:
        (one,) = given.pop("attached")
        upload = Upload(one.name, one.read())
        return add_signed_copy(by=request.user, document=issued, upload=upload, **given)

    if form.attempt(add):
        return form.done(_("The signed copy is kept beside the paper's number."), "document", pk)
    return page.show("signed", form=form, document=issued)


@require_safe
def document_signed_file(request: SignedIn, pk: UUID, number: int) -> HttpResponse:
    """One signed copy, to be kept."""
    page, issued = open_document(request, pk)
    kept = issued.signed_copies.filter(number=number).first()
    if kept is None:
        raise Http404
    page.read("document_signed", subject=issued.pk)
    try:
        content = content_of(kept)
    except OSError as missing:
        raise Http404 from missing
    name = f"semnat-{issued.year}-{issued.number:04d}-{kept.number}.{_ENDINGS[kept.content_type]}"
    return file_response(content, kept.content_type, name, headers=UNTRUSTED)
