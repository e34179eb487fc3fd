"""Nobody places a hidden number in a range narrower than the rule: random hierarchies, linked tables, three years."""

import json
import random
import subprocess
import sys

import highspy
import pytest

from punte.statistics.safety.certificate import VERIFIER, PublishedFile, certificate_of
from punte.statistics.safety.suppress import _with_sums, protect
from punte.statistics.safety.system import (
    TOP,
    CannotBeSafe,
    Hierarchy,
    Rule,
    System,
    cells_of,
    key_of,
    lines_of,
)
from tests import WHOLE

RULE = Rule(least=5, width=5)
YEARS = ("2024", "2025", "2026")


class Outsider:
    """Knows what is told, how the tables hang together, and that no number is below nought.

    Written apart from what it attacks: all cells are variables, all lines constraints, nothing is taken apart.
    """

    def __init__(self, told: dict, hidden: set, lines: list) -> None:
        self.solver = highspy.Highs()
        self.solver.setOptionValue("output_flag", False)
        self.cells = {
            cell: self.solver.addVariable(lb=told.get(cell, 0), ub=told.get(cell, highspy.kHighsInf))
            for cell in [*told, *sorted(hidden)]
        }
        for total, parts in lines:
            self.solver.addConstr(sum(self.cells[part] for part in parts) - self.cells[total] == 0)

    def width(self, cell) -> float:
        ends = []
        for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
            self.solver.changeColCost(self.cells[cell].index, 1.0)
            self.solver.changeObjectiveSense(sense)
            unbounded = (
                highspy.HighsModelStatus.kUnbounded,
                highspy.HighsModelStatus.kUnboundedOrInfeasible,
            )
            self.solver.run()
            if self.solver.getModelStatus() not in (highspy.HighsModelStatus.kOptimal, *unbounded):
                # What is left of the question before may lead it astray.
                self.solver.clearSolver()
                self.solver.run()
            status = self.solver.getModelStatus()
            assert status in (highspy.HighsModelStatus.kOptimal, *unbounded), status
            ends.append(
                float("inf") if status in unbounded else self.solver.getInfo().objective_function_value
            )
        self.solver.changeColCost(self.cells[cell].index, 0.0)
        return ends[1] - ends[0]


def _hierarchy(chance: random.Random, name: str, most: int) -> Hierarchy:
    codes = [f"{name}{number}" for number in range(chance.randint(2, most))]
    if chance.random() < 0.5 and len(codes) > 2:
        upper = [f"{name}-{number}" for number in range(2)]
        return Hierarchy(
            name, dict.fromkeys(upper, TOP) | {code: upper[at % 2] for at, code in enumerate(codes)}
        )
    return Hierarchy(name, dict.fromkeys(codes, TOP))


def _leaves(hierarchy: Hierarchy) -> list[str]:
    return [code for code in hierarchy.parents if code not in hierarchy.children]


def _tables(seed: int):
    """A table by place, kind and year, and another by place, age and year: of the same people."""
    chance = random.Random(seed)
    place, kind, age = (_hierarchy(chance, name, most) for name, most in (("a", 5), ("k", 3), ("g", 3)))
    adding = chance.random() < 0.5
    years = Hierarchy(
        "year", dict.fromkeys(YEARS, "all" if adding else TOP) | ({"all": TOP} if adding else {}), False
    )
    scale = chance.choice((2, 6, 15))
    first: dict = {}
    second: dict = {}
    for a in _leaves(place):
        for year in YEARS:
            for k in _leaves(kind):
                for g in _leaves(age):
                    number = int(chance.expovariate(1) * scale / 3) if chance.random() < 0.8 else 0
                    first[a, k, year] = first.get((a, k, year), 0) + number
                    second[a, g, year] = second.get((a, g, year), 0) + number
    return ([place, kind, years], first), ([place, age, years], second)


def _published(name, dimensions, cells, hidden_keys) -> PublishedFile:
    from itertools import product

    numbers = []
    for codes in product(*(one.codes for one in dimensions)):
        key = key_of(dimensions, codes)
        numbers.append((codes, None if key in hidden_keys else cells[key]))
    return PublishedFile(name, dimensions, numbers)


def _insiders(system: System) -> list[tuple[str, set[int]]]:
    """Each place with its cells, which its town hall knows."""
    found: dict[str, set[int]] = {}
    for cell, key in enumerate(system.keys):
        place = dict(key).get("a", "")
        if place and "-" not in place:
            found.setdefault(place, set()).add(cell)
    return sorted(found.items())


def _publish_in_turn(seed: int):
    """The first table is published, then the second with what the first told; both files, and the certificate."""
    files, told, kept = [], set(), set()
    system, names, found = System(), [], []
    for number, (dimensions, leaves) in enumerate(_tables(seed)):
        cells = cells_of(dimensions, leaves)
        before = system
        system = System(list(before.values), list(before.lines), told, kept, dict(before.names))
        system.add_table("it", dimensions, cells)
        insiders = [cells for _place, cells in _insiders(system)] if seed % 2 else []
        try:
            hidden, found = protect(system, RULE, insiders)
        except CannotBeSafe:
            # What the first table told may leave no way to publish the second.
            assert number == 1
            system = before
            break
        names = system.keys
        told, kept = set(range(len(names))) - hidden, hidden
        files.append(_published(f"{number}.csv", dimensions, cells, {names[cell] for cell in hidden}))
    return files, certificate_of(RULE, files, found, names), system


@pytest.mark.parametrize("seed", range(1_000 if WHOLE else 24))
def test_an_outsider_places_nothing_within_the_rule(seed: int, tmp_path):
    files, certificate, system = _publish_in_turn(seed)
    known: dict = {}
    lines = []
    for file in files:
        known |= {key: number for key, number in file.cells.items() if known.get(key) is None}
        lines += lines_of(file.dimensions)
    told = {key: number for key, number in known.items() if number is not None}
    hidden = set(known) - set(told)
    assert not {number for number in told.values() if 0 < number < RULE.least}
    outsider = Outsider(told, hidden, lines)
    for cell in sorted(hidden):
        assert outsider.width(cell) >= RULE.width - 1e-6, (seed, cell)
    for _place, own in _insiders(system)[: None if WHOLE else 1] if seed % 2 else ():
        knows = {system.keys[cell]: system.values[cell] for cell in _with_sums(system, own)}
        insider = Outsider(told | knows, hidden - set(knows), lines)
        for cell in sorted(hidden - set(knows)):
            if 0 < system.values[system.names["it", cell]] < RULE.least:
                assert insider.width(cell) >= RULE.width - 1e-6, (seed, cell)
    # What a stranger sees of it: the files, the certificate, the script.
    for file in files:
        (tmp_path / file.name).write_bytes(file.content)
    (tmp_path / "certificate.json").write_text(json.dumps(certificate), encoding="utf-8")
    if seed < 6:
        done = subprocess.run(
            [sys.executable, "-I", str(VERIFIER), str(tmp_path)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout


def _write(tmp_path, files, certificate) -> subprocess.CompletedProcess:
    for file in files:
        (tmp_path / file.name).write_bytes(file.content)
    (tmp_path / "certificate.json").write_text(json.dumps(certificate), encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-I", str(VERIFIER), str(tmp_path)], capture_output=True, text=True, check=False
    )


def test_the_stranger_is_no_straw_man(tmp_path):
    """A number hidden alone, a total that is not one, a table that does not add up: each is said."""
    place = Hierarchy("a", {"x": TOP, "y": TOP, "z": TOP})
    file = PublishedFile("0.csv", [place], [(("",), 103), (("x",), None), (("y",), 40), (("z",), 60)])
    lonely = {"cells": ["a=x"], "tables": [[3], [9]]}
    certificate = certificate_of(RULE, [file], [], [])
    done = _write(tmp_path, [file], certificate)
    assert done.returncode == 1
    assert "nothing shows that it is safe" in done.stdout
    done = _write(tmp_path, [file], certificate | {"witnesses": [lonely]})
    assert "does not add up" in done.stdout
    told = PublishedFile("0.csv", [place], [(("",), 104), (("x",), 3), (("y",), 40), (("z",), 60)])
    done = _write(tmp_path, [told], certificate)
    for word in ("not the file", "is small, and told", "not the sum"):
        assert word in done.stdout


def test_what_was_told_before_is_not_hidden_in_vain():
    place = Hierarchy("a", {"x": TOP, "y": TOP, "z": TOP})
    system = System()
    numbers = system.add_table("it", [place], cells_of([place], {("x",): 3, ("y",): 40, ("z",): 60}))
    system.told |= {numbers[("a", "y"),]}
    hidden, _found = protect(system, RULE)
    assert hidden == {numbers[("a", "x"),], numbers[("a", "z"),]}


def test_where_everything_else_was_told_nothing_is_published():
    place = Hierarchy("a", {"x": TOP, "y": TOP})
    system = System()
    numbers = system.add_table("it", [place], cells_of([place], {("x",): 3, ("y",): 40}))
    system.told |= {numbers[()], numbers[("a", "y"),]}
    with pytest.raises(CannotBeSafe):
        protect(system, RULE)
