"""All that went between a case and institutions, by day: what was sent, answered, talked of, and what waits (R8)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from punte.cases.models import Referral, Transfer
from punte.gatherings.enums import InvitationState, TaskState
from punte.gatherings.models import Invitation, Task
from punte.gatherings.queries import meetings_of_case, readable_tasks
from punte.people.models import Sharing
from punte.registers.catalogue import definitions
from punte.registers.showing import shown
from punte.registers.sight import Sight, entries_about
from punte.www.frame.access import SignedIn
from punte.www.frame.case_page import CasePage

_TALKS = "institution_contact"
_MOST = 300


@dataclass(frozen=True)
class Contact:
    """One thing that went between the case and an institution.

    Attributes:
        waits: whether an answer of the institution is missing; `until` is the day by which it was asked for.
    """

    day: dt.date
    whom: str
    what: str
    url: str
    said: str = ""
    waits: bool = False
    until: dt.date | None = None


class InstitutionsPage(CasePage):
    """A case, open at what went between it and institutions."""

    folder = "office_meetings"


@require_safe
def case_institutions(request: SignedIn, pk: UUID) -> HttpResponse:
    """What waits for an answer first, then everything, the newest first; as far as the account reads each."""
    page = InstitutionsPage.open(request, pk)
    sight, definition = Sight(request.user, page.case), definitions().get(_TALKS)
    rows = [*_referrals(page), *_invitations(page), *_tasks(page), *_sharings(page), *_transfers(page)]
    if definition is not None:
        rows += _talks(page, sight)
    rows.sort(key=lambda one: (one.day, one.whom, one.url), reverse=True)
    waiting = [one for one in rows if one.waits]
    waiting.sort(key=lambda one: (one.until or one.day, one.whom))
    writes = definition is not None and sight.writes(definition)
    return page.show(
        "institutions",
        "case_institutions",
        rows=rows[:_MOST],
        waiting=waiting,
        today=timezone.localdate(),
        talk=reverse("entry_new", args=["cazuri", pk, _TALKS]) if writes else "",
    )


def _referrals(page: CasePage) -> list[Contact]:
    found = (
        Referral.objects.visible_to(page.user)
        .filter(case=page.case)
        .select_related("organization", "step__objective")
    )
    url = reverse("case_referrals", args=[page.case.pk])
    return [
        Contact(
            timezone.localdate(one.sent_at),
            str(one.organization),
            _("Referral"),
            url,
            said=str(one.get_status_display()),
            waits=one.is_sent,
        )
        for one in found
        if one.step is None or one.step.objective.compartment in page.compartments
    ]


def _invitations(page: CasePage) -> list[Contact]:
    """Of institutions, to conferences that the account reads."""
    meetings = {one.pk: one for one in meetings_of_case(page.user, page.case)}
    asked = Invitation.objects.filter(meeting__in=meetings, organization__isnull=False)
    found = asked.exclude(state=InvitationState.NOT_ASKED).select_related("organization", "user", "contact")
    return [
        Contact(
            timezone.localdate(one.answered_at or one.created_at),
            _whom(one),
            _("Invitation to a conference"),
            reverse("meeting", args=[one.meeting_id]),
            said=str(one.get_state_display()),
            waits=one.state == InvitationState.ASKED and meetings[one.meeting_id].is_planned,
            until=meetings[one.meeting_id].day,
        )
        for one in found
    ]


def _tasks(page: CasePage) -> list[Contact]:
    asked = Task.objects.filter(case=page.case, organization__isnull=False, user=None, person=None)
    found = readable_tasks(
        page.user, list(asked.select_related("organization", "contact", "case__household"))
    )
    return [
        Contact(
            timezone.localdate(one.settled_at or one.created_at),
            _whom(one),
            _("Task"),
            reverse("task", args=[one.pk]),
            said=f"{one.words} · {one.get_state_display()}",
            waits=one.state == TaskState.OPEN,
            until=one.due_on,
        )
        for one in found
    ]


def _sharings(page: CasePage) -> list[Contact]:
    """What others read of the household, or ask to read; behind a seal nothing is shared."""
    rows = (
        Sharing.objects.open_behind().filter(household=page.case.household_id).select_related("organization")
    )
    return [
        Contact(
            timezone.localdate(one.answered_at or one.created_at),
            str(one.organization),
            pgettext("institutions", "Reading of the record"),
            reverse("household", args=[page.case.household_id]),
            said=str(one.get_state_display()),
        )
        for one in rows
    ]


def _transfers(page: CasePage) -> list[Contact]:
    rows = Transfer.objects.filter(case=page.case).select_related("organization")
    return [
        Contact(
            timezone.localdate(one.answered_at or one.created_at),
            str(one.organization),
            _("Handing over of the case"),
            reverse("transfer", args=[one.pk]),
            said=str(one.get_state_display()),
            waits=one.state == "offered",
        )
        for one in rows
    ]


def _talks(page: CasePage, sight: Sight) -> list[Contact]:
    """What was written down of calls and talks, as the account reads it."""
    entries = entries_about(page.user, [sight], registers=[_TALKS])
    readable = {_TALKS: sight.fields(definitions()[_TALKS])}
    found = []
    for one in shown(page.user, entries, readable):
        if one.withdrawn:
            continue
        said = {field.name: field.said for field in one.fields}
        row: Any = one.entry
        whom = ", ".join(part for part in (said.get("institution", ""), said.get("whom", "")) if part)
        found.append(
            Contact(
                row.start,
                whom,
                said.get("how", "").capitalize(),
                reverse("entry", args=[row.pk]),
                said=said.get("waits_for", "") if row.state == "waits" else said.get("said", ""),
                waits=row.state == "waits",
                until=row.expires_on,
            )
        )
    return found


def _whom(row: Any) -> str:
    named = row.contact.name if row.contact_id else row.user.name if row.user_id else ""
    return ", ".join(part for part in (str(row.organization), named) if part)
