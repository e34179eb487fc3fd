"""One rule, one file, one test: what each finds wrong, and what it lets through."""

from typing import Any

import pytest

from punte.registers.catalogue import register_named
from punte.registers.checks import found_wrong
from punte.returns.definition import SheetForm
from punte.returns.faults import rules_of, wrong_cells
from punte.returns.reading import rules, sheet_forms
from tests.factories import LONG_AGO

Cells = dict[str, dict[str, int]]
_STAFF: Cells = {key: {"total": 1} for key in ("staff_high", "staff_special", "staff_none")}
# By rule the form, cells in which something is wrong, cells in which nothing is; perhaps those of the quarter before.
OF_CELLS: dict[str, tuple[str, Cells, Cells, Cells]] = {
    "families_not_above_children": (
        "spas_quarterly", {"families": {"total": 9}, "children": {"total": 8}},
        {"families": {"total": 8}, "children": {"total": 8}}, {},
    ),
    "single_within_total": (
        "spas_quarterly", {"children": {"total": 3, "single": 4}}, {"children": {"total": 4, "single": 4}}, {},
    ),
    "referred_within_children": (
        "spas_quarterly", {"children": {"total": 1}, "referred": {"total": 2}},
        {"children": {"total": 2}, "referred": {"total": 2}}, {},
    ),
    "children_fall_by_half": (
        "spas_quarterly", {"children": {"total": 5}}, {"children": {"total": 6}}, {"children": {"total": 12}},
    ),
    "protected_within_abroad": (
        "parents_abroad", {"children": {"both": 1}, "protected": {"both": 2}},
        {"children": {"both": 2}, "protected": {"both": 2}}, {},
    ),
    "families_within_abroad": (
        "parents_abroad", {"families": {"one": 3}, "children": {"one": 2}},
        {"families": {"one": 2}, "children": {"one": 2}}, {},
    ),
    "staffed_within_uats": (
        "dgaspc_monitoring", {"uats": {"communes": 75}, "uats_staffed": {"communes": 76}},
        {"uats": {"communes": 75}, "uats_staffed": {"communes": 75}}, {},
    ),
    "trained_within_staff": (
        "dgaspc_monitoring", {**_STAFF, "staff_trained": {"total": 4}}, {**_STAFF, "staff_trained": {"total": 3}}, {},
    ),
}  # fmt: skip
OF_ENTRIES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "away_but_with_parent": (
        {"who_left": "carer", "stays_with": "parent"},
        {"who_left": "mother", "stays_with": "parent"},
    ),
}


def _form(key: str) -> SheetForm:
    return sheet_forms()[key]


@pytest.mark.parametrize("key", OF_CELLS)
def test_a_rule_about_cells(key: str) -> None:
    form, wrong, right, before = OF_CELLS[key]
    assert key in [one.key for one in wrong_cells(_form(form), wrong, before)]
    assert key not in [one.key for one in wrong_cells(_form(form), right, before)]
    assert not wrong_cells(_form(form), {}, {}), "what is not known is not wrong"


@pytest.mark.parametrize("key", OF_ENTRIES)
def test_a_rule_about_entries(key: str) -> None:
    register = register_named(rules()[key].of_register)
    wrong, right = OF_ENTRIES[key]
    said = rules()[key].say
    told = [
        [check.say for check in found_wrong(register, values, state="away", start=LONG_AGO, end=None)]
        for values in (wrong, right)
    ]
    assert said in told[0] and said not in told[1]


def test_each_rule_has_its_test_and_is_of_a_sheet() -> None:
    assert set(rules()) == set(OF_CELLS) | set(OF_ENTRIES)
    assert {rule.key for form in sheet_forms().values() for rule in rules_of(form)} == set(rules())
