"""Questions that are asked with every request, put together once and not each time.

Django puts a query together anew whenever it is asked, which takes several times as long as the database needs to
answer a small one. What is kept here is the text of a question alone, never an answer.
"""

import copy
import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property, lru_cache
from itertools import chain, count
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar
from uuid import UUID, uuid4

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    Field,
    QuerySet,
    UUIDField,
    prefetch_related_objects,
)
from django.db.models.query import ModelIterable, ValuesListIterable, get_related_populators
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


class _Part(NamedTuple):
    """Where one goes of which a text has to begin with it or have it within, with what stands about it there."""

    number: int
    before: str
    after: str


class _Moment(NamedTuple):
    """Where the moment of asking goes, or one so much before or after it."""

    apart: dt.timedelta


_ASKED_AT = dt.datetime(9000, 1, 1, tzinfo=dt.UTC)
_asked_at: ContextVar[dt.datetime | None] = ContextVar("asked_at", default=None)


def moment_of_asking() -> dt.datetime:
    """Now, in what may be put together once: whenever it is asked it is the moment of then."""
    return _asked_at.get() or timezone.now()


class Kept:
    """A question that was put together: its text, and what fills it (a place, where a value goes).

    It is asked with values as the database takes them: `all_as_kept`.
    """

    def __init__(self, rows: Any, compiler: Any, text: str, filling: list[Any]) -> None:
        self.text = text
        self.filling = filling
        self._rows = rows
        self._compiler = compiler
        self._staying = [one for one in filling if type(one) is not _Place]
        self._moves = any(type(one) in (_Part, _Moment) for one in self._staying)
        after = count(-len(self._staying))
        order = [one.number if type(one) is _Place else next(after) for one in filling]
        # With a second index it gives several, whatever there are.
        self._in_order = itemgetter(*order, 0, 0) if order else None

    def as_given(self, values: Sequence[Any]) -> list[Any]:
        """The rows that answer it with other values, as the database gives them; asked with the text as it is."""
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(self.text, self._filled(values))
            found: list[Any] = cursor.fetchall()
        if self._compiler.has_extra_select:
            return [row[: self._compiler.col_count] for row in found]
        return found

    def rows_with(self, values: Sequence[Any]) -> list[Any]:
        """The same rows, read. Most questions of a day are answered by nothing, which needs no reading."""
        found = self.as_given(values)
        if not found:
            return []
        kind = self._rows._iterable_class
        if kind is ModelIterable and not self._rows._known_related_objects:
            return self._reader.read(self._converted(found))
        if kind is ValuesListIterable:
            return [tuple(row) for row in self._converted(found)]
        return list(self._read(found))

    @cached_property
    def _converters(self) -> Any:
        """How what the database gives is read, looked for once."""
        return self._compiler.get_converters(
            [one[0] for one in self._compiler.select[: self._compiler.col_count]]
        )

    def _converted(self, found: Sequence[Any]) -> Iterator[Sequence[Any]]:
        asked = connections[DEFAULT_DB_ALIAS]
        converters = tuple(self._converters.items())
        for given in found:
            row = list(given)
            for column, (steps, expression) in converters:
                value = row[column]
                for step in steps:
                    value = step(value, expression, asked)
                row[column] = value
            yield row

    @cached_property
    def _reader(self) -> "_Reader":
        return _Reader(self._rows, self._compiler)

    def _read(self, found: Sequence[Any]) -> "QuerySet[Any, Any]":
        compiler = copy.copy(self._compiler)
        compiler.connection = connection
        compiler.execute_sql = lambda *_args, **_options: [found]
        compiler.get_converters = lambda _expressions: self._converters
        rows = self._rows.__class__(model=self._rows.model, query=_Asked(self._rows.query, compiler))
        rows._iterable_class, rows._fields = self._rows._iterable_class, self._rows._fields
        rows._prefetch_related_lookups = self._rows._prefetch_related_lookups
        return rows

    def count(self, values: Sequence[Any]) -> int:
        """How many rows there are with these values."""
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({self.text}) counted", self._filled(values))  # noqa: S608
            (found,) = cursor.fetchone()
        return int(found)

    def _filled(self, kept: Sequence[Any]) -> Sequence[Any]:
        if self._in_order is None:
            return ()
        staying = [_other(one, kept) for one in self._staying] if self._moves else self._staying
        return self._in_order([*kept, *staying])[:-2]


class _Reader:
    """Records of one question, as Django makes them of rows; how it does is looked for once."""

    def __init__(self, rows: Any, compiler: Any) -> None:
        klass, select = compiler.klass_info, compiler.select
        first, last = klass["select_fields"][0], klass["select_fields"][-1] + 1
        self._model = klass["model"]
        self._columns = slice(first, last)
        self._names = [one[0].target.attname for one in select[first:last]]
        # The stubs are of a later Django, which takes one argument more.
        self._related = get_related_populators(klass, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]
        self._besides = tuple(compiler.annotation_col_map.items())
        self._prefetched = rows._prefetch_related_lookups

    def read(self, rows: Iterable[Sequence[Any]]) -> list[Any]:
        """The records, in the order of the rows."""
        made = [self._made(row) for row in rows]
        if self._prefetched:
            prefetch_related_objects(made, *self._prefetched)
        return made

    def _made(self, row: Sequence[Any]) -> Any:
        one = self._model.from_db(DEFAULT_DB_ALIAS, self._names, row[self._columns])
        for populator in self._related:
            populator.populate(row, one)
        for name, column in self._besides:
            setattr(one, name, row[column])
        return one


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
        question: gives the QuerySet. It may ask for today, and for this moment by `moment_of_asking`; all else that
            changes between two askings is among its arguments, each an identifier, a day, a moment or a text, or a
            collection of them.
    """

    def __init__(self, question: Callable[..., "QuerySet[Any, Any]"]) -> None:
        self._question = question
        self._kept = lru_cache(maxsize=100)(self._put_together)

    def __call__(self, **given: Value | Collection[Value]) -> list[Any]:
        """The rows that answer it."""
        kept, values = self._with_values(given)
        return [] if kept is None else kept.rows_with(all_as_kept(values))

    def as_given(self, **given: Value | Collection[Value]) -> list[Any]:
        """The same rows as the database gives them."""
        kept, values = self._with_values(given)
        return [] if kept is None else kept.as_given(all_as_kept(values))

    def _with_values(self, given: Mapping[str, Value | Collection[Value]]) -> tuple[Kept | None, list[Value]]:
        values: list[Value] = []
        shape: list[tuple[str, type | None, int | None]] = []
        for name, value in given.items():
            many = isinstance(value, Collection) and not isinstance(value, str)
            found: list[Any] = [*value] if many else [value]  # type: ignore[misc]
            shape.append((name, type(found[0]) if found else None, len(found) if many else None))
            values += found
        return self._kept(connections[DEFAULT_DB_ALIAS].vendor, today(), tuple(shape)), values

    def _put_together(
        self, _vendor: str, _day: dt.date, shape: tuple[tuple[str, type | None, int | None], ...]
    ) -> Kept | None:
        """Ask with values that stand for others, and see where they come to stand.

        Raises:
            LookupError: one of them stands nowhere as it was given, or the moment of this asking would stay.
        """
        places: dict[Any, _Place] = {}
        asked: dict[str, Any] = {}
        for name, kind, number in shape:
            stand_ins = [stand_in(kind) for _each in range(1 if number is None else number)]
            for one in stand_ins:
                places[as_kept(one)] = _Place(len(places))
            asked[name] = stand_ins[0] if number is None else stand_ins
        with putting_together():
            kept = _with_places(self._question(**asked), places)
        if kept is not None:
            filled = {one.number for one in kept.filling if isinstance(one, _Place | _Part)}
            if missing := [one for one in places.values() if one.number not in filled]:
                raise LookupError(missing)
            if staying := [one for one in kept.filling if is_moment(one)]:
                raise LookupError(staying)
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
    return Kept(rows, compiler, text, [_placed(one, places) for one in parameters])


def _placed(one: Any, places: Mapping[Any, _Place]) -> Any:
    if isinstance(one, list | tuple):
        if any(each in places for each in one):
            raise LookupError(one)
        return one
    if isinstance(one, str) and _OF_THEN.match(one):
        one = timezone.make_aware(dt.datetime.fromisoformat(one), dt.UTC)
    if isinstance(one, dt.datetime) and one.year >= _ASKED_AT.year - 100:
        return _Moment(one - _ASKED_AT)
    if isinstance(one, str) and (within := places.get(one.strip("%"))) and "%" in one:
        return _Part(within.number, "%" * one.startswith("%"), "%" * one.endswith("%"))
    return places.get(one, one)


# What SQLite keeps of a moment near `_ASKED_AT`.
_OF_THEN = re.compile(r"(89|90)\d\d-\d\d-\d\d \d\d:\d\d:\d\d")


# How SQLite writes a moment.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?")


def is_moment(value: object) -> bool:
    """Whether a database would be asked for a moment within a day; where a day begins is of that day."""
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        value = timezone.make_aware(dt.datetime.fromisoformat(value), dt.UTC)
    return isinstance(value, dt.datetime) and timezone.localtime(value).time() != dt.time()


def _other(one: Any, kept: Sequence[Any]) -> Any:
    if type(one) is _Part:
        return f"{one.before}{connection.ops.prep_for_like_query(kept[one.number])}{one.after}"
    return as_kept(timezone.now() + one.apart) if type(one) is _Moment else one


def as_kept(value: Value) -> Any:
    """A value as the database takes it."""
    return _FIELDS[type(value)].get_db_prep_value(value, connection)


def all_as_kept(values: Iterable[Value]) -> list[Any]:
    """Values as the database takes them.

    Most are identifiers, of which a database keeps what they are or how they are written.
    """
    if connections[DEFAULT_DB_ALIAS].features.has_native_uuid_field:
        return [one if type(one) is UUID else as_kept(one) for one in values]
    return [one.hex if type(one) is UUID else as_kept(one) for one in values]


def stand_in(kind: type | None) -> Value:
    """A value that nobody would give, another each time."""
    one = uuid4()
    if kind is UUID:
        return one
    if kind is dt.date or kind is dt.datetime:
        day = dt.date(1, 1, 2) + dt.timedelta(days=one.int % 300_000)
        return day if kind is dt.date else timezone.make_aware(dt.datetime.combine(day, dt.time(12)), dt.UTC)
    return one.hex
