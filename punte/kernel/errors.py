"""What can go wrong in the domain, said so that a worker can act on it."""

from collections.abc import Mapping

from django.utils.functional import Promise


class DomainError(Exception):
    """A verb was refused. `message` says what is wrong and what to do; `field` names the input it is about."""

    def __init__(self, message: str | Promise, *, field: str | None = None) -> None:
        self.message = message
        self.field = field
        super().__init__(message)

    @property
    def by_field(self) -> Mapping[str | None, str | Promise]:
        """The message keyed by its field, as a form takes it."""
        return {self.field: self.message}


class WrongKeys(Exception):
    """The keys of this process are not those of its database; says which are wrong and what to put where."""


class NotAllowed(DomainError):
    """The person may know of the record, but not do this with it (HTTP 403)."""


class EditedMeanwhile(DomainError):
    """Somebody else changed the record since it was read; both versions must be shown (HTTP 409)."""
