"""Terms, percents, claims and queries: what needs no database."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from punte.methodology.errors import MethodologyError, PackError
from punte.programmes.claims import judged
from punte.programmes.counting import read_query
from punte.programmes.definition import Definition, Indicator
from punte.programmes.enums import Verdict
from punte.programmes.figures import Achieved
from punte.programmes.reading import programme_folders, read_programme
from punte.programmes.terms import due, elapsed, read_term

FEBRUARY = dt.date(2025, 2, 1)


@pytest.mark.parametrize(
    ("text", "kind", "until"),
    [
        ("L1-L5; L8-L11", "months", dt.date(2025, 12, 31)),
        ("quarterly", "quarterly", None),
        ("half_yearly", "half_yearly", None),
        ("yearly", "yearly", None),
        ("permanent", "permanent", None),
        ("2024-06-30", "day", dt.date(2024, 6, 30)),
        ("2023-12", "month", dt.date(2023, 12, 31)),
        ("2027", "year", dt.date(2027, 12, 31)),
        ("2023-2027", "years", dt.date(2027, 12, 31)),
    ],
)
def test_terms_of_every_kind_that_the_sources_print(text: str, kind: str, until: dt.date | None) -> None:
    term = read_term(text, first_month=FEBRUARY)
    assert (term.kind, term.until) == (kind, until)


@pytest.mark.parametrize("text", ["L5-L1", "L0", "2027-2023", "2023-13", "cândva", "L1-L5 și altele"])
def test_what_is_no_term_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_term(text, first_month=FEBRUARY)


def test_a_gap_of_months_asks_for_nothing() -> None:
    spans = read_term("L1-L5; L8-L11", first_month=FEBRUARY).spans
    assert elapsed(spans, dt.date(2025, 7, 15)) == elapsed(spans, dt.date(2025, 8, 20))
    assert (elapsed(spans, dt.date(2025, 1, 1)), elapsed(spans, dt.date(2026, 1, 1))) == (0, 1)


@pytest.mark.parametrize(
    ("text", "day", "name"),
    [
        ("quarterly", dt.date(2026, 11, 29), "2026-T3"),
        ("quarterly", dt.date(2026, 1, 1), "2025-T4"),
        ("half_yearly", dt.date(2026, 7, 1), "2026-S1"),
        ("permanent", dt.date(2026, 3, 1), "2025"),
        ("2027", dt.date(2026, 3, 1), "2025"),
        ("L1-L11", dt.date(2025, 3, 2), "2025-02"),
    ],
)
def test_the_period_that_is_over_is_reported(text: str, day: dt.date, name: str) -> None:
    found = due(read_term(text, first_month=FEBRUARY), day, since=dt.date(2023, 1, 1))
    assert found is not None and found.name == name


def test_nothing_is_due_before_a_first_period_is_over() -> None:
    assert due(read_term("yearly"), dt.date(2023, 11, 1), since=dt.date(2023, 1, 1)) is None


def _of(target: str, value: str, *, op: str = ">=", bound: str = "", gone: float = 1.0) -> Achieved:
    return Achieved(Indicator("A", "A", "a", "", op, target), Decimal(value), bound, gone)


def test_percent_over_achievement_and_pace() -> None:
    assert (_of("45", "49").percent, _of("45", "49").is_exceeded, _of("45", "49").is_reached) == (
        109,
        True,
        True,
    )
    # 100 is said of what is whole, never of what is rounded to it.
    assert (_of("1000", "999").percent, _of("1000", "999").is_reached) == (99, False)
    assert _of("500", "500", op=">", bound=">").is_reached and not _of("500", "500", op=">").is_reached
    assert (_of("10", "4", gone=0.8).pace, _of("10", "8", gone=0.8).pace) == ("behind", "on")
    assert Achieved(Indicator("A", "A", "a"), Decimal(7)).percent is None


def _passus() -> Definition:
    return read_programme(programme_folders()["passus"])


def test_passus_is_whole_and_its_claims_are_weighed() -> None:
    passus = _passus()
    kinds = [node.kind for node in passus.nodes]
    assert (kinds.count("component"), kinds.count("activity"), len(passus.indicators)) == (4, 14, 22)
    printed = {one.indicator: one for one in passus.figures}
    achieved = {
        one.code: Achieved(one, Decimal(printed[one.code].value) if one.code in printed else None)
        for one in passus.indicators
    }
    verdicts = {one.claim.key: one.verdict for one in judged(passus, achieved)}
    broken = {
        key for key, verdict in verdicts.items() if verdict in (Verdict.CONTRADICTED, Verdict.UNFOUNDED)
    }
    assert broken == {"media_grupului", "tabere", "educatie_nonformala", "studenti"}
    assert {key for key, verdict in verdicts.items() if verdict == Verdict.LESS} == {
        "after_school",
        "caz_educational",
        "supervizare",
    }


def test_the_strategy_has_its_97_actions() -> None:
    strategy = read_programme(programme_folders()["strategie_cluj"])
    assert len(strategy.work) == 97
    assert 0 < sum(node.of_uats for node in strategy.work) < 97
    assert Definition.from_json(strategy.as_json()) == strategy


@pytest.mark.parametrize(
    ("file", "was", "becomes", "line"),
    [
        ("nodes.csv", "L1-L11", "L11-L1", 3),
        ("nodes.csv", "I.1,I,activity", "I.1,X,activity", 3),
        ("indicators.csv", "I.1.1,I.1,", "I.1.1,Z,", 2),
        ("indicators.csv", ",families,", ",missing,", 2),
        ("figures.csv", "I.1.1,2025-02-18", "I.1.1,2025-02-31", 2),
        ("programme.yaml", "value: percent_i_1_1", "value: percent_unknown", 21),
        ("programme.yaml", "kind: project", "kind: circus", 2),
    ],
)
def test_a_fault_is_told_with_file_and_line(
    tmp_path: Path, file: str, was: str, becomes: str, line: int
) -> None:
    folder = copytree(programme_folders()["passus"], tmp_path / "passus")
    text = (folder / file).read_text(encoding="utf-8")
    assert was in text
    (folder / file).write_text(text.replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(PackError) as error:
        read_programme(folder)
    assert (Path(error.value.file).name, error.value.line) == (file, line)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT 1 AS value FROM read_parquet('/etc/passwd')",
        "SELECT 1 AS value FROM '/etc/passwd'",
        "SELECT 1 AS value FROM households; DROP TABLE households",
        "COPY households TO '/tmp/x'",
        "SELECT getenv('HOME') AS value FROM households",
        "SELECT household FROM households",
        "SELECT 1 AS value FROM main.households",
        "INSTALL httpfs",
    ],
)
def test_a_query_reads_tables_and_nothing_else(text: str) -> None:
    with pytest.raises(MethodologyError):
        read_query(text)


def test_the_tables_of_a_query() -> None:
    text = (
        "WITH x AS (SELECT household FROM households)"
        " SELECT count(*) AS value, 'a' AS part FROM x JOIN findings USING (household)"
    )
    assert read_query(text) == {"households", "findings"}


def test_an_unfinished_target_is_no_target(settings: Any) -> None:
    assert Achieved(Indicator("A", "A", "a", "", "-", "7"), Decimal(9)).share is None
