"""The line that every verb about a case leaves in the trail."""

from typing import Any
from uuid import UUID

from punte.accounts.models import User
from punte.accounts.verbs import record
from punte.cases.models import Case


def trace(
    *,
    by: User,
    verb: str,
    case: Case,
    person: UUID | None = None,
    subject: UUID | None = None,
    reason: str = "",
    changes: dict[str, Any] | None = None,
) -> None:
    """Write that a verb changed a case, or `subject`, a row of it; of a sealed case only its team reads the line."""
    record(
        by=by,
        verb=verb,
        keeper=case.keeper_id,
        household=case.household_id,
        person=person or case.person_id,
        subject=subject or case.pk,
        case=case.pk,
        sealed=case.sealed,
        reason=reason,
        changes=changes,
    )


CASE_TO_BE = UUID(int=0)
"""The case of a line that tells that one is about to be opened."""


def case_of(household: UUID | None) -> UUID | None:
    """The case of which a line tells that is written about a household at work: the one that was opened last."""
    cases = Case.objects.filter(household=household).order_by("-open", "-created_at", "-pk")
    return cases.values_list("pk", flat=True).first() if household else None
