"""One open petition, as its pages show it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from punte.accounts.enums import Capability
from punte.accounts.verbs import record_read
from punte.petitions.enums import OPEN, PetitionStatus
from punte.petitions.models import Petition
from punte.petitions.terms import ANSWER, REDIRECT, sentence
from punte.www.frame.access import SignedIn, fetch


@dataclass
class Desk:
    """A petition with who reads it."""

    request: SignedIn
    petition: Petition

    @property
    def leads(self) -> bool:
        """Whether the account gives work to others where the petition was sent."""
        return self.request.user.standing.may(Capability.ASSIGN, self.petition.organization_id)

    def read(self, what: str) -> None:
        """Write in the trail that the petition was opened."""
        record_read(
            by=self.request.user,
            what=what,
            keeper=self.petition.organization_id,
            subject=self.petition.pk,
            sealed=self.petition.restricted,
        )

    def show(self, template: str, what: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """Render a page of the petition and write in the trail that it was opened."""
        self.read(what)
        today = timezone.localdate()
        shared = {
            "petition": self.petition,
            "open": self.petition.status in OPEN,
            "filed": self.petition.status == PetitionStatus.CLOSED,
            "leads": self.leads,
            "today": today,
            "late": self.petition.due_on is not None and self.petition.due_on < today,
            "term": sentence(ANSWER, self.petition),
            "redirect_term": sentence(REDIRECT, self.petition),
        }
        response = render(
            self.request, f"office_petitions/{template}.html", {**shared, **context}, status=status
        )
        response["Cache-Control"] = "no-store"
        return response


def open_desk(request: SignedIn, pk: UUID) -> Desk:
    """The petition that the address names, fetched as the account may see it."""
    related = ("organization", "service__provider", "assigned_to", "answered_by")
    return Desk(request, fetch(Petition.objects.visible_to(request.user).select_related(*related), pk=pk))
