"""A meeting as one account has it open, and who may be asked or given something there."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from punte.accounts.enums import SEALED_COMPARTMENTS, Capability
from punte.accounts.models import Appointment, User
from punte.accounts.policy import POWERS
from punte.cases.models import Case
from punte.gatherings.content import CONFERENCE, reason_in_words
from punte.gatherings.models import Meeting
from punte.gatherings.permission import may_lead
from punte.gatherings.queries import Known, colleagues_for, known_at, partners_near, reads_meeting
from punte.organizations.models import Organization
from punte.people.models import Person
from punte.people.sight import hidden_from
from punte.www.frame.access import SignedIn, fetch
from punte.www.frame.record_page import RecordPage


@dataclass
class MeetingPage(RecordPage):
    """One meeting, open before one account."""

    folder = "office_meetings"

    meeting: Meeting

    @classmethod
    def open(cls, request: SignedIn, pk: UUID, *, to_lead: bool = False) -> Self:
        """The meeting that the address names, as the account reads it; 403 for who reads it and may not change it.

        Raises:
            Http404: the account must not learn that there is one.
            PermissionDenied: it does not change this meeting.
        """
        rows = Meeting.objects.visible_to(request.user).filter(series=None)
        found = fetch(
            rows.select_related("case__household", "case__keeper", "body", "keeper", "called_by", "moved_to"),
            pk=pk,
        )
        if not reads_meeting(request.user, found):
            raise Http404
        page = cls(request, found)
        if to_lead and not page.leads:
            raise PermissionDenied
        return page

    @property
    def about(self) -> dict[str, Any]:
        """The meeting as the trail names it."""
        case = self.meeting.case
        named: dict[str, Any] = {"keeper": self.meeting.keeper_id, "subject": self.meeting.pk}
        if case is not None:
            named |= {"household": case.household_id, "case": case.pk, "sealed": case.sealed}
        return named

    @cached_property
    def leads(self) -> bool:
        """Whether the account may change it."""
        return may_lead(self.user, self.meeting)

    @property
    def writes(self) -> bool:
        """Whether the account may change it still: its minutes were not issued."""
        return self.leads and self.meeting.frozen_at is None

    @property
    def title(self) -> str:
        """What it is, without anybody's name."""
        if self.meeting.case is not None:
            return _("Case conference")
        return str(self.meeting.body or _("Meeting"))

    @property
    def line(self) -> str:
        """The case and the reason, or the institution."""
        if self.meeting.case is None:
            return str(self.meeting.keeper)
        return f"{self.meeting.case} · {reason_in_words(self.meeting.reason)}"

    @property
    def sensitive(self) -> bool:
        """Whether it is about violence or abuse."""
        return self.meeting.compartment in SEALED_COMPARTMENTS

    @property
    def is_conference(self) -> bool:
        """Whether it is of a case."""
        return self.meeting.kind == CONFERENCE

    def shared(self, what: str) -> dict[str, Any]:
        """What every page of it shows."""
        return {"meeting": self.meeting, "sensitive": self.sensitive}

    def back(self) -> dict[str, Any]:
        """The way back of its forms."""
        return {
            "back": reverse("meeting", args=[self.meeting.pk]),
            "back_to": self.title,
            "sensitive": self.sensitive,
        }

    @cached_property
    def family(self) -> list[Person]:
        """Who lives in the household of the case; of a sealed case nobody who could be asked."""
        return family_of(self.user, self.meeting.case) if self.meeting.case else []

    @cached_property
    def colleagues(self) -> list[User]:
        """Who may be asked, or given something to do."""
        if self.meeting.case is not None:
            return [*self._oneself, *colleagues_for(self.user, self.meeting.case)]
        return colleagues_at(self.meeting.keeper_id)

    @property
    def _oneself(self) -> list[User]:
        return [self.user]

    @property
    def partners(self) -> QuerySet[Organization]:
        """Institutions that may be asked; of a sealed case none."""
        if self.meeting.case is not None and self.meeting.case.sealed:
            return Organization.objects.none()
        return partners_near(self.meeting.keeper)

    @property
    def known(self) -> list[Known]:
        """Who is known at those institutions."""
        if self.meeting.case is not None and self.meeting.case.sealed:
            return []
        return known_at(self.meeting.keeper)


def family_of(user: User, case: Case) -> list[Person]:
    """Who lives in the household of a case, as far as the account may know; of a sealed case nobody is asked."""
    if case.sealed:
        return []
    rows = hidden_from(user).living().filter(household=case.household_id).select_related("person")
    return [one.person for one in rows.order_by("person__birth_date", "pk")]


def colleagues_at(organization: UUID) -> list[User]:
    """Who calls meetings there or sees people, by name."""
    roles = [
        role
        for role, powers in POWERS.items()
        if powers.capabilities & {Capability.MEET, Capability.SEE_PEOPLE, Capability.PLAN}
    ]
    posts = Appointment.objects.current().filter(organization=organization, role__in=roles)
    rows = User.objects.filter(pk__in=posts.values("user"), is_active=True)
    return list(rows.order_by("name", "pk"))


def who(row: Any) -> str:
    """Somebody in words: the person, colleague or contact, and for whom they speak."""
    contact = f"{row.contact.name}".strip() if row.contact_id else ""
    named = str(row.person) if row.person_id else row.user.name if row.user_id else contact or row.name
    return ", ".join(part for part in (named, str(row.organization) if row.organization_id else "") if part)
