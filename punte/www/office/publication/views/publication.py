"""What must be published and what is: duties by how pressing they are, items, and what is done with them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
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
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.form_page import FormPage, show
from punte.www.office.publication.forms.publication import (
    ItemForm,
    MetForm,
    OwnerForm,
    RenewForm,
    WithdrawForm,
    with_uploads,
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
    initial: dict[str, Any] = {"year": timezone.localdate().year}
    for duty in duties().duties:
        if duty.key == request.GET.get("datorie"):
            kinds = {"kind": duty.kinds[0]} if duty.kinds else {}
            initial |= {"duty": duty.key, "title": duty.title, **kinds}
    form = FormPage(request, ItemForm, organizations=_own(request), initial=initial)
    if form.attempt(lambda given: publish_item(by=request.user, **with_uploads(given))):
        return form.done(_("It is published."), "publication_item", form.made.pk)
    return _form(form, "publish")


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
    request: SignedIn, form_class: type[Any], act: Callable[..., Any], name: str, said: str
) -> HttpResponse:
    initial = {"duty": request.GET.get("datorie"), "organization": request.GET.get("institutie")}
    form = FormPage(
        request,
        form_class,
        organizations=_own(request),
        initial={key: value for key, value in initial.items() if value},
    )
    if form.attempt(lambda given: act(by=request.user, **given)):
        return form.done(said, "publication")
    return _form(form, name)


def _form(form: FormPage, name: str) -> HttpResponse:
    return form.show("office_publication/form.html", name=name, list=duties())


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
    form = FormPage(request, RenewForm)
    if form.attempt(lambda given: renew_item(by=request.user, item=item, **with_uploads(given))):
        return form.done(_("Confirmed today."), "publication_item", pk)
    return _item(request, item, renew=form)


@require_http_methods(["POST"])
@publishes
def publication_withdraw(request: SignedIn, pk: UUID) -> HttpResponse:
    """Take it from the public pages."""
    item = fetch(_items(request), pk=pk)
    form = FormPage(request, WithdrawForm)
    if form.attempt(lambda given: withdraw_item(by=request.user, item=item, **given)):
        return form.done(_("It was withdrawn."), "publication_item", pk)
    return _item(request, item, withdraw=form)


def _item(request: SignedIn, item: PublishedItem, **tried: FormPage) -> HttpResponse:
    """What is published; `tried` is the form that was filled in wrongly, by its name."""
    shown: dict[str, Any] = {"renew": RenewForm(), "withdraw": WithdrawForm(), **tried}
    return show(
        request,
        "office_publication/item.html",
        item=item,
        files=item.files.order_by("-created_at"),
        duty=duties().find(item.duty) if item.duty else None,
        **shown,
    )
