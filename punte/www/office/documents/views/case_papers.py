"""One open case, as the pages of its papers show it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from punte.accounts.enums import SEALED_COMPARTMENTS, Capability, Compartment
from punte.accounts.verbs import record_read
from punte.cases.models import Case
from punte.documents.models import IssuedDocument
from punte.people.sight import compartments_of
from punte.www.frame.access import SignedIn, fetch
from punte.www.frame.case_tabs import case_tabs


@dataclass
class CaseFile:
    """A case with what the account may read of it."""

    request: SignedIn
    case: Case

    @cached_property
    def compartments(self) -> frozenset[Compartment]:
        """The compartments of the record that the account reads."""
        return compartments_of(self.request.user, self.case.household)

    @property
    def reads_violence(self) -> bool:
        """Whether the account reads what is known about violence and abuse here."""
        return self.compartments >= SEALED_COMPARTMENTS

    @property
    def may_issue(self) -> bool:
        """Whether the account issues papers for the organisation that keeps the case."""
        return self.request.user.standing.may(Capability.ISSUE_DOCUMENTS, self.case.keeper_id)

    def show(
        self,
        template: str,
        what: str,
        *,
        paper: IssuedDocument | None = None,
        sensitive: bool = False,
        status: int = 200,
        **context: Any,
    ) -> HttpResponse:
        """Render a page of the case and write in the trail that it was opened.

        Args:
            what: the name of the page.
            paper: the paper that the page is about, if one.
            sensitive: whether the page is about violence or abuse, and so needs a quick way out.
        """
        self.read(what, paper)
        shared = {
            "case": self.case,
            "household": self.case.household,
            "tabs": case_tabs(self.case, "case_documents"),
            "leave": sensitive or self.case.sealed,
            "may_issue": self.may_issue,
        }
        response = render(
            self.request, f"office_documents/{template}.html", {**shared, **context}, status=status
        )
        response["Cache-Control"] = "no-store"
        return response

    def read(self, what: str, paper: IssuedDocument | None = None) -> None:
        """Write in the trail that the case, or one of its papers, was opened."""
        record_read(
            by=self.request.user,
            what=what,
            keeper=self.case.keeper_id,
            household=self.case.household_id,
            person=self.case.person_id,
            subject=paper.pk if paper else self.case.pk,
            sealed=self.case.sealed,
        )


def open_file(request: SignedIn, pk: UUID) -> CaseFile:
    """The case that the address names, fetched as the account may see it."""
    shown = Case.objects.visible_to(request.user).select_related(
        "household__community", "household__uat", "keeper", "person", "responsible"
    )
    return CaseFile(request, fetch(shown, known=Case.objects.known_to(request.user), pk=pk))
