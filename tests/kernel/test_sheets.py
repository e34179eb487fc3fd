"""Registers as they are kept: no line of anybody is passed over, and what is damaged is said."""

import io
import re
import zipfile

import pytest
from openpyxl import Workbook

from punte.kernel.tables import Column, DamagedTable, Guesses, integer, text
from punte.kernel.tables.sheets import Sheet, read_sheets

COLUMNS = (
    Column("name", "Nume și prenume", text()),
    Column("rooms", "Camere", integer()),
    Column("village", "Satul", text()),
)


def book(*rows: list[object]) -> bytes:
    made = Workbook()
    for row in (["Nume și prenume", "Camere", "Satul"], *rows):
        made.active.append(row)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def read(content: bytes) -> Sheet:
    return read_sheets(content, filename="registru.xlsx", columns=COLUMNS, guesses=Guesses())[0]


def broken(content: bytes, pattern: bytes, by: bytes) -> bytes:
    """The workbook with its sheet changed as no program would write it."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w") as new:
        for part in old.infolist():
            held = old.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                held, times = re.subn(pattern, by, held, count=1)
                assert times == 1
            new.writestr(part, held)
    return written.getvalue()


def test_who_is_called_like_a_total_is_somebody() -> None:
    sheet = read(
        book(
            ["Șuma Ion", 1, "Dezmir"],
            ["Suma Ana", 2, None],
            ["Total Vasile", 3, "Pata"],
            ["=A2", "=B2", "=C2"],
            ["Total", 6, None],
            ["SUMA", 6, None],
            ["Total general", "=SUM(B2:B4)", None],
        )
    )
    assert [line for line, _cells in sheet.lines] == [2, 3, 4, 5]
    assert sheet.passed_over == 3


@pytest.mark.parametrize(
    ("pattern", "by"),
    [
        (rb'<row r="55"', b"<row r=<55"),
        (rb"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A:A"/></mergeCells>'),
    ],
)
def test_a_sheet_that_breaks_far_below_is_damaged(pattern: bytes, by: bytes) -> None:
    content = book(*(["Pop Ana", at, "Pata"] for at in range(60)))
    assert len(read(content).lines) == 60
    with pytest.raises(DamagedTable):
        read(broken(content, pattern, by))
