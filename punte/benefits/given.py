"""The given facts of households as tables, taken from the record: of all that some institutions keep, or of one."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

import duckdb
import pyarrow as pa
from django.db.models import Q, QuerySet

from punte.assessments.models import AssessedMember, Assessment
from punte.benefits.definition import DAY, Fact, Of, Rulebook
from punte.benefits.sql import SQL_TYPES
from punte.kernel.in_bulk import text_of
from punte.kernel.models import during
from punte.methodology.columns import literal, quoted
from punte.methodology.database import connect
from punte.organizations.models import Organization
from punte.people.models import Household, Membership
from punte.registers.models import Entry

BENEFITS = "benefit"
"""The register of benefits asked and granted."""
HELD = ("asked", "granted", "suspended")
"""Its states in which nothing more is to be asked."""
FOR_FAMILY = "family"


Table = Mapping[str, Sequence[Any]]
"""A table by its columns; identifiers and days as the database writes them."""


@dataclass
class Given:
    """What the record says; the columns of each table side by side.

    Attributes:
        homes: household.
        lives: household, person, birth_date, relation.
        visits: household, assessment, visited, sent, answers (JSON as it is kept).
        answers: assessment, person, answers (JSON).
        entries: person, register, field, word, number, day.
        held: household, person, kind.
    """

    homes: Table
    lives: Table
    visits: Table
    answers: Table
    entries: Table
    held: Table = field(default_factory=lambda: columns((), ("household", "person", "kind")))


def columns(rows: Iterable[Sequence[Any]], names: Sequence[str]) -> Table:
    """Rows as columns; identifiers as the text by which tables are joined."""
    turned = list(zip(*rows, strict=True)) or [() for _name in names]
    return dict(zip(names, turned, strict=True))


def kept_by(keepers: Collection[Any], book: Rulebook, day: dt.date) -> Given:
    """All of some institutions, whoever asks: what lists are made of."""
    homes = Household.objects.filter(keeper__in=keepers).order_by()
    lives = Membership.objects.on(day).filter(household__keeper__in=keepers).order_by()
    visits = Assessment.objects.setting_severity().filter(household__keeper__in=keepers).order_by()
    # Also those of people who live elsewhere, which join nothing: of few registers, and found by the index of those.
    entries = Entry.objects.filter(keeper__in=Organization.objects.values("pk"), person__isnull=False)
    return taken(book, day, homes=homes, lives=lives, visits=visits, entries=entries)


def taken(
    book: Rulebook,
    day: dt.date,
    *,
    homes: QuerySet[Any],
    lives: QuerySet[Any],
    visits: QuerySet[Any],
    entries: QuerySet[Any] | None,
) -> Given:
    """What those rows say on a day; without `entries`, nothing of registers."""
    visits = visits.filter(visited_on__lte=day)
    answers = AssessedMember.objects.filter(assessment__in=visits.values("pk")).order_by()
    living = columns(
        lives.values_list(*map(text_of, ("household", "person", "person__birth_date")), "relation"),
        ("household", "person", "birth_date", "relation"),
    )
    return Given(
        homes=columns(homes.values_list(text_of("pk")), ("household",)),
        lives=living,
        visits=columns(
            visits.values_list(*map(text_of, ("household", "pk", "visited_on", "submitted_at", "facts"))),
            ("household", "assessment", "visited", "sent", "answers"),
        ),
        answers=columns(
            answers.values_list(*map(text_of, ("assessment", "person", "facts"))),
            ("assessment", "person", "answers"),
        ),
        entries=_entries(book, day, entries),
        held=_held(day, entries, dict(zip(living["person"], living["household"], strict=True))),
    )


def _entries(book: Rulebook, day: dt.date, entries: QuerySet[Any] | None) -> Table:
    names = ("person", "register", "field", "word", "number", "day")
    facts = [fact for fact in book.given("person") if fact.given == "register"]
    if entries is None or not facts:
        return columns((), names)
    asked = (Q(register=fact.register, state__in=fact.states, listed__field=fact.of_what) for fact in facts)
    entries = entries.filter(during(day), register__in={fact.register for fact in facts})
    rows = entries.filter(reduce(or_, asked)).order_by()
    return columns(
        rows.values_list(
            text_of("person"),
            "register",
            "listed__field",
            "listed__word",
            "listed__number",
            "listed__day",
        ).distinct(),
        names,
    )


def _held(day: dt.date, entries: QuerySet[Any] | None, homes: Mapping[str, str]) -> Table:
    names = ("household", "person", "kind")
    if entries is None:
        return columns((), names)
    found = entries.filter(during(day), register=BENEFITS, state__in=HELD).order_by()
    rows = {
        (homes[person], None if values.get("covers") == FOR_FAMILY else person, values.get("kind", ""))
        for person, values in found.values_list(text_of("person"), "values")
        if person in homes
    }
    return columns(rows, names)


def laid_out(
    book: Rulebook, given: Given, days: Sequence[dt.date], **options: Any
) -> duckdb.DuckDBPyConnection:
    """A connection with the tables that `sql` reads, each household once for each of the days."""
    connection = connect(**options)
    for name in ("homes", "lives", "visits", "answers", "entries", "held"):
        connection.register(f"given_{name}", _arrow(getattr(given, name)))
    connection.register("given_days", pa.table({DAY: pa.array(list(days), pa.date32())}))
    for statement in _statements(book):
        connection.execute(statement)
    return connection


def _statements(book: Rulebook) -> Iterable[str]:
    yield (
        "CREATE TABLE newest AS SELECT household, assessment, answers FROM given_visits "
        "QUALIFY row_number() OVER (PARTITION BY household ORDER BY visited DESC, sent DESC, assessment DESC) = 1"
    )
    yield (
        f"CREATE TABLE home AS SELECT g.household, d.{DAY}{_answered(book, 'household', 'n')} "
        f"FROM given_homes g CROSS JOIN given_days d LEFT JOIN newest n USING (household)"
    )
    yield (
        "CREATE TABLE said AS SELECT n.household, a.person, a.answers "
        "FROM given_answers a JOIN newest n USING (assessment)"
    )
    registered = "".join(map(_registered, book.given("person")))
    joined = "".join(map(_joined, book.given("person")))
    recorded = "".join(
        f", {_typed(fact, f'l.{quoted(fact.of_what)}')} AS {quoted(fact.name)}"
        for fact in book.given("person")
        if fact.given == "record"
    )
    yield (
        f"CREATE TABLE lives AS SELECT l.household, l.person{recorded}{_answered(book, 'person', 's')}{registered} "
        f"FROM given_lives l LEFT JOIN said s ON s.household = l.household AND s.person = l.person{joined}"
    )
    yield "CREATE TABLE held AS SELECT household, person, kind FROM given_held"


def _answered(book: Rulebook, of: Of, alias: str) -> str:
    asked = (fact for fact in book.given(of) if fact.given == "asked")
    return "".join(f", {_answer(fact, alias)} AS {quoted(fact.name)}" for fact in asked)


def _answer(fact: Fact, alias: str) -> str:
    path = literal(f"$.{fact.of_what}")
    return _typed(fact, f"json_extract_string({alias}.answers, {path})")


def _typed(fact: Fact, text: str) -> str:
    return f"TRY_CAST({text} AS {SQL_TYPES[fact.symbol.kind]})"


def _registered(fact: Fact) -> str:
    if fact.given != "register":
        return ""
    column = {"choice": "word", "boolean": "word = 'yes'", "date": "day"}.get(fact.symbol.kind, "number")
    return f", {quoted(f'of_{fact.name}')}.{column} AS {quoted(fact.name)}"


def _joined(fact: Fact) -> str:
    if fact.given != "register":
        return ""
    alias = quoted(f"of_{fact.name}")
    newest = (
        "(SELECT person, any_value(word) AS word, any_value(number) AS number, any_value(day) AS day "
        f"FROM given_entries WHERE register = {literal(fact.register)} AND field = {literal(fact.of_what)} "
        "GROUP BY person)"
    )
    return f" LEFT JOIN {newest} {alias} ON {alias}.person = l.person"


_ARROW = {"day": pa.date32(), "number": pa.float64()}


def _arrow(table: Table) -> pa.Table:
    return pa.table({name: _array(name, values) for name, values in table.items()})


def _array(name: str, values: Sequence[Any]) -> pa.Array:
    kind = _ARROW.get(name)
    if kind is None:
        return pa.array([None if value is None else str(value) for value in values], pa.string())
    if name == "number":
        return pa.array([None if value is None else float(value) for value in values], kind)
    return pa.array(list(values), kind)
