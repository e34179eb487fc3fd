"""The tables of a report that tell of meetings, without names: groups, and sittings with their minutes."""

from django.conf import settings
from django.db.models import Count, F, Q

from punte.accounts.enums import Compartment
from punte.annual_plans.papers.content import Column
from punte.gatherings.enums import WAS_THERE, MeetingState
from punte.gatherings.figures import Figures, figures_of
from punte.gatherings.models import Meeting, Series
from punte.reports.definition import Table
from punte.reports.figures import DASH, few, number, short
from punte.reports.opened import Open, Rows


def _figures(one: Open) -> list[tuple[Series, Figures]]:
    """The groups of the institution with meetings held in the days of the report."""
    days = (one.report.start, one.report.end)
    held = Meeting.objects.filter(
        state=MeetingState.HELD, day__range=days, compartment=Compartment.GENERAL, case=None
    )
    series = list(Series.objects.filter(keeper=one.report.organization_id, meetings__in=held).distinct())
    series.sort(key=lambda each: (each.title, str(each.pk)))
    found = figures_of(one.user, series, within=days)
    return [(each, found[each.pk]) for each in series]


def groups(one: Open, _table: Table, _node: str) -> Rows:
    """How many came to each group, without names."""
    least = settings.PUBLICATION_THRESHOLD
    rows, meetings, came = [], 0, 0
    for each, has in _figures(one):
        rows.append(
            [
                each.title,
                str(len(has.held)),
                number(has.participations),
                few(has.people, least) if has.people else DASH,
                DASH if has.mean is None else number(has.mean),
            ]
        )
        meetings, came = meetings + len(has.held), came + has.participations
    columns = [
        Column("Grupul", width=4),
        Column("Întâlniri", right=True),
        Column("Participări", right=True),
        Column("Persoane", right=True),
        Column("Media", right=True),
    ]
    return columns, rows, [["Împreună", str(meetings), number(came), "", ""]] if rows else []


def sessions(one: Open, _table: Table, _node: str) -> Rows:
    """The list of attendance: each meeting of a group with how many came, without names."""
    least = settings.PUBLICATION_THRESHOLD
    told = [(held.day, each.title, held.came) for each, has in _figures(one) for held in has.held]
    rows = [[short(day), title, few(came, least) if came else "0"] for day, title, came in sorted(told)]
    return [Column("Ziua"), Column("Grupul", width=4), Column("Au venit", right=True)], rows, []


def minutes(one: Open, _table: Table, _node: str) -> Rows:
    """The sittings held in the days of the report, of no case: the body, how many were there and what was decided."""
    held = Meeting.objects.filter(
        keeper=one.report.organization_id, state=MeetingState.HELD, case=None, series=None,
        day__range=(one.report.start, one.report.end), compartment=Compartment.GENERAL,
    ).exclude(body=None)  # fmt: skip
    there = Q(presences__state__in=WAS_THERE)
    meetings = (
        held.select_related("body")
        .annotate(
            came=Count("presences", filter=there, distinct=True) + F("counted"),
            decided=Count("decisions", distinct=True),
        )
        .order_by("day", "pk")
    )
    rows = [
        [
            short(each.day),
            each.body.title if each.body else "",
            str(each.came),
            str(each.decided),
            "semnat" if each.frozen_at else "de semnat",
        ]
        for each in meetings
    ]
    columns = [
        Column("Ziua"),
        Column("Organismul", width=4),
        Column("Prezenți", right=True),
        Column("Hotărâri", right=True),
        Column("Procesul-verbal", width=1.3),
    ]
    return columns, rows, []
