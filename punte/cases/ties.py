"""Which cases a case is tied to, as far as an account may know."""

from typing import NamedTuple

from django.db.models import Q

from punte.accounts.models import User
from punte.cases.models import Case, CaseTie
from punte.kernel.prepared import Prepared
from punte.people.models import PersonSeal
from punte.people.sight import lives_in


class Tied(NamedTuple):
    """A case that another is tied to."""

    tie: CaseTie
    case: Case


def tied_to(user: User, case: Case) -> list[Tied]:
    """The cases that a case is tied to and the account sees too; none where something is sealed on either side."""
    ties = {(row.second_id if row.first_id == case.pk else row.first_id): row for row in _ties(case=case.pk)}
    if not ties or _is_shut(case):
        return []
    seen = Case.objects.visible_to(user).filter(pk__in=ties).select_related("household", "person", "keeper")
    return [Tied(ties[other.pk], other) for other in seen.order_by("year", "number") if not _is_shut(other)]


_ties = Prepared(
    lambda case: CaseTie.objects.filter(Q(first=case) | Q(second=case), untied_at=None).select_related("by")
)


def _is_shut(case: Case) -> bool:
    if case.sealed or case.household.sealed:
        return True
    return PersonSeal.objects.filter(lives_in(case.household_id), end=None).exists()
