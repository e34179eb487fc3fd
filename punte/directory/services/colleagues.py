"""A person's name on its way to the public directory."""

from collections.abc import Collection
from uuid import UUID

from punte.accounts.models import User
from punte.kernel.text import fold


def names_a_colleague(name: str, organizations: Collection[UUID]) -> bool:
    """Whether a name holds all the names of somebody who works, or worked, in one of the organisations.

    Nothing is guessed: only names that the accounts hold count, given name and family name both, in any order.
    """
    given = set(fold(name).split())
    colleagues = User.objects.filter(appointments__organization__in=organizations).distinct()
    known = (set(fold(one).split()) for one in colleagues.values_list("name", flat=True))
    return any(len(words) > 1 and words <= given for words in known)
