"""The promise of confidentiality, which everybody who works here accepts before anything else."""

from django import forms
from django.http import HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from punte.accounts.actions import accept_promise, has_promised
from punte.accounts.models import ConfidentialityPromise
from punte.accounts.privacy import privacy
from punte.www.frame.access import SignedIn
from punte.www.frame.form_page import FormPage


class PromiseForm(forms.Form):
    """The word of who accepts."""

    accepted = forms.BooleanField(label=gettext_lazy("I have read it, and I promise"))


@require_http_methods(["GET", "HEAD", "POST"])
def promise(request: SignedIn) -> HttpResponse:
    """The words of today; once accepted, the day on which they were."""
    form = FormPage(request, PromiseForm)
    if form.attempt(lambda _given: accept_promise(by=request.user)):
        return form.done(_("Thank you. Your promise is kept with its day."), _way_on(request))
    today = privacy().promise
    said = ConfidentialityPromise.objects.filter(user=request.user, version=today.version).first()
    return form.show(
        "account/promise.html",
        paragraphs=today.paragraphs,
        accepted=said,
        asked=said is None,
        stopped=not has_promised(request.user),
        next=_way_on(request),
    )


promise.before_the_promise = True  # type: ignore[attr-defined]


def _way_on(request: SignedIn) -> str:
    way = request.POST.get("next") or request.GET.get("next") or "/"
    return way if url_has_allowed_host_and_scheme(way, allowed_hosts={request.get_host()}) else "/"
