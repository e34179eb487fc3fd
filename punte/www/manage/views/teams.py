"""The teams of the organisation."""

from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from punte.accounts.actions import create_team, rename_team
from punte.accounts.enums import Capability
from punte.accounts.queries import teams_managed_by
from punte.kernel.models import during
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.form_page import FormPage
from punte.www.manage.forms.accounts import TeamForm, TeamNameForm


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.MANAGE_ACCOUNTS)
def teams(request: SignedIn) -> HttpResponse:
    """Teams with the number of people in each, and a form for one more."""
    form = FormPage(request, TeamForm, by=request.user)
    if form.attempt(lambda given: create_team(by=request.user, **given)):
        return form.done(_("The team was made."), "teams")
    people = Count(
        "appointments__user", filter=Q(during(timezone.localdate(), "appointments__")), distinct=True
    )
    listed = teams_managed_by(request.user).select_related("organization").annotate(people=people)
    return form.show("manage/teams.html", teams=listed.order_by("organization__name", "name"))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.MANAGE_ACCOUNTS)
def team(request: SignedIn, pk: UUID) -> HttpResponse:
    """Rename a team, and see who is in it."""
    kept = fetch(teams_managed_by(request.user).select_related("organization"), pk=pk)
    form = FormPage(request, TeamNameForm, initial={"name": kept.name})
    if form.attempt(lambda given: rename_team(by=request.user, team=kept, **given)):
        return form.done(_("Saved."), "teams")
    members = kept.appointments.current().select_related("user").order_by("user__name")  # type: ignore[attr-defined]
    return form.show("manage/team.html", team=kept, members=members)
