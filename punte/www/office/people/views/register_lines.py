"""The columns and lines of a register as its pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from punte.accounts.models import User
from punte.kernel.tables import Cell, Spoiled
from punte.people.enums import SpeaksAgainst, SpeaksFor
from punte.people.models import Membership, Person
from punte.people.registers.plan import ASKED, JOINED, NEW, ROW, Planned, counts_of
from punte.people.registers.register import Register

STATES = (ASKED, NEW, JOINED)
_ASKED_AT_ONCE, _AT_ONCE, _EXAMPLES, _LONGEST = 20, 100, 3, 40

WHY: Mapping[str, str | Promise] = {
    "": "",
    "same_cnp": gettext_lazy("same CNP as somebody on record"),
    "before": gettext_lazy("taken in from this register before"),
    "repeat": gettext_lazy("repeats an earlier line"),
    "said": gettext_lazy("you said who it is"),
    "taken": gettext_lazy("on record already"),
    "problem": gettext_lazy("something cannot be read"),
    "likely": gettext_lazy("may be somebody on record"),
    "waits": gettext_lazy("repeats an earlier line that is asked about"),
    "left": gettext_lazy("left out"),
    "refused": gettext_lazy("could not be taken in"),
}
_SPEAKS: Mapping[str, str | Promise] = {
    sign.value: sign.label for signs in (SpeaksFor, SpeaksAgainst) for sign in signs
}


@dataclass(frozen=True)
class ShownColumn:
    """A column of the file, with examples and what it is taken for."""

    title: str
    field: str
    name: str
    examples: str

    def meaning(self, name: str) -> "ShownColumn":
        """The same taken for something else."""
        return replace(self, name=name)


def shown_columns(register: Register) -> list[ShownColumn]:
    """Each title once, in the order of the sheets; a column without a cell is left out."""
    found: dict[str, ShownColumn] = {}
    for sheet in register.sheets:
        for place, title in enumerate(sheet.titles):
            said = (cells[place] for _line, cells in sheet.lines if place < len(cells))
            examples = list(dict.fromkeys(_in_words(cell)[:_LONGEST] for cell in said if cell is not None))
            if title not in found and examples:
                words = " · ".join(examples[:_EXAMPLES])
                found[title] = ShownColumn(title, f"c-{len(found)}", register.meanings.get(title, ""), words)
    return list(found.values())


def counts_shown(register: Register) -> dict[str, int]:
    """The counts of its lines, and how many were passed over."""
    counts = counts_of(register.planned)
    taken = counts["taken_new"] + counts["taken_joined"]
    return {**counts, "taken": taken, "passed_over": register.passed_over}


def shown_lines(user: User, register: Register, *, state: str, page: int) -> dict[str, Any]:
    """A page of the lines of a state, with what a page needs of them; at most two queries."""
    lines = [one for one in register.planned if one.state == state]
    most = _ASKED_AT_ONCE if state == ASKED else _AT_ONCE
    pages = max(1, -(-len(lines) // most))
    page = min(max(page, 1), pages)
    shown = lines[(page - 1) * most : page * most]
    people = _people(user, shown)
    by_key = {one.key: one for one in register.planned}
    return {
        "lines": [_line(one, register, people, by_key) for one in shown],
        "page": page,
        "pages": pages,
        "before": page - 1,
        "after": page + 1,
    }


def left_rows(register: Register) -> dict[str, Sequence[Sequence[object]]]:
    """By sheet the lines that are not in, as they are written, with the reason before them."""
    planned = {one.key: one for one in register.planned}
    sheets: dict[str, Sequence[Sequence[object]]] = {}
    for at, sheet in enumerate(register.sheets):
        rows = [
            [_reason(one), line, *(_written(cell) for cell in cells)]
            for line, cells in sheet.lines
            if (one := planned.get(f"{at}:{line}")) is None or one.state == ASKED
        ]
        sheets[sheet.name or _("Register")] = [[_("Why it is not in"), _("Line"), *sheet.titles], *rows]
    return sheets


def _line(
    one: Planned, register: Register, people: Mapping[str, Person], by_key: Mapping[str, Planned]
) -> dict[str, Any]:
    candidates = []
    for candidate in one.candidates:
        person = people.get(candidate["who"])
        earlier = by_key.get(candidate["who"].removeprefix(ROW))
        if person is None and earlier is None:
            continue
        candidates.append(
            {
                "who": candidate["who"],
                "person": person,
                "earlier": earlier,
                "home": getattr(person, "home", None),
                "pro": _in_signs(candidate["pro"]),
                "contra": _in_signs(candidate["contra"]),
            }
        )
    earlier = by_key.get(one.who.removeprefix(ROW)) if one.who.startswith(ROW) else None
    return {
        "planned": one,
        "place": one.key.replace(":", "-"),
        "why": WHY[one.why],
        "earlier": earlier,
        "candidates": candidates,
        "said": register.decisions.get(one.key, ""),
        "same_cnp": any("same_cnp" in candidate["pro"] for candidate in one.candidates),
    }


def _in_signs(signs: Sequence[str]) -> list[str | Promise]:
    """What speaks, in words; a register that was kept by an older version may say what nothing says any more."""
    return [_SPEAKS[sign] for sign in signs if sign in _SPEAKS]


def _people(user: User, lines: Sequence[Planned]) -> dict[str, Person]:
    """The candidates on record, as far as the account sees them, with where they live."""
    asked = [one["who"] for line in lines for one in line.candidates if not one["who"].startswith(ROW)]
    if not asked:
        return {}
    visible = Person.objects.visible_to(user).filter(pk__in=asked).defer("cnp", "ethnicity")
    people = {str(person.pk): person for person in visible}
    lived = Membership.objects.current().visible_to(user).filter(person__in=list(people))
    for one in lived.select_related("household").defer("household__safe_contact"):
        people[str(one.person_id)].home = one.household  # type: ignore[attr-defined]
    return people


def _reason(one: Planned | None) -> str:
    if one is None:
        return ""
    said = [f"{problem['title']}: {problem['message']}".removeprefix(": ") for problem in one.problems]
    return "; ".join([str(WHY[one.why]), *said])


def _written(cell: Cell | None) -> object:
    return "" if isinstance(cell, Spoiled) else cell


def _in_words(cell: Cell) -> str:
    if isinstance(cell, Spoiled):
        return ""
    return f"{cell:%d.%m.%Y}" if hasattr(cell, "year") else str(cell)
