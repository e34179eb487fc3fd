"""The page of a family, opened by the code on their paper; no account, nothing in the address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from punte.accounts.models import OnceLink
from punte.accounts.once_links import opened_by, opens_nothing
from punte.cases.actions.family_codes import FAMILY, opened_page, page_still_open
from punte.cases.family_page import family_page
from punte.kernel.errors import DomainError
from punte.petitions import public_access as access
from punte.www.family.forms.families import FamilyCodeForm
from punte.www.frame.client import client_address
from punte.www.frame.everybody import for_everybody
from punte.www.frame.form_page import FormPage, show
from punte.www.frame.remembered import Remembered

PATH = "/familia/"
_OPENED = Remembered("punte_family", PATH, seconds=15 * 60)
_TOO_OFTEN = 429


@for_everybody(seconds=0, indexed=False)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def family_open(request: HttpRequest) -> HttpResponse:
    """Number and code open the page."""
    form = FormPage(request, FamilyCodeForm)
    who = client_address(request)
    if request.method == "POST" and access.limit_reached(access.CODE, who):
        form.form.add_error(None, _("The code was wrong too many times. Wait an hour, or call your worker."))
        return form.show("family/open.html", status=_TOO_OFTEN, section="")
    if form.attempt(lambda given: _opened(who, **given)):
        return _OPENED.keep(redirect("family_page"), link=str(form.made.pk))
    return form.show("family/open.html", section="")


def _opened(who: str, number: str, code: str) -> OnceLink:
    try:
        link = opened_by(number, code, purposes=[FAMILY])
        # A consent that was withdrawn, or a seal, closes it: it is told as a wrong code is.
        if opened_page(link) is None:
            raise opens_nothing()
    except DomainError:
        access.count_attempt(access.CODE, who)
        raise
    return link


@for_everybody(seconds=0, indexed=False)
@require_safe
def family_shown(request: HttpRequest) -> HttpResponse:
    """The plan, the next steps, what to bring, when we meet, whom to call."""
    kept = _OPENED.read(request)
    code = page_still_open(kept["link"]) if kept else None
    if code is None:
        return _OPENED.forget(redirect("family_open"))
    page = family_page(code)
    return show(request, "family/page.html", section="", page=page, keeper=code.case.keeper)


@for_everybody(seconds=0, indexed=False)
@require_POST
def family_leave(request: HttpRequest) -> HttpResponse:
    """Close the page on this phone."""
    return _OPENED.forget(redirect("family_open"))
