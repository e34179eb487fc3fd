"""The model of Splink by which files are compared.

A large register teaches it, without any labels; before that it starts from what an invented one taught (`tests/bench`).
Imported by the job alone: the office never needs it, and it takes a second to load.
"""

import logging
from typing import Any

import splink.comparison_level_library as level
import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

_BLOCKS = (
    "l.cnp = r.cnp",
    "l.day = r.day",
    "l.coded = r.coded",
    "l.name = r.name AND year(l.day) = year(r.day)",
    "l.name = r.name AND l.home = r.home",
    "l.called = r.called AND l.home = r.home",
    "l.family = r.family AND l.home = r.home AND year(l.day) = year(r.day)",
)
"""Which files are compared at all: those that agree in one of these."""

_TAUGHT_FROM = 20_000
"""Files; fewer hold too few pairs to learn from."""
_PAIRS_PER_FILE = 0.1
_PAIRS_SAMPLED = 2_000_000
_LEAST = 0.01


def score(connection: Any, files: int) -> str:
    """Compare the files of the table `files`, so many; the name of the table of pairs."""
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[_names(), _days(), _numbers(), _same("sex", 0.995, 0.5), _same("home", 0.83, 0.00004)],
        blocking_rules_to_generate_predictions=[{"blocking_rule": rule} for rule in _BLOCKS],
        probability_two_random_records_match=_PAIRS_PER_FILE * 2 / files,
        retain_matching_columns=False,
    )
    linker = Linker(DuckDBAPI(connection).register("files", table_name="register"), settings)
    # A linker says what it does; the job says what came of it.
    for name in ("splink", "sqlglot"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    if files >= _TAUGHT_FROM:
        _teach(linker)
    return str(linker.inference.predict(threshold_match_probability=_LEAST).physical_name)


def _teach(linker: Any) -> None:
    linker.training.estimate_probability_two_random_records_match(
        ["l.cnp = r.cnp", "l.day = r.day AND l.name = r.name"], recall=0.9
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=_PAIRS_SAMPLED, seed=1)
    for columns in (("day",), ("cnp",), ("name", "home")):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*columns))


def _names() -> Any:
    same = level.ExactMatchLevel("name", term_frequency_adjustments=True)
    return _comparison(
        "name",
        same.configure(m_probability=0.69, u_probability=0.00003),
        _level("jaro_winkler_similarity(name_l, name_r) >= 0.95", "nearly the same name", 0.12, 0.000023),
        _level("called_l = called_r", "same first given name", 0.13, 0.013),
        _level("jaro_winkler_similarity(name_l, name_r) >= 0.88", "similar name", 0.015, 0.0007),
        _level("family_l = family_r", "same family name", 0.014, 0.0017),
        _else(0.031, 0.9845),
    )


def _days() -> Any:
    crossed = "year(day_l) = year(day_r) AND month(day_l) = day(day_r) AND day(day_l) = month(day_r)"
    coded = "day_l = coded_r OR coded_l = day_r OR coded_l = coded_r"
    return _comparison(
        "day",
        _level("day_l = day_r", "same day", 0.938, 0.000045),
        _level(coded, "same day in one of the CNPs", 0.056, 0.000001),
        _level(crossed, "day and month crossed", 0.001, 0.00001),
        _level("levenshtein(day_l::VARCHAR, day_r::VARCHAR) <= 1", "one digit of the day", 0.0035, 0.001),
        _level("abs(year(day_l) - year(day_r)) <= 1", "about the same age", 0.001, 0.034),
        _else(0.0005, 0.965),
    )


def _numbers() -> Any:
    return _comparison(
        "cnp",
        _level("cnp_l = cnp_r", "same CNP", 0.937, 0.00001),
        _level("hamming(cnp_l, cnp_r) <= 2", "one or two digits of the CNP", 0.055, 0.0000006),
        _else(0.008, 0.99999),
    )


def _same(column: str, agree: float, by_chance: float) -> Any:
    return _comparison(
        column,
        _level(f"{column}_l = {column}_r", f"same {column}", agree, by_chance),
        _else(1 - agree, 1 - by_chance),
    )


def _comparison(column: str, *levels: Any) -> Any:
    return compare.CustomComparison(
        output_column_name=column, comparison_levels=[level.NullLevel(column), *levels]
    )


def _level(condition: str, label: str, agree: float, by_chance: float) -> Any:
    """A level, with how often files of one person and files of two people are on it, as long as nothing was learnt."""
    return level.CustomLevel(condition, label).configure(m_probability=agree, u_probability=by_chance)


def _else(agree: float, by_chance: float) -> Any:
    return level.ElseLevel().configure(m_probability=agree, u_probability=by_chance)
