"""What the rules find wrong: in the cells of a sheet, and in the record behind it."""

from collections.abc import Mapping
from typing import Any

from punte.methodology.columns import quoted
from punte.methodology.database import cursor_of_process
from punte.registers.definition import Check
from punte.returns.definition import Rule, SheetForm
from punte.returns.reading import rules, symbols_of_cells

Cells = Mapping[str, Mapping[str, int | None]]
_OF_RECORD = """SELECT CAST({place} AS VARCHAR) AS place, a.period AS period, count(*) AS value
FROM (SELECT kept_by, {start} AS begins, coalesce({end}, '9999-12') AS last FROM {table} WHERE {when}) AS wrong
JOIN institutions i ON i.keeper = wrong.kept_by AND {who}
JOIN asked a ON wrong.begins <= a.last AND wrong.last >= a.first
GROUP BY 1, 2"""


def rules_of(form: SheetForm) -> list[Rule]:
    """The rules by which a form is checked."""
    return [rule for rule in rules().values() if form.key in rule.sheets]


def checks_of_register(key: str) -> list[Check]:
    """What the rules say of an entry of a register as it is written: to be looked at, not forbidden."""
    return [Check(rule.when, rule.say, "warning") for rule in rules().values() if rule.of_register == key]


def query_of(rule: Rule, *, of_county: bool) -> str:
    """The query that counts the entries of an extract in which a rule finds something wrong, by place and quarter."""
    return _OF_RECORD.format(
        place="i.county" if of_county else "i.uat",
        who="true" if of_county else "i.kind IN ('town_hall', 'public')",
        start=quoted("start"),
        end=quoted("end"),
        table=f"register_{rule.of_register}",
        when=rule.when.sql,
    )


def wrong_cells(form: SheetForm, values: Cells, before: Cells) -> list[Rule]:
    """The rules about cells whose condition holds; one that cannot be known, as a cell is empty, does not."""
    asked = [rule for rule in rules_of(form) if not rule.of_register]
    if not asked:
        return []
    told: dict[str, Any] = {}
    for name, cells in (("", values), ("before_", before)):
        told |= {f"{name}{row}_{column}": value for row, of in cells.items() for column, value in of.items()}
    names = list(symbols_of_cells(form))
    columns = ", ".join(f"CAST(? AS DOUBLE) AS {quoted(name)}" for name in names)
    conditions = ", ".join(f"coalesce(({rule.when.sql}), false)" for rule in asked)
    with cursor_of_process() as cursor:
        row = cursor.execute(
            f"SELECT {conditions} FROM (SELECT {columns})", [told.get(name) for name in names]
        ).fetchone()
    return [rule for rule, holds in zip(asked, row or (), strict=True) if holds]


def faults_of(
    form: SheetForm, values: Cells, before: Cells, in_record: Mapping[str, int], answered: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """By rule how much is wrong, and whether a reason was given while it was as much.

    Args:
        in_record: by rule how many entries of the record it is about.
        answered: what was found and answered so far.
    """
    found = {rule.key: 1 for rule in wrong_cells(form, values, before)}
    found |= {rule.key: in_record[rule.key] for rule in rules_of(form) if in_record.get(rule.key)}
    return {
        key: {"n": number, "answered": _answered(answered.get(key), number)} for key, number in found.items()
    }


def _answered(said: Mapping[str, Any] | None, number: int) -> bool:
    return said is not None and said["n"] == number and bool(said["answered"])
