"""One's own account: name, language, sign-in and appointments; and the doors of the sign-in library that stay shut."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from punte.accounts.actions import change_profile
from punte.accounts.models import User
from punte.accounts.second_factor import has_second_factor
from punte.www.account.forms.profile import ProfileForm
from punte.www.frame.access import SignedIn


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: SignedIn) -> HttpResponse:
    """One's own name, language, sign-in and appointments."""
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        person = change_profile(by=User.objects.get(pk=request.user.pk), **form.cleaned_data)
        request.session["language"] = person.language
        messages.success(request, _("Saved."))
        response = redirect("account")
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, person.language, max_age=365 * 24 * 3600, samesite="Lax"
        )
        return response
    context = {
        "form": form,
        "appointments": request.user.appointments.current().select_related("organization", "team"),
        "second_factor": has_second_factor(request.user),
        "has_password": request.user.has_usable_password(),
    }
    return render(request, "account/own.html", context, status=422 if form.is_bound else 200)


@login_not_required
def closed(request: HttpRequest, **_rest: object) -> HttpResponse:
    """Doors of the sign-in library that Punte keeps shut: accounts and addresses are the administrator's matter."""
    from punte.www.frame.refusals import not_found

    return not_found(request, Exception())
