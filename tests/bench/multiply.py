"""A large world out of a small one: what the verbs made of some hundred households, so many times over.

`python -m tests.bench.multiply take FILE` takes a SQLite database over into that of the environment, which is migrated;
`times NUMBER` writes what is there so many times in all, by statements of the database itself. Each further time has
keys of its own, older than all there is, further numbers, workers of its own, and names drawn as those of the
demonstration are. Encrypted texts are those of the first time. Indexes, constraints and triggers are taken off
meanwhile and put back as they were, so that what they forbid ends with an error here too.
"""

import json
import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "punte.settings")

import django  # noqa: E402

django.setup()

from django.apps import apps  # noqa: E402
from django.core.management.color import no_style  # noqa: E402
from django.db import connection, connections, models, transaction  # noqa: E402

from punte.accounts.models import ConfidentialityPromise, Team, TrailEntry, User  # noqa: E402
from punte.demonstration import names  # noqa: E402
from punte.gatherings.models import Body, Seat, Series  # noqa: E402
from punte.kernel.text import fold  # noqa: E402
from punte.notifications.models import Notification  # noqa: E402
from punte.people.models import Dwelling, Household, Person, PersonName, PersonNamePair, PersonSeal  # noqa: E402
from punte.people.search import index_names  # noqa: E402
from punte.people.search.index import _learn  # noqa: E402
from punte.people.search.names import words_of_name  # noqa: E402

Model = type[models.Model]
POSTGRESQL = connection.vendor == "postgresql"
ALL = "TRUE"
_OF_WORKERS = "IN (SELECT user_id FROM accounts_appointment WHERE team_id IS NOT NULL)"
ROOTS: dict[Model, str] = {
    **{User: f"id {_OF_WORKERS}", ConfidentialityPromise: f"user_id {_OF_WORKERS}"},
    **dict.fromkeys([Team, Household, Person, Dwelling, Series, Notification, TrailEntry], ALL),
}
"""What is there once more by itself; whatever hangs on it comes along, but for what hangs on an account alone."""
_ONCE_ROOMS = {"fieldwork", "devices", "emergencies", "petitions", "directory"}
_ONCE = {Body, Seat, PersonName, PersonNamePair}
_SELDOM: dict[Model, int] = {PersonSeal: 10}
"""What the small world has more of than a large one would: one of so many times has it."""
_NUMBERS_APART = 100_000


def multiply(times: int) -> None:
    """Write the world of the database so many times in all."""
    chance = random.Random(2026)  # noqa: S311 invented families need no secrecy
    copied = _copied()
    with connection.cursor() as cursor:
        _quick(cursor)
        with _bare(cursor, [*copied, PersonName, PersonNamePair]):
            _lay_ready(cursor, copied)
            called = _called(cursor)
            first = (time.time_ns() // 10**6 >> 20) - times - 100
            known: set[str] = set()
            for number in range(1, times):
                known |= _name(cursor, chance, called)
                with transaction.atomic():
                    for model in copied:
                        if number % _SELDOM.get(model, 1):
                            continue
                        cursor.execute(_copy(model, copied, number, f"{first + number:07x}"))
            for model in [PersonName, PersonNamePair]:
                cursor.execute(f"DELETE FROM {model._meta.db_table}")
            _index_names(cursor, known | {name for rows in called.values() for name, _sex in rows})
        index_names(Person.everyone.exclude(also_named=""))
        cursor.execute("VACUUM ANALYZE" if POSTGRESQL else "ANALYZE")


def take(path: str) -> None:
    """Write every row of a SQLite database into the empty one of the environment."""
    connections.databases["small"] = {**connections.databases["default"], **_SQLITE, "NAME": path}
    kept = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    with connection.cursor() as cursor:
        _quick(cursor)
        cursor.execute(f"TRUNCATE {', '.join(model._meta.db_table for model in kept)} CASCADE")
        for model in kept:
            rows = model._base_manager.using("small").all()
            model._base_manager.using("default").bulk_create(list(rows), batch_size=1000)
        for statement in connection.ops.sequence_reset_sql(no_style(), kept):
            cursor.execute(statement)


_SQLITE = {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": {}}


def _copied() -> list[Model]:
    """The models of which every further time has rows of its own, each after those on which its rows hang."""
    made = list(ROOTS)
    able = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in _ONCE_ROOMS and model not in _ONCE
    ]
    while fresh := [model for model in able if model not in made and _holds(model, made)]:
        made += fresh
    ordered: list[Model] = []
    while rest := [model for model in made if model not in ordered]:
        ready = [model for model in rest if not _holds(model, [one for one in rest if one is not model])]
        ordered += ready or rest[:1]
    return ordered


def _holds(model: Model, made: list[Model]) -> list[str]:
    """The columns by which a row hangs on one that is copied."""
    return [
        field.column
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model in made and field.related_model is not User
    ]


def _quick(cursor) -> None:  # type: ignore[no-untyped-def]
    settings = (
        ["SET session_replication_role = replica", "SET synchronous_commit = off",
         "SET maintenance_work_mem = '1GB'", "SET work_mem = '256MB'", "SET jit = off"]
        if POSTGRESQL
        else ["PRAGMA foreign_keys = OFF", "PRAGMA synchronous = OFF", "PRAGMA journal_mode = OFF",
              "PRAGMA temp_store = FILE", "PRAGMA cache_size = -1000000", "PRAGMA locking_mode = EXCLUSIVE"]
    )  # fmt: skip
    for setting in settings:
        cursor.execute(setting)


@contextmanager
def _bare(cursor, copied: list[Model]) -> Iterator[None]:  # type: ignore[no-untyped-def]
    """Without indexes, constraints on several rows and triggers; all of them are back afterwards."""
    tables = [model._meta.db_table for model in copied]
    cursor.execute(_WHAT_HOLDS_POSTGRESQL if POSTGRESQL else _WHAT_HOLDS_SQLITE)
    held = [(drop, again) for table, drop, again in cursor.fetchall() if table in tables]
    for drop, _again in held:
        cursor.execute(drop)
    yield
    for _drop, again in held:
        cursor.execute(again)


_WHAT_HOLDS_SQLITE = """
SELECT tbl_name, 'DROP ' || type || ' "' || name || '"', sql FROM sqlite_master
WHERE type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY type
"""
_WHAT_HOLDS_POSTGRESQL = """
SELECT relname, format('ALTER TABLE %I DROP CONSTRAINT %I', relname, conname),
    format('ALTER TABLE %I ADD CONSTRAINT %I %s', relname, conname, pg_get_constraintdef(c.oid))
FROM pg_constraint c JOIN pg_class t ON t.oid = conrelid WHERE contype IN ('u', 'x')
UNION ALL
SELECT tablename, format('DROP INDEX %I', indexname), indexdef FROM pg_indexes
WHERE schemaname = 'public' AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE contype IN ('u', 'x', 'p'))
"""


def _lay_ready(cursor, copied: list[Model]) -> None:  # type: ignore[no-untyped-def]
    """The rows of the first time in tables of their own, and the keys of all of them."""
    cursor.execute(f"CREATE TEMP TABLE bench_ids (id {'uuid' if POSTGRESQL else 'text'} PRIMARY KEY)")
    for model in copied:
        table = model._meta.db_table
        hangs = " OR ".join(f"{column} IN (SELECT id FROM bench_ids)" for column in _holds(model, copied))
        cursor.execute(
            f"CREATE TEMP TABLE bench_{table} AS SELECT * FROM {table} WHERE {ROOTS.get(model) or hangs}"
        )
        if isinstance(model._meta.pk, models.UUIDField):
            cursor.execute(f"INSERT INTO bench_ids SELECT id FROM bench_{table}")
    cursor.execute("CREATE TEMP TABLE bench_names (old text PRIMARY KEY, new text, folded text)")
    if POSTGRESQL:
        cursor.execute("ANALYZE bench_ids")


def _copy(model: Model, copied: list[Model], number: int, prefix: str) -> str:
    """The statement that writes the rows of a model for a further time."""
    table = model._meta.db_table
    further = _further(model, copied)
    columns = {}
    for field in model._meta.concrete_fields:
        own = f'b."{field.column}"'
        text = f"{own}::text" if POSTGRESQL else own
        is_key = isinstance(field.target_field if field.is_relation else field, models.UUIDField)
        shifted = f"'{prefix}' || substr({text}, 8)"
        if POSTGRESQL:
            shifted = f"({shifted})::uuid"
        if field.primary_key and not field.is_relation:
            if not isinstance(field, models.UUIDField):
                continue
            value = shifted
        elif field.column in further and is_key:
            value = shifted
        elif field.column in further and isinstance(field, models.IntegerField):
            value = f"{own} + {number * _NUMBERS_APART}"
        elif field.column in further:
            kept = (field.max_length or 255) - 8
            value = f"CASE WHEN {own} = '' THEN '' ELSE substr({own}, 1, {kept}) || '{number:08x}' END"
        elif is_key:
            value = f"CASE WHEN {own} IN (SELECT id FROM bench_ids) THEN {shifted} ELSE {own} END"
        elif model in (Person, Household) and field.name in _NAMED:
            old, new = _NAMED[field.name]
            value = f"coalesce((SELECT {new} FROM bench_names WHERE old = b.{old}), {own})"
        else:
            value = own
        columns[f'"{field.column}"'] = value
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(columns.values())} FROM bench_{table} b"


_NAMED = {
    **{name: (name, "new") for name in ("family_name", "given_name", "name")},
    "folded_name": ("name", "folded"),
}


def _further(model: Model, copied: list[Model]) -> set[str]:
    """The columns that differ each time because something must be there once only."""
    own = [(field.name,) for field in model._meta.concrete_fields if field.unique and not field.primary_key]
    own += [tuple(one.fields) for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)]
    further = set()
    for names_of in own:
        fields = [model._meta.get_field(name) for name in names_of]
        if fields and not any(field.is_relation and field.related_model in copied for field in fields):
            further.add(next(field.column for field in reversed(fields) if not field.is_relation))
    return further


def _called(cursor) -> dict[str, list[tuple[str, str]]]:  # type: ignore[no-untyped-def]
    """The names that occur: family names, and given names with a sex."""
    cursor.execute("SELECT family_name FROM people_person UNION SELECT name FROM people_household ORDER BY 1")
    family = [(name, "") for (name,) in cursor.fetchall() if name]
    cursor.execute("SELECT given_name, min(sex) FROM people_person GROUP BY given_name ORDER BY 1")
    return {"family": family, "given": [(name, sex) for name, sex in cursor.fetchall() if name]}


def _name(cursor, chance: random.Random, called: dict[str, list[tuple[str, str]]]) -> set[str]:  # type: ignore[no-untyped-def]
    """Draw what everybody is called this time."""
    drawn = {name: names.given_name(chance, sex or "f") for name, sex in called["given"]}
    drawn |= {name: names.surname(chance) for name, _sex in called["family"]}
    cursor.execute("DELETE FROM bench_names")
    rows = [(old, new, fold(new)) for old, new in drawn.items()]
    cursor.executemany("INSERT INTO bench_names VALUES (%s, %s, %s)", rows)
    return set(drawn.values())


def _index_names(cursor, known: set[str]) -> None:  # type: ignore[no-untyped-def]
    """The words by which everybody is found, as `people.search` keeps them."""
    words: dict[str, int] = {}
    of_each = {name: words_of_name(name) for name in sorted(known)}
    _learn({word for own in of_each.values() for word in own}, words)
    cursor.execute("CREATE TEMP TABLE bench_words (name text, token bigint)")
    rows = [(name, words[word]) for name, own in of_each.items() for word in own]
    cursor.executemany("INSERT INTO bench_words VALUES (%s, %s)", rows)
    cursor.execute("CREATE INDEX bench_words_of ON bench_words (name)")
    each = "SELECT p.id, p.keeper_id, w.token FROM people_person p JOIN bench_words w ON w.name = p."
    cursor.execute(
        "INSERT INTO people_personname (person_id, keeper_id, token_id)"
        f" {each}family_name UNION {each}given_name"
    )
    cursor.execute("CREATE INDEX bench_of_person ON people_personname (person_id, token_id)")
    cursor.execute(
        "INSERT INTO people_personnamepair (person_id, keeper_id, first_id, second_id)"
        " SELECT a.person_id, a.keeper_id, a.token_id, b.token_id FROM people_personname a"
        " JOIN people_personname b ON b.person_id = a.person_id AND b.token_id > a.token_id"
    )
    cursor.execute("DROP INDEX bench_of_person")


if __name__ == "__main__":
    take(sys.argv[2]) if sys.argv[1] == "take" else multiply(int(sys.argv[2]))
    print(json.dumps({"households": Household.objects.count()}))
