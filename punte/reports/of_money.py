"""The tables of a report that tell of money: entries of registers about institutions, realised, places to foresee."""

from decimal import Decimal
from typing import Any

from punte.annual_plans.papers.content import Column
from punte.registers.actions.writing import in_words
from punte.registers.catalogue import definitions
from punte.registers.showing import shown
from punte.reports.definition import Table
from punte.reports.figures import DASH, kept_by, number, short
from punte.reports.opened import Open, Rows


def register(one: Open, table: Table, _node: str) -> Rows:
    """The entries of a register about institutions that began or held in the days of the report."""
    definition = definitions()[table.register]
    entries = [
        entry
        for entry in kept_by(one.report.organization_id, table.register)
        .defer(None)
        .defer("version__definition")
        if entry.start <= one.report.end
        and (entry.end is None or entry.end > one.report.start)
        and (not table.states or entry.state in table.states)
        and _is_of(one, definition, entry)
    ]
    own = {"subject": "Instituția", "start": "Din", "end": "Până la", "state": "Starea"}
    columns = [
        Column(
            own.get(name) or in_words(definition.fields[name].label),
            width=3 if name in ("subject", "service", "project") else 1.2,
            right=name in definition.fields
            and definition.fields[name].type in ("integer", "decimal", "money"),
        )
        for name in table.columns
    ]
    told = shown(one.user, entries, {table.register: list(definition.fields)})
    rows = []
    subjects = {entry.pk: str(entry.subject) for entry in entries}
    for each in told:
        said = {found.name: found.said for found in each.fields}
        said |= {
            name: f"{number(Decimal(each.entry.values[name]) / 100)} lei"
            for name in said
            if definition.fields[name].type == "money" and name in each.entry.values
        }
        said |= {
            "subject": subjects[each.entry.pk],
            "start": short(each.entry.start),
            "end": short(each.last),
            "state": each.state,
        }
        rows.append([str(said.get(name, "")) for name in table.columns])
    return columns, rows, []


def _is_of(one: Open, definition: Any, entry: Any) -> bool:
    """Of the report of a service only what names it."""
    service = one.report.service_id
    return not service or not definition.service or entry.values.get(definition.service) == str(service)


def realised(one: Open, _table: Table, _node: str) -> Rows:
    columns = [
        Column("Furnizorul și serviciul", width=4),
        Column("Cod", width=1.4),
        Column("Planificat, lei", right=True, width=1.4),
        Column("Cheltuit, lei", right=True, width=1.4),
        Column("Procent", right=True),
        Column("Persoane", right=True),
    ]
    lines = [line for line in one.lines if line.year.told or line.year.spent is not None]
    rows = [
        [
            f"{line.provider}: {line.name}",
            line.code,
            number(line.planned),
            number(line.year.spent),
            DASH if line.percent is None else f"{line.percent}%",
            number(line.year.served),
        ]
        for line in lines
    ]
    planned = sum((line.planned or 0 for line in lines), Decimal(0))
    spent = sum((line.year.spent or 0 for line in lines), Decimal(0))
    return columns, rows, [["Împreună", "", number(planned), number(spent), "", ""]] if rows else []


def foreseen(one: Open, _table: Table, _node: str) -> Rows:
    columns = [
        Column("Furnizorul și serviciul", width=4),
        Column("Capacitate", right=True),
        Column("Ocupate, în medie", right=True),
        Column("Așteptau", right=True),
        Column("De prevăzut", right=True),
    ]
    rows = [
        [
            f"{line.provider}: {line.name}",
            number(line.capacity),
            number(line.year.occupied),
            number(line.year.waiting),
            number(line.year.foreseen),
        ]
        for line in one.lines
        if line.year.foreseen is not None
    ]
    return columns, rows, []
