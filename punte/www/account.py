"""The first page of each role, one's own account, drafts of forms, and the state of the installation."""

import json
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from punte.accounts.actions import change_profile, forget_draft, kept_draft, save_form_draft
from punte.accounts.actions.form_drafts import LONGEST_KEY, MOST_BYTES
from punte.accounts.models import User
from punte.accounts.second_factor import has_second_factor
from punte.kernel.errors import DomainError
from punte.www.access import SignedIn
from punte.www.context import open_doors
from punte.www.middleware import PUBLIC

_NOTHING_KEPT = {"fields": None, "saved_at": None}


@login_not_required
@require_GET
def first_page(request: SignedIn) -> HttpResponse:
    """Send each role to the page it comes for, and who has no account to where help is found."""
    if not request.user.is_authenticated:
        return redirect("find_help")
    doors = open_doors(request.user.standing)
    return redirect(doors[0][1] if doors else "account")


class ProfileForm(forms.ModelForm[User]):
    """What a person may change about their own account."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )

    class Meta:
        model = User
        fields = ["name", "profession", "phone", "language"]


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


@require_http_methods(["GET", "PUT", "DELETE"])
def form_draft(request: SignedIn, key: str) -> JsonResponse:
    """What the account was typing into the form named by `key`: read, keep (PUT of `{"fields": {…}}`), drop."""
    if len(key) > LONGEST_KEY:
        return JsonResponse({"message": _("There is no such form.")}, status=404)
    if request.method == "DELETE":
        forget_draft(request.user, key)
        return JsonResponse({})
    if request.method == "PUT":
        return _keep_draft(request, key)
    draft = kept_draft(by=request.user, key=key)
    kept = (
        {"fields": json.loads(draft.fields), "saved_at": draft.saved_at.isoformat()}
        if draft
        else _NOTHING_KEPT
    )
    return JsonResponse({**kept, "csrf": get_token(request)})


def _keep_draft(request: SignedIn, key: str) -> JsonResponse:
    too_long = _("What you wrote is too long to be kept as a draft (at most 1 MB).")
    if int(request.headers.get("Content-Length") or 0) > 2 * MOST_BYTES:
        return JsonResponse({"message": too_long}, status=413)
    try:
        sent: Any = json.loads(request.body)
    except (ValueError, RecursionError):
        sent = None
    fields = sent.get("fields") if isinstance(sent, dict) else None
    if not isinstance(fields, dict):
        return JsonResponse({"message": _("A draft is a JSON object of fields.")}, status=400)
    try:
        draft = save_form_draft(by=request.user, key=key, fields=fields)
    except DomainError as refused:
        return JsonResponse({"message": str(refused.message)}, status=413)
    return JsonResponse({"saved_at": draft.saved_at.isoformat()})


@login_not_required
@require_GET
def healthz(_request: HttpRequest) -> JsonResponse:
    """Version, database and migrations, for those who watch over the installation; 503 when it cannot work."""
    try:
        executor = MigrationExecutor(connection)
        pending = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        reached = True
    except DatabaseError:
        pending, reached = 0, False
    state = {
        "version": settings.VERSION,
        "database": {"vendor": connection.vendor, "ok": reached},
        "migrations": ("applied" if not pending else f"pending {pending}") if reached else "unknown",
    }
    return JsonResponse(state, status=200 if reached and not pending else 503)


@login_not_required
@require_GET
def robots(_request: HttpRequest) -> HttpResponse:
    """Only the public pages are for search engines."""
    doors = "".join(f"Allow: {path}\n" for path in (*PUBLIC, "/static/"))
    return HttpResponse(f"User-agent: *\n{doors}Disallow: /\n", content_type="text/plain")


@login_not_required
def closed(request: HttpRequest, **_rest: object) -> HttpResponse:
    """Doors of the sign-in library that Punte keeps shut: accounts and addresses are the administrator's matter."""
    from punte.www.refusals import not_found

    return not_found(request, Exception())
