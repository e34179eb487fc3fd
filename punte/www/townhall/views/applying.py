"""Beginning an application for a right, without an account: the code opens it at the desk.

Nothing of it stays with the browser: what is sent is answered on the spot, at the same address.
"""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from punte.benefits.actions import begin_application
from punte.benefits.actions.applying import Begun, asked_at_town_halls
from punte.directory.help.need import title_in
from punte.petitions import public_access as access
from punte.petitions.actions.receiving import new_token
from punte.petitions.queries import addressees
from punte.www.frame.client import client_address
from punte.www.frame.everybody import for_everybody
from punte.www.frame.form_page import FormPage, show
from punte.www.townhall.forms.applying import ApplyForm

_TOO_OFTEN = 429


@for_everybody(seconds=0, indexed=False)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    """The form; once sent, the code and the papers to bring, on the same page."""
    named = next(
        (one for one in asked_at_town_halls().values() if one.number == request.GET.get("drept")), None
    )
    initial = {"benefit": named.key} if named else {}
    form = FormPage(request, ApplyForm, initial=initial, addressees=addressees())
    shut = request.method == "POST" and access.limit_reached(access.SEND, client_address(request))
    if shut:
        said = _("Very many were sent from here in the last hour. Wait and send again, or call.")
        form.form.add_error(None, said)
    elif form.attempt(lambda _given: _begin(request, form.form)):
        return _begun(request, form.made)
    return form.show(
        "townhall/apply.html",
        status=_TOO_OFTEN if shut else None,
        section="townhall",
        heading=_("Begin an application"),
    )


def _begin(request: HttpRequest, form: ApplyForm) -> Begun:
    begun = begin_application(
        organization=form.cleaned_data["organization"],
        benefit=form.cleaned_data["benefit"],
        resident=form.resident(),
        token=form.cleaned_data["token"] or new_token(),
        language=(get_language() or "ro")[:2],
    )
    access.count_attempt(access.SEND, client_address(request))
    return begun


def _begun(request: HttpRequest, begun: Begun) -> HttpResponse:
    benefit = asked_at_town_halls()[begun.application.benefit]
    language = get_language() or "ro"
    return show(
        request,
        "townhall/begun.html",
        section="townhall",
        application=begun.application,
        code=begun.code,
        called=title_in(benefit.name, language),
        papers=[title_in(paper, language) for paper in benefit.papers.names],
        papers_proposed=benefit.papers.known.proposed,
    )
