"""Scores: a number out of answers, read in bands; known only where every answer behind it was given."""

from __future__ import annotations

import csv
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from punte.methodology.assess import assess, columns_for
from punte.methodology.batch import run
from punte.methodology.errors import PackError
from punte.methodology.model import Pack, Table
from punte.methodology.packs import PACKS_DIR, load_pack
from tests.methodology.tables import EXAMPLES

BASIC = ("washing", "dressing", "eating", "continence", "getting_up", "walking")
TASKS = ("cooking", "housework", "shopping", "money", "treatment", "phone", "transport", "leisure")
OF_SCORE = "    compartment: health\n    source: hg886"
AUTONOMOUS: dict[str, Any] = {**dict.fromkeys((*BASIC, *TASKS), "alone"), "mind": "clear"}


@pytest.fixture(scope="module")
def older() -> Pack:
    return load_pack("older_person")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACKS_DIR / "older_person", tmp_path / "pack"))


def scored(pack: Pack, **answers: Any) -> tuple[str, tuple[str, ...]]:
    """The name of the band, and what is missing."""
    member = {"member_id": "m", "household_id": "h", **answers}
    [one] = assess(pack, [{"household_id": "h"}], [member]).scores
    assert (one.household_id, one.member_id, one.name) == ("h", "m", "dependency")
    return (
        pack.scores["dependency"].band_of(one.value).name["ro"] if one.value is not None else ""
    ), one.missing


@pytest.mark.parametrize(
    ("answers", "grade"),
    [
        ({}, "IIIB"),
        ({"phone": "help"}, "IIIA"),
        ({"cooking": "cannot", "leisure": "help"}, "IIIA"),
        ({"washing": "help", "eating": "help"}, "IIC"),
        ({"continence": "cannot", "phone": "cannot"}, "IIC"),
        ({"getting_up": "help", "washing": "help"}, "IIB"),
        ({"walking": "help", "getting_up": "help"}, "IIA"),
        ({"mind": "confused", "walking": "cannot"}, "IIA"),
        ({"mind": "lost", "walking": "alone"}, "IC"),
        ({"getting_up": "cannot", "walking": "cannot"}, "IB"),
        ({"getting_up": "cannot", "mind": "lost"}, "IA"),
    ],
)
def test_the_degree_of_dependency_is_the_first_description_that_fits(
    older: Pack, answers: dict[str, Any], grade: str
) -> None:
    assert scored(older, **{**AUTONOMOUS, **answers}) == (f"Gradul {grade}", ())


@pytest.mark.parametrize("left_out", AUTONOMOUS)
def test_one_answer_that_is_missing_leaves_it_unknown(older: Pack, left_out: str) -> None:
    given = {**AUTONOMOUS, "getting_up": "cannot", "mind": "lost"}
    del given[left_out]
    assert scored(older, **given) == ("", (left_out,))


def test_it_names_the_answers_behind_it(older: Pack) -> None:
    assert older.scores["dependency"].facts == (*BASIC, *TASKS, "mind")


def test_bands_from_memory_are_a_proposal(older: Pack, folder: Path) -> None:
    assert older.scores["dependency"].is_proposal
    changed(folder, "evidence: memory", "evidence: law_text_seen")
    assert not load_pack(folder).scores["dependency"].is_proposal


def test_a_rule_may_read_it_and_is_not_assessed_where_it_is_unknown(folder: Path) -> None:
    changed(folder, "when: getting_up = 'cannot'", "when: dependency >= 6", file="rules.yaml")
    pack = load_pack(folder)
    whole = {**AUTONOMOUS, "getting_up": "cannot"}
    told = {"h": whole, "part": {**whole, "phone": None}}
    found = assess(
        pack,
        [{"household_id": key} for key in told],
        [{"household_id": key, "member_id": key, **answers} for key, answers in told.items()],
    )
    assert [one.member_id for one in found.findings if one.code == "OP_BED"] == ["h"]
    assert [(one.member_id, one.missing) for one in found.not_assessed if one.code == "OP_BED"] == [
        ("part", ("phone",))
    ]


def test_a_batch_writes_those_that_are_known(older: Pack, tmp_path: Path) -> None:
    rows = {"one": {**AUTONOMOUS, "walking": "help"}, "two": {**AUTONOMOUS, "mind": ""}}
    people = [{"household_id": "h", "member_id": key, **row} for key, row in rows.items()]
    written(older, tmp_path, "household", [{"household_id": "h", "visit_date": "2026-11-20"}])
    written(older, tmp_path, "member", people)
    run(older, tmp_path, tmp_path / "out")
    with (tmp_path / "out" / "scores.csv").open(encoding="utf-8") as file:
        [row] = list(csv.DictReader(file))
    assert (row["member_id"], row["score"], Decimal(row["value"])) == ("one", "dependency", 4)


def test_a_pack_without_scores_writes_no_such_file(tmp_path: Path) -> None:
    run(load_pack("sci"), EXAMPLES, tmp_path / "out")
    assert {file.name for file in (tmp_path / "out").iterdir()} == {"findings.csv", "not_assessed.csv"}


def written(pack: Pack, folder: Path, table: Table, rows: list[dict[str, Any]]) -> None:
    """One of the two tables of a batch."""
    names = [fact.name for fact in columns_for(pack, table)]
    with (folder / f"{table}s.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows(rows)


def changed(folder: Path, old: str, new: str, *, file: str = "pack.yaml") -> int:
    """Change one thing; the line where it is."""
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (OF_SCORE, OF_SCORE.replace("health", "general"), "reads answers of"),
        (OF_SCORE, OF_SCORE.replace("health", "cellar"), "unknown compartment"),
        ("    evidence: memory", "    evidence: rumour", "unknown evidence: rumour"),
        ("      - from: 0", "      - from: none", "not a number: none"),
        ("  dependency:", "  washing:", "washing is given twice"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_score_is_named_by_its_line(
    folder: Path, old: str, new: str, words: str
) -> None:
    line = changed(folder, old, new)
    with pytest.raises(PackError) as why:
        load_pack(folder)
    assert words in str(why.value)
    assert (Path(why.value.file).name, why.value.line) == ("pack.yaml", line)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("      - from: 1", "      - from: 0", "numbers that grow"),
        (
            "when mind = 'lost' and getting_up = 'cannot' then 7",
            "when mind = 'lost' then age",
            "unknown name",
        ),
        ("else 0 end", "else 0 end > 3", "a score is a number"),
    ],
)
def test_a_score_that_cannot_be_is_refused(folder: Path, old: str, new: str, words: str) -> None:
    changed(folder, old, new)
    with pytest.raises(PackError, match=words):
        load_pack(folder)
