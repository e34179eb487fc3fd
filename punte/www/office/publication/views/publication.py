"""What must be published and what is: duties by how pressing they are, items, and what is done with them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability
from punte.organizations.models import Organization
from punte.publication.actions import give_duty, meet_duty, publish_item, renew_item, withdraw_item
from punte.publication.duties import duties
from punte.publication.enums import DutyStatus
from punte.publication.models import PublishedFile, PublishedItem
from punte.publication.queries import duty_states
from punte.www.frame.access import SignedIn, attempt, fetch, needs
from punte.www.office.publication.forms.publication import (
    ItemForm,
    MetForm,
    OwnerForm,
    RenewForm,
    WithdrawForm,
    sent_with,
)

publishes = needs(Capability.PUBLISH)
PRESSING = (DutyStatus.LATE, DutyStatus.NEVER, DutyStatus.SOON)
_MOST_LISTED = 200


def _own(request: SignedIn) -> QuerySet[Organization]:
    return Organization.objects.filter(
        pk__in=request.user.standing.organizations(Capability.PUBLISH)
    ).order_by("name")


def _items(request: SignedIn) -> QuerySet[PublishedItem]:
    return PublishedItem.objects.filter(
        organization__in=request.user.standing.organizations(Capability.PUBLISH)
    ).select_related("organization", "by")


@require_safe
@publishes
def publication(request: SignedIn) -> HttpResponse:
    """Duties, the most pressing first, and everything that is published."""
    organizations = list(_own(request))
    states = duty_states(organizations, timezone.localdate())
    current = Prefetch("files", PublishedFile.objects.filter(replaced_at=None), to_attr="current")
    context = {
        "pressing": [one for one in states if one.status in PRESSING],
        "others": [one for one in states if one.status not in PRESSING],
        "items": _items(request)
        .prefetch_related(current)
        .order_by("withdrawn_on", "-modified_at")[:_MOST_LISTED],
        "several": len(organizations) > 1,
        "list": duties(),
    }
    return render(request, "office_publication/publication.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@publishes
def publish(request: SignedIn) -> HttpResponse:
    """Publish something."""
    initial = {"duty": request.GET.get("datorie"), "year": timezone.localdate().year}
    form = ItemForm(request.POST or None, request.FILES or None, organizations=_own(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "uploads": sent_with(form)}
        del given["attached"]
        item = attempt(form, lambda: publish_item(by=request.user, **given))
        if item:
            messages.success(request, _("It is published."))
            return redirect("publication_item", pk=item.pk)
    return _form(request, form, "publish")


@require_http_methods(["GET", "HEAD", "POST"])
@publishes
def duty_met(request: SignedIn) -> HttpResponse:
    """Say that a duty was met in another way."""
    return _duty(request, MetForm, meet_duty, "met", _("It was noted."))


@require_http_methods(["GET", "HEAD", "POST"])
@publishes
def duty_owner(request: SignedIn) -> HttpResponse:
    """Say who sees to a duty."""
    return _duty(request, OwnerForm, give_duty, "owner", _("Saved."))


def _duty(
    request: SignedIn, form_class: type[Any], act: Callable[..., Any], name: str, done: str
) -> HttpResponse:
    initial = {"duty": request.GET.get("datorie"), "organization": request.GET.get("institutie")}
    form = form_class(
        request.POST or None,
        organizations=_own(request),
        initial={key: value for key, value in initial.items() if value},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: act(by=request.user, **given)):
            messages.success(request, done)
            return redirect("publication")
    return _form(request, form, name)


def _form(request: SignedIn, form: forms.Form, name: str) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "name": name, "list": duties()}
    return render(request, "office_publication/form.html", context, status=status)


@require_safe
@publishes
def publication_item(request: SignedIn, pk: UUID) -> HttpResponse:
    """Something that is published, with its files, and how it is kept true."""
    return _item(request, fetch(_items(request), pk=pk))


@require_http_methods(["POST"])
@publishes
def publication_renew(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say that it is still true, or give it newer files."""
    item = fetch(_items(request), pk=pk)
    form = RenewForm(request.POST, request.FILES)
    if form.is_valid():
        uploads = sent_with(form)
        if attempt(form, lambda: renew_item(by=request.user, item=item, uploads=uploads)):
            messages.success(request, _("Confirmed today."))
            return redirect("publication_item", pk=pk)
    return _item(request, item, renew=form, status=422)


@require_http_methods(["POST"])
@publishes
def publication_withdraw(request: SignedIn, pk: UUID) -> HttpResponse:
    """Take it from the public pages."""
    item = fetch(_items(request), pk=pk)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: withdraw_item(by=request.user, item=item, reason=reason)):
            messages.success(request, _("It was withdrawn."))
            return redirect("publication_item", pk=pk)
    return _item(request, item, withdraw=form, status=422)


def _item(
    request: SignedIn,
    item: PublishedItem,
    *,
    renew: RenewForm | None = None,
    withdraw: WithdrawForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "item": item,
        "files": item.files.order_by("-created_at"),
        "duty": duties().find(item.duty) if item.duty else None,
        "renew": renew or RenewForm(),
        "withdraw": withdraw or WithdrawForm(),
    }
    return render(request, "office_publication/item.html", context, status=status)
