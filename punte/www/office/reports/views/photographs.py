"""Photographs of a report: put in, looked at, taken out."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from punte.accounts.enums import Capability as Can
from punte.kernel.files import JPEG
from punte.reports.actions import add_photograph, remove_photograph
from punte.reports.models import READERS, Photograph
from punte.reports.photographs import Placed, offered, picture_of, placed_in
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.download import file_response
from punte.www.frame.form_page import FormPage, Press
from punte.www.office.reports.forms.reports import PhotographForm
from punte.www.office.reports.templatetags.reports import anchor
from punte.www.office.reports.views.reports import ReportPage, place_of


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.PLAN)
def photograph_new(request: SignedIn, pk: UUID, part: str) -> HttpResponse:
    """Put a photograph in a part, by the consent of who can be told in it."""
    page = ReportPage.open(request, pk).only(to=Can.PLAN)
    place = place_of(page, part)
    form = FormPage(request, PhotographForm, consents=offered(request.user, page.report.organization_id))
    if form.attempt(lambda given: _put(page, part, given)):
        return form.done(
            _("The photograph is in the report."), f"{reverse('report', args=[pk])}#{anchor(part)}"
        )
    return form.ask(
        _("A photograph"),
        back=reverse("report", args=[pk]),
        back_to=page.title,
        button=_("Put it in"),
        intro=place.title,
    )


def _put(page: ReportPage, part: str, given: dict[str, Any]) -> Photograph:
    sent = given.pop("attached")
    return add_photograph(
        by=page.user, report=page.report, part=part, name=sent.name, content=sent.read(), **given
    )


@require_safe
@needs(*READERS)
def photograph(request: SignedIn, pk: UUID, photograph: UUID) -> HttpResponse:
    """The picture; one that was taken off is shown to nobody."""
    page = ReportPage.open(request, pk)
    found = _placed(page, photograph)
    if not found.stands:
        raise Http404
    page.read("report")
    headers = {"Cache-Control": "no-store"}
    return file_response(
        picture_of(found.photograph), JPEG.content_type, "fotografie.jpg",
        inline=True, untrusted=True, headers=headers,
    )  # fmt: skip


@require_POST
@needs(Can.PLAN)
def photograph_remove(request: SignedIn, pk: UUID, photograph: UUID) -> HttpResponse:
    """Take it out."""
    page = ReportPage.open(request, pk).only(to=Can.PLAN)
    found = _placed(page, photograph).photograph
    return Press(request).tell(
        lambda: remove_photograph(by=request.user, photograph=found),
        _("The photograph was taken out."),
        "report",
        pk,
    )


def _placed(page: ReportPage, photograph: UUID) -> Placed:
    placed = (one for one in placed_in(page.report, page.user) if one.photograph.pk == photograph)
    found = next(placed, None)
    if found is None:
        raise Http404
    return found
