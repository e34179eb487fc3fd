"""Which files of a register may be of one person: Splink's model over all of them, then vetoes and sure rules.

Everything happens in this process, in memory: DuckDB reads and writes no file, and nothing leaves the machine.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import duckdb

from punte.people.matching.sure import SHOWN, SURE, VETOES

_AT_ONCE = 10_000


@dataclass(frozen=True)
class Filed:
    """What one file says, as it is compared.

    Attributes:
        family, given: folded.
        coded: the birth date in the CNP, where that is right in form.
        home: where the person lives, by whatever identifies the place.
    """

    family: str
    given: str
    born: dt.date | None = None
    coded: dt.date | None = None
    sex: str = ""
    cnp: str = ""
    home: str = ""


@dataclass(frozen=True)
class Pair:
    """Two files by their places in the register, the lower first."""

    first: int
    second: int
    probability: float
    sure: bool


@dataclass(frozen=True)
class Limits:
    """What the machine gives for it."""

    memory: str = "3GB"
    threads: int = 2


def match(files: Iterable[Filed], *, limits: Limits | None = None) -> Iterator[Pair]:
    """The pairs that a person should look at, and of them those that are as good as sure.

    Args:
        files: in the order in which pairs name them.
    """
    with duckdb.connect() as connection:
        loaded = lay_out(connection, files, limits=limits)
        if loaded < 2:
            return
        # Splink is loaded by who compares a register, and by nobody else.
        from punte.people.matching.model import score

        rows = connection.execute(_DECIDED.format(scored=score(connection, loaded)))
        while some := rows.fetchmany(_AT_ONCE):
            yield from (Pair(*row) for row in some)


def lay_out(connection: Any, files: Iterable[Filed], *, limits: Limits | None = None) -> int:
    """Shut the database in and write the table `files` in it; how many there are."""
    _shut_in(connection, limits or Limits())
    return _load(connection, files)


def _shut_in(connection: Any, limits: Limits) -> None:
    # What does not fit in memory is not laid on a disk in plain text.
    for setting in (
        f"memory_limit = '{limits.memory}'",
        f"threads = {int(limits.threads)}",
        "temp_directory = ''",
        "autoinstall_known_extensions = false",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        connection.execute(f"SET {setting}")


def _load(connection: Any, files: Iterable[Filed]) -> int:
    import pyarrow

    columns: list[list[Any]] = [[] for _name in _COLUMNS]
    for place, filed in enumerate(files):
        values = (place, filed.family, filed.given, filed.born, filed.coded, filed.sex, filed.cnp, filed.home)
        for column, value in zip(columns, values, strict=True):
            column.append(value or None if value != 0 else 0)
    types = [pyarrow.int64(), *[pyarrow.string()] * 2, *[pyarrow.date32()] * 2, *[pyarrow.string()] * 3]
    table = pyarrow.table(dict(zip(_COLUMNS, map(pyarrow.array, columns, types), strict=True)))
    connection.register("given_files", table)
    connection.execute(_FILES)
    connection.unregister("given_files")
    return len(columns[0])


_COLUMNS = ("unique_id", "family", "given", "born", "coded", "sex", "cnp", "home")
_FILES = """
CREATE TABLE files AS SELECT *,
    array_to_string(list_sort(string_split(concat_ws(' ', family, given), ' ')), ' ') AS name,
    string_split(given, ' ')[1] AS called,
    coalesce(born, coded) AS day,
    coded IS NOT NULL AS is_valid
FROM given_files
"""


_DECIDED = f"""
SELECT first, second, probability, sure FROM (
    SELECT least(l, r) AS first, greatest(l, r) AS second, p AS probability, {SURE} AS sure, {SHOWN} AS shown
    FROM (SELECT unique_id_l AS l, unique_id_r AS r, match_probability AS p FROM {{scored}}) scored
    JOIN files a ON a.unique_id = l JOIN files b ON b.unique_id = r
    WHERE NOT {VETOES}
) WHERE sure OR shown
"""
