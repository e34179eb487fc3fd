"""Which lines of a register are of one household."""

from collections.abc import Mapping
from typing import Any

from punte.kernel.text import fold
from punte.people.enums import Relation
from punte.people.registers.readers import head_or_mark


class Households:
    """The households of one sheet, as its lines are read: by a mark, by the head, by the address.

    A mark stands on each line of the household, or on its first alone; a number is of one household in its village, a
    name of one at its address.
    """

    def __init__(self, sheet: int) -> None:
        """Of the sheet with this number."""
        self._sheet = sheet
        self._last = ""
        self._marked = False
        self._mark = ""
        self._known: dict[tuple[str, ...], str] = {}

    def of(self, values: Mapping[str, Any], line: int) -> str:
        """The household of the next line."""
        self._last = self._found(values, line)
        return self._last

    def _found(self, values: Mapping[str, Any], line: int) -> str:
        new = f"{self._sheet}:{line}"
        is_head = values["relation"] == Relation.REFERENCE
        mark = fold(values["household"])
        said = head_or_mark(values["household"]) if mark else None
        if said is not None:
            self._marked = True
            return new if said or not self._last else self._last
        if mark:
            return self._of_mark(mark, values, new)
        self._mark = ""
        if self._last and self._marked and not is_head:
            return self._last
        return self._of_address(values, new, is_head=is_head)

    def _of_mark(self, mark: str, values: Mapping[str, Any], new: str) -> str:
        same_as_above = mark == self._mark
        self._marked, self._mark = True, mark
        place = fold(values["village"]) if any(sign.isdigit() for sign in mark) else fold(values["address"])
        if same_as_above and (not place or self._known.get((mark, place), self._last) == self._last):
            self._known[mark, place] = self._last
            return self._last
        if not place and (mark, "") in self._known:
            return self._known[mark, ""]
        self._known.setdefault((mark, ""), new)
        return self._known.setdefault((mark, place), new)

    def _of_address(self, values: Mapping[str, Any], new: str, *, is_head: bool) -> str:
        address = fold(values["address"])
        if any(sign.isdigit() for sign in address):
            return self._known.setdefault(("", str(values["uat"]), fold(values["village"]), address), new)
        if values["relation"] and not is_head and self._last:
            return self._last
        return new
