"""The questions of content by one engine and by another: the same files."""

import filecmp
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from punte.statistics import engines
from punte.statistics.tables import tables
from tests import WHOLE

pytestmark = pytest.mark.django_db


@pytest.fixture
def extract(var: Path, assess: Any, loaded: None) -> Path:
    for code in ("H1", "H1", "H2"):
        assess(code)
    call_command("extract", verbosity=0)
    return next((var / "extracts").glob("*Z"))


def answers(engine: str, extract: Path, target: Path) -> dict[str, Any]:
    return dict(engines.run(engine, extract, target))


def test_every_question_of_content_is_answered(extract: Path, tmp_path: Path) -> None:
    told = answers("duckdb", extract, tmp_path / "d")
    assert told["statistics/households_assessed"] == 3
    # The tables of returns are asked for periods, which their room gives.
    absent = [place for place, answered in told.items() if isinstance(answered, list)]
    assert not [place for place in absent if not place.startswith("returns/")]
    lines = (tmp_path / "d/statistics/households_with_finding.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "code,county,uat,keeper,households" and len(lines) == 4


def test_what_an_extract_does_not_hold_is_said(extract: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert engines.missing("WITH a AS (SELECT 1) SELECT * FROM a, moon", ["sun"]) == ["moon"]
    call_command("statistics", "run")
    assert "statistics/households_assessed: 3" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("statistics", "run", extract="1999")


@pytest.mark.skipif(
    not (WHOLE and find_spec("pyspark") and shutil.which("java")),
    reason="asked in `make test-all`",
)
def test_spark_answers_the_same(extract: Path, tmp_path: Path) -> None:
    by_duckdb, by_spark = (answers(engine, extract, tmp_path / engine) for engine in engines.ENGINES)
    assert by_spark == by_duckdb
    files = [f"{place}.csv" for place, answered in by_duckdb.items() if isinstance(answered, int)]
    assert filecmp.cmpfiles(tmp_path / "duckdb", tmp_path / "spark", files, shallow=False) == (files, [], [])


def test_no_table_has_a_kind_of_column_that_spark_does_not_read() -> None:
    assert not [table.name for table in tables() if "UUID" in table.columns.values()]
