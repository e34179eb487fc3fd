"""The notifications that an account sees: what is to be decided first, the most urgent above."""

import datetime as dt
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cached_property, partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.cases.policy import sealed_notification_hours
from punte.kernel.errors import DomainError
from punte.kernel.prepared import moment_of_asking
from punte.notifications.actions import assign_notification, join_notification
from punte.notifications.enums import OPEN
from punte.notifications.models import Notification
from punte.notifications.queries import MOST_URGENT_FIRST, workers_on
from punte.petitions.rules import register_number
from punte.www.frame.access import SignedIn
from punte.www.frame.asked import identifier_in, number_in
from punte.www.frame.form_page import FormPage
from punte.www.frame.listing import Column, Deed, Listing, View
from punte.www.frame.listing_deeds import list_page, of_each, putting_on_a_list
from punte.www.frame.ordering import first_by_keys
from punte.www.office.notifications.forms.listing import GiveForm, JoinManyForm, NotificationFilter
from punte.www.office.notifications.views.office import in_office

# What only the page of a notification shows; each is decrypted where it is read.
_ONLY_THERE = (
    *("what", "where_found", "notifier_name", "notifier_phone", "notifier_quality"),
    *("judged_why", "decided_why", "sent_to"),
)


def _moment(name: str) -> Callable[[Any], dt.datetime | None]:
    """A moment as a file has it: as the clock on the wall shows it."""

    def shown(row: Notification) -> dt.datetime | None:
        at = getattr(row, name)
        return timezone.localtime(at).replace(tzinfo=None) if at else None

    return shown


class NotificationList(Listing):
    """The notifications that are to be decided, the most urgent first."""

    name = "notifications"
    title = gettext_lazy("Notifications")
    template = "office_notifications/notifications.html"
    row_template = "office_notifications/row.html"
    form_class = NotificationFilter
    usual_sort = "urgency"
    searched = "number"
    none_yet = gettext_lazy("Nothing is to be decided.")
    columns = (
        Column("number", gettext_lazy("Number"), str, ("year", "number")),
        Column("kind", gettext_lazy("What it is about"), lambda one: one.kind_named),
        Column("channel", gettext_lazy("How it came"), lambda one: one.channel_named, shown=False),
        Column(
            "received",
            gettext_lazy("Received"),
            lambda one: timezone.localtime(one.received_at).replace(tzinfo=None),
            ("received_at", "pk"),
            style="when",
        ),
        Column(
            "urgency",
            gettext_lazy("How soon"),
            lambda one: one.get_urgency_display(),
            MOST_URGENT_FIRST,
        ),
        Column(
            "due",
            gettext_lazy("Check by"),
            lambda one: timezone.localtime(one.due_at).replace(tzinfo=None) if one.due_at else None,
            ("due_at", "year", "number"),
            style="when",
        ),
        Column(
            "worker",
            gettext_lazy("Who checks it"),
            lambda one: str(one.assigned_to or ""),
            ("assigned_to__name",),
            style="who",
        ),
        Column("state", gettext_lazy("State"), lambda one: one.get_state_display(), shown=False),
        Column("result", gettext_lazy("Result"), lambda one: one.get_result_display(), shown=False),
        Column("decision", gettext_lazy("Decision"), lambda one: one.get_decision_display(), shown=False),
    )

    @property
    def views(self) -> tuple[View, ...]:  # type: ignore[override]
        """Ways of looking that everybody needs."""
        return (
            View(_("To be decided")),
            View(_("Late"), {"state": "late"}),
            View(_("Nobody's yet"), {"whose": "nobody"}),
            View(_("Mine"), {"whose": "mine"}),
            View(_("Decided"), {"state": "decided"}, counted=False),
        )

    def usual(self) -> Mapping[str, str]:
        return {"state": "waiting", "whose": "all"}

    def form_options(self) -> Mapping[str, Any]:
        return {"workers": self._others}

    def _others(self) -> list[tuple[str, str]]:
        own = str(self.user.pk)
        return [one for one in self._workers if one[0] != own]

    @cached_property
    def _workers(self) -> list[tuple[str, str]]:
        found: dict[str, str] = {}
        for keeper in sorted(self.user.standing.organizations(Capability.ASSIGN)):
            found |= {str(pk): name for pk, name in workers_on(keeper=keeper, day=timezone.localdate())}
        return list(found.items())

    def alike(self) -> Hashable:
        return sealed_notification_hours()

    def all(self) -> QuerySet[Notification]:
        return _shown(Notification.objects.visible_to(self.user))

    def first_rows(self, many: int) -> QuerySet[Notification]:
        return _shown(first_by_keys(self.found, many))

    def narrowed(self, rows: QuerySet[Notification], asked: Mapping[str, Any]) -> QuerySet[Notification]:
        """A number is looked for everywhere, whatever else is set."""
        if asked.get("number"):
            number = register_number(asked["number"])
            return rows.filter(number=number[0], year=number[1]) if number else rows.none()
        for name in ("kind", "channel"):
            if asked.get(name):
                rows = rows.filter(**{name: asked[name]})
        if asked.get("urgency"):
            rows = rows.filter(urgency=number_in(asked["urgency"]))
        return self._of_whom(_in_state(rows, asked.get("state") or ""), asked.get("whose") or "")

    def _of_whom(self, rows: QuerySet[Notification], whose: str) -> QuerySet[Notification]:
        if whose == "mine":
            return rows.filter(assigned_to=self.user)
        if whose == "nobody":
            return rows.filter(assigned_to=None)
        worker = identifier_in(whose)
        return rows.filter(assigned_to=worker) if worker else rows

    def deeds(self) -> Sequence[Deed]:
        standing, own = self.user.standing, putting_on_a_list(self)
        if not standing.may(Capability.TRIAGE):
            return (own,)
        give = partial(FormPage, self.request, GiveForm, workers=self._who_checks)
        join = partial(FormPage, self.request, JoinManyForm)
        return (
            Deed("assign", gettext_lazy("Give to a worker"), give, self._give),
            Deed("join", gettext_lazy("They are about the same thing"), join, self._join),
            own,
        )

    def _who_checks(self) -> list[tuple[str, str]]:
        """Without giving work to others one takes it oneself."""
        own_name = [(str(self.user.pk), self.user.name)]
        return self._workers if self.user.standing.may(Capability.ASSIGN) else own_name

    def _give(self, rows: list[Notification], given: dict[str, Any]) -> str:
        worker = get_object_or_404(User, pk=identifier_in(given["worker"]))

        def give(one: Notification) -> object:
            return assign_notification(by=self.user, notification=one, worker=worker)

        def said(count: int) -> str:
            words = ngettext(
                "%(n)s notification given to %(name)s.", "%(n)s notifications given to %(name)s.", count
            )
            return words % {"n": count, "name": worker.name}

        return of_each(rows, give, said)

    def _join(self, rows: list[Notification], given: dict[str, Any]) -> str:
        """Into the one that is named, or the earliest of them."""
        asked = given["into"].strip()
        number = register_number(asked) if asked else None
        into = min(rows, key=lambda one: (one.received_at, one.year, one.number))
        if asked:
            seen = self.all().filter(keeper__in={one.keeper_id for one in rows})
            found = seen.filter(number=number[0], year=number[1]).first() if number else None
            if found is None:
                raise DomainError(_("No notification that you see has this number."), field="into")
            into = found
        others = [one for one in rows if one.pk != into.pk]
        if not others:
            raise DomainError(_("Choose at least one more, or write to which number they are joined."))

        def said(count: int) -> str:
            words = ngettext("%(n)s joined to %(into)s.", "%(n)s joined to %(into)s.", count)
            return words % {"n": count, "into": into}

        return of_each(others, lambda one: join_notification(by=self.user, notification=one, into=into), said)


def _shown(rows: QuerySet[Notification]) -> QuerySet[Notification]:
    return rows.select_related("assigned_to").defer(*_ONLY_THERE)


@require_http_methods(["GET", "HEAD", "POST"])
@in_office
def notifications(request: SignedIn) -> HttpResponse:
    """A page of notifications, the most urgent first."""
    return list_page(NotificationList(request))


def _in_state(rows: Any, state: str) -> QuerySet[Notification]:
    found: QuerySet[Notification]
    match state:
        case "late":
            found = rows.late(moment_of_asking())
        case "decided":
            found = rows.exclude(state__in=OPEN)
        case "sent_on":
            found = rows.filter(state="sent_on")
        case "all":
            found = rows
        case _:
            found = rows.waiting()
    return found
