"""Marginalised communities of the county: their names, their UATs, and where they are on the map."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability as Can
from punte.accounts.models import User
from punte.directory.actions.communities import add_community, change_community, communities_territory
from punte.territory.models import Community, Uat
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.form_page import FormPage
from punte.www.frame.maps.pins import Pin, pin_map
from punte.www.manage.forms.institutions import CommunityForm
from punte.www.manage.views.institutions import uats_near

_KEEPS = (Can.KEEP_DIRECTORY, Can.MANAGE_ACCOUNTS)


def _near(request: SignedIn) -> QuerySet[Community]:
    return Community.objects.filter(uat__in=uats_near(request.user).order_by()).select_related("uat")


def _own_uats(user: User) -> QuerySet[Uat]:
    """Where the account names communities."""
    territory = communities_territory(user)
    return Uat.objects.filter(Q(pk__in=territory.uats) | Q(county__in=territory.counties))


@require_safe
@needs(*_KEEPS)
def communities(request: SignedIn) -> HttpResponse:
    """The communities by UAT, beside a map of those whose point is known."""
    rows = list(_near(request).order_by("uat__name", "name", "pk"))
    numbered = list(enumerate(rows, start=1))
    pins = [
        Pin(number, row.name, row.latitude, row.longitude, href=f"#c{number}")
        for number, row in numbered
        if row.latitude is not None and row.longitude is not None
    ]
    own = set(_own_uats(request.user).values_list("pk", flat=True)) if rows else set()
    context = {"numbered": numbered, "own": own, "map": pin_map(pins) if pins else None}
    return render(request, "manage/communities.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*_KEEPS)
def community_new(request: SignedIn) -> HttpResponse:
    """Name a community."""
    form = FormPage(request, CommunityForm, uats=_own_uats(request.user))
    if form.attempt(lambda given: add_community(by=request.user, **given)):
        return form.done(_("The community is known now."), "communities")
    return form.ask(_("New community"), back=reverse("communities"), back_to=_("Communities"))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*_KEEPS)
def community_change(request: SignedIn, pk: UUID) -> HttpResponse:
    """Put right what a community is called and where it is."""
    found = fetch(_near(request), pk=pk)
    if not _own_uats(request.user).filter(pk=found.uat_id).exists():
        raise PermissionDenied
    kept: dict[str, Any] = {"uat": found.uat_id, "name": found.name, "source": found.source}
    if found.latitude is not None:
        kept["point"] = f"{found.latitude}, {found.longitude}"
    form = FormPage(request, CommunityForm, uats=_own_uats(request.user), initial=kept)
    if form.attempt(lambda given: change_community(by=request.user, community=found, **given)):
        return form.done(_("Saved."), "communities")
    return form.ask(_("Community"), back=reverse("communities"), back_to=_("Communities"))
