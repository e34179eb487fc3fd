"""The teams of the organisation."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from punte.accounts.actions import create_team, rename_team
from punte.accounts.enums import Capability
from punte.accounts.queries import teams_managed_by
from punte.kernel.models import during
from punte.www.frame.access import SignedIn, attempt, fetch, needs
from punte.www.manage.forms.accounts import TeamForm


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.MANAGE_ACCOUNTS)
def teams(request: SignedIn) -> HttpResponse:
    """Teams with the number of people in each, and a form for one more."""
    form = TeamForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = attempt(
            form, lambda: create_team(by=request.user, organization=given["organization"], name=given["name"])
        )
        if made is not None:
            messages.success(request, _("The team was made."))
            return redirect("teams")
    people = Count(
        "appointments__user", filter=Q(during(timezone.localdate(), "appointments__")), distinct=True
    )
    listed = teams_managed_by(request.user).select_related("organization").annotate(people=people)
    context = {"teams": listed.order_by("organization__name", "name"), "form": form}
    return render(request, "manage/teams.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.MANAGE_ACCOUNTS)
def team(request: SignedIn, pk: UUID) -> HttpResponse:
    """Rename a team, and see who is in it."""
    kept = fetch(teams_managed_by(request.user).select_related("organization"), pk=pk)
    form = TeamForm(
        request.POST or None,
        by=request.user,
        initial={"name": kept.name, "organization": kept.organization_id},
    )
    del form.fields["organization"]
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        if attempt(form, lambda: rename_team(by=request.user, team=kept, name=name)) is not None:
            messages.success(request, _("Saved."))
            return redirect("teams")
    members = kept.appointments.current().select_related("user").order_by("user__name")  # type: ignore[attr-defined]
    context = {"team": kept, "form": form, "members": members}
    return render(request, "manage/team.html", context, status=422 if form.is_bound else 200)
