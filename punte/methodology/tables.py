"""The tables of a batch: read as text, checked cell by cell, and only then given their types.

The database says which rows are wrong; the file is then read again to name their lines, as a cell in quotes may
run over several.
"""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb

from punte.methodology.assess import columns_for
from punte.methodology.columns import literal, quoted
from punte.methodology.database import sql_type
from punte.methodology.errors import InputError, InputErrors, gettext_noop
from punte.methodology.model import Fact, Pack, Table

FILES: dict[Table, str] = {"household": "households.csv", "member": "members.csv"}
TABLES: tuple[Table, ...] = ("household", "member")

_PATTERNS = {"integer": r"^[+-]?\d{1,18}$", "decimal": r"^[+-]?\d{1,15}(\.\d{1,12})?$"}
_WANTED = {
    "integer": gettext_noop("“%(value)s” is not a whole number"),
    "decimal": gettext_noop("“%(value)s” is not a number (decimals are written with a point)"),
    "date": gettext_noop("“%(value)s” is not a date (written as 2026-11-22)"),
    "yesno": gettext_noop("“%(value)s” is not yes or no"),
    "choice": gettext_noop("“%(value)s” is not one of the answers"),
    "text": gettext_noop("the identifier is missing"),
}
_OTHER = {
    "twice": gettext_noop("“%(value)s” appears twice"),
    "unknown": gettext_noop("there is no household “%(value)s”"),
    "unborn": gettext_noop("the date of birth “%(value)s” is after the visit"),
    "negative": gettext_noop("“%(value)s” is below the least possible value"),
}


def read_tables(connection: duckdb.DuckDBPyConnection, pack: Pack, folder: Path) -> frozenset[str]:
    """Make the tables ``household`` and ``member`` from the files of a folder.

    Returns:
        The facts of which there is no column, as the pack asks for them only since a later version.

    Raises:
        InputErrors: everything wrong with the files, by line and column.
    """
    headers = {table: _header(folder / FILES[table], pack, table) for table in TABLES}
    absent = {table: _absent(pack, table, headers[table]) for table in TABLES}
    for table in TABLES:
        _read_as_text(connection, folder / FILES[table], table, headers[table], absent[table])
    errors = [error for table in TABLES for error in _wrong_cells(connection, pack, folder, table)]
    if errors:
        raise InputErrors(errors)
    for table in TABLES:
        _give_types(connection, pack, table)
    return frozenset(name for names in absent.values() for name in names)


def _header(path: Path, pack: Pack, table: Table) -> list[str]:
    """The columns of a file, once it is known to be text with every column needed."""
    if not path.is_file():
        raise InputErrors([InputError(gettext_noop("the file is missing"), path.name, 1)])
    _check_encoding(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = [name.strip() for name in next(csv.reader(file), [])]
    if len(header) == 1 and ";" in header[0]:
        raise InputErrors([InputError(gettext_noop("the cells must be separated by commas"), path.name, 1)])
    errors = [
        InputError(gettext_noop("the column is missing"), path.name, 1, fact.name)
        for fact in columns_for(pack, table)
        if fact.name not in header and not fact.since
    ]
    twice = [name for name, times in Counter(header).items() if times > 1]
    errors += [InputError(gettext_noop("the column appears twice"), path.name, 1, name) for name in twice]
    if errors:
        raise InputErrors(errors)
    return header


def _absent(pack: Pack, table: Table, header: list[str]) -> list[str]:
    return [fact.name for fact in columns_for(pack, table) if fact.name not in header]


def _check_encoding(path: Path) -> None:
    decoder, line = codecs.getincrementaldecoder("utf-8")(), 1
    with path.open("rb") as file:
        for chunk in file:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                raise InputErrors(
                    [InputError(gettext_noop("the file is not UTF-8"), path.name, line)]
                ) from error
            line += 1


def _read_as_text(
    connection: duckdb.DuckDBPyConnection, path: Path, table: Table, header: list[str], absent: list[str]
) -> None:
    shape = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in header)
    nothing = (f"CAST(NULL AS VARCHAR) AS {quoted(name)}" for name in absent)
    cells = ", ".join([*(quoted(name) for name in header), *nothing])
    source = (
        f"read_csv({literal(str(path))}, auto_detect = false, header = true, delim = ',', quote = '\"', "
        f"escape = '\"', columns = {{{shape}}})"
    )
    try:
        connection.execute(
            f"CREATE TABLE {table}_text AS SELECT row_number() OVER () AS input_row, {cells} FROM {source}"
        )
    except duckdb.Error as error:
        raise InputErrors(_wrong_shape(path, len(header), str(error))) from error


def _records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Each record of a CSV file with the line it begins on; empty lines are passed over."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, strict=True)
        while True:
            line = reader.line_num + 1
            try:
                record = next(reader, None)
            except csv.Error as error:
                message = gettext_noop("the row cannot be read: %(problem)s")
                raise InputErrors([InputError(message, path.name, line, problem=error)]) from error
            if record is None:
                return
            if record:
                yield line, record


def _wrong_shape(path: Path, width: int, problem: str) -> list[InputError]:
    message = gettext_noop("the row has %(found)s cells instead of %(wanted)s")
    try:
        errors = [
            InputError(message, path.name, line, found=len(record), wanted=width)
            for line, record in _records(path)
            if len(record) != width
        ]
    except InputErrors as unreadable:
        return unreadable.errors
    unexplained = gettext_noop("the file cannot be read: %(problem)s")
    return errors or [InputError(unexplained, path.name, 1, problem=problem.splitlines()[0])]


def _bad_cell(fact: Fact) -> str:
    """The SQL that is true for a cell that its question does not allow."""
    cell = quoted(fact.name)
    if fact.type == "text":
        return f"{cell} IS NULL"
    if fact.type in _PATTERNS:
        return f"NOT regexp_matches({cell}, '{_PATTERNS[fact.type]}')"
    if fact.type == "date":
        return (
            f"({cell} IS NOT NULL AND (NOT regexp_matches({cell}, '^\\d{{4}}-\\d{{2}}-\\d{{2}}$') "
            f"OR TRY_CAST({cell} AS DATE) IS NULL))"
        )
    return f"{cell} NOT IN ({', '.join(literal(choice) for choice in fact.choices)})"


def _checks(pack: Pack, table: Table) -> Iterator[tuple[str, str, str]]:
    """Column, complaint and the SQL that is true for a row of the text table to complain of."""
    for fact in columns_for(pack, table):
        yield fact.name, _WANTED[fact.type], _bad_cell(fact)
        if fact.minimum is not None:
            yield fact.name, _OTHER["negative"], f"TRY_CAST({quoted(fact.name)} AS DOUBLE) < {fact.minimum}"
    key = f"{table}_id"
    yield key, _OTHER["twice"], f"{key} IN (SELECT {key} FROM {table}_text GROUP BY ALL HAVING count(*) > 1)"
    if table == "member":
        yield "household_id", _OTHER["unknown"], "household_id NOT IN (SELECT household_id FROM known)"
        if "birth_date" in pack.facts:
            yield "birth_date", _OTHER["unborn"], "birth_date > visit_date"


def _wrong_cells(
    connection: duckdb.DuckDBPyConnection, pack: Pack, folder: Path, table: Table
) -> list[InputError]:
    checks = list(_checks(pack, table))
    flags = ", ".join(f"CASE WHEN {sql} THEN '{number}' END" for number, (_, _, sql) in enumerate(checks))
    joined = (
        "household_text"
        if table == "household"
        else "(SELECT m.*, k.visit_date FROM member_text m LEFT JOIN known k USING (household_id))"
    )
    found = connection.execute(
        "WITH known AS (SELECT household_id, any_value(visit_date) AS visit_date FROM household_text "
        "WHERE household_id IS NOT NULL GROUP BY household_id) "
        f"SELECT input_row, wrong FROM (SELECT input_row, concat_ws(' ', {flags}) AS wrong FROM {joined}) "
        "WHERE wrong <> '' ORDER BY input_row"
    ).fetchall()
    complaints = {row: [checks[int(number)] for number in wrong.split()] for row, wrong in found}
    return list(_named(folder / FILES[table], complaints)) if complaints else []


def _named(path: Path, complaints: dict[int, list[tuple[str, str, str]]]) -> Iterator[InputError]:
    """The complaints with the lines and the cells they are about."""
    records = _records(path)
    header = [name.strip() for name in next(records)[1]]
    for row, (line, record) in enumerate(records, start=1):
        cells = dict(zip(header, record, strict=False))
        for column, message, _ in complaints.get(row, []):
            yield InputError(message, path.name, line, column, value=cells.get(column, "").strip())


def _give_types(connection: duckdb.DuckDBPyConnection, pack: Pack, table: Table) -> None:
    cells = ", ".join(f"{_typed(fact)} AS {quoted(fact.name)}" for fact in columns_for(pack, table))
    connection.execute(f"CREATE TABLE {table} AS SELECT {cells} FROM {table}_text")
    connection.execute(f"DROP TABLE {table}_text")


def _typed(fact: Fact) -> str:
    if fact.type == "yesno":
        return f"{quoted(fact.name)} = 'yes'"
    return f"CAST({quoted(fact.name)} AS {sql_type(fact)})"
