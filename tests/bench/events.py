"""How long figures take that are counted from twenty million events. Run by `tests.bench`.

The events are invented interventions of 1,000,000 cases at 3,181 institutions of 42 counties in two years, in the files
of an extract, with all that happened in them beside them; they are made once. Prints for each figure seconds by the
clock and of the processor.
"""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "punte.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402

from punte.methodology.columns import literal  # noqa: E402
from punte.methodology.database import connect  # noqa: E402
from punte.programmes.counting import count  # noqa: E402
from punte.returns.official import shown  # noqa: E402
from punte.returns.reading import official_tables  # noqa: E402

_EVENTS, _CASES, _KEEPERS, _COUNTIES = 20_000_000, 1_000_000, 3_181, 42
_MOMENT = "2026-12-01T00:00:00+00:00"
_DISTINCT = "SELECT month AS part, count(DISTINCT person) AS value FROM interventions GROUP BY month"


def _name(kind: str, number: str) -> str:
    return f"substr(md5('{kind}' || {number}), 1, 24)"


_MONTH = "strftime(DATE '2025-01-01' + to_months(CAST(hash(i, 'month') % 24 AS INTEGER)), '%Y-%m')"
_FILES = {
    "interventions": f"""
        SELECT "case", household, kept_by, {_name("person", "c * 4 + hash(i, 'who') % 4")} AS person, worker,
            ['home_visit', 'office', 'phone'][CAST(1 + hash(i, 'mode') % 3 AS BIGINT)] AS mode, '' AS code,
            {_MONTH} AS month,
            CAST(15 * (1 + hash(i, 'long') % 6) AS INTEGER) AS minutes
        FROM (SELECT i, hash(i) % {_CASES} AS c FROM range({_EVENTS}) AS events(i)) JOIN cases USING (c)""",
    "case_work": """SELECT "case", household, kept_by, worker, '2025-01' AS start, NULL AS "end" FROM cases""",
    "institutions": f"""
        SELECT {_name("keeper", "i")} AS keeper, 'town_hall' AS kind, CAST(i AS INTEGER) AS uat, 'comuna' AS uat_kind,
            CASE i % {_COUNTIES} WHEN 0 THEN 'CJ' ELSE 'X' || i % {_COUNTIES} END AS county
        FROM range({_KEEPERS}) AS keepers(i)""",
    "papers": f"""
        SELECT {_name("keeper", "i")} AS kept_by, 'service_plan' AS kind, '2026-10' AS month, 5 AS papers
        FROM range({_KEEPERS}) AS keepers(i)""",
}
_CASES_OF = f"""
    CREATE TABLE cases AS SELECT i AS c, {_name("case", "i")} AS "case", {_name("household", "i")} AS household,
        {_name("keeper", f"i % {_KEEPERS}")} AS kept_by, {_name("worker", "i // 100")} AS worker
    FROM range({_CASES}) AS numbers(i)"""


def main() -> None:
    """The figures."""
    folder = Path(settings.VAR) / "extracts" / "2026-12-01T00-00-00Z"
    if not (folder / "manifest.json").exists():
        _make(folder)
    print(json.dumps({label: [seconds, used] for label, seconds, used in _figures(folder)}))


def _make(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    connection = connect(folders=[folder])
    connection.execute(_CASES_OF)
    files = {}
    for name, text in _FILES.items():
        target = literal(str(folder / f"{name}.parquet"))
        copied = connection.execute(
            f"COPY ({text}) TO {target} (FORMAT parquet, COMPRESSION zstd)"
        ).fetchall()
        files[name] = {"rows": copied[0][0]}
    told = {"name": folder.name, "moment": _MOMENT, "files": files}
    (folder / "manifest.json").write_text(json.dumps(told), encoding="utf-8")


def _figures(folder: Path) -> Iterator[tuple[str, float, float]]:
    began, before = time.perf_counter(), time.process_time()
    made = shown(official_tables()["workload"], county="CJ")
    yield "the table of workload", time.perf_counter() - began, time.process_time() - before
    assert made.failed is None and made.computed, made.failed
    began, before = time.perf_counter(), time.process_time()
    assert count(_DISTINCT, folder).values
    yield "different people by month", time.perf_counter() - began, time.process_time() - before


if __name__ == "__main__":
    main()
