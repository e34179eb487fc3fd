"""The rules of sci against their specification: its examples, and a plain-Python reading of its text."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from punte.methodology.assess import assess
from punte.methodology.batch import run
from punte.methodology.errors import InputErrors
from punte.methodology.model import Pack
from punte.methodology.packs import former_pack
from tests import some_of

from . import oracle
from .tables import EXAMPLES, invented, typed_rows, write_rows

HOUSEHOLDS_AT_ONCE = 80


def expected() -> list[tuple[str, str, str]]:
    with (EXAMPLES / "expected.csv").open(encoding="utf-8", newline="") as file:
        return [(row["household_id"], row["member_id"], row["code"]) for row in csv.DictReader(file)]


def found_in(path: Path) -> list[tuple[str, str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["household_id"], row["member_id"], row["code"]) for row in csv.DictReader(file)]


def assessed(pack: Pack, households: list[dict[str, Any]], members: list[dict[str, Any]]) -> oracle.Found:
    found = assess(pack, households, members).findings
    return {(finding.household_id, finding.member_id, finding.code) for finding in found}


def test_batch_gives_the_expected_findings_in_order(sci: Pack, tmp_path: Path) -> None:
    run(sci, EXAMPLES, tmp_path)
    assert found_in(tmp_path / "findings.csv") == expected()


def test_answers_that_came_later_may_have_no_column_and_are_missing_nowhere(
    sci: Pack, tmp_path: Path
) -> None:
    before = former_pack("sci", "2026.5")
    assert before is not None
    later = {fact.name for fact in sci.facts.values() if fact.since}
    assert later == sci.facts.keys() - before.facts.keys()
    for pack in (sci, before):
        run(pack, EXAMPLES, tmp_path / pack.version)
    for file in ("findings.csv", "not_assessed.csv"):
        now, then = (
            set((tmp_path / pack.version / file).read_text("utf-8").splitlines()) for pack in (sci, before)
        )
        assert not now - then
        # Under 14 it is asked of nobody any more.
        assert all("VCR_02,sexual_risk" in row for row in then - now), then - now


def test_a_column_that_was_always_asked_may_not_be_left_out(sci: Pack, tmp_path: Path) -> None:
    for name in ("households.csv", "members.csv"):
        text = (EXAMPLES / name).read_text("utf-8").replace(",damp,", ",dampness,", 1)
        (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(InputErrors) as refused:
        run(sci, tmp_path, tmp_path / "out")
    assert [(error.file, error.column) for error in refused.value.errors] == [("households.csv", "damp")]


def test_assess_gives_the_expected_findings(sci: Pack) -> None:
    households = typed_rows(sci, EXAMPLES / "households.csv")
    members = typed_rows(sci, EXAMPLES / "members.csv")
    found = assessed(sci, households, members)
    assert found == {(household, member or None, code) for household, member, code in expected()}


def test_the_oracle_itself_gives_the_expected_findings(sci: Pack) -> None:
    households = typed_rows(sci, EXAMPLES / "households.csv")
    found = oracle.findings(households, typed_rows(sci, EXAMPLES / "members.csv"))
    assert found == {(household, member or None, code) for household, member, code in expected()}


def test_every_code_has_the_severity_and_level_of_the_specification(sci: Pack) -> None:
    with (EXAMPLES / "sci_rules.csv").open(encoding="utf-8", newline="") as file:
        specified = {row["code"]: (row["level"], int(row["severity"])) for row in csv.DictReader(file)}
    given = {code: (rule.level, rule.severity) for code, rule in sci.rules.items()}
    assert given.keys() - specified.keys() == oracle.ADDED.keys()
    assert {code: given[code] for code in specified} == specified


def test_every_variable_is_a_fact_with_its_answers(sci: Pack) -> None:
    with (EXAMPLES / "sci_variables.csv").open(encoding="utf-8", newline="") as file:
        variables = [
            row for row in csv.DictReader(file) if (row["table"], row["name"]) != ("member", "household_id")
        ]
    assert [row["name"] for row in variables] != []
    for row in variables:
        fact = sci.facts[row["name"]]
        assert (fact.table, fact.type) == (row["table"], row["type"]), row["name"]
        if row["values"]:
            assert set(fact.choices) == set(row["values"].split("|")), row["name"]


@settings(
    max_examples=some_of(30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(min_value=0, max_value=2**40))
def test_any_households_have_the_findings_of_the_oracle(sci: Pack, seed: int) -> None:
    chance = random.Random(seed)
    made = [invented(sci, chance, f"H{number}") for number in range(HOUSEHOLDS_AT_ONCE)]
    households = [household for household, _ in made]
    members = [member for _, people in made for member in people]
    assert assessed(sci, households, members) == oracle.findings(households, members)


def test_batch_says_what_assess_says(sci: Pack, tmp_path: Path) -> None:
    """The same findings, explanations and missing answers, to the letter."""
    made = [invented(sci, random.Random(number), f"H{number:04}") for number in range(300)]
    households = [household for household, _ in made]
    members = [member for _, people in made for member in people]
    write_rows(sci, "household", households, tmp_path / "households.csv")
    write_rows(sci, "member", members, tmp_path / "members.csv")
    run(sci, tmp_path, tmp_path / "out")
    result = assess(sci, households, members)
    with (tmp_path / "out" / "findings.csv").open(encoding="utf-8", newline="") as file:
        written = {tuple(row) for row in list(csv.reader(file))[1:]}
    assert written == {
        (found.household_id, found.member_id or "", found.code, str(found.severity), found.explanation["ro"])
        for found in result.findings
    }
    with (tmp_path / "out" / "not_assessed.csv").open(encoding="utf-8", newline="") as file:
        open_rows = {tuple(row) for row in list(csv.reader(file))[1:]}
    assert open_rows == {
        (row.household_id, row.member_id or "", row.code, ";".join(row.missing))
        for row in result.not_assessed
    }


def test_every_household_of_the_county_has_its_own_findings_only(sci: Pack) -> None:
    """Households do not leak into each other: together or apart, the findings are the same."""
    made = [invented(sci, random.Random(number), f"H{number}") for number in range(20)]
    together = assessed(
        sci, [household for household, _ in made], [row for _, people in made for row in people]
    )
    apart = {found for household, people in made for found in assessed(sci, [household], people)}
    assert together == apart
