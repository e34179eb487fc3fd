"""The accounts of an organisation: who has which role today, and with how many steps they sign in."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from punte.accounts.models import Team, User
from punte.accounts.queries import accounts_managed_by, appointments_managed_by, teams_managed_by
from punte.www.frame.access import SignedIn
from punte.www.frame.listing import Column, Listing, View
from punte.www.frame.listing_deeds import list_page
from punte.www.manage.forms.listing import AccountFilter
from punte.www.manage.views.accounts import FACTORS, manages


class AccountList(Listing):
    """The accounts that an administrator manages, by name; nothing is done with several at once."""

    name = "users"
    title = gettext_lazy("Accounts")
    template = "manage/users.html"
    row_template = "manage/user_row.html"
    form_class = AccountFilter
    usual_sort = "name"
    searched = "q"
    none_yet = gettext_lazy("There are no accounts yet. Make the first.")
    columns = (
        Column("name", gettext_lazy("Name"), lambda person: person.name, ("name",), names=True),
        Column("email", gettext_lazy("E-mail"), lambda person: person.email, ("email",), names=True),
        Column(
            "roles",
            gettext_lazy("Roles today"),
            lambda person: ", ".join(post.get_role_display() for post in person.posts),
        ),
        Column(
            "second_step",
            gettext_lazy("Second step"),
            lambda person: _("switched on") if person.second_factor else _("switched off"),
        ),
        Column(
            "state",
            gettext_lazy("State"),
            lambda person: _("open") if person.is_active else _("closed"),
            ("-is_active", "name"),
            style="mark",
        ),
    )
    views = (
        View(gettext_lazy("Open accounts"), {}, counted=False),
        View(gettext_lazy("Without the second step"), {"state": "one_step"}),
        View(gettext_lazy("Closed accounts"), {"state": "closed"}, counted=False),
    )

    def usual(self) -> Mapping[str, str]:
        """The open ones; a search looks among all."""
        return {"state": "all" if self.request.GET.get("q") else "open"}

    def form_options(self) -> Mapping[str, Any]:
        return {"teams": self._teams}

    @cached_property
    def _teams(self) -> list[Team]:
        return list(teams_managed_by(self.user).order_by("name", "pk"))

    @property
    def _posts(self) -> Any:
        """The roles of today where the account manages."""
        return appointments_managed_by(self.user).current()  # type: ignore[attr-defined]

    def all(self) -> QuerySet[User]:
        steps = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
        posts = self._posts.select_related("organization", "team").order_by("start", "role", "pk")
        found = accounts_managed_by(self.user).annotate(second_factor=Exists(steps))
        return found.prefetch_related(Prefetch("appointments", queryset=posts, to_attr="posts"))

    def narrowed(self, rows: Any, asked: Mapping[str, Any]) -> QuerySet[User]:
        text = (asked.get("q") or "").strip()
        if text:
            rows = rows.filter(Q(name__icontains=text) | Q(email__icontains=text))
        posts = self._posts.filter(user=OuterRef("pk"))
        if asked.get("role"):
            rows = rows.filter(Exists(posts.filter(role=asked["role"])))
        if asked.get("team"):
            rows = rows.filter(Exists(posts.filter(team=asked["team"])))
        match asked.get("state"):
            case "all":
                found: QuerySet[User] = rows
            case "closed":
                found = rows.filter(is_active=False)
            case "one_step":
                found = rows.filter(is_active=True, second_factor=False)
            case _:
                found = rows.filter(is_active=True)
        return found


@require_http_methods(["GET", "HEAD", "POST"])
@manages
def users(request: SignedIn) -> HttpResponse:
    """A page of the accounts of the organisation, by name."""
    return list_page(AccountList(request))
