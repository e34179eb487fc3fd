"""One's own account: name, language, sign-in and appointments; and the doors of the sign-in library that stay shut."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from punte.accounts.actions import change_profile
from punte.accounts.models import User
from punte.accounts.second_factor import has_second_factor
from punte.www.account.forms.profile import ProfileForm
from punte.www.account.views.calendar import MEET_FAMILIES
from punte.www.frame.access import SignedIn
from punte.www.frame.form_page import FormPage


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: SignedIn) -> HttpResponse:
    """One's own name, language, sign-in and appointments."""
    form = FormPage(request, ProfileForm, instance=request.user)
    if form.attempt(lambda given: change_profile(by=User.objects.get(pk=request.user.pk), **given)):
        language = form.made.language
        request.session["language"] = language
        response = form.done(_("Saved."), "account")
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=365 * 24 * 3600, samesite="Lax")
        return response
    return form.show(
        "account/own.html",
        appointments=request.user.appointments.current().select_related("organization", "team"),
        second_factor=has_second_factor(request.user),
        has_calendar=any(map(request.user.standing.may, MEET_FAMILIES)),
        has_password=request.user.has_usable_password(),
    )


@login_not_required
def closed(request: HttpRequest, **_rest: object) -> HttpResponse:
    """Doors of the sign-in library that Punte keeps shut: accounts and addresses are the administrator's matter."""
    from punte.www.frame.refusals import not_found

    return not_found(request, Exception())
