"""The one question to DuckDB: who seems entitled to what, of any number of households on any days.

Its tables, with a column for each given fact: `home` (household, day), `lives` (household, person) and `held`
(household, person, kind): what is asked or granted already.
"""

from collections.abc import Collection, Iterator, Sequence

from punte.benefits.definition import DAY, Entitlement, Fact, Of, Parameter, Rulebook, Season
from punte.methodology.columns import literal, quoted
from punte.methodology.expressions import Expression, Kind

SQL_TYPES: dict[Kind, str] = {
    "boolean": "BOOLEAN",
    "number": "DOUBLE",
    "date": "DATE",
    "choice": "VARCHAR",
    "null": "VARCHAR",
}
KEYS: dict[Of, tuple[str, ...]] = {"household": ("household", DAY), "person": ("household", "person")}
_A_HAIR = "0.000001"
"""Less than any sum: what is divided and multiplied again is not rounded up for it."""


def seeming(book: Rulebook, confirmed: Collection[str], keys: Collection[str] | None = None) -> str:
    """A row for each entitlement that seems to be there and is not had: household, day, person, key and sums.

    Args:
        confirmed: what the institution confirmed.
        keys: of which entitlements; None for all that are on.
    """
    chosen = [
        one
        for key, one in book.entitlements.items()
        if one.is_on(confirmed) and (keys is None or key in keys)
    ]
    parts = [f"SELECT * FROM ({_outcome(one)}) WHERE holds AND has IS NOT TRUE AND known" for one in chosen]
    nothing = (
        "SELECT household, day, NULL AS person, '' AS entitlement, TRUE AS holds, FALSE AS has, TRUE AS known,"
        " NULL AS amount, NULL AS least, NULL AS most FROM homes WHERE FALSE"
    )
    return f"WITH {stages(book, confirmed)} {' UNION ALL '.join(parts or [nothing])}"


def whole(book: Rulebook, confirmed: Collection[str], one: Entitlement) -> str:
    """A row for each household, or person, whatever comes out of one entitlement."""
    return f"WITH {stages(book, confirmed)} {_outcome(one)}"


def facts_of(book: Rulebook, confirmed: Collection[str], of: Of) -> str:
    """All facts of the households, or of the people, with what was worked out."""
    return f"WITH {stages(book, confirmed)} SELECT * FROM {'homes' if of == 'household' else 'people'}"


def stages(book: Rulebook, confirmed: Collection[str]) -> str:
    """The tables `homes` and `people`, with every fact and parameter as a column."""
    parameters = "".join(
        f", {_parameter(one, confirmed)} AS {quoted(key)}" for key, one in book.parameters.items()
    )
    counts = [fact for fact in book.of("household") if fact.given == "count"]
    alone = f"SELECT l.*, h.{DAY}{parameters} FROM lives l JOIN home h USING (household)"
    return (
        f"own AS MATERIALIZED ({_worked_out(alone, book.of('person'))}), "
        f"counted AS (SELECT household, {DAY}{''.join(map(_count, counts))} FROM own GROUP BY ALL), "
        f"homes AS MATERIALIZED ({_worked_out(_homes(counts, parameters), book.of('household'))}), "
        f"people AS MATERIALIZED (SELECT own.*{_of_homes(book)} FROM own JOIN homes USING (household, {DAY}))"
    )


def _homes(counts: Sequence[Fact], parameters: str) -> str:
    columns = "".join(
        f", CASE WHEN c.household IS NULL THEN 0 ELSE c.{quoted(one.name)} END AS {quoted(one.name)}"
        for one in counts
    )
    return f"SELECT h.*{parameters}{columns} FROM home h LEFT JOIN counted c USING (household, {DAY})"


def _of_homes(book: Rulebook) -> str:
    return "".join(f", homes.{quoted(fact.name)}" for fact in book.of("household"))


def _worked_out(select: str, facts: Sequence[Fact]) -> str:
    for fact in facts:
        if fact.given == "is" and fact.expression:
            kind = SQL_TYPES[fact.symbol.kind]
            select = f"SELECT *, CAST({fact.expression.sql} AS {kind}) AS {quoted(fact.name)} FROM ({select})"
    return select


def _count(fact: Fact) -> str:
    """How many members it holds for; not known while it is not known of one."""
    assert fact.expression is not None
    condition = fact.expression.sql
    return (
        f", CASE WHEN count(*) FILTER (({condition}) IS NULL) > 0 THEN NULL"
        f" ELSE count(*) FILTER ({condition}) END AS {quoted(fact.name)}"
    )


def _parameter(one: Parameter, confirmed: Collection[str]) -> str:
    branches = []
    for value in reversed(one.in_use(confirmed)):
        said = f"CAST({value.value} AS DOUBLE)"
        if value.last:
            said = f"CASE WHEN {DAY} <= DATE '{value.last}' THEN {said} END"
        branches.append(f"WHEN {DAY} >= DATE '{value.start}' THEN {said}")
    return f"CASE {' '.join(branches)} END" if branches else "CAST(NULL AS DOUBLE)"


def _outcome(one: Entitlement) -> str:
    table = "homes" if one.of == "household" else "people"
    person = "NULL" if one.of == "household" else "r.person"
    has = f"({one.has.sql})" if one.has else "FALSE"
    known = f"({one.has.sql}) IS NOT NULL" if one.has else "TRUE"
    sums = dict(one.money)
    columns = ", ".join(
        f"{_rounded(one, sums[name]) if name in sums else 'CAST(NULL AS DOUBLE)'} AS {name}"
        for name in ("amount", "least", "most")
    )
    return (
        f"SELECT r.household, r.{DAY}, {person} AS person, {literal(one.key)} AS entitlement, "
        f"({one.when.sql}){''.join(_in_time(one))} AS holds, {has} OR {_held(one)} AS has, {known} AS known, {columns} "
        f"FROM {table} r"
    )


def _held(one: Entitlement) -> str:
    kinds = ", ".join(map(literal, one.registered))
    whose = " AND (d.person IS NULL OR d.person = r.person)" if one.of == "person" else ""
    return f"EXISTS (SELECT 1 FROM held d WHERE d.household = r.household AND d.kind IN ({kinds}){whose})"


def _rounded(one: Entitlement, sum_: Expression) -> str:
    match one.rounded:
        case "up":
            return f"ceil(({sum_.sql}) - {_A_HAIR})"
        case "near":
            return f"floor(({sum_.sql}) + 0.5 + {_A_HAIR})"
    return f"CAST({sum_.sql} AS DOUBLE)"


def _in_time(one: Entitlement) -> Iterator[str]:
    if one.start:
        yield f" AND r.{DAY} >= DATE '{one.start}'"
    if one.last:
        yield f" AND r.{DAY} <= DATE '{one.last}'"
    if one.season:
        yield f" AND {_in_season(one.season)}"


def _in_season(season: Season) -> str:
    day = f"strftime(r.{DAY}, '%m-%d')"
    joint = "AND" if season.first <= season.last else "OR"
    return f"({day} >= {literal(season.first)} {joint} {day} <= {literal(season.last)})"
