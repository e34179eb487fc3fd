"""Fetching and authorising in one step, and verbs called from forms."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.kernel.errors import DomainError

Row = TypeVar("Row", bound=Model)
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class SignedIn(HttpRequest):
    """A request of an account that is signed in; the middleware lets no other reach a view."""

    user: User


def fetch(visible: QuerySet[Row], *, known: QuerySet[Row] | None = None, **lookup: Any) -> Row:
    """The one row that `lookup` names, if it is visible.

    Raises:
        PermissionDenied: it is not visible, but the account may know that it exists (a colleague's record).
        Http404: there is no such row, or the account must not learn that there is.
    """
    found = visible.filter(**lookup).first()
    if found is not None:
        return found
    if known is not None and known.filter(**lookup).exists():
        raise PermissionDenied
    raise Http404


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


def attempt(form: forms.BaseForm, act: Callable[[], Result]) -> Result | None:
    """Call a verb for a valid form; a refusal becomes the form's error and gives None."""
    try:
        return act()
    except DomainError as refused:
        field = refused.field if refused.field in form.fields else None
        form.add_error(field, str(refused.message))
        return None
