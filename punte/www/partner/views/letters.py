"""An institution without an account opens what it was asked by letter, once, with the code, and answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.models import OnceLink
from punte.accounts.once_links import opened_by, still_open
from punte.cases.actions import answer_by_letter
from punte.cases.models import Referral
from punte.kernel.errors import DomainError
from punte.petitions import public_access as access
from punte.www.frame.client import client_address
from punte.www.frame.everybody import for_everybody
from punte.www.frame.form_page import FormPage
from punte.www.frame.once_pages import page_of, purposes
from punte.www.frame.remembered import Remembered
from punte.www.partner.forms.letters import CodeForm, LetterAnswerForm

PATH = "/partener/scrisoare/"
_OPENED = Remembered("punte_letter", PATH)
_TOO_OFTEN = 429


@for_everybody(seconds=0, indexed=False)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def letter_open(request: HttpRequest, number: str = "") -> HttpResponse:
    """Number and code open what the letter asks; the address, where the letter gives one, has the number alone."""
    form = FormPage(request, CodeForm, initial={"number": number})
    who = client_address(request)
    if request.method == "POST" and access.limit_reached(access.CODE, who):
        form.form.add_error(None, _("The code was wrong too many times. Wait an hour, or call the sender."))
        return form.show("partner/letter_open.html", status=_TOO_OFTEN, section="")
    if form.attempt(lambda given: _opened(who, **given)):
        return _OPENED.keep(redirect("letter"), link=str(form.made.pk))
    return form.show("partner/letter_open.html", section="")


def _opened(who: str, number: str, code: str) -> OnceLink:
    try:
        return opened_by(number, code, purposes=purposes())
    except DomainError:
        access.count_attempt(access.CODE, who)
        raise


@for_everybody(seconds=0, indexed=False)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest) -> HttpResponse:
    """What was asked, and the form of the answer; without the code there is nothing here."""
    kept = _OPENED.read(request)
    link = still_open(kept["link"], purposes=purposes()) if kept else None
    if link is None:
        return _OPENED.forget(redirect("letter_open"))
    return page_of(link)(request, link)


@for_everybody(seconds=0, indexed=False)
@require_safe
def letter_answered(request: HttpRequest) -> HttpResponse:
    """What happens next; nothing of what was asked."""
    return FormPage(request, CodeForm).show("partner/letter_answered.html", section="")


def referral_asked(request: HttpRequest, link: OnceLink) -> HttpResponse:
    """A referral, to an institution that answers by letter."""
    rows = Referral.objects.select_related("person", "service", "case__keeper", "by", "consent")
    referral = rows.get(pk=link.subject)
    form = FormPage(request, LetterAnswerForm)
    if form.attempt(lambda given: answer_by_letter(link=link, **given)):
        return _OPENED.forget(redirect("letter_answered"))
    return form.show("partner/letter.html", section="", referral=referral, until=link.expires_at)
