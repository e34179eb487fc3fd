"""Tables damaged on purpose: from a good one, in every way that a table was ever seen damaged. Seeded."""

import io
import random
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from openpyxl import Workbook

Rows = list[list[object]]
Damaged = tuple[bytes, str]


@dataclass(frozen=True)
class Good:
    """A table that would be taken over: its header and rows, and which columns are numbers, texts and required."""

    header: Sequence[str]
    rows: Sequence[Sequence[object]]
    numbers: Sequence[int]
    texts: Sequence[int]
    required: Sequence[int]
    known: Sequence[int]

    def copy(self) -> Rows:
        """Header and rows, to be spoiled."""
        return [list(self.header), *(list(row) for row in self.rows)]


def csv_of(rows: Rows, separator: str = ";", encoding: str = "utf-8") -> bytes:
    """The rows as a CSV file."""
    lines = (separator.join("" if cell is None else str(cell) for cell in row) for row in rows)
    return "\r\n".join(lines).encode(encoding, "replace")


def xlsx_of(rows: Rows, then: Callable[[Workbook], None] = lambda _book: None) -> bytes:
    """The rows as a workbook."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    then(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _repacked(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return written.getvalue()


@lru_cache(maxsize=1)
def _zeros() -> bytes:
    return b"\x00" * (33 * 1024 * 1024)


class Spoiler:
    """Every kind of damage, done to one good table."""

    def __init__(self, good: Good, chance: random.Random) -> None:
        self._good, self._chance = good, chance

    def kinds(self) -> Iterator[tuple[str, Callable[[], Damaged]]]:
        """Name and maker of each kind."""
        for name in dir(self):
            if name.startswith("_") or name == "kinds":
                continue
            yield name, getattr(self, name)

    def _row(self) -> int:
        return self._chance.randrange(1, len(self._good.rows) + 1)

    def _either(self, rows: Rows) -> Damaged:
        if self._chance.random() < 0.5:
            return xlsx_of(rows), "tabel.xlsx"
        return csv_of(rows, self._chance.choice(";\t")), "tabel.csv"

    def _with(self, column: int, value: object) -> Damaged:
        rows = self._good.copy()
        rows[self._row()][column] = value
        return self._either(rows)

    def _number(self, value: object) -> Damaged:
        return self._with(self._chance.choice(self._good.numbers), value)

    def _text(self, value: object) -> Damaged:
        return self._with(self._chance.choice(self._good.texts), value)

    def column_renamed(self) -> Damaged:
        rows = self._good.copy()
        at = self._chance.randrange(len(rows[0]))
        rows[0][at] = self._chance.choice(["Coloana mea", f"{rows[0][at]} nou și altul", "x", "Observații"])
        return self._either(rows)

    def column_missing(self) -> Damaged:
        rows = self._good.copy()
        at = self._chance.choice(self._good.required)
        return self._either([row[:at] + row[at + 1 :] for row in rows])

    def column_twice(self) -> Damaged:
        rows = self._good.copy()
        at = self._chance.randrange(len(rows[0]))
        return self._either([[*row, row[at]] for row in rows])

    def column_extra(self) -> Damaged:
        rows = self._good.copy()
        return self._either([[*rows[0], "Comentariu"], *([*row, "da"] for row in rows[1:])])

    def column_untitled(self) -> Damaged:
        rows = self._good.copy()
        return self._either([[*rows[0], None], *([*row, "ceva"] for row in rows[1:])])

    def cells_merged(self) -> Damaged:
        row = self._row()
        merged = self._chance.choice([f"A{row + 1}:B{row + 1}", f"A2:A{len(self._good.rows) + 1}", "A1:C1"])
        return xlsx_of(self._good.copy(), lambda book: book.active.merge_cells(merged)), "tabel.xlsx"

    def encoding_other(self) -> Damaged:
        encoding = self._chance.choice(["utf-16", "utf-16-le", "utf-16-be", "cp852"])
        rows = self._good.copy()
        rows[self._row()][self._good.texts[0]] = "Cămin îngrijire"
        return csv_of(rows, encoding=encoding), "tabel.csv"

    def letters_broken(self) -> Damaged:
        return self._text(
            self._chance.choice(["È™coala", "CÄƒmin", "�coala", "Școal\u200ba", "a\u202eb", "Č™coală"])
        )

    def letters_unseen(self) -> Damaged:
        rows = self._good.copy()
        rows[self._row()][self._good.texts[0]] = "Cămin\x07 social"
        return csv_of(rows), "tabel.csv"

    def cedilla_in_header(self) -> Damaged:
        rows = self._good.copy()
        rows[0].append("Observaţii")
        return self._either([rows[0], *([*row, None] for row in rows[1:])])

    def negative(self) -> Damaged:
        return self._number(self._chance.choice([-1, -250, "-3", "−12"]))

    def number_in_words(self) -> Damaged:
        return self._number(self._chance.choice(["douăzeci", "cca 30", "20-30", "12 locuri și ceva", "#REF"]))

    def number_shortened(self) -> Damaged:
        return self._number(self._chance.choice(["1,23E+05", "1.2E+10", "9" * 40, "1e999"]))

    def number_unclear(self) -> Damaged:
        return self._number(self._chance.choice(["1,234", "1,234.56", "1.23.4", "12,345"]))

    def number_too_large(self) -> Damaged:
        return self._number(self._chance.choice(["999999999999999", 10**14]))

    def formula(self) -> Damaged:
        at = self._chance.choice([*self._good.numbers, *self._good.texts])
        return self._with(at, self._chance.choice(["=SUM(A1:A9)", "=1+1", '=HYPERLINK("http://x")']))

    def error_cell(self) -> Damaged:
        rows = self._good.copy()
        rows[self._row()][self._chance.choice(self._good.numbers)] = self._chance.choice(
            ["#N/A", "#DIV/0!", "#REF!"]
        )
        return xlsx_of(rows), "tabel.xlsx"

    def required_empty(self) -> Damaged:
        return self._with(self._chance.choice(self._good.required), None)

    def line_short(self) -> Damaged:
        rows = self._good.copy()
        row = self._row()
        rows[row] = rows[row][: self._chance.randrange(1, len(rows[0]))]
        return csv_of(rows), "tabel.csv"

    def line_long(self) -> Damaged:
        rows = self._good.copy()
        rows[self._row()] += [None] * self._chance.randrange(3) + ["în plus"]
        return self._either(rows)

    def line_twice(self) -> Damaged:
        rows = self._good.copy()
        return self._either([*rows, list(rows[self._row()])])

    def not_known(self) -> Damaged:
        return self._with(self._chance.choice(self._good.known), "Zzyzx necunoscut")

    def text_too_long(self) -> Damaged:
        return self._text("ă" * self._chance.choice([400, 4_000, 6_000, 30_000]))

    def quotes_open(self) -> Damaged:
        lines = csv_of(self._good.copy()).decode().split("\r\n")
        lines[self._row()] = '"' + lines[self._row()]
        return "\r\n".join(lines).encode(), "tabel.csv"

    def quotes_inside(self) -> Damaged:
        rows = self._good.copy()
        rows[self._row()][self._good.texts[0]] = '"Centrul" de zi'
        return csv_of(rows), "tabel.csv"

    def nothing(self) -> Damaged:
        return self._chance.choice([b"", b"\xef\xbb\xbf", b"  \r\n \r\n"]), self._chance.choice(
            ["t.csv", "t.xlsx"]
        )

    def header_alone(self) -> Damaged:
        return self._either(self._good.copy()[:1])

    def header_gone(self) -> Damaged:
        return self._either(self._good.copy()[1:])

    def commas(self) -> Damaged:
        return self._chance.choice([b"," * 10_000_000, b"," * 4_000_000, b",\n" * 400_000]), "tabel.csv"

    def too_many_lines(self) -> Damaged:
        rows = self._good.copy()
        return csv_of([rows[0], *(rows[1:2] * self._chance.choice([1_500, 21_000]))]), "tabel.csv"

    def too_wide(self) -> Damaged:
        rows = self._good.copy()
        return self._either([[*rows[0], *(f"c{at}" for at in range(150))], *rows[1:]])

    def nul(self) -> Damaged:
        content = csv_of(self._good.copy())
        at = self._chance.randrange(len(content))
        return content[:at] + b"\x00" + content[at:], "tabel.csv"

    def rubbish(self) -> Damaged:
        return self._chance.randbytes(self._chance.randrange(50, 20_000)), self._chance.choice(
            ["t.csv", "t.xlsx"]
        )

    def another_kind_of_file(self) -> Damaged:
        starts = [
            b"%PDF-1.7\n",
            b"\x89PNG\r\n",
            b"\xd0\xcf\x11\xe0",
            b"{\\rtf1",
            b"<!DOCTYPE html><table>",
            b"Rar!\x1a",
        ]
        return self._chance.choice(starts) + self._chance.randbytes(300), self._chance.choice(
            ["t.csv", "t.xlsx"]
        )

    def another_name(self) -> Damaged:
        rows = self._good.copy()
        return self._chance.choice(
            [
                (csv_of(rows), "tabel.xlsx"),
                (xlsx_of(rows), "tabel.csv"),
                (xlsx_of(rows), "tabel.xls"),
                (csv_of(rows), "tabel.pdf"),
                (csv_of(rows), "tabel"),
            ]
        )

    def cut_off(self) -> Damaged:
        content = xlsx_of(self._good.copy())
        return content[: self._chance.randrange(30, len(content) - 200)], "tabel.xlsx"

    def bytes_lost(self) -> Damaged:
        content = bytearray(xlsx_of(self._good.copy()))
        at = self._chance.randrange(60, len(content) // 2)
        del content[at : at + self._chance.randrange(40, 200)]
        return bytes(content), "tabel.xlsx"

    def bomb(self) -> Damaged:
        content = xlsx_of(self._good.copy())
        return _repacked(content, lambda parts: parts.update({"xl/media/a.bin": _zeros()})), "tabel.xlsx"

    def entities(self) -> Damaged:
        def declare(parts: dict[str, bytes]) -> None:
            name = self._chance.choice(["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
            parts[name] = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + parts[name].split(b"?>", 1)[-1]

        return _repacked(xlsx_of(self._good.copy()), declare), "tabel.xlsx"

    def macros(self) -> Damaged:
        content = xlsx_of(self._good.copy())
        return _repacked(content, lambda parts: parts.update({"xl/vbaProject.bin": b"x"})), "tabel.xlsx"

    def part_missing(self) -> Damaged:
        content = xlsx_of(self._good.copy())
        gone = self._chance.choice(["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
        return _repacked(content, lambda parts: parts.pop(gone) and None), "tabel.xlsx"

    def two_sheets(self) -> Damaged:
        rows = self._good.copy()

        def again(book: Workbook) -> None:
            sheet = book.create_sheet("Copie")
            for row in rows:
                sheet.append(row)

        return xlsx_of(rows, again), "tabel.xlsx"
