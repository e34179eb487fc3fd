"""A table of budgets against chapter I.A of a draft: which rows are new, which say something else, none guessed."""

import difflib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from punte.annual_plans.enums import BUDGETS
from punte.annual_plans.models import AnnualPlan, ExistingService
from punte.directory.enums import CapacityUnit
from punte.directory.models import NomenclatureCode
from punte.kernel.tables import Column, TableRow, choice, code, integer, money, percent, text, yes_no
from punte.kernel.tables.preview import CHANGED, NEW, SAME, Difference, Outcome, refuse_long
from punte.kernel.tables.shape import Problems
from punte.kernel.text import fold

NAME = pgettext_lazy("plan import", "Service")
PROVIDER = pgettext_lazy("plan import", "Provider")
_TITLES: Mapping[str, Any] = {
    "code": gettext_lazy("Service code"),
    "capacity": pgettext_lazy("plan import", "Capacity"),
    "capacity_unit": pgettext_lazy("plan import", "Counted in"),
    "occupancy": gettext_lazy("Occupancy (%)"),
    "local": gettext_lazy("Local budget (lei)"),
    "county": gettext_lazy("County budget (lei)"),
    "state": gettext_lazy("State budget (lei)"),
    "contributions": gettext_lazy("Contributions of beneficiaries (lei)"),
    "other": gettext_lazy("Other sources (lei)"),
}
FIELDS = tuple(_TITLES)
_MOST_PLACES, _MOST_PERCENT = 100_000, 1_000
_NEAR = 0.85
_PER: Mapping[str, str] = {
    CapacityUnit.PER_DAY: "/zi",
    CapacityUnit.PER_MONTH: "/lună",
    CapacityUnit.PER_YEAR: "/an",
}


@dataclass(frozen=True)
class Meant:
    """What a line asks for: the row that it is (None for a new one) and the fields to set."""

    row: ExistingService | None
    values: Mapping[str, Any]


def columns() -> Sequence[Column]:
    """The columns of the table: those of chapter I.A, amounts in lei."""
    known = frozenset(NomenclatureCode.objects.values_list("code", flat=True))
    units = [(str(unit), unit.label) for unit in CapacityUnit if unit != CapacityUnit.OTHER]
    amounts = [
        Column(
            name, _TITLES[name], money(), hint=gettext_lazy("In lei, not in thousands."), example="374.400,00"
        )
        for name in BUDGETS
    ]
    return (
        Column(
            "provider", PROVIDER, text(most=250), True, gettext_lazy("As in the plan."), "Asociația Exemplu"
        ),
        Column("name", NAME, text(), True, gettext_lazy("As in the plan."), "Centrul de zi „Curcubeu”"),
        Column(
            "new",
            gettext_lazy("New row"),
            yes_no,
            hint=gettext_lazy(
                "“da” where Punte asks whether it may be a row that is there already, and it is not."
            ),
            example="nu",
        ),
        Column("code", _TITLES["code"], code(known), example="8891 CZ-C-II"),
        Column("capacity", _TITLES["capacity"], integer(most=_MOST_PLACES), example=30),
        Column(
            "capacity_unit",
            _TITLES["capacity_unit"],
            choice(units),
            hint=", ".join(str(words) for _value, words in units),
        ),
        Column("occupancy", _TITLES["occupancy"], percent(most=_MOST_PERCENT), example=97),
        *amounts,
    )


def filled(plan: AnnualPlan) -> list[list[object]]:
    """The rows of chapter I.A as they stand, under their titles, to be changed and sent back."""
    rows: list[list[object]] = [[str(column.title) for column in columns()]]
    for row in ExistingService.objects.filter(plan=plan):
        unit = CapacityUnit(row.capacity_unit).label if row.capacity_unit in _asked_units() else None
        rows.append(
            [
                row.provider,
                row.name,
                None,
                row.code_id,
                row.capacity,
                unit and str(unit),
                row.occupancy,
                *(getattr(row, name) for name in BUDGETS),
            ]
        )
    return rows


def judge_budgets(rows: Sequence[TableRow], *, plan: AnnualPlan) -> list[Outcome]:
    """What would come of every line; `Outcome.values` is what it means.

    An empty cell leaves what the plan says; a row is known by its provider and its name, and by its code where a
    provider has several of one name.

    Raises:
        DamagedTable: a line is wrong, repeated, or may be a row that is written otherwise.
    """
    refuse_long(rows)
    problems = Problems()
    there = list(ExistingService.objects.filter(plan=plan))
    find = _Finder(there, problems)
    outcomes = []
    for row in rows:
        found, clear = find.row(row)
        if clear:
            outcomes.append(_outcome(row, found))
    problems.refuse_any()
    return outcomes


class _Finder:
    def __init__(self, rows: Sequence[ExistingService], problems: Problems) -> None:
        self._problems = problems
        self._rows: dict[tuple[str, str], list[ExistingService]] = defaultdict(list)
        self._names: dict[str, list[str]] = defaultdict(list)
        self._lines: dict[Any, int] = {}
        for row in rows:
            self._rows[fold(row.provider), fold(row.name)].append(row)
            self._names[fold(row.provider)].append(row.name)

    def row(self, line: TableRow) -> tuple[ExistingService | None, bool]:
        """The row that a line is, and whether that is clear; a problem is noted where it is not."""
        values = line.values
        key = fold(values["provider"]), fold(values["name"])
        found = self._rows.get(key, [])
        if len(found) > 1:
            found = [row for row in found if values["code"] and row.code_id == values["code"]]
            if len(found) != 1:
                return self._refuse(
                    line, _("The plan has several rows of this name. Write the code of the one meant.")
                )
        row = found[0] if found else None
        again = row.pk if row else (*key, values["code"])
        if again in self._lines:
            return self._refuse(
                line, _("This row is on line %(line)s already.") % {"line": self._lines[again]}
            )
        self._lines[again] = line.line
        return self._settled(line, row)

    def _settled(self, line: TableRow, row: ExistingService | None) -> tuple[ExistingService | None, bool]:
        if row is not None and line.values["new"]:
            return self._refuse(line, _("The plan has this row; it is not new."))
        if row is None and not line.values["new"]:
            near = self._near(line)
            if near:
                return self._refuse(line, near)
        return row, True

    def _near(self, line: TableRow) -> str:
        names = {fold(name): name for name in self._names.get(fold(line.values["provider"]), [])}
        near = difflib.get_close_matches(fold(line.values["name"]), names, n=1, cutoff=_NEAR)
        if near:
            meant = names[near[0]]
            return _(
                "It may be the row “%(name)s”. Write the name as it is there, or “da” in the column “New row”."
            ) % {"name": meant}
        providers = {provider: provider for provider in self._names}
        other = difflib.get_close_matches(fold(line.values["provider"]), providers, n=1, cutoff=_NEAR)
        if other and other[0] != fold(line.values["provider"]):
            written = next(row[0].provider for key, row in self._rows.items() if key[0] == other[0])
            return _(
                "The plan writes the provider “%(name)s”. Write it so, or “da” in the column “New row”."
            ) % {"name": written}
        return ""

    def _refuse(self, line: TableRow, message: str) -> tuple[None, bool]:
        self._problems.add(line.line, str(NAME), message)
        return None, False


def _outcome(line: TableRow, row: ExistingService | None) -> Outcome:
    values = line.values
    meant = {
        name: values[name]
        for name in FIELDS
        if values[name] is not None and (row is None or _differs(name, values[name], row))
    }
    differences = tuple(
        Difference(str(_TITLES[name]), _as_text(_now(name, row)), _as_text(value))
        for name, value in meant.items()
    )
    if "capacity" in meant or "capacity_unit" in meant:
        meant["capacity_printed"] = _printed(values, row)
    name = f"{values['name']} · {values['provider']}"
    if row is None:
        meant |= {"provider": values["provider"], "name": values["name"]}
        return Outcome(line.line, NEW, name, differences=differences, values=Meant(None, meant))
    kind = CHANGED if meant else SAME
    return Outcome(line.line, kind, name, str(row.pk), differences, Meant(row, meant))


def _differs(name: str, value: Any, row: ExistingService) -> bool:
    now = _now(name, row)
    return Decimal(value) != now if isinstance(now, Decimal) else bool(value != now)


def _now(name: str, row: ExistingService | None) -> Any:
    return getattr(row, "code_id" if name == "code" else name) if row else None


def _printed(values: Mapping[str, Any], row: ExistingService | None) -> str:
    number = values["capacity"] if values["capacity"] is not None else row and row.capacity
    unit = values["capacity_unit"] or (row.capacity_unit if row else "")
    return "" if number is None else f"{number}{_PER.get(unit, '')}"


def _asked_units() -> frozenset[str]:
    return frozenset(CapacityUnit.values) - {CapacityUnit.OTHER}


def _as_text(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if value in CapacityUnit.values:
        return str(CapacityUnit(value).label)
    return number_format(value, force_grouping=True) if isinstance(value, Decimal) else str(value)
