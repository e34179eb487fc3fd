"""The groups of an institution, with what came of them."""

from collections.abc import Collection, Hashable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Min, Q, QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from punte.accounts.enums import Capability as Can
from punte.gatherings.enums import MeetingState
from punte.gatherings.figures import figures_of
from punte.gatherings.groups_content import kind_of
from punte.gatherings.models import Series
from punte.kernel.prepared import Prepared, rounded
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.listing import Column, Listing, View
from punte.www.frame.listing_deeds import list_page
from punte.www.office.groups.forms.listing import GroupFilter


def _kind(row: Series) -> str:
    return str(kind_of(row.kind) or row.kind)


class GroupList(Listing):
    """The groups that the account may know of; how many came, and never who."""

    name = "groups"
    title = gettext_lazy("Groups")
    template = "office_groups/groups.html"
    row_template = "office_groups/group_row.html"
    form_class = GroupFilter
    usual_sort = "title"
    searched = "q"
    none_yet = gettext_lazy("No group yet. Begin one, then plan its meetings.")
    columns = (
        Column("title", gettext_lazy("Group"), str, ("title", "edition")),
        Column("kind", gettext_lazy("Kind"), _kind, ("kind",), style="place"),
        Column("next", gettext_lazy("Next meeting"), lambda row: row.next_on, style="when"),
        Column("held", gettext_lazy("Held"), lambda row: row.figures.many, style="places"),
        Column("planned", gettext_lazy("Planned"), lambda row: row.figures.planned, shown=False),
        Column("people", gettext_lazy("People"), lambda row: row.figures.people, style="places"),
        Column(
            "participations",
            gettext_lazy("Participations"),
            lambda row: row.figures.participations,
            shown=False,
        ),
        Column("mean", gettext_lazy("Mean"), lambda row: row.figures.mean, style="last"),
        Column("start", gettext_lazy("From"), lambda row: row.start, ("start",), shown=False),
    )
    views = (
        View(gettext_lazy("Going on")),
        View(gettext_lazy("That I lead"), {"whose": "mine"}, counted=False),
        View(gettext_lazy("Ended"), {"state": "ended"}, counted=False),
    )

    @property
    def leads(self) -> bool:
        """Whether the account gives work to others, and so looks after who has how much."""
        return self.user.standing.may(Can.ASSIGN)

    def usual(self) -> Mapping[str, str]:
        return {"state": "going", "whose": "all"}

    def alike(self) -> Hashable:
        return ()

    def all(self) -> QuerySet[Series]:
        return Series.objects.visible_to(self.user)

    def narrowed(self, rows: Any, asked: Mapping[str, Any]) -> QuerySet[Series]:
        today = timezone.localdate()
        if asked.get("q"):
            rows = rows.filter(title__icontains=asked["q"])
        if asked.get("kind"):
            rows = rows.filter(kind=asked["kind"])
        if asked.get("whose") == "mine":
            led = Series.facilitators.through.objects.filter(user=self.user)
            rows = rows.filter(pk__in=led.values("series"))
        state = asked.get("state") or "going"
        if state == "going":
            rows = rows.filter(Q(end=None) | Q(end__gt=today))
        if state == "ended":
            rows = rows.filter(end__lte=today)
        found: QuerySet[Series] = rows
        return found

    def prepared(self, rows: list[Series]) -> list[Series]:
        figures = figures_of(self.user, rows)
        next_on = dict(_next_days(series=rounded([row.pk for row in rows])))
        for row in rows:
            one: Any = row
            one.figures, one.kind_said, one.next_on = figures[row.pk], _kind(row), next_on[row.pk]
        return rows


def _first_to_come(series: Collection[UUID]) -> QuerySet[Series, Any]:
    coming = Q(meetings__state=MeetingState.PLANNED, meetings__day__gte=timezone.localdate())
    days = Series.objects.filter(pk__in=series).order_by()
    return days.values_list("pk").annotate(day=Min("meetings__day", filter=coming))


_next_days = Prepared(_first_to_come)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.MEET)
def groups(request: SignedIn) -> HttpResponse:
    """A page of groups, by title."""
    return list_page(GroupList(request))
