"""Reading a folder of content/programmes: every fault with its file and line."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeVar

from django.conf import settings

from punte.accounts.enums import Compartment
from punte.methodology.definition_files import one_of, only, read_key
from punte.methodology.errors import MethodologyError, PackError, gettext_noop
from punte.methodology.source_files import Section, read_sheet, read_yaml, text_of
from punte.programmes.claims import expression_of
from punte.programmes.counting import read_query
from punte.programmes.definition import Budget, Claim, Definition, Figure, Indicator, Node
from punte.programmes.enums import NodeKind, ProgrammeKind
from punte.programmes.terms import read_term

_TOP = {
    *(
        "key",
        "kind",
        "title",
        "short",
        "lead",
        "county",
        "starts",
        "ends",
        "first_month",
        "source",
        "evidence",
    ),
    *("note", "uats", "compartments", "facts", "claims"),
}
_MONEY = re.compile(r"(.+): (\d+(?:\.\d+)?) (\w+)")
_OPERATORS = ("", "=", ">=", ">", "<", "<=", "+", "-")
_CLAIM = {"key", "node", "says", "figure", "value", "kind", "why", "source_line"}
Cells = Mapping[str, str]
Made = TypeVar("Made")


def programme_folders() -> dict[str, Path]:
    """The folders of programmes by their keys: the product's and the operator's own."""
    places = [settings.CONTENT / "programmes"]
    if settings.OWN_CONTENT:
        places.append(settings.OWN_CONTENT / "programmes")
    found = (file.parent for place in places for file in place.glob("*/programme.yaml"))
    return dict(sorted((folder.name, folder) for folder in found))


def read_programme(folder: Path) -> Definition:
    """What a folder defines.

    Raises:
        PackError: it does not hold together; named by file and line.
    """
    top = read_yaml(folder / "programme.yaml")
    key = read_key(top, _TOP, file_key=folder.name)
    first = _day(top, "first_month", f"{top.text('first_month')}-01") if top.get("first_month") else None
    made = Definition(
        key=key,
        kind=one_of(top, "kind", ProgrammeKind.values),
        title=top.text("title"),
        short=top.text("short"),
        lead=top.text("lead"),
        county=top.text("county", ""),
        starts=_day(top, "starts", top.text("starts")).isoformat(),
        ends=_day(top, "ends", top.text("ends")).isoformat(),
        first_month=first.isoformat() if first else "",
        source=top.text("source"),
        evidence=top.text("evidence"),
        note=top.text("note", ""),
        facts={name: _number(top.section("facts"), name) for name in top.section("facts")},
        sql=dict(_queries(folder / "sql")),
    )
    made = replace(made, nodes=_nodes(folder, top, first))
    made = replace(made, indicators=_indicators(folder, made))
    made = replace(made, figures=_figures(folder, made))
    return replace(made, claims=tuple(_claim(one, made) for one in top.items_of("claims")))


def _nodes(folder: Path, top: Section, first: dt.date | None) -> tuple[Node, ...]:
    uats, compartments = set(top.texts("uats")), top.section("compartments")
    known: dict[str, Node] = {}

    def made(cells: Cells) -> Node:
        code, parent = cells["code"], cells.get("parent", "")
        if code in known:
            raise MethodologyError(gettext_noop("%(key)s is given twice"), key=code)
        if parent and parent not in known:
            raise MethodologyError(gettext_noop("nothing above is called %(code)s"), code=parent)
        if cells.get("kind") not in NodeKind.values:
            raise MethodologyError(
                gettext_noop("%(key)s is one of %(names)s"), key="kind", names=", ".join(NodeKind)
            )
        try:
            read_term(cells.get("term", ""), first_month=first)
        except ValueError as wrong:
            raise MethodologyError(
                gettext_noop("no term is written so: %(text)s"), text=cells["term"]
            ) from wrong
        who, partners = cells.get("responsible", ""), _list(cells.get("partners", ""))
        above = known[parent].compartment if parent else str(Compartment.GENERAL)
        known[code] = Node(
            code=code,
            parent=parent,
            kind=cells["kind"],
            title=cells["title"],
            term=cells.get("term", ""),
            responsible=who,
            partners=partners,
            budget=tuple(map(_budget, _list(cells.get("budget", "")))),
            national=tuple(cells.get("national", "").split()),
            quantity=cells.get("quantity", ""),
            facts=cells.get("facts", ""),
            note=cells.get("note", ""),
            source_line=cells.get("source_line", ""),
            of_uats=bool(uats & {who, *partners}),
            compartment=compartments.text(code, above),
        )
        return known[code]

    nodes = _rows(folder / "nodes.csv", ("code", "title"), made)
    for code in compartments:
        one_of(compartments, code, Compartment.values)
        if code not in known:
            raise compartments.error(gettext_noop("nothing above is called %(code)s"), code, code=code)
    return nodes


def _indicators(folder: Path, programme: Definition) -> tuple[Indicator, ...]:
    known: set[str] = set()

    def made(cells: Cells) -> Indicator:
        _known_node(programme, cells["node"])
        if cells["code"] in known:
            raise MethodologyError(gettext_noop("%(key)s is given twice"), key=cells["code"])
        known.add(cells["code"])
        if cells.get("op", "") not in _OPERATORS:
            raise MethodologyError(
                gettext_noop("%(key)s is one of %(names)s"), key="op", names=" ".join(_OPERATORS)
            )
        if cells.get("sql", "") and cells["sql"] not in programme.sql:
            raise MethodologyError(gettext_noop("there is no file sql/%(name)s.sql"), name=cells["sql"])
        _decimal(cells.get("target", ""))
        return Indicator(**cells)

    path = folder / "indicators.csv"
    return _rows(path, ("code", "node", "name"), made) if path.exists() else ()


def _figures(folder: Path, programme: Definition) -> tuple[Figure, ...]:
    def made(cells: Cells) -> Figure:
        if programme.indicator(cells["indicator"]) is None:
            raise MethodologyError(gettext_noop("there is no indicator %(code)s"), code=cells["indicator"])
        try:
            dt.date.fromisoformat(cells["start"])
            dt.date.fromisoformat(cells["end"])
        except ValueError as wrong:
            raise MethodologyError(gettext_noop("no day is written so: %(text)s"), text=str(wrong)) from wrong
        _decimal(cells["value"])
        return Figure(**cells)

    path = folder / "figures.csv"
    return _rows(path, ("indicator", "start", "end", "op", "value"), made) if path.exists() else ()


def _claim(section: Section, programme: Definition) -> Claim:
    only(section, _CLAIM)
    try:
        _known_node(programme, section.text("node"))
        expression_of(section.text("value"), programme)
    except MethodologyError as error:
        key = "node" if section.text("node") not in programme.by_code else "value"
        raise section.error(error.message, key, **error.params) from error
    return Claim(
        key=section.text("key"),
        node=section.text("node"),
        says=section.text("says"),
        figure=_number(section, "figure"),
        value=section.text("value"),
        kind=one_of(section, "kind", ("equals", "reached")),
        why=section.text("why", ""),
        source_line=section.text("source_line", ""),
    )


def _queries(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.glob("*.sql")):
        text = text_of(path)
        try:
            read_query(text)
        except MethodologyError as error:
            raise PackError(error.message, str(path), 1, **error.params) from error
        yield path.stem, text


def _rows(path: Path, needed: tuple[str, ...], made: Callable[[Cells], Made]) -> tuple[Made, ...]:
    """What each row of a table says; a fault is told with the line of the row."""
    found = []
    for line, cells in read_sheet(path):
        try:
            for name in needed:
                if name not in cells:
                    raise MethodologyError(gettext_noop("%(key)s is missing"), key=name)
            found.append(made(cells))
        except MethodologyError as error:
            raise PackError(error.message, str(path), line, **error.params) from error
        except TypeError as error:
            raise PackError(
                gettext_noop("a column is not known: %(what)s"), str(path), 1, what=error
            ) from error
    return tuple(found)


def _known_node(programme: Definition, code: str) -> None:
    if code not in programme.by_code:
        raise MethodologyError(gettext_noop("nothing above is called %(code)s"), code=code)


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _budget(text: str) -> Budget:
    found = _MONEY.fullmatch(text)
    return Budget(*found.groups()) if found else Budget(text)


def _decimal(text: str) -> None:
    try:
        if text:
            Decimal(text)
    except InvalidOperation as wrong:
        raise MethodologyError(gettext_noop("this is no number: %(text)s"), text=text) from wrong


def _number(section: Section, key: str) -> str:
    text = section.text(key)
    try:
        Decimal(text)
    except InvalidOperation as wrong:
        raise section.error(gettext_noop("this is no number: %(text)s"), key, text=text) from wrong
    return text


def _day(section: Section, key: str, text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as wrong:
        raise section.error(gettext_noop("no day is written so: %(text)s"), key, text=text) from wrong
