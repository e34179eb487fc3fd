"""One open case, as the pages of its papers show it."""

from dataclasses import dataclass
from typing import Any

from punte.accounts.enums import SEALED_COMPARTMENTS, Capability
from punte.documents.models import FiledDocument, FiledDocumentQuerySet
from punte.www.frame.case_page import CasePage


@dataclass
class PapersPage(CasePage):
    """A case whose papers are read and issued."""

    folder = "office_documents"

    @property
    def about(self) -> dict[str, Any]:
        """The case as the trail names it, with the person whose papers they are."""
        return {**super().about, "person": self.case.person_id}

    @property
    def reads_violence(self) -> bool:
        """Whether the account reads what is known about violence and abuse here."""
        return self.compartments >= SEALED_COMPARTMENTS

    def filed(self) -> FiledDocumentQuerySet:
        """The documents in the file of the case that the account reads."""
        rows = FiledDocument.objects.visible_to(self.user).select_related("by", "person", "withdrawn_by")
        return rows.filter(case=self.case, compartment__in=list(self.compartments))

    def shared(self, what: str) -> dict[str, Any]:
        """What every page of the papers shows."""
        may_issue = self.allows(Capability.ISSUE_DOCUMENTS)
        return {**super().shared("case_documents"), "may_issue": may_issue}
