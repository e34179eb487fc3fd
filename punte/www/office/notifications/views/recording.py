"""A notification is recorded, with those who may be known beside it while one types."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.notifications.actions import (
    Sent,
    join_notification,
    link_known,
    record_from_petition,
    record_notification,
)
from punte.notifications.content import content
from punte.notifications.matching import Known, known_to
from punte.notifications.models import Notification
from punte.people.models import Household
from punte.petitions.models import Petition
from punte.territory.models import Community
from punte.www.frame.access import SignedIn, fetch
from punte.www.frame.asked import identifier_in
from punte.www.frame.form_page import FormPage, show
from punte.www.office.notifications.forms.recording import RecordForm
from punte.www.office.notifications.views.office import in_office, keepers_of
from punte.www.office.notifications.views.page import SENT

_DRAFT = "notification"


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@in_office
def notification_new(request: SignedIn) -> HttpResponse:
    """Record what somebody tells, half known as it is."""
    form = _form(request)
    if "look" in request.POST:
        # Without a script: the same page with those who may be known beside it.
        return _page(form, known=known_to(request.user, form.form.clues()))
    if form.attempt(lambda given: _record(request, form.form, given)):
        return _done(request, form)
    known = known_to(request.user, form.form.clues()) if form.came_back else Known()
    return _page(form, known=known)


@sensitive_post_parameters()
@require_POST
@in_office
def notification_known(request: SignedIn) -> HttpResponse:
    """Those who may be known, while somebody types: a piece of the page."""
    form = _form(request)
    return show(
        request,
        "office_notifications/known.html",
        known=known_to(request.user, form.form.clues()),
        chosen=request.POST.get("known", ""),
        status=200,
    )


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@in_office
def notification_from_petition(request: SignedIn, pk: UUID) -> HttpResponse:
    """A petition turns out to be a notification."""
    petition = fetch(Petition.objects.visible_to(request.user).select_related("organization"), pk=pk)
    initial = {
        "what": petition.text,
        "name": petition.name,
        "phone": petition.phone,
        "channel": "petition",
        "anonymous": petition.anonymous,
    }
    form = _form(request, initial=initial, draft=f"notification-{pk}")
    if form.attempt(
        lambda given: record_from_petition(
            by=request.user,
            petition=petition,
            said=form.form.said(community=given.get("community")),
            notifier=form.form.notifier(),
        )
    ):
        return _done(request, form)
    return _page(form, known=known_to(request.user, form.form.clues()), petition=petition)


def _form(request: SignedIn, *, initial: dict[str, Any] | None = None, draft: str = _DRAFT) -> FormPage:
    keepers = keepers_of(request.user)
    communities = _communities(request.user)
    return FormPage(
        request,
        RecordForm,
        draft=draft,
        organizations=keepers,
        communities=communities,
        initial=initial or {},
    )


def _communities(user: User) -> QuerySet[Community]:
    return Community.objects.filter(uat__in=keepers_of(user).values("uat")).order_by("name", "pk")


@transaction.atomic
def _record(request: SignedIn, form: RecordForm, given: dict[str, Any]) -> Sent:
    """Record it and, where somebody known was chosen who is meant, say so: all of it or nothing."""
    sent = record_notification(
        by=request.user,
        keeper=given["organization"],
        said=form.said(community=given.get("community")),
        notifier=form.notifier(),
    )
    kind, _colon, key = given["known"].partition(":")
    found = identifier_in(key)
    if (
        sent.again
        or found is None
        or not request.user.standing.may(Capability.TRIAGE, given["organization"].pk)
    ):
        return sent
    if kind == "notification":
        into = Notification.objects.visible_to(request.user).filter(pk=found).first()
        if into is not None:
            join_notification(by=request.user, notification=sent.notification, into=into)
    if kind == "household":
        home = Household.objects.visible_to(request.user).filter(pk=found).first()
        if home is not None:
            link_known(by=request.user, notification=sent.notification, household=home)
    return sent


def _done(request: SignedIn, form: FormPage) -> HttpResponse:
    made = form.made.notification
    # Shown once, on the next page; the session forgets it there.
    request.session[SENT] = {"notification": str(made.pk), "code": form.made.code}
    return form.done(
        _("It was registered with number %(number)s.") % {"number": made}, "notification", made.pk
    )


def _page(form: FormPage, *, known: Known, petition: Petition | None = None) -> HttpResponse:
    return form.show(
        "office_notifications/new.html",
        status=200 if "look" in form.request.POST else None,
        known=known,
        chosen=form.request.POST.get("known", ""),
        petition=petition,
        urgent=content().section("urgent").values(),
    )
