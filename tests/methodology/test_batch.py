"""Tables with mistakes: each named by file, line and column; exit status 2; nothing written."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from punte.methodology.batch import run
from punte.methodology.errors import InputErrors
from punte.methodology.model import Pack

from .tables import EXAMPLES

Spoil = Callable[[bytes], bytes]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the examples to spoil."""
    for name in ("households.csv", "members.csv"):
        shutil.copy(EXAMPLES / name, tmp_path / name)
    return tmp_path


def swap(old: str, new: str) -> Spoil:
    def spoil(data: bytes) -> bytes:
        assert old.encode() in data, old
        return data.replace(old.encode(), new.encode(), 1)

    return spoil


def bad_cell(file: str, old: str, new: str, place: str, said: str) -> tuple[str, Spoil, list[str], str]:
    return file, swap(old, new), [place], said


SPOILED = {
    "unknown answer": bad_cell(
        "households.csv",
        "H00002,2026-11-02,54975,house",
        "H00002,2026-11-02,54975,castle",
        "households.csv:3:dwelling",
        "castle",
    ),
    "date that is none": bad_cell(
        "households.csv",
        "H00003,2026-10-15",
        "H00003,2026-10-32",
        "households.csv:4:visit_date",
        "not a date",
    ),
    "date of another fashion": bad_cell(
        "households.csv",
        "H00003,2026-10-15",
        "H00003,15.10.2026",
        "households.csv:4:visit_date",
        "not a date",
    ),
    "decimal comma": bad_cell(
        "households.csv",
        "no,549.99,yes",
        'no,"549,99",yes',
        "households.csv:9:monthly_income_lei",
        "not a number",
    ),
    "infinite income": bad_cell(
        "households.csv", "no,549.99,yes", "no,inf,yes", "households.csv:9:monthly_income_lei", "not a number"
    ),
    "half a room": bad_cell(
        "households.csv",
        "54975,house,2,none",
        "54975,house,2.5,none",
        "households.csv:3:rooms",
        "whole number",
    ),
    "negative income": bad_cell(
        "households.csv", "no,549.99,yes", "no,-1,yes", "households.csv:9:monthly_income_lei", "below"
    ),
    "neither yes nor no": bad_cell(
        "members.csv",
        "H00001-1,H00001,2025-08-30,f,yes",
        "H00001-1,H00001,2025-08-30,f,da",
        "members.csv:2:identity_document",
        "not yes or no",
    ),
    "member of an unknown household": bad_cell(
        "members.csv", "H00001-1,H00001,", "H00001-1,H99999,", "members.csv:2:household_id", "no household"
    ),
    "member without a household": bad_cell(
        "members.csv", "H00001-1,H00001,", "H00001-1,,", "members.csv:2:household_id", "identifier is missing"
    ),
    "birth after the visit": bad_cell(
        "members.csv", "H00001,2025-08-30", "H00001,2026-03-01", "members.csv:2:birth_date", "after the visit"
    ),
    "missing column": bad_cell(
        "members.csv", "tobacco", "tobaco", "members.csv:1:tobacco", "column is missing"
    ),
    "column twice": bad_cell(
        "members.csv", "sexual_risk\r\n", "sexual_risk,sex\r\n", "members.csv:1:sex", "column appears twice"
    ),
    "semicolons": (
        "households.csv",
        lambda data: data.replace(b",", b";"),
        ["households.csv:1"],
        "separated by commas",
    ),
    "row cut short": bad_cell(
        "households.csv",
        "H00005,2026-10-15,54975,house,3,yard",
        "H00005,2026-10-15",
        "households.csv:6",
        "cells instead of",
    ),
    "quotes never closed": bad_cell(
        "households.csv", "H00005,", '"H00005,', "households.csv:6", "cannot be read"
    ),
    "another encoding": (
        "households.csv",
        lambda data: data.replace(b"H00004", b"H\xaa0004"),
        ["households.csv:5"],
        "not UTF-8",
    ),
    "two-byte encoding": (
        "members.csv",
        lambda data: data.decode().encode("utf-16"),
        ["members.csv:1"],
        "not UTF-8",
    ),
    "empty file": ("members.csv", lambda data: b"", ["members.csv:1:member_id"], "column is missing"),
    "household twice": bad_cell(
        "households.csv", "H00002,", "H00001,", "households.csv:2:household_id", "appears twice"
    ),
    "member twice": bad_cell(
        "members.csv", "H00002-2,", "H00002-1,", "members.csv:3:member_id", "appears twice"
    ),
}


@pytest.mark.parametrize("what", SPOILED)
def test_a_bad_row_is_named_and_nothing_is_written(sci: Pack, folder: Path, what: str) -> None:
    file, spoil, places, said = SPOILED[what]
    (folder / file).write_bytes(spoil((folder / file).read_bytes()))
    with pytest.raises(InputErrors) as refused:
        run(sci, folder, folder / "out")
    told = [str(error) for error in refused.value.errors]
    for place in places:
        assert any(line.startswith(f"{place}: ") and said in line for line in told), told
    assert not (folder / "out").exists()


def test_every_mistake_is_told_at_once(sci: Pack, folder: Path) -> None:
    text = (folder / "households.csv").read_text()
    (folder / "households.csv").write_text(text.replace(",house,", ",castle,"))
    members = (folder / "members.csv").read_text()
    (folder / "members.csv").write_text(members.replace(",insured,", ",maybe,"))
    with pytest.raises(InputErrors) as refused:
        run(sci, folder, folder / "out")
    assert len(refused.value.errors) == text.count(",house,") + members.count(",insured,")


def test_a_line_is_counted_through_cells_of_several_lines_and_empty_lines(sci: Pack, folder: Path) -> None:
    file = folder / "households.csv"
    header, *rows = file.read_text().splitlines()
    rows = [f'{row},"a note\nof two lines"' for row in rows]
    rows[3] = rows[3].replace("flat", "castle")
    file.write_text("\n".join([header + ",note", "", *rows]) + "\n")
    with pytest.raises(InputErrors) as refused:
        run(sci, folder, folder / "out")
    (error,) = refused.value.errors
    assert (error.line, error.column) == (9, "dwelling")


def test_a_mark_at_the_start_and_other_columns_do_no_harm(sci: Pack, folder: Path) -> None:
    for name in ("households.csv", "members.csv"):
        lines = (folder / name).read_text().splitlines()
        extended = [lines[0] + ",remark", *(line + ",ș" for line in lines[1:])]
        (folder / name).write_bytes(b"\xef\xbb\xbf" + "\r\n".join(extended).encode() + b"\r\n")
    run(sci, folder, folder / "out")
    run(sci, EXAMPLES, folder / "plain")
    assert (folder / "out" / "findings.csv").read_bytes() == (folder / "plain" / "findings.csv").read_bytes()


def test_a_missing_file_is_named(sci: Pack, tmp_path: Path) -> None:
    with pytest.raises(InputErrors) as refused:
        run(sci, tmp_path, tmp_path / "out")
    assert str(refused.value.errors[0]).startswith("households.csv:1: ")


def test_earlier_results_stay_when_a_later_run_fails(sci: Pack, folder: Path) -> None:
    run(sci, folder, folder / "out")
    before = (folder / "out" / "findings.csv").read_bytes()
    (folder / "members.csv").write_text("nothing\n")
    with pytest.raises(InputErrors):
        run(sci, folder, folder / "out")
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["findings.csv", "not_assessed.csv"]
    assert (folder / "out" / "findings.csv").read_bytes() == before


def test_the_command_runs_a_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("methodology", "run", "sci", "--input", str(EXAMPLES), "--output", str(tmp_path))
    assert "375" in capsys.readouterr().out
    assert (
        (tmp_path / "findings.csv")
        .read_text()
        .startswith("household_id,member_id,code,severity,explanation\n")
    )
    assert (tmp_path / "not_assessed.csv").read_text().startswith("household_id,member_id,code,missing\n")


def test_the_command_ends_with_status_2_on_bad_rows(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder / "households.csv"
    file.write_text(file.read_text().replace("H00003,2026-10-15", "H00003,tomorrow"))
    with pytest.raises(CommandError) as refused:
        call_command("methodology", "run", "sci", "--input", str(folder), "--output", str(folder / "out"))
    assert refused.value.returncode == 2
    assert capsys.readouterr().err.startswith("households.csv:4:visit_date: ")


def test_the_command_names_a_pack_that_is_not_there() -> None:
    with pytest.raises(CommandError, match="pack.yaml:1") as refused:
        call_command("methodology", "compile", "fantasy")
    assert refused.value.returncode == 2


def test_the_command_compiles_a_form(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("methodology", "compile", "sci")
    assert capsys.readouterr().out.startswith('<?xml version="1.0"?><h:html')
