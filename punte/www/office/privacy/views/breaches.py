"""Breaches of data: logged, followed, closed."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from punte.accounts.actions import follow_breach, log_breach
from punte.accounts.enums import Capability
from punte.accounts.models import DataBreach
from punte.accounts.verbs import record_read
from punte.organizations.models import Organization
from punte.www.frame.access import SignedIn, fetch
from punte.www.frame.form_page import FormPage
from punte.www.office.privacy.forms.breaches import BreachForm, FollowForm
from punte.www.office.privacy.views.requests import keeps_privacy

_TOLD = ("risk", "people", "measures", "told_authority_at", "late_why", "no_need", "told_people_at")


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_privacy
def breach_new(request: SignedIn) -> HttpResponse:
    """A breach is logged; its hours run from when it was known."""
    kept = Organization.objects.filter(pk__in=request.user.standing.organizations(Capability.KEEP_PRIVACY))
    form = FormPage(request, BreachForm, draft="breach-new", organizations=kept)
    if form.attempt(lambda given: log_breach(by=request.user, **given)):
        return form.done(_("The breach is logged."), "breach", form.made.pk)
    return form.ask(
        _("A breach of data"),
        intro=_(
            "Lost, sent to somebody else, read by who should not, or gone. Log it at once, half known: from the hour in"
            " which you knew the authority is told within 72 hours. Name nobody here."
        ),
        button=_("Log the breach"),
        back=reverse("privacy"),
        back_to=_("People's data"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_privacy
def breach(request: SignedIn, pk: UUID) -> HttpResponse:
    """What is known of a breach, who was told, and when it is closed."""
    rows = DataBreach.objects.filter(
        organization__in=request.user.standing.organizations(Capability.KEEP_PRIVACY)
    )
    found = fetch(rows.select_related("organization", "logged_by"), pk=pk)
    form = FormPage(request, FollowForm, initial={name: getattr(found, name) for name in _TOLD})
    if form.attempt(lambda given: follow_breach(by=request.user, breach=found, **given)):
        return form.done(_("Saved."), "breach", pk)
    record_read(by=request.user, what="breach", keeper=found.organization_id, subject=pk)
    return form.show("office_privacy/breach.html", breach=found)
