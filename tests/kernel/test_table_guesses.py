"""Tables as town halls keep them: what is read otherwise than it is written is read as meant, and said."""

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation
from openpyxl import Workbook

from punte.kernel.tables import (
    Column,
    DamagedTable,
    Guessed,
    Guesses,
    date,
    integer,
    locality,
    percent,
    phone,
    read_table,
    text,
)
from punte.kernel.tables.places import Villages

COLUMNS = (
    Column("name", "Denumirea serviciului", text(), required=True),
    Column("places", "Capacitate", integer()),
    Column("note", "Preț", text()),
)
HEADER = ["Denumirea serviciului", "Capacitate", "Preț"]
ROW = ["Cămin", 12, "gratuit"]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def book(*rows: list[object], merged: tuple[str, ...] = ()) -> bytes:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    for one in merged:
        made.active.merge_cells(one)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def lines(*rows: list[object], separator: str = ";") -> bytes:
    return "\n".join(
        separator.join("" if cell is None else str(cell) for cell in row) for row in rows
    ).encode()


def read(
    content: bytes, filename: str = "t.xlsx", columns: Any = COLUMNS
) -> tuple[list[Any], dict[str, list[Any]]]:
    """The values of the rows, and the examples of every guess by its kind."""
    guesses = Guesses()
    rows = read_table(content, filename=filename, columns=columns, guesses=guesses)
    kinds = {str(how.label): str(how) for how in Guessed}
    told: dict[str, list[Any]] = {}
    for group in guesses.groups():
        told.setdefault(kinds[group["how"]], []).extend(
            (one["line"], one["written"], one["read"]) for one in group["examples"]
        )
    return [list(row.values.values()) for row in rows], told


def one(value: object, reader: Any) -> tuple[Any, list[str]]:
    """What a cell of a workbook is read as, and the kinds of what was guessed."""
    rows, told = read(
        book(["A", "B"], [value, "x"]), columns=[Column("a", "A", reader), Column("b", "B", text())]
    )
    return rows[0][0], list(told)


def refused(value: object, reader: Any) -> str:
    with pytest.raises(DamagedTable) as why:
        one(value, reader)
    return why.value.problems[0].message


def test_a_clean_table_is_taken_as_it_is() -> None:
    for content, name in ((book(HEADER, ROW), "t.xlsx"), (lines(HEADER, ROW), "t.csv")):
        assert read(content, name) == ([ROW], {})


@pytest.mark.parametrize(
    ("above", "merged"),
    [
        ([["SITUAȚIA SERVICIILOR SOCIALE 2026"]], ("A1:C1",)),
        ([["SITUAȚIA SERVICIILOR SOCIALE 2026"], []], ()),
        ([["ROMÂNIA"], ["Județul Cluj", None, "Anexa 1"], ["Nr. 12 din 3.02.2026"], []], ("A1:C1", "A2:B2")),
        ([["Capacitate"]], ()),
        ([["Titlu pe două rânduri"], [None]], ("A1:C2",)),
    ],
)
def test_the_header_is_found_under_a_title(above: list[list[object]], merged: tuple[str, ...]) -> None:
    rows, told = read(book(*above, HEADER, ROW, merged=merged))
    assert rows == [ROW]
    assert [line for line, _written, _read in told["title"]] == [
        at for at, row in enumerate(above, 1) if any(row)
    ][:3]
    assert read(lines(*above, HEADER, ROW), "t.csv")[0] == [["Cămin", 12, "gratuit"]]


def test_a_title_with_commas_does_not_hide_what_separates_the_cells() -> None:
    content = lines(["Situația, pe anul 2026, a serviciilor, Cluj"], HEADER, ROW)
    assert read(content, "t.csv")[0] == [ROW]


def test_a_line_of_the_table_above_its_header_is_not_lost() -> None:
    wide = [Column(name, name, text()) for name in "ABCDEF"]
    with pytest.raises(DamagedTable) as why:
        read(book(list("uvwxyz"), list("ABCDEF"), list("123456")), columns=wide)
    assert why.value.problems[0].line == 1


def test_merged_cells_of_the_table_are_still_refused() -> None:
    with pytest.raises(DamagedTable) as why:
        read(book(["TITLU"], HEADER, ROW, ROW, merged=("A1:C1", "B3:B4")))
    assert [(one.line, "B3:B4" in one.message) for one in why.value.problems] == [(3, True)]


@pytest.mark.parametrize("title", ["Nr. crt.", "Nr.", "#", "Nr\ncrt", "NR.CRT", "Nr. Crt"])
def test_a_column_that_numbers_the_lines_is_passed_over(title: str) -> None:
    rows, told = read(book([title, *HEADER], [1, *ROW], ["2.", *ROW], [None, *ROW], [4, None, None, None]))
    assert rows == [ROW] * 3
    assert list(told) == ["numbering", "number_alone"]


def test_a_column_called_number_that_says_more_is_not_lost() -> None:
    with pytest.raises(DamagedTable) as why:
        read(book(["Nr.", *HEADER], ["12/2024", *ROW]))
    assert (why.value.problems[0].line, why.value.problems[0].column) == (2, "A")


def test_a_line_that_numbers_the_columns_is_passed_over() -> None:
    rows, told = read(book(["Nr. crt.", *HEADER], [0, 1, 2, 3], [1, *ROW]))
    assert (rows, list(told)) == ([ROW], ["numbering", "column_numbers"])


@pytest.mark.parametrize(
    "nothing", ["-", "–", "—", "---", "n/a", "N/A", "nu e cazul", "Nu este cazul", "/", "…"]
)
def test_what_stands_for_nothing_is_an_empty_cell(nothing: str) -> None:
    assert read(book(HEADER, ["Cămin", nothing, nothing])) == (
        [["Cămin", None, None]],
        {"empty": [(2, nothing, ""), (2, nothing, "")]},
    )
    with pytest.raises(DamagedTable) as why:
        read(book(HEADER, [nothing, 1, "x"]))
    assert "must say something" in why.value.problems[0].message


def test_letters_with_a_cedilla_are_read_with_a_comma() -> None:
    header = ["Denumirea serviciului", "Capacitate", "Preţ"]
    rows, told = read(book(header, ["Şcoala părinţilor", 3, "ÎNGRIJIRE ŞI ASISTENŢĂ"]))
    assert rows == [["Școala părinților", 3, "ÎNGRIJIRE ȘI ASISTENȚĂ"]]
    assert (2, "Şcoala părinţilor", "Școala părinților") in told["cedilla"]
    assert (1, "Preţ", "Preț") in told["cedilla"]


@pytest.mark.parametrize("encoding", ["cp1250", "iso8859-2"])
def test_letters_of_an_older_encoding_are_read(encoding: str) -> None:
    written = "Denumirea serviciului;Capacitate;Preţ\nŞcoala părinţilor în Gyergyó ţ â;2;fără"
    rows, told = read(written.encode(encoding), "t.csv")
    assert rows == [["Școala părinților în Gyergyó ț â", 2, "fără"]]
    assert {"code_page", "cedilla"} == set(told)


@pytest.mark.parametrize(
    ("written", "meant", "guessed"),
    [
        (264000001, "0264000001", True),
        (264000001.0, "0264000001", True),
        ("264000001", "0264000001", True),
        ("264 000 001", "0264 000 001", True),
        (745123456, "0745123456", True),
        ("(264) 000 001", "(0264) 000 001", True),
        (40264000001, "+40264000001", True),
        ("0264 000 001", "0264 000 001", False),
        ("0264-000.001", "0264-000.001", False),
        ("+40 264 000 001", "+40 264 000 001", False),
        (112, "112", False),
        ("116 111", "116 111", False),
    ],
)
def test_the_zero_that_a_program_lost_is_put_back(written: object, meant: str, guessed: bool) -> None:
    assert one(written, phone) == (meant, ["zero"] if guessed else [])


@pytest.mark.parametrize("written", [26400001, 164000001, 2640000012, "64000001"])
def test_a_number_that_lost_more_is_refused(written: object) -> None:
    assert "0 at the beginning was lost" in refused(written, phone)


@pytest.mark.parametrize(
    ("written", "guessed"),
    [
        (dt.datetime(2026, 12, 31), False),
        ("31.12.2026", False),
        ("31.12.2026 00:00:00", False),
        ("2026-12-31 00:00:00", False),
        ("31-dec-2026", False),
        ("31 dec. 2026", False),
        ("31. 12. 2026", False),
        ("joi, 31 decembrie 2026", False),
        (46387, True),
    ],
)
def test_days_as_a_spreadsheet_writes_them(written: object, guessed: bool) -> None:
    assert one(written, date) == (dt.date(2026, 12, 31), ["day"] if guessed else [])


def test_november_has_two_short_names() -> None:
    assert one("2 nov. 2026", date)[0] == one("2 noi 2026", date)[0] == dt.date(2026, 11, 2)


def test_numbers_and_shares_as_a_spreadsheet_writes_them() -> None:
    assert one("85,00%", percent())[0] == one(" 85 % ", percent())[0] == 85
    assert one(12.0, integer())[0] == one("12,0", integer())[0] == 12


UATS = [
    (55687, "Apahida", "CJ"),
    (55357, "Câmpia Turzii", "CJ"),
    (179169, "București Sectorul 3", "B"),
    (179178, "București Sectorul 4", "B"),
    (57706, "Florești", "CJ"),
    (132422, "Florești", "PH"),
    (114319, "Târgu Mureș", "MS"),
    (54975, "Cluj-Napoca", "CJ"),
    (95060, "Iași", "IS"),
    (57994, "Iclod", "CJ"),
    (106318, "Satu Mare", "SM"),
]
COUNTIES = [
    ("CJ", "Cluj"),
    ("PH", "Prahova"),
    ("B", "București"),
    ("MS", "Mureș"),
    ("IS", "Iași"),
    ("SM", "Satu Mare"),
]
VILLAGES = Villages.of(
    [
        (55696, "Apahida", 55687),
        (55730, "Dezmir", 55687),
        (55758, "Sânnicoară", 55687),
        (1, "Valea", 57994),
        (2, "Valea", 57706),
        (3, "Satu Nou", 57994),
        (4, "Elsewhere", 999),
    ]
)
PLACE = locality(UATS, counties=COUNTIES, villages=lambda: VILLAGES)


@pytest.mark.parametrize(
    "written", ["Apahida", "APAHIDA", "Apahida, CJ", "apahida CJ", "55687", 55687, 55687.0]
)
def test_a_place_as_the_list_has_it_is_no_guess(written: object) -> None:
    assert one(written, PLACE) == (55687, [])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Apahida, Cluj", 55687),
        ("Apahida (Cluj)", 55687),
        ("Apahida, jud. Cluj", 55687),
        ("Apahida, jud.Cluj", 55687),
        ("Com. Apahida, județul Cluj", 55687),
        ("com.Apahida", 55687),
        ("Comuna Apahida", 55687),
        ("Cluj, Apahida", 55687),
        ("jud. Cluj, com. Apahida", 55687),
        ("com. Apahida jud. Cluj", 55687),
        ("Apahida - Cluj", 55687),
        ("Apahida jud Cluj", 55687),
        ("judeţul Cluj; comuna Apahida", 55687),
        ("loc. Apahida", 55687),
        ("Cimpia Turzii", 55357),
        ("mun. Cîmpia Turzii", 55357),
        ("Oraș Câmpia Turzii", 55357),
        ("Tg. Mureș", 114319),
        ("mun. Tîrgu Mureş", 114319),
        ("mun. Cluj Napoca", 54975),
        ("Iași, Iași", 95060),
        ("Floresti, Prahova", 132422),
        ("Florești jud. PH", 132422),
        ("Florești Prahova", 132422),
        ("mun. Satu Mare", 106318),
        ("Satu Mare, Satu Mare", 106318),
        ("Sectorul 3, București", 179169),
        ("București sector 3", 179169),
        ("Mun. București, sect. 3", 179169),
        ("Sector 3", 179169),
        ("București S4", 179178),
        ("sectorul IV București", 179178),
    ],
)
def test_a_place_is_read_as_people_write_it(written: str, meant: int) -> None:
    found, guessed = one(written, PLACE)
    assert (found, [kind for kind in guessed if kind != "cedilla"]) == (meant, ["place"])


@pytest.mark.parametrize(("written", "meant"), [("Cîmpia Turzii", 55357), ("Tîrgu Mureş, MS", 114319)])
def test_a_name_in_the_older_spelling_is_the_name(written: str, meant: int) -> None:
    found, guessed = one(written, PLACE)
    assert (found, [kind for kind in guessed if kind != "cedilla"]) == (meant, [])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("55696", 55687),
        (55730, 55687),
        ("Dezmir, comuna Apahida", 55687),
        ("sat Dezmir, com. Apahida, jud. Cluj", 55687),
        ("Dezmir", 55687),
        ("Dezmir, Apahida", 55687),
        ("Apahida, sat Dezmir", 55687),
        ("Dezmir (Apahida)", 55687),
        ("Apahida, Dezmir, Cluj", 55687),
        ("Sînnicoara", 55687),
        ("Valea, com. Iclod", 57994),
        ("Satu Nou, com. Iclod", 57994),
        ("Satul Apahida", 55687),
        ("Dezmir, jud. Cluj", 55687),
    ],
)
def test_a_village_finds_its_commune(written: object, meant: int) -> None:
    assert one(written, PLACE) == (meant, ["village"])


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Valea", "several places"),
        ("Florești", "132422"),
        ("București", "sector"),
        ("Atlantida", "Atlantida"),
        ("Apahida, jud. Prahova", "Apahida"),
        ("Dezmir, com. Iclod", "Dezmir"),
        ("Apahida, Iclod, Cluj, Prahova", "Apahida"),
        ("Apahida, jud. Zzyzx", "Zzyzx"),
        ("4", "SIRUTA"),
        ("Elsewhere", "Elsewhere"),
        ("Sector 9", "Sector 9"),
    ],
)
def test_a_place_that_is_unclear_is_not_guessed(written: str, words: str) -> None:
    assert words in refused(written, PLACE)
