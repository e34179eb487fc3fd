"""What a partner told of somebody, and what became of it, in words that tell nothing of what was found."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability, Role
from punte.accounts.models import User
from punte.accounts.verbs import record_read
from punte.notifications.actions import add_words, notify_as_partner
from punte.notifications.content import content
from punte.notifications.enums import EventKind
from punte.notifications.models import Notification
from punte.notifications.queries import addressees
from punte.organizations.models import Organization
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.asked import number_in
from punte.www.frame.form_page import FormPage, show
from punte.www.partner.forms.notifications import MoreForm, SendForm

_PAGE = 25


@require_safe
@needs(Capability.ANSWER_REFERRALS)
def notifications_sent(request: SignedIn) -> HttpResponse:
    """Those of the account's institution, the newest first."""
    number = max(number_in(request.GET.get("p")), 1)
    start = (number - 1) * _PAGE
    rows = Notification.objects.sent_by(request.user).select_related("keeper")
    found = list(rows.order_by("-received_at", "-pk")[start : start + _PAGE + 1])
    return render(
        request,
        "partner/notifications.html",
        {
            "rows": found[:_PAGE],
            "number": number,
            "previous": number - 1 if number > 1 else None,
            "next": number + 1 if len(found) > _PAGE else None,
        },
    )


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.ANSWER_REFERRALS)
def notification_send(request: SignedIn) -> HttpResponse:
    """Tell an institution of somebody."""
    form = FormPage(
        request,
        SendForm,
        draft="notification-partner",
        organizations=_own(request.user),
        keepers=addressees(),
    )
    if form.attempt(
        lambda given: notify_as_partner(
            by=request.user,
            organization=given["organization"],
            keeper=given["keeper"],
            said=form.form.said(),
            notifier=form.form.notifier(),
        )
    ):
        said = _("It was registered with number %(number)s.") % {"number": form.made.notification}
        return form.done(said, "notification_sent", form.made.notification.pk)
    return form.show("partner/notification_send.html", urgent=content().section("urgent").values())


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.ANSWER_REFERRALS)
def notification_sent(request: SignedIn, pk: UUID) -> HttpResponse:
    """One of them: what was told, where it stands, and what is added."""
    rows = Notification.objects.sent_by(request.user).select_related("keeper", "from_organization")
    found = fetch(rows, pk=pk)
    form = FormPage(request, MoreForm)
    if form.attempt(lambda given: add_words(notification=found, text=given["text"])):
        return form.done(_("It was added."), "notification_sent", pk)
    record_read(
        by=request.user,
        what="notification_sent",
        keeper=found.keeper_id,
        subject=found.pk,
        sealed=found.is_about_violence,
    )
    return show(
        request,
        "partner/notification.html",
        notification=found,
        people=found.people.all(),
        added=found.events.filter(kind=EventKind.ADDED).order_by("created_at", "pk"),
        form=form,
    )


def _own(user: User) -> QuerySet[Organization]:
    own = [post.organization_id for post in user.standing.posts if post.role == Role.PARTNER]
    return Organization.objects.filter(pk__in=own).order_by("name", "pk")
