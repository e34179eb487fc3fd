"""A record that is open before one account."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record_read
from punte.www.frame.access import SignedIn
from punte.www.frame.form_page import show


@dataclass
class RecordPage:
    """One record, open before one account: what its pages share, and what of it goes to the trail.

    Attributes:
        folder: where the templates of its pages are.
    """

    folder: ClassVar[str]

    request: SignedIn

    @property
    def user(self) -> User:
        """Who reads."""
        return self.request.user

    @property
    def about(self) -> dict[str, Any]:
        """The record as the trail names it: keeper, household, person, subject, sealed."""
        return {}

    def allows(self, capability: Capability) -> bool:
        """Whether the account has a capability where the record is kept."""
        return self.user.standing.may(capability, self.about["keeper"])

    def only(self, *, to: Capability | None) -> Self:
        """The page, for who may do this with the record.

        Raises:
            PermissionDenied: the account sees the record but may not do this.
        """
        if to is not None and not self.allows(to):
            raise PermissionDenied
        return self

    def shared(self, what: str) -> dict[str, Any]:
        """The context of every page of the record, beside the `page` itself; `what` names the page."""
        return {}

    def read(self, what: str, **about: Any) -> None:
        """Write in the trail that the record, or what `about` says of it, was opened."""
        record_read(by=self.user, what=what, **{**self.about, **about})

    def show(
        self, template: str, what: str = "", *, status: int | None = None, **context: Any
    ) -> HttpResponse:
        """Render a page of the record and write in the trail that it was opened.

        Args:
            what: the name of the page, as the trail knows it; empty for one that tells nothing about anybody.
            context: of this page, its forms among it.
        """
        if what:
            self.read(what)
        return show(
            self.request,
            f"{self.folder}/{template}.html",
            status=status,
            **{"page": self, **self.shared(what), **context},
        )
