"""Fetching and authorising in one step."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.people.models import Household

Row = TypeVar("Row", bound=Model)
Arguments = ParamSpec("Arguments")


class SignedIn(HttpRequest):
    """A request of an account that is signed in; the middleware lets no other reach a view."""

    user: User


class KnownButClosed(PermissionDenied):
    """A colleague's record: it may be known to exist, and its household opened in an emergency by those who may."""

    def __init__(self, household_pk: UUID | None) -> None:
        self.household_pk = household_pk
        super().__init__()


def fetch(visible: QuerySet[Row], *, known: QuerySet[Row] | None = None, **lookup: Any) -> Row:
    """The one row that `lookup` names, if it is visible.

    Raises:
        KnownButClosed: it is not visible, but the account may know that it exists (a colleague's record).
        Http404: there is no such row, or the account must not learn that there is.
    """
    rows = visible.filter(**lookup)[:1]
    return fetched(rows, known=lambda: known.filter(**lookup)[:1] if known is not None else ())


def fetched(visible: Iterable[Row], *, known: Callable[[], Iterable[Model]] = tuple) -> Row:
    """As `fetch`, where the question was asked: the row that it found, if any.

    Args:
        known: asks for it among what the account may know to exist.
    """
    for row in visible:
        return row
    for closed in known():
        raise KnownButClosed(_household_of(closed))
    raise Http404


def _household_of(row: Model) -> UUID | None:
    """The household that a row is about: itself, its own, or that of its case."""
    if isinstance(row, Household):
        return row.pk
    about = row if hasattr(row, "household_id") else getattr(row, "case", None)
    return getattr(about, "household_id", None)


def needs(
    *capabilities: Capability,
) -> Callable[
    [Callable[Concatenate[SignedIn, Arguments], HttpResponse]],
    Callable[Concatenate[SignedIn, Arguments], HttpResponse],
]:
    """Let in only accounts that have one of the capabilities in some organisation (else 403)."""

    def decorate(
        view: Callable[Concatenate[SignedIn, Arguments], HttpResponse],
    ) -> Callable[Concatenate[SignedIn, Arguments], HttpResponse]:
        @wraps(view)
        def guarded(request: SignedIn, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
            if not any(request.user.standing.may(capability) for capability in capabilities):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate
