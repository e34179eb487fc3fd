"""Households: who lives there, where, and whether a case is open for them."""

import datetime as dt
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple, Self
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from punte.accounts.enums import Capability
from punte.assessments.census import visited_by
from punte.cases.models import Case
from punte.cases.workload import told_of_lodgings, uncovered_severe_children
from punte.deadlines.model import ADULT_AT
from punte.people.asked import Asked
from punte.people.models import Household
from punte.people.names import shown_name
from punte.people.rules import completed_years
from punte.people.search import find_people
from punte.people.sight import hidden_from
from punte.territory.models import Community, Uat
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.counting import more_than
from punte.www.frame.listed_facts import FactsListing
from punte.www.frame.listing import Column, Deed, View
from punte.www.frame.listing_deeds import list_page, putting_on_a_list
from punte.www.frame.listing_ways import Way
from punte.www.office.people.forms.listing import HouseholdFilter
from punte.www.office.people.views.near import places_near

_MOST_FOUND = 60
_MOST_MERGED = 5_000


def _place(home: Household) -> str:
    """The community where it lives, the village or district, else the UAT."""
    return str(home.community or home.locality or home.uat.name)


class HouseholdList(FactsListing):
    """The households that the account's organisations keep, by name.

    An organisation may keep 300,000: only what an index has in order can be sorted by, and they are never all counted.
    """

    name = "households"
    title = gettext_lazy("Households")
    template = "office_people/households.html"
    row_template = "office_people/household_row.html"
    form_class = HouseholdFilter
    usual_sort = "name"
    searched = "q"
    none_yet = gettext_lazy("No household is recorded yet. Begin with the first one you visit.")
    columns = (
        Column("name", gettext_lazy("Household"), lambda home: home.name, ("folded_name",), names=True),
        Column(
            "members",
            gettext_lazy("Who lives there"),
            lambda home: ", ".join(one.named for one in home.members),
            names=True,
            style="next",
        ),
        Column("children", gettext_lazy("Children"), lambda home: home.children, style="count"),
        Column("place", gettext_lazy("Place"), _place, style="place"),
        Column("uat", gettext_lazy("UAT"), lambda home: home.uat.name, shown=False),
        Column("address", gettext_lazy("Address"), lambda home: home.address, names=True, shown=False),
        Column("case", gettext_lazy("Open case"), lambda home: str(home.case or ""), style="mark"),
        Column(
            "severity",
            gettext_lazy("Severity"),
            lambda home: home.case.severity if home.case else "",
            shown=False,
        ),
    )

    @property
    def views(self) -> tuple[View, ...]:  # type: ignore[override]
        """All; for who watches over cases, also where a child is at severe risk and no case is open."""
        everything = View(_("All households"), {}, counted=False)
        if not self._watched:
            return (everything,)
        return everything, View(_("Children at severe risk without a case"), {"case": "severe"})

    @property
    def may_record(self) -> bool:
        """Whether the account records households."""
        return self.user.standing.may(Capability.EDIT_PEOPLE)

    def form_options(self) -> Mapping[str, Any]:
        return {
            **super().form_options(),
            "uats": self._near[0],
            "communities": self._near[1],
            "sees_severe": bool(self._watched),
        }

    @cached_property
    def _near(self) -> tuple[list[Uat], list[Community]]:
        """The places where the account's organisations may have households."""
        return places_near(self.user.standing.organizations(Capability.SEE_PEOPLE))

    @property
    def _watched(self) -> frozenset[UUID]:
        """The organisations all of whose cases the account sees."""
        return self.user.standing.organizations(Capability.SEE_ALL_CASES)

    def alike(self) -> Hashable:
        return ()

    def known(self) -> Mapping[str, Collection[UUID]]:
        return {"_told": self._told}

    @cached_property
    def _told(self) -> Collection[UUID]:
        """The lodgings of somebody hidden that the list of severe children tells of all the same."""
        return sorted(told_of_lodgings(self.user)) if self._watched else ()

    def all(self) -> QuerySet[Household]:
        kept = Household.objects.filter(keeper__in=self.user.standing.organizations(Capability.SEE_PEOPLE))
        return _light(kept.beyond_seals(self.user))

    def reachable(self) -> QuerySet[Household]:
        """Those of other organisations too of which the account was given sight: a search finds them."""
        return _light(Household.objects.visible_to(self.user))

    def narrowed(self, rows: QuerySet[Household], asked: Mapping[str, Any]) -> QuerySet[Household]:
        text = (asked.get("q") or "").strip()
        if text:
            found = find_people(self.user, text, limit=_MOST_FOUND)
            homes = {one.household.pk for one in found if one.household is not None}
            rows = self.reachable().filter(pk__in=homes)
        if asked.get("uat"):
            rows = rows.filter(uat=asked["uat"])
        if asked.get("community"):
            rows = rows.filter(community=None if asked["community"] == "none" else asked["community"])
        if asked.get("visited"):
            visited = visited_by(self.user, "pk")
            rows = rows.filter(visited if asked["visited"] == "yes" else ~visited)
        rows = self.of_programme(self.narrowing(asked).of_households(rows), asked, home="pk")
        match asked.get("case"):
            case "open":
                return rows.filter(self._has_case)
            case "none":
                return rows.exclude(self._has_case)
            case "severe":
                return uncovered_severe_children(rows, self.user, self._watched, self._told)
        return rows

    def first_rows(self, many: int) -> QuerySet[Household]:
        """Of several keepers the first of each, read from its index: all of theirs would else be sorted."""
        keepers = self.user.standing.organizations(Capability.SEE_PEOPLE)
        if self.asked.get("q") or self.is_chosen or len(keepers) * many > _MOST_MERGED:
            return super().first_rows(many)
        found: Any = self.found
        return found.first_of_each(keepers, many)

    def first_of(self, way: Way) -> list[Household]:
        keepers, many = self.user.standing.organizations(Capability.SEE_PEOPLE), self.page_size + 1
        if len(keepers) < 2 or len(keepers) * many > _MOST_MERGED:
            return super().first_of(way)
        heads = [
            pk
            for keeper in sorted(keepers)
            for (pk,) in way.ask(
                self,
                "heads",
                lambda one, keeper: one.found.filter(keeper=keeper).values_list("pk")[:many],
                keeper=keeper,
            )
        ]
        return way.ask(
            self, "first_of_each", lambda one, heads: one.found.filter(pk__in=heads)[:many], heads=heads
        )

    def counted(self) -> str:
        """Of what is frequent only that there is more than is shown: to count it, all would be walked through."""
        if self.narrowing(self.asked).is_walked:
            return more_than(self.page * self.page_size)
        return super().counted()

    @property
    def _has_case(self) -> Q:
        """That a case is open which the account sees, or may know of; a sealed one of others is told by nothing."""
        is_open = Case.objects.filter(open=True)
        seen, known = is_open.visible_to(self.user), is_open.known_to(self.user)
        return Q(pk__in=seen.values("household")) | Q(pk__in=known.values("household"))

    def prepared(self, rows: list[Household]) -> list[Household]:
        """With who lives there, and the open case."""
        homes = [home.pk for home in rows]
        members = self._members(homes)
        seen = _worst_of_each(_seen(self.user, homes=homes))
        known = {home for (home,) in _known(self.user, homes=homes)}
        for row in rows:
            home: Any = row
            home.place = _place(home)
            home.beside = str(home.uat) if home.place != home.uat.name else ""
            home.members = members.get(home.pk, [])
            home.lives = ", ".join(one.with_age for one in home.members)
            home.children = sum(1 for one in home.members if one.age is not None and one.age < ADULT_AT)
            home.unit = ngettext("child", "children", home.children)
            home.case = seen.get(home.pk)
            home.colleagues = home.pk in known
        return rows

    def _members(self, homes: Collection[UUID]) -> dict[UUID, list["_Member"]]:
        members: dict[UUID, list[_Member]] = {}
        today = timezone.localdate()
        for home, *row in _living(self.user, homes=homes):
            members.setdefault(home, []).append(_Member.of(*row, today=today))
        return members

    def deeds(self) -> Sequence[Deed]:
        return (putting_on_a_list(self),)

    def read(self, rows: Sequence[Household]) -> Iterable[Mapping[str, Any]]:
        return [{"household": home.pk, "keeper": home.keeper_id, "sealed": home.sealed} for home in rows]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.SEE_PEOPLE)
def households(request: SignedIn) -> HttpResponse:
    """A page of households, by name."""
    return list_page(HouseholdList(request))


def _light(rows: QuerySet[Household]) -> QuerySet[Household]:
    return rows.select_related("uat", "community").defer("safe_contact")


class _Member(NamedTuple):
    """Somebody who lives in a household, as a list tells of them."""

    named: str
    with_age: str
    age: int | None

    @classmethod
    def of(
        cls, family: str, given: str, born: dt.date | None, died: dt.date | None, *, today: dt.date
    ) -> Self:
        named = shown_name(family, given, born=born)
        age = completed_years(born, on=min(today, died or today)) if born else None
        called = given or named
        return cls(named, called if age is None else f"{called} ({age})", age)


_living = Asked(
    lambda user, homes: (
        hidden_from(user)
        .living()
        .filter(household__in=homes)
        .order_by("pk")
        .values_list(
            "household",
            *(f"person__{name}" for name in ("family_name", "given_name", "birth_date", "died_on")),
        )
    )
)
_seen = Asked(lambda user, homes: _open_in(homes).visible_to(user))
_known = Asked(lambda user, homes: _open_in(homes).known_to(user).values_list("household"))


def _open_in(homes: Collection[UUID]) -> Any:
    return Case.objects.filter(open=True, household__in=homes).order_by("pk")


def _worst_of_each(cases: Iterable[Case]) -> dict[UUID, Case]:
    """The open case of each household that weighs most: one may be of the household, others of its people."""
    return {
        case.household_id: case for case in sorted(cases, key=lambda case: (case.severe_child, case.severity))
    }
