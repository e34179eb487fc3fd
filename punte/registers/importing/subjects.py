"""Whom the lines of a table of entries are about: looked up together, among those that the account sees."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from punte.kernel.encryption import blind_index
from punte.kernel.tables import TableRow
from punte.kernel.tables.shape import Problems
from punte.kernel.text import fold
from punte.people.models import Person
from punte.registers.definition import Definition
from punte.registers.sight import Subject
from punte.registers.tables import SUBJECTS

Values = Mapping[str, Any]


class Subjects:
    """Those whom the lines may be about, of the ones that the account sees; a handful of queries for all of them.

    Who is not there, who is not seen and who is hidden behind a seal is answered alike.
    """

    def __init__(
        self, definition: Definition, visible: QuerySet[Any], rows: Sequence[TableRow], problems: Problems
    ) -> None:
        self._about, self._problems = definition.about, problems
        self._columns = {one.name: str(one.title) for one in SUBJECTS[definition.about]}
        self._found = list(visible.filter(self._sought([row.values for row in rows])).order_by("pk"))
        self._by_name: dict[frozenset[str], list[Any]] = defaultdict(list)
        for one in self._found:
            for words in {_words(name) for name in self._names(one)}:
                self._by_name[words].append(one)

    def of(self, row: TableRow) -> Subject | None:
        """The one that a line is about; what is wrong is noted where that is not clear."""
        said = row.values
        if not any(said.get(name) for name in self._columns):
            return self._refuse(row, "subject", _("Nobody is named on this line."))
        if said.get("cnp"):
            return self._of_number(row)
        same = [
            one for one in self._by_name.get(_words(said["subject"] or ""), []) if self._agrees(one, said)
        ]
        if not same:
            return self._refuse(row, "subject", _("This name is not among those that you see."))
        if len(same) > 1:
            return self._refuse(
                row,
                "subject",
                _("Several have this name. Write what tells them apart, or leave the line out."),
            )
        found: Subject = same[0]
        return found

    def _of_number(self, row: TableRow) -> Subject | None:
        said = row.values
        mark = blind_index(said["cnp"])
        found = next((one for one in self._found if one.cnp_index == mark), None)
        if found is None:
            return self._refuse(row, "cnp", _("Nobody with this CNP is among those that you see."))
        words = _words(said["subject"] or "")
        if words and not any(words & _words(name) for name in found.names):
            return self._refuse(
                row, "subject", _("Who has this CNP bears another name on record. Check both.")
            )
        if not self._agrees(found, said):
            return self._refuse(
                row, "birth_date", _("Who has this CNP was born on another day on record. Check both.")
            )
        person: Person = found
        return person

    def _agrees(self, one: Any, said: Values) -> bool:
        """Whether what is said besides the name is what is on record."""
        if self._about == "person":
            return said["birth_date"] is None or said["birth_date"] == one.birth_date
        if self._about == "household":
            return not said["address"] or fold(said["address"]) == fold(one.address)
        if self._about == "dwelling":
            return not said["locality"] or fold(said["locality"]) in (fold(one.locality), fold(one.uat.name))
        return True

    def _names(self, one: Any) -> Iterable[str]:
        return [str(one), *one.names] if self._about == "person" else [str(one)]

    def _sought(self, said: Sequence[Values]) -> Q:
        names = [one["subject"] for one in said if one["subject"]]
        match self._about:
            case "person":
                return _people(said, names)
            case "household":
                return Q(folded_name__in={fold(name) for name in names})
            case "case":
                numbers = {tuple(name.split("/")) for name in names if name.count("/") == 1}
                known = [
                    Q(year=year, number=number) for year, number in numbers if _are_numbers(year, number)
                ]
                return _any_of(known)
            case "dwelling":
                return Q(address__in=names)
        return Q(folded_name__in={fold(name) for name in names})

    def _refuse(self, row: TableRow, column: str, message: str) -> Subject | None:
        self._problems.add(row.line, self._columns[column], message)
        return None


def _people(said: Sequence[Values], names: Iterable[str]) -> Q:
    """By number, by birth date, and those without one by how the name begins."""
    families = {
        " ".join(words[:count])
        for name in names
        if (words := name.split())
        for count in range(1, len(words) + 1)
    }
    numbers = {blind_index(one["cnp"]) for one in said if one["cnp"]}
    births = {one["birth_date"] for one in said if one["birth_date"]}
    return Q(cnp_index__in=numbers) | Q(birth_date__in=births) | Q(family_name__in=families)


def _any_of(conditions: Iterable[Q]) -> Q:
    found = Q(pk__in=())
    for one in conditions:
        found |= one
    return found


def _are_numbers(*words: str) -> bool:
    return all(word.isascii() and word.isdigit() and len(word) < 10 for word in words)


def _words(name: str) -> frozenset[str]:
    return frozenset(fold(name).split())
