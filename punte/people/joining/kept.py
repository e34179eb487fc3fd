"""The way from a file that was joined to the one that was kept."""

from collections.abc import Iterable
from uuid import UUID

from punte.people.models import Person


def kept_instead(keys: Iterable[UUID]) -> dict[UUID, UUID]:
    """Of these identifiers those whose file was joined, each with that of the file that was kept; one query."""
    joined = Person.everyone.filter(pk__in=list(keys), joined_into__isnull=False).order_by()
    return {key: kept for key, kept in joined.values_list("pk", "joined_into") if kept is not None}


def kept_key(key: UUID) -> UUID:
    """The identifier of the file that stands for this one today: its own, unless it was joined."""
    return kept_instead([key]).get(key, key)
