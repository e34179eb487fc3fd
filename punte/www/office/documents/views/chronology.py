"""A chronology is written: events of the line of time are chosen, with an analysis, and frozen as a paper."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from punte.accounts.enums import Capability
from punte.documents.actions import draft_chronology, issue_chronology
from punte.documents.chronology import MOST_EVENTS, events_of
from punte.documents.rendering import render_draft
from punte.kernel.papers import CONTENT_TYPES
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.download import file_response
from punte.www.frame.form_page import FormPage
from punte.www.office.documents.forms.documents import ChronologyForm
from punte.www.office.documents.views.papers_page import PapersPage


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.ISSUE_DOCUMENTS)
def chronology(request: SignedIn, pk: UUID) -> HttpResponse:
    """Choose events and write what they show; look at the draft, then issue it."""
    page = PapersPage.open(request, pk, to=Capability.ISSUE_DOCUMENTS)
    events = events_of(request.user, page.case)
    form = FormPage(
        request,
        ChronologyForm,
        draft=f"document-cronologie-{pk}",
        reads_violence=page.reads_violence,
        events=events[-MOST_EVENTS:],
    )
    if "preview" in request.POST:
        if form.attempt(
            lambda _given: draft_chronology(by=request.user, case=page.case, **form.form.asked())
        ):
            page.read("document_preview")
            made = render_draft(form.made)
            return file_response(made, CONTENT_TYPES["pdf"], "ciorna-cronologie.pdf", inline=True)
    elif form.attempt(lambda _given: issue_chronology(by=request.user, case=page.case, **form.form.asked())):
        said = _("The paper was issued with number %(number)s.") % {"number": form.made.number}
        return form.done(said, "document", form.made.pk)
    return page.show(
        "chronology",
        "issue_document",
        form=form,
        sensitive=any(one.sensitive for one in events),
        more=len(events) > MOST_EVENTS,
    )
