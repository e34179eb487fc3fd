"""A register on its way in: its tables as they are written, what they mean, and what was said about their lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from django.utils.translation import gettext as _

from punte.kernel.errors import DomainError
from punte.kernel.tables import Guesses, Sheet, read_sheets
from punte.kernel.tables.kept import from_json, to_json
from punte.kernel.tables.shape import damaged
from punte.organizations.models import Organization
from punte.people.models import RegisterImport
from punte.people.registers.columns import guessed_meanings, register_columns
from punte.people.registers.plan import ASKED, LEAVE, NEW, Planned, plan
from punte.people.registers.rows import RegisterRow, read_rows

MOST_LINES = 5_000
_NAMING = {"family_name", "given_name", "full_name"}
_LONGEST_MENDED = 300


@dataclass
class Register:
    """What is kept of a register between the pages.

    Attributes:
        meanings: the column that each title is taken for; `named` once somebody has agreed.
        guesses, read_guesses: what was guessed of the file, and of its cells.
        decisions, mended: what was said of the lines.
        refused: by the key of a line why it could not be taken in.
        planned: what becomes of each line, as it was found out last.
    """

    sheets: list[Sheet]
    meanings: dict[str, str]
    guesses: list[dict[str, Any]]
    named: bool = False
    read_guesses: list[dict[str, Any]] = field(default_factory=list)
    decisions: dict[str, str] = field(default_factory=dict)
    mended: dict[str, dict[str, str]] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    planned: list[Planned] = field(default_factory=list)

    @classmethod
    def of(cls, kept: RegisterImport) -> Self:
        """As it was kept."""
        content = from_json(kept.content)
        sheets = [Sheet(**sheet) for sheet in content.pop("sheets")]
        planned = [Planned.back(one) for one in content.pop("planned")]
        return cls(sheets=sheets, planned=planned, **content)

    def to_text(self) -> str:
        """To be kept."""
        own = {**self.__dict__, "sheets": [dict(sheet.__dict__) for sheet in self.sheets]}
        return to_json({**own, "planned": [one.kept() for one in self.planned]})

    @property
    def passed_over(self) -> int:
        """How many lines are of nobody: headings, totals, numbers alone."""
        return sum(sheet.passed_over for sheet in self.sheets)

    def name_columns(self, meanings: Mapping[str, str]) -> None:
        """Take each title for the column that is said; a title that nothing is said of means nothing.

        Raises:
            DomainError: a column is meant twice in one sheet, or none names anybody.
        """
        titles = {title for sheet in self.sheets for title in sheet.titles}
        said = {title: meanings.get(title, "") for title in titles}
        for sheet in self.sheets:
            meant = [said[title] for title in sheet.titles if said[title]]
            twice = next((name for name in meant if meant.count(name) > 1), None)
            if twice:
                both = [title for title in sheet.titles if said[title] == twice]
                raise DomainError(
                    _("Two columns say the same: %(titles)s. Choose one of them.")
                    % {"titles": ", ".join(f"“{title}”" for title in both)}
                )
            if not _NAMING & set(meant):
                raise DomainError(_("Say which column has the names."))
        self.meanings, self.named = said, True

    def answer(self, decisions: Mapping[str, str], mended: Mapping[str, Mapping[str, str]]) -> int:
        """Keep what was said of lines that are asked about; of how many."""
        asked = {one.key: one for one in self.planned if one.state == ASKED and not one.taken}
        answered = set()
        for key, said in decisions.items():
            line = asked.get(key)
            if line is None or said == self.decisions.get(key, ""):
                continue
            if said in ("", NEW, LEAVE) or said in {one["who"] for one in line.candidates}:
                self.decisions[key] = said
                answered.add(key)
        for key, cells in mended.items():
            line = asked.get(key)
            columns = {problem["column"]: problem["written"] for problem in line.problems} if line else {}
            changed = {
                name: text[:_LONGEST_MENDED]
                for name, text in cells.items()
                if columns.get(name) is not None and text != columns[name]
            }
            if changed:
                self.mended.setdefault(key, {}).update(changed)
                answered.add(key)
        for key in answered:
            self.refused.pop(key, None)
        return len(answered)

    def sure(self) -> dict[str, str]:
        """The lines that are surely one person who is there, each with that person."""
        found = {}
        for line in self.planned:
            certain = [one["who"] for one in line.candidates if one["sure"]]
            if line.state == ASKED and line.why == "likely" and not line.problems and len(certain) == 1:
                found[line.key] = certain[0]
        return found

    def rows(self, keeper: Organization) -> list[RegisterRow]:
        """Its lines, read."""
        guesses = Guesses()
        rows = read_rows(
            self.sheets,
            meanings=self.meanings,
            mended=self.mended,
            columns=register_columns(keeper),
            keeper=keeper,
            guesses=guesses,
        )
        self.read_guesses = guesses.groups()
        return rows

    def plan(
        self, *, kept: RegisterImport, rows: Sequence[RegisterRow] | None = None
    ) -> list[tuple[RegisterRow, Planned]]:
        """Find out anew what becomes of each line; `rows` where they are read already."""
        rows = self.rows(kept.keeper) if rows is None else rows
        taken = {one.row: one for one in kept.taken.all()}
        self.planned = plan(
            rows,
            keeper=kept.keeper,
            user=kept.by,
            decisions=self.decisions,
            taken=taken,
            refused=self.refused,
        )
        return list(zip(rows, self.planned, strict=True))


def read_register(content: bytes, *, filename: str, keeper: Organization) -> Register:
    """A register as it is written, with what its columns probably mean.

    Raises:
        DamagedTable: the file is no such table, or too long.
    """
    columns = register_columns(keeper)
    guesses = Guesses()
    sheets = [
        sheet
        for sheet in read_sheets(content, filename=filename, columns=columns, guesses=guesses)
        if sheet.lines
    ]
    if not sheets:
        raise damaged(_("The table has a header and no line below it."))
    if sum(len(sheet.lines) for sheet in sheets) > MOST_LINES:
        raise damaged(_("At most %(most)s lines at once. Divide the table.") % {"most": MOST_LINES})
    return Register(sheets, guessed_meanings(sheets, columns), guesses.groups())
