"""Which of a few cases an account sees: asked by those that are meant, never by all that it sees."""

from collections.abc import Collection
from uuid import UUID

from punte.accounts.models import User
from punte.cases.models import Case
from punte.people.asked import Asked


def cases_seen(user: User, cases: Collection[UUID]) -> frozenset[UUID]:
    """Those of the cases that the account sees."""
    return frozenset(case for (case,) in _seen(user, cases=cases)) if cases else frozenset()


def homes_of_cases_seen(user: User, households: Collection[UUID]) -> frozenset[UUID]:
    """Those of the households with a case that the account sees."""
    return frozenset(home for (home,) in _homes(user, households=households)) if households else frozenset()


_seen = Asked(
    lambda user, cases: Case.objects.visible_to(user).filter(pk__in=cases).order_by().values_list("pk")
)
_homes = Asked(
    lambda user, households: (
        Case.objects.visible_to(user).filter(household__in=households).order_by().values_list("household")
    )
)
