"""Read `content/reports/<key>.yaml`: what is wrong with one is said with its file and line."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from punte.accounts.enums import SEALED_COMPARTMENTS
from punte.kernel.evidence import EVIDENCE
from punte.kernel.own_content import Files, kept_files
from punte.methodology.definition_files import (
    one_of,
    only,
    read_each,
    read_flag,
    read_key,
    read_text,
    require_name,
    some_of,
)
from punte.methodology.errors import MethodologyError, gettext_noop
from punte.methodology.source_files import Section, read_yaml
from punte.programmes.counting import read_query
from punte.programmes.enums import ProgrammeKind
from punte.registers.catalogue import definitions
from punte.reports.definition import (
    ABOUT,
    FILLS,
    OF_PROGRAMMES,
    SPANS,
    Figure,
    Part,
    ReportKind,
    Table,
)

_TOP = {
    *("key", "version", "title", "about", "kinds", "span", "basis", "figures", "parts", "signatures"),
    *("source", "evidence"),
}
_FIGURE = {"ro", "en", "sql", "table", "when", "register", "total", "people"}
_PART = {"key", "ro", "en", "text", "write", "hint", "each", "landscape", "tables"}
_TABLE = {"ro", "en", "fill", "figures", "by", "register", "columns", "states"}
OF_REPORT = ("institutia", "despre", "lider", "inceput", "sfarsit", "an", "azi", "extras")
"""What every sentence may put in beside figures. Their names are Romanian: whoever writes a report types them."""
NAMED = re.compile(r"\{([a-z0-9_]+)\}")
_GIVEN = re.compile(r":(first|last|service|uat|programme)\b")
_OF_INDICATORS = re.compile(r"(tinta|realizat|procent)_")


@kept_files("reports")
def report_kinds(files: Files) -> Mapping[str, ReportKind]:
    """Every report by its key, read anew when a file changes.

    Raises:
        PackError: a file does not hold together, or a key lies in both folders.
    """
    return read_each(files, lambda path, _own: _kind(path))


def _kind(path: Path) -> ReportKind:
    top = read_yaml(path)
    key = read_key(top, _TOP, file_key=path.stem)
    figures = {name: _figure(top, name, one) for name, one in top.section("figures").sections()}
    about = one_of(top, "about", ABOUT)
    parts = tuple(_part(one, figures, about) for one in top.items_of("parts"))
    keys = [one.key for one in parts]
    if len(set(keys)) < len(keys):
        raise top.error(gettext_noop("two parts have one key"), "parts")
    return ReportKind(
        key=key,
        version=top.text("version"),
        title=read_text(top, "title"),
        about=about,
        kinds=some_of(top, "kinds", ProgrammeKind.values),
        span=one_of(top, "span", SPANS),
        basis=tuple(top.texts("basis")),
        figures=figures,
        parts=parts,
        signatures=tuple(top.texts("signatures")),
        source=top.text("source"),
        evidence=one_of(top, "evidence", EVIDENCE),
    )


def _words(section: Section) -> dict[str, str]:
    return {"ro": section.text("ro"), "en": section.text("en")}


def _figure(top: Section, name: str, section: Section) -> Figure:
    only(section, _FIGURE)
    require_name(top.section("figures"), name, name)
    people = read_flag(section, "people")
    if "register" in section:
        register, total = section.text("register"), section.text("total")
        known = definitions().get(register)
        if known is None or total not in known.totals or known.compartment in SEALED_COMPARTMENTS:
            raise section.error(
                gettext_noop("unknown %(key)s: %(value)s"), "total", key="total", value=f"{register}.{total}"
            )
        return Figure(name, _words(section), total=(register, total))
    sql = section.text("sql", "") or _count_of(section)
    try:
        read_query(put_in(sql, {}))
    except MethodologyError as error:
        raise section.error(error.message, "sql" if "sql" in section else "when", **error.params) from error
    return Figure(name, _words(section), sql=sql, people=people)


def _count_of(section: Section) -> str:
    """How many rows of a table begin in the days of the report, and meet a condition."""
    table, when = section.text("table"), section.text("when", "true")
    require_name(section, "table", table)
    return f'SELECT count(*) AS value FROM {table} WHERE ({when}) AND "start" >= :first AND "start" <= :last'  # noqa: S608 of a file, parsed


def put_in(sql: str, given: Mapping[str, str]) -> str:
    """A query with what it is asked of: months as 2026-03, keys; nothing of it comes from a browser."""

    def literal(match: re.Match[str]) -> str:
        return "'" + given.get(match[1], "").replace("'", "''") + "'"

    return _GIVEN.sub(literal, sql)


def _part(section: Section, figures: Mapping[str, Figure], about: str) -> Part:
    only(section, _PART)
    key = section.text("key")
    require_name(section, "key", key)
    text = tuple(section.texts("text"))
    for name in names_in(" ".join(text)):
        if name not in figures and name not in OF_REPORT and not _OF_INDICATORS.match(name):
            raise section.error(gettext_noop("unknown %(key)s: %(value)s"), "text", key="text", value=name)
    each = read_flag(section, "each")
    if each and about != "programme":
        raise section.error(gettext_noop("only a programme has actions"), "each")
    return Part(
        key=key,
        title=_words(section),
        text=text,
        write=read_flag(section, "write"),
        hint=read_text(section, "hint") if "hint" in section else {},
        each=each,
        landscape=read_flag(section, "landscape"),
        tables=tuple(_table(one, figures, about) for one in section.items_of("tables")),
    )


def names_in(text: str) -> Iterator[str]:
    """The names of figures that a text puts in."""
    return (match[1] for match in NAMED.finditer(text))


def _table(section: Section, figures: Mapping[str, Figure], about: str) -> Table:
    only(section, _TABLE)
    fill = one_of(section, "fill", FILLS, "figures")
    if fill in OF_PROGRAMMES and about != "programme":
        raise section.error(gettext_noop("only a programme has actions"), "fill")
    by_quarter = one_of(section, "by", ("", "quarter"), "") == "quarter"
    register = section.text("register", "")
    if fill == "register":
        known = definitions().get(register)
        if known is None or known.about != "organization":
            raise section.error(
                gettext_noop("unknown %(key)s: %(value)s"), "register", key="register", value=register
            )
        some_of(section, "columns", [*known.fields, "start", "end", "state", "subject"])
        some_of(section, "states", known.states)
    return Table(
        title=_words(section) if "ro" in section else {"ro": "", "en": ""},
        fill=fill,
        figures=some_of(section, "figures", figures) or (tuple(figures) if fill == "figures" else ()),
        by_quarter=by_quarter,
        register=register,
        columns=tuple(section.texts("columns")),
        states=tuple(section.texts("states")),
    )
