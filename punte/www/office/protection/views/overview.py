"""Child protection at a glance; a centre child by child; the life book on paper."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from punte.accounts.enums import Capability as Can
from punte.accounts.verbs import record_read
from punte.directory.models import Service
from punte.documents.life_book import book_on_paper, pages_kept
from punte.people.models import Person
from punte.protection.closing import closing_of
from punte.protection.models import FamilySearch
from punte.registers.figures import page_of
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.form_page import show

_MOST = 30


@require_safe
@needs(Can.MANAGE_CASE)
def protection(request: SignedIn) -> HttpResponse:
    """The searches for a family, and what the registers come to, as `content/figures/protection.yaml` says."""
    searches = FamilySearch.objects.visible_to(request.user).select_related("case__household")
    return show(
        request,
        "office_protection/overview.html",
        searches=searches.prefetch_related("children")[:_MOST],
        parts=page_of(request.user, "protection", timezone.localdate()),
    )


@require_safe
@needs(Can.MANAGE_CASE)
def centre_closing(request: SignedIn, pk: UUID) -> HttpResponse:
    """The children of a centre that is to be closed, one by one."""
    service = get_object_or_404(Service, pk=pk)
    closing = closing_of(request.user, service, timezone.localdate())
    if not closing.children:
        raise Http404
    for one in closing.children:
        record_read(by=request.user, what="centre_closing", keeper=one.measure.keeper_id, person=one.child.pk)
    return show(request, "office_protection/closing.html", closing=closing)


@require_safe
@needs(Can.MANAGE_CASE)
def life_book(request: SignedIn, pk: UUID) -> HttpResponse:
    """The life book of a child: the pages that they agreed to keep, as PDF."""
    person = fetch(Person.objects.visible_to(request.user), pk=pk)
    pages = pages_kept(request.user, person)
    if not pages:
        raise Http404
    record_read(by=request.user, what="life_book", keeper=person.keeper_id, person=person.pk)
    response = HttpResponse(book_on_paper(person, pages), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{_("life-book")}.pdf"'
    return response
