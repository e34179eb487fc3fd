"""Reading content/returns: every fault with its file and line."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar, get_args

from django.conf import settings

from punte.kernel.evidence import EVIDENCE
from punte.kernel.own_content import content_files, kept_file
from punte.methodology.definition_files import one_of, only, read_each, read_key, read_text, require_name
from punte.methodology.errors import MethodologyError, PackError, gettext_noop
from punte.methodology.expressions import Symbol, read_expression
from punte.methodology.model import Text
from punte.methodology.source_files import Section, read_sheet, read_yaml
from punte.organizations.enums import OrganizationKind
from punte.programmes.counting import read_query, tables_of
from punte.registers.catalogue import register_named
from punte.registers.reading import symbols_of
from punte.returns.definition import (
    Assumption,
    Axis,
    Item,
    Key,
    Of,
    OfficialTable,
    Published,
    Ratio,
    Rule,
    SheetColumn,
    SheetForm,
    SheetPart,
    SheetRow,
)
from punte.returns.periods import Step

TABLE_PARTS = ("line", "col", "period", "keeper")
SHEET_PARTS = ("place", "period", "col")
"""What a query of a table, or of a row of a sheet, may give beside `value`."""
_TABLE = {
    *(
        "key",
        "title",
        "place",
        "subject",
        "lines",
        "columns",
        "source",
        "evidence",
        "counts",
        "step",
        "as_day",
        "unit",
    ),
    *("note", "ratios", "assumptions", "misprints"),
}
_ITEM = {"key", "ro", "en", "group", "sums", "words", "follows"}
_RATIO = {"key", "ro", "en", "of", "over", "context", "times", "target", "source"}
_ASSUMPTION = {"key", "ro", "en", "value", "source", "evidence"}
_SHEET = {"key", "title", "by", "to", "to_name", "term", "parts", "source", "evidence", "note"}
_RULE = {"key", "say", "when", "sheets", "register", "source", "evidence"}
_STEPS: tuple[Step, ...] = get_args(Step)
Read = TypeVar("Read")


def _folder(name: str) -> str:
    return f"returns/{name}"


def _stamp(name: str) -> tuple[tuple[str, int], ...]:
    places = [settings.CONTENT, *([settings.OWN_CONTENT] if settings.OWN_CONTENT else [])]
    files = sorted(file for place in places for file in (Path(place) / "returns" / name).rglob("*.*"))
    return tuple((str(file), file.stat().st_mtime_ns) for file in files)


def official_tables() -> Mapping[str, OfficialTable]:
    """All official tables, by their keys, in the order of the strategy and then of their names."""
    return _tables(_stamp("tables"))


@lru_cache(maxsize=2)
def _tables(_changed: object) -> Mapping[str, OfficialTable]:
    found = read_each(content_files(_folder("tables")), lambda path, _own: read_table(path))
    return dict(sorted(found.items(), key=lambda one: (not one[1].place, one[1].place, one[0])))


def sheet_forms() -> Mapping[str, SheetForm]:
    """All forms of sheets, by their keys."""
    return _sheets(_stamp("sheets"))


@lru_cache(maxsize=2)
def _sheets(_changed: object) -> Mapping[str, SheetForm]:
    return read_each(content_files(_folder("sheets")), lambda path, _own: read_form(path))


def rules() -> Mapping[str, Rule]:
    """All rules, by their keys."""
    return _rules(_stamp("rules"), _stamp("sheets"))


@lru_cache(maxsize=2)
def _rules(*_changed: object) -> Mapping[str, Rule]:
    return read_each(content_files(_folder("rules")), lambda path, _own: read_rule(path))


@dataclass(frozen=True)
class House:
    """What is said once of all tables: of which county the published series are, since when the record is whole."""

    county: str
    record_since: int


@kept_file("returns/returns.yaml")
def house(path: Path) -> House:
    """What content/returns/returns.yaml says; the operator's own goes first."""
    top = read_yaml(path)
    only(top, {"county", "record_since"})
    return House(top.text("county"), int(top.text("record_since")))


def views() -> Mapping[str, str]:
    """What several queries read, by its name."""
    return _views(_stamp("views"))


@lru_cache(maxsize=2)
def _views(changed: tuple[tuple[str, int], ...]) -> Mapping[str, str]:
    found = {Path(file).stem: Path(file).read_text(encoding="utf-8") for file, _at in changed}
    for name, text in found.items():
        _checked(Path(name), lambda text=text: tables_of(text))  # type: ignore[misc]
    return found


def _checked(path: Path, read: Callable[[], Read], line: int = 1) -> Read:
    try:
        return read()
    except PackError:
        raise
    except MethodologyError as error:
        raise PackError(error.message, str(path), line, **error.params) from error


def _query(path: Path, parts: tuple[str, ...]) -> str:
    if not path.is_file():
        return ""
    text = path.read_text(encoding="utf-8")
    _checked(path, lambda: read_query(text, parts=parts))
    return text


def _label(section: Section) -> Text:
    return {"ro": section.text("ro"), "en": section.text("en")}


def read_table(path: Path) -> OfficialTable:
    """An official table.

    Raises:
        PackError: its files do not hold together.
    """
    top = read_yaml(path)
    key = read_key(top, _TABLE, file_key=path.stem)
    lines, columns = _axis(top.section("lines")), _axis(top.section("columns"))
    made = OfficialTable(
        key=key,
        title=read_text(top, "title"),
        lines=lines,
        columns=columns,
        source=top.text("source"),
        evidence=one_of(top, "evidence", EVIDENCE),
        place=top.text("place", ""),
        subject=top.text("subject", ""),
        counts=one_of(top, "counts", ("people", "things"), "people"),
        step=one_of(top, "step", _STEPS, "year"),
        as_day=top.text("as_day", "{name}"),
        unit=read_text(top, "unit") if "unit" in top else None,
        note=read_text(top, "note") if "note" in top else None,
        published=_published(path.with_suffix(".csv"), lines, columns),
        sql=_query(path.with_suffix(".sql"), TABLE_PARTS),
        ratios=tuple(_ratio(one) for one in top.items_of("ratios")),
        assumptions=tuple(_assumption(one) for one in top.items_of("assumptions")),
        misprints=dict(_misprints(top)),
    )
    if not made.published and not made.sql:
        raise top.error(gettext_noop("a table has a CSV of what was published, or a query"))
    return made


def _axis(section: Section) -> Axis:
    only(section, {"of", "head", "items"})
    of: Of = one_of(section, "of", get_args(Of), "listed")
    items = tuple(_item(one) for one in section.items_of("items"))
    known = {item.key for item in items}
    for one, item in zip(section.items_of("items"), items, strict=True):
        for other in (*item.sums, *filter(None, [item.follows])):
            if other not in known:
                raise one.error(gettext_noop("unknown %(key)s: %(value)s"), "key", key="sums", value=other)
    return Axis(of, read_text(section, "head") if "head" in section else None, items)


def _item(section: Section) -> Item:
    only(section, _ITEM)
    return Item(
        key=section.text("key"),
        label=_label(section),
        group=read_text(section, "group") if "group" in section else None,
        sums=tuple(section.texts("sums")),
        words=section.text("words", "no") == "yes",
        follows=section.text("follows", ""),
    )


def _ratio(section: Section) -> Ratio:
    only(section, _RATIO)
    context = section.texts("context")
    return Ratio(
        key=section.text("key"),
        label=_label(section),
        of=tuple(section.texts("of")),
        over=tuple(section.texts("over")),
        context=(context[0], context[1], context[2]) if len(context) == 3 else None,
        times=int(section.text("times", "100")),
        target=section.text("target", ""),
        source=section.text("source", ""),
    )


def _assumption(section: Section) -> Assumption:
    only(section, _ASSUMPTION)
    return Assumption(
        section.text("key"),
        _label(section),
        section.text("value"),
        section.text("source"),
        one_of(section, "evidence", EVIDENCE),
    )


def _misprints(top: Section) -> Iterator[tuple[Key, Text]]:
    for one in top.items_of("misprints"):
        only(one, {"line", "col", "period", "ro", "en"})
        yield (one.text("line", ""), one.text("col", ""), one.text("period", "")), _label(one)


def _published(path: Path, lines: Axis, columns: Axis) -> dict[Key, Published]:
    if not path.is_file():
        return {}
    found: dict[Key, Published] = {}
    for number, cells in read_sheet(path):
        key = (cells.get("line", ""), cells.get("col", ""), cells.get("period", ""))
        for axis, name in ((lines, key[0]), (columns, key[1])):
            known = {item.key for item in axis.items}
            if (axis.of == "listed" and name not in known) or (axis.of == "periods" and name):
                raise PackError(
                    gettext_noop("unknown %(key)s: %(value)s"), str(path), number, key="line", value=name
                )
        if key in found:
            raise PackError(gettext_noop("%(key)s is given twice"), str(path), number, key="/".join(key))
        found[key] = Published(cells.get("value", ""), cells.get("source_line", ""))
    return found


def read_form(path: Path) -> SheetForm:
    """A form of a quarterly sheet; the queries of its rows lie in the folder of its name.

    Raises:
        PackError: its files do not hold together.
    """
    top = read_yaml(path)
    key = read_key(top, _SHEET, file_key=path.stem)
    parts = tuple(_part(one, path.with_suffix("")) for one in top.items_of("parts"))
    names = [row.key for part in parts for row in part.rows]
    for name in names:
        require_name(top, "parts", name)
        if names.count(name) > 1:
            raise top.error(gettext_noop("%(key)s is given twice"), "parts", key=name)
    return SheetForm(
        key=key,
        title=read_text(top, "title"),
        by=one_of(top, "by", OrganizationKind.values),
        to=one_of(top, "to", ("county_directorate", "ministry")),
        to_name=read_text(top, "to_name"),
        term=top.text("term"),
        parts=parts,
        source=top.text("source"),
        evidence=one_of(top, "evidence", EVIDENCE),
        note=read_text(top, "note") if "note" in top else None,
    )


def _part(section: Section, folder: Path) -> SheetPart:
    only(section, {"key", "title", "columns", "rows"})
    columns = []
    for one in section.items_of("columns"):
        only(one, {"key", "ro", "en", "sums"})
        columns.append(SheetColumn(one.text("key"), _label(one), tuple(one.texts("sums"))))
    rows = []
    for one in section.items_of("rows"):
        only(one, {"key", "ro", "en", "sql"})
        name = one.text("sql", "")
        query = _query(folder / f"{name}.sql", SHEET_PARTS) if name else ""
        if name and not query:
            raise one.error(gettext_noop("unknown %(key)s: %(value)s"), "sql", key="sql", value=name)
        rows.append(SheetRow(one.text("key"), _label(one), name, query))
    return SheetPart(section.text("key"), read_text(section, "title"), tuple(columns), tuple(rows))


def symbols_of_cells(form: SheetForm) -> dict[str, Symbol]:
    """What a rule may read of a sheet: its cells as `row_column`; with `before_` those of the quarter before."""
    names = [f"{row.key}_{column.key}" for part in form.parts for row in part.rows for column in part.columns]
    return {name: Symbol("number") for one in names for name in (one, f"before_{one}")}


def read_rule(path: Path) -> Rule:
    """A rule of returns.

    Raises:
        PackError: it names what is not there, or no condition.
    """
    top = read_yaml(path)
    key = read_key(top, _RULE, file_key=path.stem)
    forms, sheets = sheet_forms(), tuple(top.texts("sheets"))
    for name in sheets:
        if name not in forms:
            raise top.error(gettext_noop("unknown %(key)s: %(value)s"), "sheets", key="sheets", value=name)
    register = top.text("register", "")
    if register:
        definition = register_named(register)
        symbols = symbols_of(definition.fields, definition.states)
        # An extract tells days by their months: what a rule asks must be the same at the door and at night.
        known = {name: symbol for name, symbol in symbols.items() if symbol.kind != "date"}
    else:
        known = {name: symbol for one in sheets for name, symbol in symbols_of_cells(forms[one]).items()}
    when = _checked(path, lambda: read_expression(top.text("when"), known), top.line_of("when"))
    if when.kind != "boolean":
        raise top.error(gettext_noop("a condition is true or false"), "when")
    return Rule(
        key=key,
        say=read_text(top, "say"),
        when=when,
        sheets=sheets,
        of_register=register,
        source=top.text("source"),
        evidence=one_of(top, "evidence", EVIDENCE),
    )
