"""One open petition, as its pages show it."""

from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django.utils import timezone

from punte.accounts.enums import Capability
from punte.petitions.enums import OPEN, PetitionStatus
from punte.petitions.models import Petition
from punte.petitions.terms import REDIRECT, answer_rule, sentence
from punte.www.frame.access import SignedIn, fetch
from punte.www.frame.record_page import RecordPage


@dataclass
class PetitionPage(RecordPage):
    """A petition with who reads it."""

    folder = "office_petitions"

    petition: Petition

    @classmethod
    def open(cls, request: SignedIn, pk: UUID, *, to: Capability | None = None) -> Self:
        """The petition that the address names, fetched as the account may see it.

        Raises:
            PermissionDenied: the account sees the petition but may not do this.
        """
        related = ("organization", "service__provider", "assigned_to", "answered_by")
        seen = Petition.objects.visible_to(request.user).select_related(*related)
        return cls(request, fetch(seen, pk=pk)).only(to=to)

    @property
    def about(self) -> dict[str, Any]:
        """The petition as the trail names it."""
        return {
            "keeper": self.petition.organization_id,
            "subject": self.petition.pk,
            "sealed": self.petition.restricted,
        }

    @property
    def leads(self) -> bool:
        """Whether the account gives work to others where the petition was sent."""
        return self.allows(Capability.ASSIGN)

    def shared(self, what: str) -> dict[str, Any]:
        """What every page of the petition shows."""
        today = timezone.localdate()
        return {
            "petition": self.petition,
            "open": self.petition.status in OPEN,
            "filed": self.petition.status == PetitionStatus.CLOSED,
            "leads": self.leads,
            "records": self.allows(Capability.NOTIFY) and self.allows(Capability.SEE_PEOPLE),
            "today": today,
            "late": self.petition.due_on is not None and self.petition.due_on < today,
            "term": sentence(answer_rule(self.petition), self.petition),
            "redirect_term": sentence(REDIRECT, self.petition),
        }
