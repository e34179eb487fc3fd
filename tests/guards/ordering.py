"""Rows in no order on a page fail the test that asked for it.

A database gives rows that nobody ordered as it likes, today in the order of their making. Whatever is read while an
answer is made has an order, from the model or from the query; an aggregate puts that of the model out of force. Where
none is needed (a set, a sum) the query says so by an empty `order_by()`, as Django does for what it reads by a key.
Rows of other packages are theirs.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from typing import Any

import django
from django.core.handlers.base import BaseHandler
from django.db.models import QuerySet
from django.db.models.deletion import Collector

from tests.guards.findings import report

_ROOT = f"{Path(__file__).parents[2]}/"
_DJANGO = str(Path(django.__file__).parent)
_order_matters: ContextVar[bool] = ContextVar("order_matters", default=False)


@contextmanager
def where_order(*, matters: bool) -> Iterator[None]:
    """Watch the rows read in the block, or leave them alone."""
    before = _order_matters.set(matters)
    try:
        yield
    finally:
        _order_matters.reset(before)


def _within(function: Callable[..., Any], *, matters: bool) -> Callable[..., Any]:
    @wraps(function)
    def wrapped(*given: Any, **named: Any) -> Any:
        with where_order(matters=matters):
            return function(*given, **named)

    return wrapped


def _watched(read: Callable[..., Any]) -> Callable[..., Any]:
    """A way of reading rows, that says so where nobody chose their order."""

    @wraps(read)
    def wrapped(rows: QuerySet[Any], *given: Any, **named: Any) -> Any:
        ours = rows.model.__module__.startswith("punte.")
        chosen = rows.ordered or not rows.query.default_ordering
        if _order_matters.get() and rows._result_cache is None and ours and not chosen:
            report(f"{_reader()}: rows of {rows.model.__name__} in no order")
        return read(rows, *given, **named)

    return wrapped


def _reader() -> str:
    """The line that reads, or has Django read."""
    frame = sys._getframe(2)
    while (path := frame.f_code.co_filename) == __file__ or path.startswith(_DJANGO):
        assert frame.f_back is not None
        frame = frame.f_back
    return f"{path.removeprefix(_ROOT)}:{frame.f_lineno}"


BaseHandler.get_response = _within(BaseHandler.get_response, matters=True)
QuerySet._fetch_all = _watched(QuerySet._fetch_all)
QuerySet.iterator = _watched(QuerySet.iterator)
# Rows by their keys, and those that are deleted along, are looked for in any order.
QuerySet.in_bulk = _within(QuerySet.in_bulk, matters=False)
Collector.collect = _within(Collector.collect, matters=False)
