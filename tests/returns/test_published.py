"""What was published is the source, cell by cell: its figures lie in chapter_three.txt, read from the document anew."""

from collections import Counter
from pathlib import Path

import pytest

from punte.returns.definition import OfficialTable
from punte.returns.official import shown
from punte.returns.reading import official_tables

LINES = [
    line.split(" ", 2)
    for line in (Path(__file__).parent / "chapter_three.txt").read_text("utf-8").splitlines()
    if line[:1].isdigit()
]
SOURCE = {number: (kind, figures.split()) for number, kind, figures in LINES}
TABLES = [
    one for one in official_tables().values() if one.place and not any(i.words for i in one.columns.items)
]


@pytest.mark.parametrize("table", TABLES, ids=lambda one: one.key)
def test_each_published_cell_is_printed_on_its_line(table: OfficialTable) -> None:
    for key, cell in table.published.items():
        kind, figures = SOURCE.get(cell.source_line, ("", []))
        printed = cell.value or "-"
        assert printed in figures if kind == "T" else [printed] == figures, (key, cell)


def test_no_cell_of_a_table_of_the_source_is_left_out() -> None:
    taken = Counter(
        cell.source_line
        for table in TABLES
        for cell in table.published.values()
        if SOURCE[cell.source_line][0] == "C"
    )
    assert {line for line, (kind, _figures) in SOURCE.items() if kind == "C"} == set(taken)
    assert set(taken.values()) == {1}


@pytest.mark.django_db
def test_printed_totals_are_checked_and_the_one_that_does_not_fit_is_said() -> None:
    wrong = [
        (key, problem.key, problem.printed, problem.found)
        for key, table in official_tables().items()
        for problem in shown(table, county="CJ").problems
        if problem.found is not None
    ]
    assert wrong == [("institutionalised_adults", ("disabled", "n", "2022"), 334, 313)]
