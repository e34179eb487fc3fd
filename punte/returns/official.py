"""An official table before a reader: what was published, what an extract counts after it, and the seam between them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from itertools import product
from pathlib import Path

from django.conf import settings

from punte.directory.models import NomenclatureCode
from punte.methodology.errors import MethodologyError
from punte.methodology.model import Text
from punte.programmes.counting import asked, extracts
from punte.returns.asking import given_to_table, periods_of
from punte.returns.definition import Axis, Item, Key, OfficialTable, Ratio, sum_of
from punte.returns.reading import TABLE_PARTS, house, official_tables, views
from punte.statistics.disclosure import Count, protect


@dataclass(frozen=True)
class Value:
    """What stands in a cell.

    Attributes:
        number: None for a dash, for words, and where it is held back.
        held_back: whether it is about too few people to be told.
        computed: whether it was counted here, after the seam.
    """

    number: Decimal | None = None
    words: str = ""
    held_back: bool = False
    computed: bool = False
    source_line: str = ""


@dataclass(frozen=True)
class Problem:
    """A printed total that its own parts do not add up to, or a misprint that is known."""

    key: Key
    printed: Decimal | None
    found: Decimal | None
    says: Text | None = None


@dataclass(frozen=True)
class Reckoned:
    """A ratio in one period."""

    ratio: Ratio
    period: str
    value: Decimal | None
    computed: bool

    @property
    def is_reached(self) -> bool | None:
        """Whether its target is; None where it has none, or no value."""
        if not self.ratio.target or self.value is None:
            return None
        return self.value >= Decimal(self.ratio.target)


@dataclass(frozen=True)
class Shown:
    """A table with all its cells.

    Attributes:
        extract: the name of the extract that continues it; empty where there is none.
        failed: why its query does not run on that extract.
    """

    table: OfficialTable
    lines: tuple[Item, ...]
    columns: tuple[Item, ...]
    periods: tuple[str, ...]
    values: Mapping[Key, Value]
    problems: tuple[Problem, ...]
    ratios: tuple[Reckoned, ...]
    extract: str = ""
    failed: MethodologyError | None = None

    @property
    def computed(self) -> tuple[str, ...]:
        """The periods after the seam."""
        return tuple(one for one in self.periods if one not in self.table.periods)

    def at(self, line: str, column: str, period: str) -> Value:
        """A cell."""
        return self.values.get((line, column, period), Value())


def shown(table: OfficialTable, *, county: str) -> Shown:
    """A table as the newest extract continues it for a county."""
    folder = next(extracts(), None) if table.sql else None
    counted: Mapping[Key, Decimal | None] = {}
    failed = None
    if folder is not None:
        try:
            counted = _counted(table, folder, county, house().record_since)
        except MethodologyError as error:
            failed = error
    printed = table.published if county == house().county else {}
    values = {key: _printed(table, key, one.value, one.source_line) for key, one in printed.items()}
    periods = [*(table.periods if printed else ()), *sorted({key[2] for key in counted})]
    values |= {key: Value(number, held_back=number is None, computed=True) for key, number in counted.items()}
    lines, columns = (_items(axis, place, values) for place, axis in enumerate((table.lines, table.columns)))
    made = Shown(
        table, lines, columns, tuple(periods), values, tuple(_problems(table, values)), (),
        folder.name if folder and not failed else "", failed,
    )  # fmt: skip
    return replace(made, ratios=tuple(_ratios(made)))


def _printed(table: OfficialTable, key: Key, value: str, line: str) -> Value:
    column = next((item for item in table.columns.items if item.key == key[1]), None)
    try:
        number = None if column and column.words else Decimal(value)
    except InvalidOperation:
        number = None
    return Value(number, "" if number is not None else value, source_line=line)


def _items(axis: Axis, place: int, keys: Iterable[Key]) -> tuple[Item, ...]:
    if axis.of not in ("nomenclature", "numbered"):
        return axis.items
    known = {item.key for item in axis.items}
    found = sorted(
        {key[place] for key in keys} - known, key=lambda key: key.zfill(4) if key.isdigit() else key
    )
    names = nomenclature() if axis.of == "nomenclature" else {}
    called = [(key, f"{key} {names[key]}" if key in names else key) for key in found]
    return (*(Item(key, {"ro": words, "en": words}) for key, words in called), *axis.items)


def nomenclature() -> Mapping[str, str]:
    """The codes of the Nomenclature with their names."""
    return dict(NomenclatureCode.objects.values_list("code", "name"))


@lru_cache(maxsize=128)
def _read_counted(
    sql: str, table_key: str, folder: Path, county: str, since: int
) -> tuple[tuple[str, ...], ...]:
    """The rows of a query; of one extract they are always the same."""
    given = given_to_table(official_tables()[table_key], folder, county, since)
    rows = asked(folder, lambda ask: ask(sql, TABLE_PARTS), given=given, views=views())
    return tuple(tuple(map(str, row)) for row in rows)


def _counted(table: OfficialTable, folder: Path, county: str, since: int) -> dict[Key, Decimal | None]:
    """Each cell that is counted; None where it is held back."""
    rows = _read_counted(table.sql, table.key, folder, county, since)
    parts: dict[str, dict[tuple[str, str], dict[str, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    for line, column, period, keeper, value in rows:
        if value != "None":
            cell = parts[period][line, column]
            cell[keeper] = cell.get(keeper, Decimal(0)) + Decimal(value)
    found: dict[Key, Decimal | None] = {}
    names = [one.name for one in periods_of(table, folder, since)]
    for period in names:
        cells = _whole(table, parts[period])
        for (line, column), number in _told(table, cells).items():
            found[line, column, period] = number
    return found


Cells = Mapping[tuple[str, str], Mapping[str, Decimal]]


def _whole(table: OfficialTable, found: Cells) -> Cells:
    """With a zero where nothing was counted."""
    lines, columns = (
        [item.key for item in axis.items if not item.sums] if axis.of == "listed" else [""]
        for axis in (table.lines, table.columns)
    )
    if table.lines.of == "nomenclature":
        lines = sorted({line for line, _column in found})
    return {cell: found.get(cell, {}) for cell in product(lines, columns)}


def _told(table: OfficialTable, cells: Cells) -> dict[tuple[str, str], Decimal | None]:
    """The cells of one period with their sums; of few people nothing is told, nor what would give it back."""
    numbers = {cell: sum(parts.values(), Decimal(0)) for cell, parts in cells.items()}
    told: dict[tuple[str, str], Decimal | None] = dict(numbers)
    whole: Decimal | None = sum(numbers.values(), Decimal(0))
    if table.counts == "people":
        whole = _hold_back(table, cells, told)
    lines, columns = (
        [(item.key, item.sums or (item.key,)) for item in axis.items]
        if axis.of == "listed"
        else [("", ("",))]
        for axis in (table.lines, table.columns)
    )
    if table.lines.of == "nomenclature":
        lines = [(line, (line,)) for line in sorted({line for line, _column in cells})]
    for (line, below), (column, beside) in product(lines, columns):
        leaves, key = list(product(below, beside)), (line, column)
        if key in told:
            continue
        known = [told.get(leaf) for leaf in leaves]
        if all(one is not None for one in known):
            told[key] = sum_of(known)
        else:
            told[key] = whole if len(leaves) == len(numbers) else None
    return told


def _hold_back(
    table: OfficialTable, cells: Cells, told: dict[tuple[str, str], Decimal | None]
) -> Decimal | None:
    """Take back what may not be told; the sum of all, where it may."""
    follows = {
        item.key: item.follows for axis in (table.lines, table.columns) for item in axis.items if item.follows
    }
    counts = {
        cell: Count({keeper: int(value) for keeper, value in parts.items()})
        for cell, parts in cells.items()
        if not (follows.get(cell[0]) or follows.get(cell[1]))
    }
    safe = protect(counts, settings.PUBLICATION_THRESHOLD)
    for cell in safe.hidden:
        told[cell] = None
    for line, column in set(cells) - set(counts):
        lead = (follows.get(line, line), follows.get(column, column))
        if told.get(lead) is None:
            told[line, column] = None
    return None if safe.total is None else Decimal(safe.total)


def _problems(table: OfficialTable, values: Mapping[Key, Value]) -> Iterable[Problem]:
    """Printed sums that do not add up, and misprints that are known."""
    axes = (table.lines, table.columns)
    for key, value in values.items():
        if value.computed:
            continue
        if says := table.misprints.get(key):
            yield Problem(key, value.number, None, says)
        for place, axis in enumerate(axes):
            item = next((one for one in axis.items if one.key == key[place]), None)
            if item is None or not item.sums or value.number is None:
                continue
            parts = [values.get(_put(key, place, part), Value()).number for part in item.sums]
            if (found := sum_of(parts)) is not None and found != value.number:
                yield Problem(key, value.number, found)


def _put(key: Key, place: int, part: str) -> Key:
    return (part, key[1], key[2]) if place == 0 else (key[0], part, key[2])


def _ratios(view: Shown) -> Iterable[Reckoned]:
    for ratio in view.table.ratios:
        for period in view.periods:
            above = _added(view, ratio.of, period)
            below = _context(ratio.context, period) if ratio.context else _added(view, ratio.over, period)
            value = above / below * ratio.times if above is not None and below else None
            yield Reckoned(ratio, period, value, period in view.computed)


def _added(view: Shown, keys: Sequence[str], period: str) -> Decimal | None:
    """The sum of cells, each by its line or column, or `line/column`; None where one is not told."""
    found = []
    for key in keys:
        one, _slash, two = key.partition("/")
        cell = view.at("", one, period) if view.table.lines.of == "periods" else view.at(one, two, period)
        if cell.held_back:
            return None
        found.append(cell.number)
    return sum_of(found)


def _context(named: tuple[str, str, str], period: str) -> Decimal | None:
    """The number of another table that was published last before the end of a period."""
    key, line, column = named
    found = [
        (cell_period, one.value)
        for (cell_line, cell_column, cell_period), one in official_tables()[key].published.items()
        if (cell_line, cell_column) == (line, column) and cell_period[:4] <= period[:4] and one.value
    ]
    return Decimal(max(found)[1]) if found else None
