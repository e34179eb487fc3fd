"""The lines of a register as people in households; what is wrong with a line stays with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.kernel.errors import DomainError
from punte.kernel.tables import Cell, Column, Guessed, Guesses, Sheet, Spoiled, Unreadable
from punte.kernel.tables import letters as cells
from punte.kernel.tables.reading import read_cell
from punte.kernel.text import fold, without_unseen
from punte.organizations.models import Organization
from punte.people.enums import Relation
from punte.people.identity import agreed_identity
from punte.people.names import known_name
from punte.people.registers.columns import of_line
from punte.people.registers.households import Households

_LONGEST_NAME, _LONGEST_PHONE = 80, 40
_NAMES = ("family_name", "given_name", "full_name")

Mended = Mapping[str, Mapping[str, str]]
"""By the key of a row and the name of a column: what somebody wrote in place of a cell."""


@dataclass
class RegisterRow:
    """One line of a register.

    Attributes:
        key: by which it is known within the register.
        values: what is recorded: names, `cnp`, `birth_date`, `sex`, `phone`, `died_on`, `relation`, `uat`, `village`,
            `address`, `paper`, `remarks`.
        group: the household that it belongs to.
        problems: `column`, its `title`, what is `written` and the `message`; none where it is in order.
    """

    key: str
    sheet: str
    line: int
    values: dict[str, Any]
    group: str = ""
    problems: list[dict[str, str]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name as the line has it."""
        return f"{self.values['family_name']} {self.values['given_name']}".strip()

    def add_problem(self, column: str, title: str, written: object, message: str) -> None:
        """Note what is wrong with a cell."""
        self.problems.append(
            {"column": column, "title": title, "written": str(written), "message": str(message)}
        )


def read_rows(
    sheets: Sequence[Sheet],
    *,
    meanings: Mapping[str, str],
    mended: Mended,
    columns: Sequence[Column],
    keeper: Organization,
    guesses: Guesses,
) -> list[RegisterRow]:
    """Every line of a register, in order.

    Args:
        meanings: the column that each title is taken for.
        mended: what was written in place of cells.
    """
    reader = _Reader(columns, meanings, keeper, guesses)
    rows = []
    for at, sheet in enumerate(sheets):
        households = Households(at)
        for line, written in sheet.lines:
            key = f"{at}:{line}"
            row = reader.row(key, sheet, line, written, mended.get(key, {}))
            row.group = households.of(row.values, row.line)
            rows.append(row)
    _ask_for_one_head(rows, reader)
    return rows


class _Reader:
    def __init__(
        self,
        columns: Sequence[Column],
        meanings: Mapping[str, str],
        keeper: Organization,
        guesses: Guesses,
    ) -> None:
        self._columns = {column.name: column for column in columns}
        self._meanings, self._keeper, self._guesses = meanings, keeper, guesses
        self._given_first = any(
            name == "full_name" and fold(title).startswith("prenume") for title, name in meanings.items()
        )
        self._meant = set(meanings.values())

    def title(self, name: str) -> str:
        """What a column is called."""
        return str(self._columns[name].title)

    def row(
        self, key: str, sheet: Sheet, line: int, written: Sequence[Cell | None], mended: Mapping[str, str]
    ) -> RegisterRow:
        """One line, read and checked."""
        said = of_line(sheet, written, self._meanings)
        row = RegisterRow(key, sheet.name, line, {})
        kept_apart = []
        for name, text in mended.items():
            before = said.pop(name, None)
            if text.strip():
                said[name] = cells.tidy(text)
            elif before is not None and name in self._columns:
                kept_apart.append(f"{self.title(name)}: {_in_words(before)}")
        read = {name: self._value(row, name, cell) for name, cell in said.items()}
        row.values = self._values(row, read, said, kept_apart)
        if not row.problems:
            self._check(row, said)
        return row

    def _value(self, row: RegisterRow, name: str, cell: Cell) -> Any:
        column = self._columns[name]
        if isinstance(cell, str):
            cell = without_unseen(cell)
            if not cell or cells.says_nothing(cell):
                self._guesses.add(Guessed.EMPTY, row.line, column=str(column.title), written=cell)
                return None
        try:
            return read_cell(cell, column, line=row.line, guesses=self._guesses)
        except Unreadable as wrong:
            row.add_problem(name, str(column.title), _in_words(cell), str(wrong.message))
            return None

    def _values(
        self, row: RegisterRow, read: dict[str, Any], said: Mapping[str, Cell], kept_apart: list[str]
    ) -> dict[str, Any]:
        family, given = self._names(read)
        phone, more = _phone(read.get("phone") or "")
        if more:
            kept_apart.append(_("Other phones: %(phones)s") % {"phones": more})
        if len(family) > _LONGEST_NAME or len(given) > _LONGEST_NAME:
            name = next(one for one in _NAMES if one in said)
            message = _("The name is too long: at most %(most)d letters.") % {"most": _LONGEST_NAME}
            row.add_problem(name, self.title(name), said[name], message)
        uat, village = read.get("locality") or (self._keeper.uat_id, "")
        if uat is None and "locality" not in {one["column"] for one in row.problems}:
            message = _("Write the commune, town or city.")
            row.add_problem("locality", self.title("locality"), "", message)
        return {
            "household": read.get("household") or "",
            "family_name": family,
            "given_name": given,
            "cnp": read.get("cnp") or "",
            "birth_date": read.get("birth_date"),
            "sex": read.get("sex") or "",
            "phone": phone,
            "died_on": read.get("died_on"),
            "relation": read.get("relation") or "",
            "uat": uat,
            "village": village,
            "address": read.get("address") or "",
            "paper": _paper(read),
            "remarks": "\n".join([*([read["remarks"]] if read.get("remarks") else []), *kept_apart]),
        }

    def _names(self, read: Mapping[str, Any]) -> tuple[str, str]:
        family, given = read.get("family_name") or "", read.get("given_name") or ""
        whole = known_name(read.get("full_name") or "")
        if whole and not (family and given):
            first, _space, rest = whole.partition(" ")
            if self._given_first and rest:
                rest, _space, first = whole.rpartition(" ")
            family, given = first, rest
        return known_name(family), known_name(given)

    def _check(self, row: RegisterRow, said: Mapping[str, Cell]) -> None:
        """What no single cell shows: whether they agree, and whether the line is of anybody."""
        values, today = row.values, timezone.localdate()
        if not (set(said) & {*_NAMES, "cnp", "birth_date"}):
            name = next((one for one in _NAMES if one in self._meant), "full_name")
            message = _("Nobody is named on this line. Write the name, or leave the line out.")
            row.add_problem(name, self.title(name), "", message)
            return
        try:
            identity = agreed_identity(
                cnp=values["cnp"], birth_date=values["birth_date"], sex=values["sex"], today=today
            )
        except DomainError as wrong:
            self._refuse(row, wrong.field or "cnp", said, str(wrong.message))
            return
        values.update(cnp=identity.cnp, birth_date=identity.birth_date, sex=str(identity.sex))
        died, born = values["died_on"], values["birth_date"]
        if died and died > today:
            self._refuse(row, "died_on", said, _("This date is in the future. Check the year."))
        elif died and born and died < born:
            self._refuse(row, "died_on", said, _("The date of death is before the birth date."))

    def _refuse(self, row: RegisterRow, name: str, said: Mapping[str, Cell], message: str) -> None:
        row.add_problem(name, self.title(name), _in_words(said.get(name, "")), message)


def _ask_for_one_head(rows: Sequence[RegisterRow], reader: _Reader) -> None:
    heads: dict[str, int] = {}
    for row in rows:
        if row.values["relation"] != Relation.REFERENCE or row.problems:
            continue
        if row.group in heads:
            message = _("The household has its head on line %(line)s. Write what this person is to them.")
            written = str(Relation.REFERENCE.label)
            row.add_problem(
                "relation", reader.title("relation"), written, message % {"line": heads[row.group]}
            )
        heads.setdefault(row.group, row.line)


def _phone(written: str) -> tuple[str, str]:
    """The first numbers, as many as fit beside a person, and the rest."""
    numbers = written.split(", ")
    fit = next(
        count for count in range(len(numbers), -1, -1) if len(", ".join(numbers[:count])) <= _LONGEST_PHONE
    )
    return ", ".join(numbers[:fit]), ", ".join(numbers[fit:])


def _paper(read: Mapping[str, Any]) -> dict[str, Any] | None:
    paper = read.get("paper")
    if not paper:
        return None
    number = paper["number"]
    if read.get("series") and not number[:1].isalpha():
        number = f"{read['series']} {number}"
    return {**paper, "number": number, "expires_on": read.get("expires_on") or paper["expires_on"]}


def _in_words(cell: Cell) -> str:
    if isinstance(cell, Spoiled):
        return ""
    return f"{cell:%d.%m.%Y}" if hasattr(cell, "year") else str(cell)
