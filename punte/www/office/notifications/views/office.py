"""Who comes to the pages of notifications: who records them and works with people."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.organizations.models import Organization
from punte.www.frame.access import SignedIn

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[SignedIn, Arguments], HttpResponse]


def in_office(view: View[Arguments]) -> View[Arguments]:
    """Let in only who records notifications and sees people somewhere (else 403): partners have pages of their own."""

    @wraps(view)
    def guarded(request: SignedIn, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
        if not recording(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def recording(user: User) -> frozenset[UUID]:
    """The institutions for which an account records notifications."""
    standing = user.standing
    return standing.organizations(Capability.NOTIFY) & standing.organizations(Capability.SEE_PEOPLE)


def keepers_of(user: User) -> QuerySet[Organization]:
    """The same, to choose from."""
    return Organization.objects.filter(pk__in=recording(user)).select_related("uat").order_by("name", "pk")
