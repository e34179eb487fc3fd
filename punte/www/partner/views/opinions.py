"""What people think of a service, as its provider reads it; the paper by which they are asked."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.documents.leaflet import Leaflet, Part, leaflet_pdf
from punte.documents.paper import Line
from punte.satisfaction.actions import start_asking, stop_asking
from punte.satisfaction.results import results_of
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.download import file_response
from punte.www.frame.form_page import Press
from punte.www.partner.views.services import KEEPERS, kept


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*KEEPERS)
def own_service_opinions(request: SignedIn, pk: UUID) -> HttpResponse:
    """The answers, quarter by quarter; the code is given out or taken back here."""
    service = kept(request, pk)
    if request.method == "POST":
        if "stop" in request.POST:
            return Press(request).tell(
                lambda: stop_asking(by=request.user, service=service),
                _("Nothing is asked any more."),
                "own_service_opinions",
                pk,
            )
        return Press(request).tell(
            lambda: start_asking(by=request.user, service=service),
            _("The code is ready. Print the paper."),
            "own_service_opinions",
            pk,
        )
    sheet = service.opinion_sheets.filter(ended_at=None).first()
    context = {
        "service": service,
        "sheet": sheet,
        "link": request.build_absolute_uri(reverse("opinion", args=[sheet.code])) if sheet else "",
        "periods": results_of([service.pk]).get(service.pk, []),
        "language": get_language(),
    }
    return render(request, "partner/opinions.html", context)


@require_safe
@needs(*KEEPERS)
def opinion_poster(request: SignedIn, pk: UUID) -> HttpResponse:
    """The paper that hangs on the wall or is handed out."""
    service = kept(request, pk)
    sheet = fetch(service.opinion_sheets.filter(ended_at=None))
    link = request.build_absolute_uri(reverse("opinion", args=[sheet.code]))
    page = request.build_absolute_uri(reverse("opinion_code"))
    leaflet = Leaflet(
        title=_("What do you think of us?"),
        provider=f"{service.name} · {service.provider}",
        status="",
        language=get_language() or "ro",
        first=[Line(_("Code"), sheet.code), Line(_("Page"), page)],
        description=_("Four or five short questions, with faces. It takes a minute."),
        parts=[
            Part(
                _("Without your name"),
                [
                    _("Only the month and the answers are kept."),
                    _("We see them together with those of others, from five on."),
                    _("They change nothing of the help that you get."),
                ],
            )
        ],
        confirmed="",
        link=link,
        code_alt=_("Code that opens the questions: %(link)s") % {"link": link},
        emergency=_(
            "In danger now: call 112. A child who is hurt or neglected: call 119, free, day and night."
        ),
        poster=True,
    )
    content = leaflet_pdf(leaflet, on=timezone.localdate())
    return file_response(content, "application/pdf", "pareri.pdf", inline=True)
