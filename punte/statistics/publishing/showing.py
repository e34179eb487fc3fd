"""A published table as a page shows it: one year and one choice of the later dimensions at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import get_language, pgettext

from punte.statistics.models import PublishedTable
from punte.statistics.publishing.definition import AREA, YEAR
from punte.statistics.safety.system import TOP

_WIDEST, _LINE = 300, 26


@dataclass(frozen=True)
class Cell:
    """A number, or None where it is hidden."""

    number: int | None


@dataclass(frozen=True)
class Row:
    """A place with its numbers; a sum stands out."""

    name: str
    is_sum: bool
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Bar:
    """A bar of the picture: `width` of its ground, None where its number is hidden."""

    name: str
    number: int | None
    width: int
    y: int


class Shown:
    """A published table in the language of the page."""

    def __init__(self, table: PublishedTable, asked: Mapping[str, str] | None = None) -> None:
        self.table = table
        self.names = list(table.codes)
        self.columns_by, *self.others = self.names[2:]
        asked = asked or {}
        self.year = asked["an"] if asked.get("an") in table.codes[YEAR] else self.years[-1]
        self.chosen = {one: asked[one] if asked.get(one) in table.codes[one] else TOP for one in self.others}

    @property
    def title(self) -> str:
        """What it is called."""
        return said(self.table.words["title"])

    @property
    def about(self) -> str:
        """What it counts."""
        return said(self.table.words["about"])

    @property
    def years(self) -> list[str]:
        """The years that it tells of, and their sum where there is one."""
        return sorted(self.table.codes[YEAR], key=lambda code: (len(code), code))

    @property
    def columns(self) -> list[tuple[str, str]]:
        """The codes across, the sum first."""
        return [(TOP, pgettext("sum of a table", "All")), *self._labels(self.columns_by)]

    @property
    def year_links(self) -> list[tuple[str, str, bool]]:
        """Each year, the address that shows it, and whether it is shown."""
        return [(year, self._address(an=year), year == self.year) for year in self.years]

    @property
    def choice_links(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """Of each dimension that is not on the page its title, and its codes with their addresses."""
        found = []
        for one in self.others:
            codes = [(TOP, pgettext("sum of a table", "All")), *self._labels(one)]
            links = [(name, self._address(**{one: code}), code == self.chosen[one]) for code, name in codes]
            found.append((said(self.table.words["dimensions"][one]), links))
        return found

    def _address(self, **other: str) -> str:
        asked = {"an": self.year, **self.chosen, **other}
        return urlencode({key: value for key, value in asked.items() if value})

    @property
    def rows(self) -> list[Row]:
        """The places, each with its numbers."""
        areas = self.table.codes[AREA]
        sums = {code["in"] for code in areas.values()}
        ordered = sorted(areas, key=lambda code: (code not in sums, said(areas[code])))
        return [
            Row(
                said(areas[code]),
                code in sums,
                [Cell(self.number(code, self.year, column)) for column, _name in self.columns],
            )
            for code in ordered
        ]

    @property
    def bars(self) -> list[tuple[str, list[Bar]]]:
        """The picture: of each year the lowest codes, for all places together."""
        top = next(code for code, one in self.table.codes[AREA].items() if one["in"] == TOP)
        codes = self.table.codes[self.columns_by]
        parents = {one["in"] for one in codes.values()}
        lowest = [(code, name) for code, name in self._labels(self.columns_by) if code not in parents]
        single = [year for year in self.years if year.isdigit()]
        most = max(
            (self.number(top, year, code) or 0 for year in single for code, _name in lowest), default=0
        )
        found = []
        for year in single:
            bars = []
            for place, (code, name) in enumerate(lowest):
                number = self.number(top, year, code)
                bars.append(Bar(name, number, round(_WIDEST * (number or 0) / (most or 1)), _LINE * place))
            found.append((year, bars))
        return found

    @property
    def years_drawn(self) -> list[tuple[str, int, list[Bar]]]:
        """The picture: each year, how far down it stands, its bars."""
        return [
            (year, place * (_LINE * (len(bars) + 2)), bars) for place, (year, bars) in enumerate(self.bars)
        ]

    @property
    def svg_height(self) -> int:
        """How high the picture is."""
        return sum(_LINE * (len(bars) + 2) for _year, bars in self.bars)

    @property
    def hidden(self) -> int:
        """How many numbers are hidden."""
        return sum(row[-1] is None for row in self.table.numbers)

    def number(self, area: str, year: str, column: str) -> int | None:
        """The number of a cell."""
        return self._numbers[(area, year, column, *self.chosen.values())]

    def flat(self) -> tuple[list[str], list[list[Any]]]:
        """The whole table with its codes in words: a header and the rows."""
        titles = [pgettext("column", "Place"), pgettext("column", "Year")]
        titles += [said(self.table.words["dimensions"][one]) for one in self.names[2:]]
        rows = []
        for *codes, number in self.table.numbers:
            words = [
                said(self.table.codes[name][code]) if code else pgettext("sum of a table", "All")
                for name, code in zip(self.names, codes, strict=True)
            ]
            rows.append([*words, pgettext("number", "hidden") if number is None else number])
        return [*titles, pgettext("column", "Number")], rows

    @cached_property
    def _numbers(self) -> dict[tuple[str, ...], int | None]:
        return {tuple(codes): number for *codes, number in self.table.numbers}

    def _labels(self, name: str) -> list[tuple[str, str]]:
        return [(code, said(one)) for code, one in self.table.codes[name].items()]


def said(words: Mapping[str, str]) -> str:
    """What is said in the language of the page, or in Romanian."""
    return words.get(get_language() or "ro") or words["ro"]
