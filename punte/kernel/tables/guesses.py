"""What was guessed while a table was read, so that whoever sent it sees it and agrees with it."""

from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

_EXAMPLES, _LONGEST = 3, 80


class Guessed(models.TextChoices):
    """In which way a table was read otherwise than it is written."""

    TITLE = "title", _("The lines above the header were passed over")
    NUMBERING = "numbering", _("The column only numbers the lines; it was passed over")
    COLUMN_NUMBERS = "column_numbers", _("The line that only numbers the columns was passed over")
    HEADING = "heading", _("Lines within the table that are only a heading were passed over")
    TOTAL = "total", _("Lines that only add up were passed over")
    SHEET = "sheet", _("The sheet has no such table and was passed over")
    MERGED = "merged", _("What stands in a merged cell was read for each of its lines")
    NUMBER_ALONE = "number_alone", _("Lines with nothing but their number were passed over")
    CODE_PAGE = "code_page", _("The letters are saved as Windows-1250, not as UTF-8, and were read so")
    EMPTY = "empty", _("Read as an empty cell")
    CEDILLA = "cedilla", _("Letters with a cedilla were read as ș and ț")
    ZERO = "zero", _("The 0 at the beginning of the phone number was put back")
    DAY = "day", _("The number was read as the day for which the program keeps it")
    PLACE = "place", _("Read as the commune, town or city of this name")
    VILLAGE = "village", _("The village was read as the commune, town or city to which it belongs")


@dataclass(frozen=True)
class Guess:
    """What a reader gives where it did not find the value as it should be written.

    Attributes:
        read: the value in words, to be shown beside what is written.
    """

    value: Any
    how: Guessed
    read: str


@dataclass
class Guesses:
    """Guesses as they are made, counted by kind and column."""

    _groups: dict[tuple[Guessed, str], dict[str, Any]] = field(default_factory=dict)

    def add(
        self, how: Guessed, line: int | None, *, column: str = "", written: object = "", read: str = ""
    ) -> None:
        """Note one more; the first ones of a group are its examples."""
        group = self._groups.setdefault(
            (how, column), {"how": str(how.label), "column": column, "count": 0, "examples": []}
        )
        group["count"] += 1
        if len(group["examples"]) < _EXAMPLES:
            group["examples"].append(
                {"line": line, "written": str(written)[:_LONGEST], "read": read[:_LONGEST]}
            )

    def groups(self) -> list[dict[str, Any]]:
        """By kind and column, as plain values: `how` in words, `column`, `count`, `examples` (line, written, read)."""
        order = list(Guessed)
        return [self._groups[key] for key in sorted(self._groups, key=lambda key: order.index(key[0]))]
