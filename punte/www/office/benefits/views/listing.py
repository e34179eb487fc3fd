"""Who does not get what they seem entitled to: a list of the households that the account's institutions keep."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from punte.accounts.enums import Capability
from punte.benefits.catalogue import rulebook_that_holds
from punte.benefits.models import Seeming
from punte.kernel.prepared import Prepared
from punte.people.models import Household
from punte.people.search import find_people
from punte.territory.models import Community, Uat
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.listing import Column, Listing
from punte.www.frame.listing_deeds import list_page
from punte.www.office.benefits.forms.listing import EntitlementFilter
from punte.www.office.benefits.views.words import in_words, sum_in_words

_MOST_FOUND = 60


def _where_households_are(keepers: Collection[UUID]) -> QuerySet[Uat]:
    homes = Household.objects.filter(keeper__in=keepers).order_by()
    return Uat.objects.filter(pk__in=homes.values("uat").distinct()).order_by("name", "pk")


_uats = Prepared(_where_households_are)
_communities = Prepared(
    lambda keepers: (
        Community.objects.filter(uat__in=_where_households_are(keepers).order_by())
        .select_related("uat")
        .order_by("uat__name", "name")
    )
)


class EntitlementList(Listing):
    """A row for each entitlement that a household or a person seems to have and does not."""

    name = "entitlements"
    title = gettext_lazy("Who does not get what they seem entitled to")
    template = "office_benefits/list.html"
    row_template = "office_benefits/row.html"
    form_class = EntitlementFilter
    usual_sort = "household"
    searched = "q"
    none_yet = gettext_lazy(
        "Nobody is on the list. It is made every night from the newest visits; before a visit nothing is known."
    )
    columns = (
        Column(
            "household",
            gettext_lazy("Household"),
            lambda row: row.household.name,
            ("household__folded_name", "household", "entitlement"),
            names=True,
        ),
        Column(
            "what", gettext_lazy("Seems entitled to"), lambda row: row.title, ("entitlement",), style="next"
        ),
        Column("person", gettext_lazy("For whom"), lambda row: str(row.person or ""), names=True),
        Column("sum", gettext_lazy("How much"), lambda row: row.sum),
        Column("amount", gettext_lazy("Lei"), lambda row: row.amount, ("amount",), shown=False),
        Column("place", gettext_lazy("Place"), lambda row: row.place, style="place"),
        Column("uat", gettext_lazy("UAT"), lambda row: row.household.uat.name, shown=False),
        Column(
            "address", gettext_lazy("Address"), lambda row: row.household.address, names=True, shown=False
        ),
    )

    def form_options(self) -> Mapping[str, Any]:
        rules = self._book.entitlements.values()
        return {
            "what": [(one.key, in_words(one.title)) for one in rules],
            "uats": lambda: [(str(one.pk), one.name) for one in self._uats],
            "communities": [(str(one.pk), f"{one.name} ({one.uat.name})") for one in self._communities],
        }

    @cached_property
    def _book(self) -> Any:
        return rulebook_that_holds()

    @cached_property
    def _uats(self) -> list[Uat]:
        keepers = self.user.standing.organizations(Capability.SEE_PEOPLE)
        return _uats(keepers=keepers)

    @cached_property
    def _communities(self) -> list[Community]:
        keepers = self.user.standing.organizations(Capability.SEE_PEOPLE)
        return _communities(keepers=keepers)

    def alike(self) -> Hashable:
        return tuple(self._book.entitlements)

    def all(self) -> QuerySet[Seeming]:
        rows = Seeming.objects.visible_to(self.user).filter(entitlement__in=list(self._book.entitlements))
        related = ("household__uat", "household__community", "person")
        return rows.select_related(*related).defer(
            "household__safe_contact", "person__cnp", "person__ethnicity"
        )

    def narrowed(self, rows: QuerySet[Seeming], asked: Mapping[str, Any]) -> QuerySet[Seeming]:
        if text := (asked.get("q") or "").strip():
            found = find_people(self.user, text, limit=_MOST_FOUND)
            rows = rows.filter(household__in={one.household.pk for one in found if one.household is not None})
        if asked.get("what"):
            rows = rows.filter(entitlement=asked["what"])
        if asked.get("uat"):
            rows = rows.filter(household__uat=asked["uat"])
        if community := asked.get("community"):
            rows = rows.filter(household__community=None if community == "none" else community)
        return rows

    def prepared(self, rows: list[Any]) -> list[Any]:
        for row in rows:
            rule = self._book.entitlements[row.entitlement]
            row.title = in_words(rule.title)
            row.sum = sum_in_words(rule, row.amount, row.least, row.most)
            row.place = str(row.household.community or row.household.locality or row.household.uat)
        return rows

    def read(self, rows: Sequence[Any]) -> Iterable[Mapping[str, Any]]:
        homes = {row.household_id: row for row in rows}
        return [
            {"household": pk, "keeper": row.keeper_id, "sealed": row.household.sealed}
            for pk, row in homes.items()
        ]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.SEE_PEOPLE)
def entitlements(request: SignedIn) -> HttpResponse:
    """A page of what is not had, by household."""
    return list_page(EntitlementList(request))
