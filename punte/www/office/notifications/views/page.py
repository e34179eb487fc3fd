"""One open notification, as its pages show it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from punte.accounts.enums import Capability
from punte.cases.models import Case
from punte.notifications.content import content
from punte.notifications.enums import Danger
from punte.notifications.matching import Clues, Known, known_to
from punte.notifications.models import Notification, NotifiedPerson, SoughtCase
from punte.notifications.routing import proposals
from punte.notifications.terms import sentence
from punte.people.models import Household, Person
from punte.www.frame.access import SignedIn, fetch
from punte.www.frame.form_page import FormPage
from punte.www.frame.record_page import RecordPage
from punte.www.office.notifications.forms.steps import AssignForm, NoteForm
from punte.www.office.notifications.views.office import in_office

SENT = "notification_code"


@dataclass
class NotificationPage(RecordPage):
    """A notification with who reads it."""

    folder = "office_notifications"

    notification: Notification

    @classmethod
    def open(cls, request: SignedIn, pk: UUID, *, to: Capability | None = None) -> Self:
        """The notification that the address names, fetched as the account may see it.

        Raises:
            PermissionDenied: the account sees it but may not do this.
        """
        related = (
            "keeper",
            "assigned_to",
            "recorded_by",
            "from_organization",
            "community",
            "uat",
            "decided_by",
        )
        seen = Notification.objects.visible_to(request.user).select_related(
            *related, "merged_into", "petition"
        )
        return cls(request, fetch(seen, pk=pk)).only(to=to)

    @property
    def about(self) -> dict[str, Any]:
        """The notification as the trail names it."""
        found = self.notification
        return {"keeper": found.keeper_id, "subject": found.pk, "sealed": found.is_about_violence}

    @property
    def decides(self) -> bool:
        """Whether the account decides on notifications there."""
        return self.allows(Capability.TRIAGE)

    @property
    def leads(self) -> bool:
        """Whether the account gives notifications to others."""
        return self.allows(Capability.ASSIGN)

    @cached_property
    def people(self) -> list[NotifiedPerson]:
        """Those whom it is about; who they are only where the account sees them."""
        found = list(self.notification.people.select_related("person"))
        seen = Person.objects.visible_to(self.user).filter(
            pk__in=[one.person_id for one in found if one.person_id]
        )
        keys = set(seen.values_list("pk", flat=True))
        for one in found:
            one.shown = one.person if one.person_id in keys else None  # type: ignore[attr-defined]
        return found

    @property
    def clues(self) -> Clues:
        """What is known of whom it is about."""
        found = self.notification
        return Clues([one.name for one in self.people], found.notifier_phone, found.where_found)

    def known(self) -> Known:
        """Those who may be meant and whom the account sees."""
        return known_to(self.user, self.clues, besides=self.notification.pk)

    def shared(self, what: str) -> dict[str, Any]:
        """What every page of the notification shows."""
        found = self.notification
        return {
            "notification": found,
            "decides": self.decides,
            "leads": self.leads,
            "now": timezone.now(),
            "urgent": content().section("urgent").values(),
            "in_danger": found.danger_now == Danger.YES and found.is_open,
            "leave": found.is_about_violence,
        }


@require_safe
@in_office
def notification(request: SignedIn, pk: UUID) -> HttpResponse:
    """One notification: what was said, its clock, who may be meant, what was done, and what can be done."""
    return notification_page(NotificationPage.open(request, pk))


def notification_page(
    page: NotificationPage, *, note: FormPage | None = None, worker: FormPage | None = None
) -> HttpResponse:
    """The page of a notification, with a form that was refused, if one was."""
    found = page.notification
    code = page.request.session.pop(SENT, None)
    proposed = proposals(found) if page.decides and found.is_open else []
    case = Case.objects.visible_to(page.user).filter(pk=found.case_id).first() if found.case_id else None
    home = (
        Household.objects.visible_to(page.user).filter(pk=found.household_id).first()
        if found.household_id
        else None
    )
    return page.show(
        "notification",
        "notification",
        note_form=note or NoteForm(),
        worker_form=worker or AssignForm(proposed=proposed),
        proposed=proposed,
        kind=content().kind(found.kind),
        term=sentence(found.received_at),
        people=page.people,
        known=page.known() if found.is_open else Known(),
        case=case,
        household=home,
        events=found.events.select_related("by", "worker").order_by("-created_at", "-id"),
        teams=found.dispatches.prefetch_related("users").order_by("-left_at", "pk"),
        under_way=found.dispatches.filter(back_at=None).exists(),
        abuse=found.abuse.all(),
        merged=Notification.objects.visible_to(page.user)
        .filter(merged_into=found)
        .order_by("year", "number", "pk"),
        sought=_sought(page),
        code=code["code"] if code and code["notification"] == str(found.pk) else "",
    )


def _sought(page: NotificationPage) -> SoughtCase | None:
    """What only the team of a sealed case reads: that the notification seems to be about it."""
    worked_on = Case.objects.worked_on_by(page.user).values("pk")
    rows = SoughtCase.objects.filter(notification=page.notification, case__in=worked_on)
    return rows.select_related("case", "by").first()
