"""An emergency that is open before one account."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from punte.emergencies.models import Emergency
from punte.emergencies.permission import may_lead
from punte.www.frame.access import SignedIn, fetch
from punte.www.frame.record_page import RecordPage


@dataclass
class EmergencyPage(RecordPage):
    """An emergency with who reads it: who works on it, or leads it."""

    folder = "office_emergencies"

    emergency: Emergency

    @classmethod
    def open(cls, request: SignedIn, pk: UUID) -> Self:
        """The emergency that the address names, for who works on it; 403 for who only knows that it is there."""
        related = ("keeper", "uat")
        seen = Emergency.objects.visible_to(request.user).select_related(*related)
        return cls(request, fetch(seen, known=Emergency.objects.known_to(request.user), pk=pk))

    @classmethod
    def open_to_lead(cls, request: SignedIn, pk: UUID) -> Self:
        """The same for who leads it, whether or not they work on it."""
        page = cls(
            request, fetch(Emergency.objects.known_to(request.user).select_related("keeper", "uat"), pk=pk)
        )
        if not page.leads:
            raise PermissionDenied
        return page

    @property
    def about(self) -> dict[str, Any]:
        """The emergency as the trail names it."""
        return {"keeper": self.emergency.keeper_id, "subject": self.emergency.pk}

    @cached_property
    def leads(self) -> bool:
        """Whether the account says who works on it."""
        return may_lead(self.user, self.emergency)

    @property
    def url(self) -> str:
        """The fast list."""
        return reverse("fast_list", args=[self.emergency.pk])
