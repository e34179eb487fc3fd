"""The questions of content by one engine and by another: the same files."""

import filecmp
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from punte.programmes.models import Programme
from punte.reports.models import Report
from punte.returns.models import Sheet
from punte.statistics import engines
from punte.statistics.tables import tables
from tests import WHOLE
from tests.factories import HouseholdFactory, OrganizationFactory, ServiceFactory
from tests.statistics.dense import MOMENT, dense

pytestmark = pytest.mark.django_db
_TODAY = MOMENT.date()


@pytest.fixture
def extract(var: Path, assess: Any) -> Path:
    for code in ("H1", "H1", "H2"):
        assess(code)
    call_command("extract", verbosity=0)
    return next((var / "extracts").glob("*Z"))


@pytest.fixture
def full(var: Path, db: None) -> Path:
    """An extract in which each question finds something, and what is asked of it beside."""
    organizations = [HouseholdFactory().keeper for _ in range(2)]
    house, services = organizations[0], [ServiceFactory() for _ in range(12)]
    passus = Programme.objects.create(
        key="passus", kind="project", organization=house, start=_TODAY, end=_TODAY, definition={}
    )
    days = {"start": _TODAY.replace(month=1), "end": _TODAY, "organization": house}
    for kind, of in (("project_report", {"programme": passus}), ("service_report", {"service": services[0]})):
        Report.objects.create(kind=kind, **of, **days)
    for kind in ("town_year", "separation_plan", "directorate_quarter"):
        Report.objects.create(kind=kind, **days)
    Sheet.objects.create(
        form="spas_quarterly", organization=house, receiver=OrganizationFactory(kind="county_directorate"),
        period="2026-T3", start=_TODAY, end=_TODAY, state="sent", values={"children": {"total": 7}},
        signed_at=timezone.now(), sent_at=timezone.now(),
    )  # fmt: skip
    uats = {one.uat.siruta: one.uat.county_id for one in organizations}
    return dense(var / "extracts", uats=uats, services=[str(one.pk) for one in services])


def answers(engine: str, extract: Path, target: Path) -> dict[str, Any]:
    return dict(engines.run(engine, extract, target))


def test_every_question_of_content_is_answered(extract: Path, tmp_path: Path) -> None:
    told = answers("duckdb", extract, tmp_path / "d")
    assert told["statistics/households_assessed"] == 3
    assert not [place for place, answered in told.items() if isinstance(answered, list)]
    lines = (tmp_path / "d/statistics/households_with_finding.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "code,county,uat,keeper,households" and len(lines) == 4


def test_every_text_of_content_is_a_question_and_finds_something(full: Path, tmp_path: Path) -> None:
    told = answers("duckdb", full, tmp_path / "d")
    assert not {place: found for place, found in told.items() if not found or isinstance(found, list)}
    texts = [file for file in settings.CONTENT.rglob("*.sql") if file.parent.name != "views"]
    asked = {place.removesuffix("/CJ") for place in told}
    assert not {file.relative_to(settings.CONTENT).with_suffix("").as_posix() for file in texts} - asked


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
def test_spark_answers_the_same(full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYSPARK_SUBMIT_ARGS", _QUICK)
    by_duckdb, by_spark = (answers(engine, full, tmp_path / engine) for engine in engines.ENGINES)
    assert by_spark == by_duckdb
    files = [f"{place}.csv" for place in by_duckdb]
    assert filecmp.cmpfiles(tmp_path / "duckdb", tmp_path / "spark", files, shallow=False) == (files, [], [])


_QUICK = " ".join(
    [
        "--master local[1]",
        "--conf spark.ui.showConsoleProgress=false",
        "--conf spark.sql.shuffle.partitions=1",
        "--conf spark.sql.adaptive.enabled=false",
        "--conf spark.sql.codegen.wholeStage=false",
        "--conf spark.sql.codegen.factoryMode=NO_CODEGEN",
        "--conf spark.driver.extraJavaOptions=-XX:TieredStopAtLevel=1",
        "pyspark-shell",
    ]
)
"""A hundred small questions are not worth what Spark compiles and divides for large ones."""


def test_no_table_has_a_kind_of_column_that_spark_does_not_read() -> None:
    assert not [table.name for table in tables() if "UUID" in table.columns.values()]
