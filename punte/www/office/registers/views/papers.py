"""What an entry prints."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from punte.documents.register_paper import register_paper
from punte.kernel.papers import CONTENT_TYPES
from punte.registers.papers import paper_named
from punte.www.frame.access import SignedIn
from punte.www.frame.download import file_response
from punte.www.office.registers.views.entries import NO_STORE, EntryPage

_PLAIN = "foaie"


@require_safe
def entry_paper(request: SignedIn, pk: UUID, paper: str, file_format: str) -> HttpResponse:
    """A paper of an entry as PDF or DOCX, with what the account reads of it; the entry with the reason where its papers
    stay in the record."""
    page = EntryPage.of(request, pk)
    if paper not in page.papers or file_format not in CONTENT_TYPES:
        raise Http404
    if page.not_printed:
        return page.show(
            "entry",
            "register_entry",
            shown=page.words,
            versions=page.versions(),
            waiting=page.waiting,
            status=409,
        )
    page.read("register_paper")
    content = register_paper(request.user, page.entry, paper, file_format)
    # What may be found by others is not told by the name of its file either.
    name = _PLAIN if paper_named(paper).plain else paper
    return file_response(content, CONTENT_TYPES[file_format], f"{name}.{file_format}", headers=NO_STORE)
