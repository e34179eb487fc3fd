"""The tables of a report that a programme fills: indicators, claims, actions, who reported, who took part."""

import datetime as dt

from django.conf import settings
from django.db.models import Count
from django.utils import timezone

from punte.annual_plans.papers.content import Column
from punte.programmes.claims import Judged
from punte.programmes.definition import Indicator
from punte.programmes.enums import ActionState, Verdict
from punte.programmes.models import Participation
from punte.programmes.queries import by_uat, spent_on, standings
from punte.reports.definition import Table
from punte.reports.figures import DASH, few, number, short
from punte.reports.opened import Open, Rows


def indicators(one: Open, _table: Table, node: str) -> Rows:
    columns = [
        Column("Nr.", width=0.8),
        Column("Indicator", width=4),
        Column("Țintă", right=True),
        Column("Realizat", right=True),
        Column("Procent", right=True),
        Column("De unde este cifra", width=2),
    ]
    rows = []
    for code, has in one.achieved.items():
        said = has.indicator
        if node and said.node != node:
            continue
        value = (
            "prea puțini"
            if has.held_back
            else f"{SIGNS.get(has.bound, has.bound)} {number(has.value)}".strip()
        )
        rows.append(
            [
                code,
                _called(said),
                f"{SIGNS.get(said.op, said.op)} {number(said.goal)}".strip()
                if said.goal is not None
                else DASH,
                value,
                DASH if has.percent is None else f"{has.percent}%",
                one.traces.get(code, DASH),
            ]
        )
    return columns, rows, []


def _called(indicator: Indicator) -> str:
    """Its name, and its unit where the name does not begin with it."""
    begins = indicator.name.casefold().startswith(indicator.unit.casefold().split("/")[0])
    return indicator.name if begins else f"{indicator.name}, {indicator.unit}"


SIGNS = {">=": "≥", "<=": "≤", "=": ""}


def claims(one: Open, _table: Table, node: str) -> Rows:
    columns = [
        Column("Activitatea", width=0.9),
        Column("Ce spune textul", width=4),
        Column("Spune", right=True, width=0.8),
        Column("Cifrele dau", right=True),
        Column("De ce", width=3),
    ]
    rows = [
        [
            found.claim.node,
            found.claim.says,
            f"{number(found.claim.figure)}{'%' if found.claim.kind == 'reached' else ''}",
            _found(found),
            found.claim.why or str(found.verdict.label),
        ]
        for found in one.claims
        if found.verdict in NOT_CARRIED and (not node or found.claim.node == node)
    ]
    return columns, rows, []


NOT_CARRIED = (Verdict.CONTRADICTED, Verdict.UNFOUNDED)


def _found(one: Judged) -> str:
    if one.found is None:
        return "lipsește o cifră"
    return f"{number(round(one.found, 1))}{'%' if one.claim.kind == 'reached' else ''}"


def actions(one: Open, _table: Table, node: str) -> Rows:
    programme = one.report.programme
    assert programme is not None
    spent = spent_on(programme)
    found = standings(programme, min(timezone.localdate(), one.report.end + dt.timedelta(days=1)))
    tree = programme.tree
    columns = [
        Column("Acțiunea", width=4.5),
        Column("Răspunde", width=2),
        Column("Bani din", width=1.6),
        Column("Starea", width=1.2),
        Column("Făcut", right=True, width=0.8),
        Column("Cheltuit, lei", right=True),
        Column("UAT-uri", right=True, width=0.9),
    ]
    rows = []
    for work in tree.work:
        if node and work.code != node:
            continue
        told = found[work.code]
        report = told.report
        percent = None if report is None else report.percent
        rows.append(
            [
                f"{work.code}. {work.title}",
                work.responsible,
                "; ".join(line.source for line in work.budget),
                str(ActionState(report.state).label) if report else "neraportat",
                DASH if percent is None else f"{percent}%",
                number(spent.get(work.code)),
                f"{told.reported} din {told.asked}" if told.asked else DASH,
            ]
        )
    return columns, rows, []


def uats(one: Open, _table: Table, _node: str) -> Rows:
    programme = one.report.programme
    assert programme is not None
    lines = by_uat(programme, min(timezone.localdate(), one.report.end + dt.timedelta(days=1)))
    columns = [
        Column("UAT", width=3),
        Column("Raportate", right=True),
        Column("Lipsesc", right=True),
        Column("Ultimul raport", width=1.5),
    ]
    rows = [
        [
            line.uat.name,
            str(len(line.reported)),
            str(len(line.missing)),
            short(line.last.date()) if line.last else "niciunul",
        ]
        for line in lines
    ]
    return columns, rows, []


def people(one: Open, _table: Table, _node: str) -> Rows:
    """Who took part, by part of the programme, without names; small numbers are held back."""
    programme = one.report.programme
    assert programme is not None
    counts = (
        Participation.objects.filter(programme=programme)
        .order_by("part")
        .values("part")
        .annotate(homes=Count("household", distinct=True), people=Count("person", distinct=True))
    )
    tree, least = programme.tree, settings.PUBLICATION_THRESHOLD
    rows = []
    for row in counts:
        place = tree.by_code.get(row["part"])
        rows.append(
            [
                f"{row['part']}. {place.title}" if place else "Tot programul",
                few(row["homes"], least),
                few(row["people"], least) if row["people"] else DASH,
            ]
        )
    columns = [Column("Partea", width=4), Column("Gospodării", right=True), Column("Persoane", right=True)]
    return columns, rows, []
