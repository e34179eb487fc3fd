"""Tables that people send: read strictly, each problem by its place; written so that nothing runs."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from openpyxl import Workbook, load_workbook

from punte.kernel.tables import (
    LIMITS,
    Column,
    DamagedTable,
    choice,
    code,
    date,
    email,
    integer,
    locality,
    money,
    percent,
    read_table,
    text,
    write_csv,
    write_model,
    write_xlsx,
    yes_no,
)

COLUMNS = (
    Column("name", "Denumirea", text(), required=True),
    Column("amount", "Buget local (lei)", money()),
    Column("day", "Data", date),
    Column("share", "Grad de ocupare", percent()),
    Column("free", "Gratuit", yes_no),
)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def read(content: str | bytes, filename: str = "tabel.csv", columns: Any = COLUMNS) -> Any:
    raw = content.encode() if isinstance(content, str) else content
    return read_table(raw, filename=filename, columns=columns)


def problems(
    content: str | bytes, filename: str = "tabel.csv", columns: Any = COLUMNS
) -> list[tuple[Any, ...]]:
    with pytest.raises(DamagedTable) as refused:
        read(content, filename, columns)
    return [(one.line, one.column, one.message) for one in refused.value.problems]


def workbook(*rows: list[object], title: str = "Foaie") -> bytes:
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def one(value: str, read_cell: Any) -> Any:
    return read(f"A;B\n{value};x", columns=[Column("a", "A", read_cell), Column("b", "B", text())])[0].values[
        "a"
    ]


def refused(value: str, read_cell: Any) -> str:
    return problems(f"A;B\n{value};x", columns=[Column("a", "A", read_cell), Column("b", "B", text())])[0][2]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_table_is_read_whatever_separates_its_cells(separator: str, mark: bytes) -> None:
    lines = ["DENUMIREA,buget  local (lei)".replace(",", separator), "Cămin,12", "", "Școală,"]
    rows = read(mark + "\r\n".join(lines).replace(",", separator).encode())
    assert [(row.line, row.values["name"], row.values["amount"]) for row in rows] == [
        (2, "Cămin", Decimal(12)),
        (4, "Școală", None),
    ]
    assert rows[0].values["day"] is None


def test_what_separates_may_be_said_on_the_first_line() -> None:
    assert read("sep=;\nDenumirea;Gratuit\nCămin;da")[0].values["free"] is True


def test_a_cell_of_several_lines_does_not_shift_the_count_of_lines() -> None:
    found = problems('Denumirea;Gratuit\n"Centrul\nde zi";da\nCămin;poate\n')
    assert found[0][:2] == (4, "Gratuit")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1234", "1234"), ("1.234", "1234"), ("1.234.567", "1234567"), ("1.234,56", "1234.56"), ("12,5", "12.5"),
        ("1 234,5", "1234.5"), ("1\u00a0234", "1234"), ("12.5", "12.5"), ("1234.56", "1234.56"),
        ("5.000 lei", "5000"), ("0", "0"), ("0,10", "0.1"), ("75 RON", "75"),
    ],
)  # fmt: skip
def test_amounts_are_read_as_romanians_write_them(written: str, meant: str) -> None:
    assert one(written, money()) == Decimal(meant)


@pytest.mark.parametrize(
    "written",
    [
        "-1",
        "−5",
        "1,234",
        "1,234.56",
        "12.345.6",
        "1.23E+05",
        "doi",
        "12,345",
        "9" * 40,
        "9" * 6000,
        "٣",
        "--1",
        "1e999",
        "nan",
    ],
)
def test_amounts_that_are_none_or_unclear_are_refused(written: str) -> None:
    assert refused(written, money())


def test_an_unclear_number_is_not_guessed() -> None:
    assert "1234" in refused("1,234", money())


@pytest.mark.parametrize(
    "written",
    ["31.12.2026", "31/12/2026", "31-12-2026", "2026-12-31", "31 decembrie 2026", "31 DECEMBRIE 2026"],
)
def test_days_in_several_shapes(written: str) -> None:
    assert one(written, date) == dt.date(2026, 12, 31)


@pytest.mark.parametrize(
    "written",
    [
        "12/31/2026",
        "31.12.26",
        "31.13.2026",
        "46022",
        "mâine",
        "0.0.0000",
        "01.01.0001",
        "31.12.9999",
        "9999-12-31",
    ],
)
def test_days_that_are_none_are_refused(written: str) -> None:
    assert refused(written, date)


def test_the_other_readers() -> None:
    assert one("85%", percent()) == 85
    assert one("0264 000 001", text()) == "0264 000 001"
    assert one("Rezidențial", choice({"residential": "Rezidențial", "day": "De zi"})) == "residential"
    assert one("8891CZ-C-II", code(["8891 CZ-C-II", "8891 CZ-C-III"])) == "8891 CZ-C-II"
    assert one("ana@exemplu.ro", email) == "ana@exemplu.ro"
    assert one("1.200", integer()) == 1200
    assert "8891 CZ-C-II" in refused("8891 CZ-C-IIX", code(["8891 CZ-C-II", "8790 CR-C-I"]))
    assert "De zi" in refused("Nocturn", choice({"residential": "Rezidențial", "day": "De zi"}))
    assert refused("120%", percent()) and refused("1,5", integer()) and refused("ana@", email)
    assert refused("abc", text(most=2)) and refused("poate", yes_no)


def test_a_place_by_siruta_name_or_name_and_county() -> None:
    where = locality(
        [
            (54975, "Cluj-Napoca", "CJ"),
            (57706, "Florești", "CJ"),
            (132422, "Florești", "PH"),
            (1, "Apahida", "CJ"),
        ]
    )
    assert one("54975", where) == one("municipiul Cluj Napoca", where) == 54975
    assert (
        one("Florești, CJ", where)
        == one("comuna Florești (CJ)", where)
        == one("FLORESTI, jud. CJ", where)
        == 57706
    )
    assert one("Apahida", where) == 1
    assert "132422" in refused("Florești", where)
    assert refused("Atlantida", where) and refused("99999", where) and refused("9" * 5000, where)


def test_columns_missing_twice_unknown_and_misspelt_are_named() -> None:
    assert problems("Gratuit;x;Gratuit\nda;1;nu") == [
        (
            1,
            "B",
            "There is no column “x”. The columns are: Denumirea, Buget local (lei), Data, Grad de ocupare, Gratuit.",
        ),
        (1, "C", "The column “Gratuit” is there twice."),
        (1, "Denumirea", "This column is missing."),
    ]
    assert (
        problems("Denumire;Gratuit\nx;da")[0][2] == "There is no column “Denumire”. Did you mean “Denumirea”?"
    )


@pytest.mark.parametrize(
    "spoiled",
    [
        "È™coala",
        "È™i Äƒ".encode("cp1252", "ignore").decode("cp1252"),
        "Č™coala",
        "�coala",
        "a\u200bb",
        "a\x07b",
        "a\u202eb",
    ],
)
def test_letters_broken_on_the_way_are_refused(spoiled: str) -> None:
    assert problems(f"Denumirea;Gratuit\n{spoiled};da")[0][:2] == (2, "Denumirea")


@pytest.mark.parametrize(
    "word", ["Café Böröcz", "„Țara minunilor” – A&B", "Și", "naïve", "Łódź", "Gyermekvédő Ház"]
)
def test_good_letters_are_not_taken_for_broken_ones(word: str) -> None:
    assert read(f"Denumirea;Gratuit\n{word};da")[0].values["name"] == word


def test_letters_of_two_marks_become_one() -> None:
    assert read("Denumirea;Gratuit\ns\u0326coala;da")[0].values["name"] == "școala"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "cp852"])
def test_other_encodings_are_refused_with_the_way_out(encoding: str) -> None:
    found = problems("Denumirea;Gratuit\nCămin îngrijire;da".encode(encoding))
    assert len(found) == 1 and ("UTF-8" in found[0][2] or "NUL" in found[0][2])


def test_lines_with_cells_lost_or_added_are_refused() -> None:
    found = problems("Denumirea;Gratuit\nCămin\nȘcoală;da;și încă\nCasă;nu;;;\n")
    assert [(line, column) for line, column, _message in found] == [(2, ""), (3, "C")]


def test_a_value_under_a_column_without_title_is_refused() -> None:
    assert problems("Denumirea;;Gratuit\nCămin;5;da")[0][:2] == (2, "B")


def test_formulas_are_refused_and_all_named() -> None:
    assert [one[:2] for one in problems("Denumirea;Gratuit\n=1+1;da\nx; =A1")] == [
        (2, "Denumirea"),
        (3, "Gratuit"),
    ]
    sheet = workbook(["Denumirea", "Buget local (lei)"], ["a", "=SUM(B3:B4)"], ['=HYPERLINK("x")', 3])
    assert [one[:2] for one in problems(sheet, "t.xlsx")] == [(2, "Buget local (lei)"), (3, "Denumirea")]


def test_quotation_marks_left_open_are_found_where_they_open() -> None:
    assert problems('Denumirea;Gratuit\nx;da\n"Cămin;da\ny;nu\n')[0][0] == 3
    assert problems('Denumirea;Gratuit\n"Cămin"x;da\n')[0][0] == 2


@pytest.mark.parametrize(
    ("content", "filename"),
    [
        (b"", "t.csv"), (b"\xef\xbb\xbf", "t.csv"), (b" \n\n", "t.xlsx"), (b"\x00" * 100, "t.csv"),
        (bytes(range(256)) * 40, "t.csv"), (b"%PDF-1.7 ...", "t.csv"), (b"%PDF-1.7 ...", "t.xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 500, "t.xlsx"), (b"PK\x03\x04" + b"x" * 300, "t.xlsx"),
        (b"<!DOCTYPE html><table></table>", "t.csv"), (b"Denumirea,Gratuit\nx,da", "t.xlsx"),
        (b"Denumirea,Gratuit\nx,da", "t.ods"), (b"Denumirea,Gratuit\nx,da", "tabel"), (b"Denumirea,Gratuit\n", "t.csv"),
        (b"," * 10_000_000, "t.csv"), (b"," * 4_000_000, "t.csv"), (b",\n" * 2_000_000, "t.csv"),
        (b"Denumirea\n" + b"x\n" * 30_000, "t.csv"), (b"Denumirea\n" + b"x" * 6_000, "t.csv"),
        (b"Denumirea" + b",x" * 150 + b"\nx", "t.csv"), (b'"' * 100_001, "t.csv"),
        (b"Denumirea,Gratuit\nx\x00,da", "t.csv"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} bytes",
)  # fmt: skip
def test_what_is_not_a_table_gets_one_clear_answer(content: bytes, filename: str) -> None:
    assert len(problems(content, filename)) >= 1


def _packed(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def _opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_bomb_is_not_unpacked() -> None:
    parts = _opened(workbook(["Denumirea"], ["x"]))
    bomb = _packed({**parts, "xl/media/image1.png": b"\x00" * (LIMITS.unpacked + 1)})
    assert len(bomb) < 100_000
    assert "unpacked" in problems(bomb, "t.xlsx")[0][2]
    assert problems(_packed({**parts, **{f"x{at}": b"" for at in range(600)}}), "t.xlsx")
    nested = parts["xl/worksheets/sheet1.xml"].replace(b"</row>", b"<c/>" * 4_000_000 + b"</row>", 1)
    assert "unpacked" in problems(_packed({**parts, "xl/worksheets/sheet1.xml": nested}), "t.xlsx")[0][2]


def test_entities_are_not_expanded() -> None:
    parts = _opened(workbook(["Denumirea"], ["x"]))
    laughs = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml"):
        spoiled = parts[part].split(b"?>", 1)[-1]
        assert problems(_packed({**parts, part: laughs + spoiled}), "t.xlsx")


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
@pytest.mark.parametrize("spoiled", [b"", b"<x", b"<x/>", b"\xff\xfe\x00"])
def test_a_workbook_with_a_broken_part_is_refused(part: str, spoiled: bytes) -> None:
    parts = _opened(workbook(["Denumirea"], ["x"]))
    assert problems(_packed({**parts, part: spoiled}), "t.xlsx")


def test_a_workbook_may_not_lie_about_its_size() -> None:
    parts = _opened(workbook(["Denumirea"], ["x"]))
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"')
    assert sheet != parts["xl/worksheets/sheet1.xml"]
    assert len(read(_packed({**parts, "xl/worksheets/sheet1.xml": sheet}), "t.xlsx")) == 1
    far = (
        parts["xl/worksheets/sheet1.xml"]
        .replace(b'r="A2"', b'r="A1048576"')
        .replace(b'r="2"', b'r="1048576"')
    )
    assert "too long" in problems(_packed({**parts, "xl/worksheets/sheet1.xml": far}), "t.xlsx")[0][2]
    wide = parts["xl/worksheets/sheet1.xml"].replace(b'r="A2"', b'r="XFD2"')
    assert "too wide" in problems(_packed({**parts, "xl/worksheets/sheet1.xml": wide}), "t.xlsx")[0][2]


def test_other_packed_files_are_told_apart() -> None:
    assert "document" in problems(_packed({"word/document.xml": b"<x/>"}), "t.xlsx")[0][2]
    assert "packed file" in problems(_packed({"poza.png": b"x"}), "t.xlsx")[0][2]
    parts = _opened(workbook(["Denumirea"], ["x"]))
    assert "macros" in problems(_packed({**parts, "xl/vbaProject.bin": b"x"}), "t.xlsx")[0][2]


def test_merged_cells_are_named() -> None:
    book = Workbook()
    for row in (["Denumirea", "Gratuit"], ["Cămin", "da"], [None, "nu"]):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    assert problems(saved(book), "t.xlsx") == [
        (2, "", "Cells are merged (A2:A3). Unmerge them and write the value in every cell.")
    ]


def test_a_workbook_gives_numbers_days_and_percentages_as_they_are() -> None:
    book = Workbook()
    book.active.append(["Denumirea", "Buget local (lei)", "Data", "Grad de ocupare", "Gratuit"])
    book.active.append(["a", 1234.56, dt.datetime(2026, 1, 2), 0.85, True])
    book.active["D2"].number_format = "0%"
    book.active["B2"].value = 0.1 + 0.2
    values = read(saved(book), "t.xlsx")[0].values
    assert values == {
        "name": "a",
        "amount": Decimal("0.30"),
        "day": dt.date(2026, 1, 2),
        "share": Decimal(85),
        "free": True,
    }
    assert "error" in problems(workbook(["Denumirea"], ["#N/A"]), "t.xlsx")[0][2]
    assert "format" in problems(workbook(["Denumirea"], [dt.date(2026, 1, 2)]), "t.xlsx")[0][2].lower()


def test_the_sheet_that_holds_the_table_is_found_and_two_are_refused() -> None:
    book = Workbook()
    book.active.append(["Lămuriri"])
    for title in ("Servicii", "Copie"):
        sheet = book.create_sheet(title)
        sheet.append(["Denumirea", "Gratuit"])
        sheet.append([title, "da"])
    assert "Copie" in problems(saved(book), "t.xlsx")[0][2]
    del book["Copie"]
    assert read(saved(book), "t.xlsx")[0].values["name"] == "Servicii"


def test_the_first_problems_are_listed_and_all_are_counted() -> None:
    with pytest.raises(DamagedTable) as refused_:
        read("Denumirea;Gratuit\n" + "x;poate\n" * 180)
    assert len(refused_.value.problems) == 50
    assert refused_.value.more == 130
    assert "180" in str(refused_.value.message) and "130" in refused_.value.rest


def test_what_is_written_runs_nothing_and_reads_back() -> None:
    spoiled = ["=1+1", "+40 264 000 001", "-x", "@SUM(A1)", "bine; „așa”"]
    header = ["Denumirea", "Buget local (lei)", "Data"]
    rows = [[name, Decimal("1234.50"), dt.date(2026, 1, 2)] for name in spoiled]
    written = write_csv(header, rows)
    assert written.startswith(b"\xef\xbb\xbf")
    for cells in list(csv.reader(io.StringIO(written.decode("utf-8-sig"))))[1:]:
        assert not cells[0].startswith(("=", "+", "-", "@"))
        assert cells[1:] == ["1234.50", "2026-01-02"]
    assert [row.values["name"] for row in read(written)] == spoiled
    book = write_xlsx({"Foaie": [header, *rows]})
    assert [row.values["name"] for row in read(book, "t.xlsx")] == spoiled
    sheet = load_workbook(io.BytesIO(book)).active
    assert sheet.freeze_panes == "A2" and sheet["A1"].font.b
    assert sheet["A2"].data_type == "s" and sheet["B2"].value == 1234.5 and sheet["B2"].data_type == "n"


def test_titles_of_sheets_are_such_as_a_workbook_bears() -> None:
    book = load_workbook(
        io.BytesIO(write_xlsx({"I.A: [x]/?" + "y" * 40: [["a\x01"]], "i.a  x" + " y": [["b"]]}))
    )
    assert all(len(title) <= 31 for title in book.sheetnames) and len(book.sheetnames) == 2


def test_the_model_is_a_table_without_lines() -> None:
    model = write_model(COLUMNS, title="Servicii")
    assert problems(model, "model.xlsx")[0][2] == "The table has a header and no line below it."
    book = load_workbook(io.BytesIO(model))
    book["Servicii"].append(["Cămin", 3, None, None, None])
    assert read(saved(book), "model.xlsx")[0].values["amount"] == 3
