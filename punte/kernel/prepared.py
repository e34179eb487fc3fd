"""Questions that are asked with every request, put together once and not each time.

Django puts a query together anew whenever it is asked, which takes several times as long as the database needs to
answer a small one. What is kept here is the text of a question alone, never an answer.
"""

import copy
import datetime as dt
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple, TypeVar
from uuid import UUID, uuid4

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import CharField, DateField, DateTimeField, Field, QuerySet, UUIDField
from django.db.models.sql.constants import MULTI
from django.utils import timezone

from punte.kernel.today import today

One = TypeVar("One", UUID, str)
Value = UUID | dt.date | dt.datetime | str
_FIELDS: dict[type, "Field[Any, Any]"] = {
    UUID: UUIDField(),
    dt.date: DateField(),
    dt.datetime: DateTimeField(),
    str: CharField(),
}


class _Place(NamedTuple):
    """Where one of the given values goes."""

    number: int


class _Moment(NamedTuple):
    """Where the moment of asking goes, or one so much before or after it."""

    apart: dt.timedelta


_ASKED_AT = dt.datetime(9000, 1, 1, tzinfo=dt.UTC)
_asked_at: ContextVar[dt.datetime | None] = ContextVar("asked_at", default=None)


def moment_of_asking() -> dt.datetime:
    """Now, in what may be put together once: whenever it is asked it is the moment of then."""
    return _asked_at.get() or timezone.now()


class Kept(NamedTuple):
    """A question that was put together: its text, and what fills it (a place, where a value goes).

    Attributes:
        converters: how what the database gives is read, once that was looked for.
    """

    rows: Any
    compiler: Any
    text: str
    filling: list[Any]
    converters: list[Any]

    def as_given(self, values: Sequence[Value]) -> list[Any]:
        """The rows that answer it with other values, as the database gives them; asked with the text as it is."""
        here = connections[DEFAULT_DB_ALIAS]
        with here.cursor() as cursor:
            cursor.execute(self.text, self._filling(values, here))
            found: list[Any] = cursor.fetchall()
        if self.compiler.has_extra_select:
            return [row[: self.compiler.col_count] for row in found]
        return found

    def rows_with(self, values: Sequence[Value]) -> list[Any]:
        """The same rows, read. Most questions of a day are answered by nothing, which needs no reading."""
        found = self.as_given(values)
        return list(self._read(found)) if found else []

    def _read(self, found: Sequence[Any]) -> "QuerySet[Any, Any]":
        compiler = copy.copy(self.compiler)
        compiler.connection = connection
        compiler.execute_sql = lambda *_args, **_options: [found]
        compiler.get_converters = self._converters
        rows = self.rows.__class__(model=self.rows.model, query=_Asked(self.rows.query, compiler))
        rows._iterable_class, rows._fields = self.rows._iterable_class, self.rows._fields
        rows._prefetch_related_lookups = self.rows._prefetch_related_lookups
        return rows

    def _converters(self, expressions: Any) -> Any:
        if not self.converters:
            self.converters.append(self.compiler.get_converters(expressions))
        return self.converters[0]

    def count(self, values: Sequence[Value]) -> int:
        """How many rows there are with these values."""
        here = connections[DEFAULT_DB_ALIAS]
        with here.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({self.text}) counted", self._filling(values, here))  # noqa: S608
            (found,) = cursor.fetchone()
        return int(found)

    def _filling(self, values: Sequence[Value], here: Any) -> list[Any]:
        kept = _all_as_kept(values, here)
        return [kept[one.number] if type(one) is _Place else _of_then(one) for one in self.filling]


class _Asked:
    """A query of Django's that is put together already."""

    def __init__(self, query: Any, compiler: Any) -> None:
        self._query, self._compiler = query, compiler

    def get_compiler(self, *_args: Any, **_options: Any) -> Any:
        """What would put it together."""
        return self._compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self._query, name)


class Prepared:
    """A question put together once a day for each kind of database and each number of values.

    Args:
        question: gives the QuerySet. It may ask for today, never for this moment, which would stay that of the first
            asking; all else that changes between two askings is among its arguments, each an identifier, a day, a
            moment or a text, or a collection of them.
    """

    def __init__(self, question: Callable[..., "QuerySet[Any, Any]"]) -> None:
        self._question = question
        self._kept = lru_cache(maxsize=100)(self._put_together)

    def __call__(self, **given: Value | Collection[Value]) -> list[Any]:
        """The rows that answer it."""
        kept, values = self._with_values(given)
        return [] if kept is None else kept.rows_with(values)

    def as_given(self, **given: Value | Collection[Value]) -> list[Any]:
        """The same rows as the database gives them."""
        kept, values = self._with_values(given)
        return [] if kept is None else kept.as_given(values)

    def _with_values(self, given: Mapping[str, Value | Collection[Value]]) -> tuple[Kept | None, list[Value]]:
        values: list[Value] = []
        shape: list[tuple[str, type | None, int | None]] = []
        for name, value in given.items():
            many = isinstance(value, Collection) and not isinstance(value, str)
            found: list[Any] = [*value] if many else [value]  # type: ignore[misc]
            shape.append((name, type(found[0]) if found else None, len(found) if many else None))
            values += found
        return self._kept(connection.vendor, today(), tuple(shape)), values

    def _put_together(
        self, _vendor: str, _today: dt.date, shape: tuple[tuple[str, type | None, int | None], ...]
    ) -> Kept | None:
        """Ask with values that stand for others, and see where they come to stand.

        Raises:
            LookupError: one of them stands nowhere as it was given.
        """
        places: dict[Any, _Place] = {}
        asked: dict[str, Any] = {}
        for name, kind, number in shape:
            stand_ins = [stand_in(kind) for _each in range(1 if number is None else number)]
            for one in stand_ins:
                places[as_kept(one)] = _Place(len(places))
            asked[name] = stand_ins[0] if number is None else stand_ins
        kept = _with_places(self._question(**asked), places)
        if kept is not None:
            filled = (one for one in kept.filling if isinstance(one, _Place))
            if missing := set(places.values()).difference(filled):
                raise LookupError(missing)
        return kept


def as_given(rows: "QuerySet[Any, Any]") -> list[Any]:
    """Rows as the database gives them; nothing is made of them."""
    return list(chain.from_iterable(rows.query.get_compiler(connection=connection).execute_sql(MULTI)))


def rounded(some: Collection[One]) -> list[One]:
    """As many again as make the number a power of two, so that few numbers of values occur."""
    each = list(some)
    return each + each[-1:] * ((1 << (len(each) - 1).bit_length()) - len(each)) if each else each


def put_together(rows: "QuerySet[Any, Any]", stand_ins: Sequence[Value]) -> Kept | None:
    """A question in which some values stand for others, to be filled in their order; none where nothing answers."""
    return _with_places(rows, {as_kept(one): _Place(number) for number, one in enumerate(stand_ins)})


@contextmanager
def putting_together() -> Iterator[None]:
    """Within it the moment of asking is left open."""
    token = _asked_at.set(_ASKED_AT)
    try:
        yield
    finally:
        _asked_at.reset(token)


def _with_places(rows: "QuerySet[Any, Any]", places: Mapping[Any, _Place]) -> Kept | None:
    compiler = rows.query.get_compiler(connection=connection)
    try:
        text, parameters = compiler.as_sql()
    except EmptyResultSet:
        return None
    return Kept(rows, compiler, text, [_placed(one, places) for one in parameters], [])


def _placed(one: Any, places: Mapping[Any, _Place]) -> Any:
    if isinstance(one, list | tuple):
        if any(each in places for each in one):
            raise LookupError(one)
        return one
    if isinstance(one, str) and _OF_THEN.match(one):
        one = timezone.make_aware(dt.datetime.fromisoformat(one), dt.UTC)
    if isinstance(one, dt.datetime) and one.year >= _ASKED_AT.year - 100:
        return _Moment(one - _ASKED_AT)
    return places.get(one, one)


# What SQLite keeps of a moment near `_ASKED_AT`.
_OF_THEN = re.compile(r"(89|90)\d\d-\d\d-\d\d \d\d:\d\d:\d\d")


def _of_then(one: Any) -> Any:
    return as_kept(timezone.now() + one.apart) if type(one) is _Moment else one


def as_kept(value: Value) -> Any:
    """A value as the database takes it."""
    return _FIELDS[type(value)].get_db_prep_value(value, connection)


def _all_as_kept(values: Sequence[Value], here: Any) -> list[Any]:
    """Most are identifiers, of which a database keeps what they are or how they are written."""
    whole = here.features.has_native_uuid_field
    return [(one if whole else one.hex) if type(one) is UUID else as_kept(one) for one in values]


def stand_in(kind: type | None) -> Value:
    """A value that nobody would give, another each time."""
    one = uuid4()
    if kind is UUID:
        return one
    if kind is dt.date or kind is dt.datetime:
        day = dt.date(1, 1, 2) + dt.timedelta(days=one.int % 300_000)
        return day if kind is dt.date else timezone.make_aware(dt.datetime.combine(day, dt.time(12)), dt.UTC)
    return one.hex
