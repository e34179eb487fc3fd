"""An institution without an account opens what it was asked by letter, once, with the code, and answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.models import OnceLink
from punte.accounts.once_links import still_open
from punte.cases.actions import answer_by_letter
from punte.cases.actions.referral_letters import may_be_read_by_letter
from punte.cases.models import Referral
from punte.www.frame.code_door import TOO_OFTEN, let_in, shut_door
from punte.www.frame.everybody import for_everybody
from punte.www.frame.form_page import FormPage
from punte.www.frame.once_pages import page_of, purposes
from punte.www.frame.remembered import Remembered
from punte.www.partner.forms.letters import CodeForm, LetterAnswerForm

PATH = "/partener/scrisoare/"
_OPENED = Remembered("punte_letter", PATH)


@for_everybody(seconds=0, indexed=False)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def letter_open(request: HttpRequest, number: str = "") -> HttpResponse:
    """Number and code open what the letter asks; the address, where the letter gives one, has the number alone."""
    form = FormPage(request, CodeForm, initial={"number": number})
    if shut_door(request, form):
        return form.show("partner/letter_open.html", status=TOO_OFTEN, section="")
    link = let_in(request, form, purposes=purposes())
    if link is not None:
        return _OPENED.keep(redirect("letter"), link=str(link.pk))
    return form.show("partner/letter_open.html", section="")


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
    if not may_be_read_by_letter(referral):
        return _OPENED.forget(redirect("letter_open"))
    form = FormPage(request, LetterAnswerForm)
    if form.attempt(lambda given: answer_by_letter(link=link, **given)):
        return _OPENED.forget(redirect("letter_answered"))
    return form.show("partner/letter.html", section="", referral=referral, until=link.expires_at)
