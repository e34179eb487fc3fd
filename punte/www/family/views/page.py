"""The page of a family, opened by the code on their paper; no account, nothing in the address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from punte.cases.actions.family_codes import FAMILY, opened_page, page_still_open
from punte.cases.family_page import family_page
from punte.www.family.forms.families import FamilyCodeForm
from punte.www.frame.code_door import TOO_OFTEN, let_in, shut_door
from punte.www.frame.everybody import for_everybody
from punte.www.frame.form_page import FormPage, show
from punte.www.frame.remembered import Remembered

PATH = "/familia/"
_OPENED = Remembered("punte_family", PATH, seconds=15 * 60)


@for_everybody(seconds=0, indexed=False)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def family_open(request: HttpRequest) -> HttpResponse:
    """Number and code open the page."""
    form = FormPage(request, FamilyCodeForm)
    if shut_door(request, form):
        return form.show("family/open.html", status=TOO_OFTEN, section="")
    # A consent that was withdrawn, or a seal, closes it.
    link = let_in(request, form, purposes=[FAMILY], still=opened_page)
    if link is not None:
        return _OPENED.keep(redirect("family_page"), link=str(link.pk))
    return form.show("family/open.html", section="")


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
