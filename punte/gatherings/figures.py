"""How many came: participations, distinct people, mean per meeting, meetings of enough people (R32, R33, R48)."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, UUIDField
from django.db.models.functions import Coalesce, TruncMonth

from punte.accounts.models import User
from punte.gatherings.enums import WAS_THERE, MeetingState
from punte.gatherings.models import Meeting, Presence, Series
from punte.gatherings.roll import presences_known
from punte.kernel.prepared import Prepared, rounded
from punte.kernel.text import fold
from punte.people.asked import Asked


@dataclass(frozen=True)
class Held:
    """One meeting that was held, and how many took part, those counted without a name too."""

    meeting: UUID
    day: dt.date
    came: int


@dataclass(frozen=True)
class Figures:
    """What came of one series, or of several together.

    Attributes:
        planned: how many meetings are meant: what was said, or as many as are in the plan.
        to_come: how many are planned and not held yet.
        people: the distinct people, over all meetings; who was only counted is not among them.
        counted: participations of who was only counted.
        enough: the held meetings with at least as many as were meant.
    """

    planned: int = 0
    to_come: int = 0
    held: tuple[Held, ...] = ()
    people: int = 0
    counted: int = 0
    reached: int = 0
    enough: int = 0
    least: int | None = None
    by_month: Mapping[dt.date, int] = field(default_factory=dict)

    @property
    def participations(self) -> int:
        """All who took part, of all meetings."""
        return sum(one.came for one in self.held)

    @property
    def mean(self) -> Decimal | None:
        """Per held meeting, to one decimal: 150 of 11 meetings are 13.6; none before the first."""
        return mean_of(self.participations, len(self.held))

    @property
    def many(self) -> int:
        """How many meetings were held."""
        return len(self.held)


def mean_of(participations: int, meetings: int) -> Decimal | None:
    """To one decimal, a half upwards, never cut."""
    if not meetings:
        return None
    return (Decimal(participations) / meetings).quantize(Decimal("0.1"), ROUND_HALF_UP)


def figures_of(
    user: User, series: Collection[Series], *, within: tuple[dt.date, dt.date] | None = None
) -> dict[UUID, Figures]:
    """Of each series, as far as the account may know who came; four queries, however many they are."""
    asked: dict[str, Any] = {"series": rounded([one.pk for one in series])}
    if within:
        asked["within"] = within
    came = dict(_came(user, **asked))
    people, named = _people(user, asked)
    rows = defaultdict(list)
    for row in _days(**asked):
        rows[row[0]].append(row[1:])
    return {
        one.pk: _figures(one, rows[one.pk], came, people.get(one.pk, 0) + len(named[one.pk]))
        for one in series
    }


def people_in(
    user: User, series: Collection[Series], *, within: tuple[dt.date, dt.date] | None = None
) -> int:
    """The distinct people of several series together: who came to two of them is one."""
    there = _there(user, [one.pk for one in series], within)
    known = there.exclude(person=None, user=None, contact=None)
    keys = set(known.order_by().values_list("person", "user", "contact").distinct())
    return len(keys) + len({fold(name) for name in _named(there).values_list("name", flat=True)})


def by_month(user: User, series: Collection[Series]) -> list[tuple[dt.date, int]]:
    """Of each month how many distinct people of the record came to any of the series (R48)."""
    there = _there(user, [one.pk for one in series]).exclude(person=None)
    months = there.annotate(month=TruncMonth("meeting__day")).order_by("month").values("month")
    return [(one["month"], one["n"]) for one in months.annotate(n=Count("person", distinct=True))]


def _figures(one: Series, rows: Iterable[tuple], came: Mapping[UUID, int], people: int) -> Figures:  # type: ignore[type-arg]
    held, to_come, counted, reached = [], 0, 0, 0
    for key, day, state, others, reach in rows:
        if state == MeetingState.PLANNED:
            to_come += 1
        elif state == MeetingState.HELD:
            held.append(Held(key, day, came.get(key, 0) + others))
            counted, reached = counted + others, reached + (reach or 0)
    least = one.least or 0
    return Figures(
        planned=one.planned or len(held) + to_come,
        to_come=to_come,
        held=tuple(held),
        people=people,
        counted=counted,
        reached=reached,
        enough=sum(1 for meeting in held if meeting.came >= least) if least else len(held),
        least=one.least,
    )


Within = Collection[dt.date] | None


def _meetings(series: Collection[UUID], within: Within) -> "QuerySet[Meeting]":
    rows = Meeting.objects.filter(series__in=series)
    return rows.filter(day__range=within) if within else rows


def _there(user: User, series: Collection[UUID], within: Within = None) -> QuerySet[Presence]:
    held = presences_known(user).filter(meeting__series__in=series, meeting__state=MeetingState.HELD)
    there = held.filter(state__in=WAS_THERE)
    return there.filter(meeting__day__range=within) if within else there


def _people(user: User, asked: Mapping[str, Any]) -> tuple[Mapping[UUID, int], Mapping[UUID, set[str]]]:
    known: Counter[UUID] = Counter()
    for key, people, colleagues, contacts in _known(user, **asked):
        known[key] = people + colleagues + contacts
    named: dict[UUID, set[str]] = defaultdict(set)
    for key, name in _by_name(user, **asked):
        named[key].add(fold(name))
    return known, named


_days = Prepared(
    lambda series, within=None: (
        _meetings(series, within)
        .order_by("day", "hour", "pk")
        .values_list("series", "pk", "day", "state", "counted", "reached")
    )
)
_came = Asked(
    lambda user, series, within=None: (
        _there(user, series, within).order_by().values_list("meeting").annotate(n=Count("pk"))
    )
)
_known = Asked(
    lambda user, series, within=None: (
        _there(user, series, within)
        .order_by()
        .values_list("meeting__series")
        .annotate(
            people=Count("person", distinct=True),
            colleagues=Count("user", distinct=True),
            contacts=Count("contact", distinct=True),
        )
    )
)
_by_name = Asked(
    lambda user, series, within=None: _named(_there(user, series, within)).values_list(
        "meeting__series", "name"
    )
)


def _named(there: QuerySet[Presence]) -> QuerySet[Presence]:
    # Said as one: an index of people says nothing of how many rows have none.
    who = Coalesce("person_id", "user_id", "contact_id", output_field=UUIDField())
    return there.alias(who=who).filter(who=None).order_by("pk")
