"""The tables of a report: each fill gives the columns and the lines of one; the words of a paper are Romanian."""

from collections.abc import Callable, Mapping

from punte.annual_plans.papers.content import Block, Column
from punte.registers.actions.writing import in_words
from punte.reports import of_meetings, of_money, of_programmes
from punte.reports.definition import Fill, Table
from punte.reports.figures import number, quarters_until
from punte.reports.opened import Open, Rows


def table_block(one: Open, table: Table, node: str = "") -> Block | None:
    """A table of a report as it is printed; None where it has no lines.

    Args:
        node: the action of the programme that it is of; empty for all.
    """
    columns, rows, totals = _FILLS[table.fill](one, table, node)
    if not rows:
        return None
    return Block(kind="table", text=in_words(table.title), columns=columns, rows=rows, totals=totals)


def _figures(one: Open, table: Table, _node: str) -> Rows:
    spans = [name for name, _days in quarters_until(one.report.end)] if table.by_quarter else [""]
    heads = [_roman(span) if span else "În perioadă" for span in spans]
    rows = [
        [
            in_words(one.kind.figures[name].label),
            *(number(one.numbers.get(name, {}).get(span)) for span in spans),
        ]
        for name in table.figures
    ]
    return [Column("Ce se numără", width=4), *(Column(head, right=True) for head in heads)], rows, []


def _roman(span: str) -> str:
    year, quarter = span.split("-")
    return f"trim. {('I', 'II', 'III', 'IV')[int(quarter) - 1]} {year}"


_FILLS: Mapping[Fill, Callable[[Open, Table, str], Rows]] = {
    "figures": _figures,
    "indicators": of_programmes.indicators,
    "claims": of_programmes.claims,
    "actions": of_programmes.actions,
    "uats": of_programmes.uats,
    "people": of_programmes.people,
    "groups": of_meetings.groups,
    "sessions": of_meetings.sessions,
    "minutes": of_meetings.minutes,
    "register": of_money.register,
    "realised": of_money.realised,
    "foreseen": of_money.foreseen,
}
