"""The small SQL subset in which conditions are written, and the check that a text keeps to it.

The subset: ``and or not``, ``= <> < <= > >=``, ``between``, ``in (...)``, ``is [not] null``, ``+ - * /``,
``coalesce``, ``case when ... then ... else ... end``, ``date '2025-03-01'``, the functions
``full_years(from, to)``, ``full_days(from, to)`` and, in rules, ``findings_at_least(count, severity)``.
Everything else is refused, so that the same text can be run by DuckDB and compiled for a browser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from sqlglot import exp, parse
from sqlglot.errors import SqlglotError

from punte.methodology.errors import MethodologyError, gettext_noop

Kind = Literal["boolean", "number", "date", "choice", "null"]

_COMPARISONS = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)
_ARITHMETIC = (exp.Add, exp.Sub, exp.Mul, exp.Div)
_DATE_FUNCTIONS = ("FULL_YEARS", "FULL_DAYS")
_AGGREGATES = (exp.Sum, exp.Count, exp.Min, exp.Max)
_COUNTING_FUNCTION = "FINDINGS_AT_LEAST"


class ExpressionError(MethodologyError):
    """A text outside the subset, or one whose types do not fit."""


@dataclass(frozen=True)
class Symbol:
    """A name that an expression may read: its kind and, for a choice, the answers it may have."""

    kind: Kind
    choices: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Expression:
    """A checked expression.

    ``sql`` has every name quoted as a column; ``reads`` are those names, in order of appearance; ``counts`` are
    the (count, severity) pairs of ``findings_at_least``, each read as the column `counting_column` names.
    """

    text: str
    sql: str
    kind: Kind
    reads: tuple[str, ...]
    counts: tuple[tuple[int, int], ...]
    tree: exp.Expression


def counting_column(count: int, severity: int) -> str:
    """The column that holds the answer of ``findings_at_least(count, severity)``."""
    return f"findings_at_least_{count}_{severity}"


def read_expression(text: str, symbols: Mapping[str, Symbol]) -> Expression:
    """Parse and check a text of the subset.

    Args:
        text: the expression.
        symbols: the names it may read.

    Raises:
        ExpressionError: not of the subset, an unknown name, or types that do not fit.
    """
    tree = _parsed(text)
    kind = _Checker(symbols).kind_of(tree)
    counts = tuple(_counting_arguments(call) for call in tree.find_all(exp.Anonymous) if _is_counting(call))
    reads = tuple(dict.fromkeys(column.name for column in tree.find_all(exp.Column)))
    return Expression(text, _sql_of_text(text), kind, reads, tuple(dict.fromkeys(counts)), tree)


def read_total(text: str, symbols: Mapping[str, Symbol]) -> Expression:
    """As `read_expression`, of a text that adds rows up: ``sum count min max`` over expressions of the subset.

    Between and around them stand expressions of the subset, as in ``sum(due) - coalesce(sum(paid), 0)``.

    Raises:
        ExpressionError: as `read_expression`, or a name is read outside of what adds up.
    """
    tree = _parsed(text)
    rows, made = _Checker(symbols), dict[str, Symbol]()

    def added_up(node: exp.Expression) -> exp.Expression:
        if not isinstance(node, _AGGREGATES):
            return node
        name = f"total_{len(made)}"
        made[name] = Symbol(_kind_of_total(node, rows))
        return exp.column(name)

    outer = tree.copy().transform(added_up)
    if not made:
        raise ExpressionError(gettext_noop("nothing is added up: write sum, count, min or max"))
    kind = _Checker(made).kind_of(outer)
    reads = tuple(dict.fromkeys(column.name for column in tree.find_all(exp.Column)))
    return Expression(text, _sql_of_text(text), kind, reads, (), tree)


def _kind_of_total(node: exp.Expression, rows: _Checker) -> Kind:
    if isinstance(node, exp.Count):
        if not isinstance(node.this, exp.Star):
            rows.kind_of(node.this)
        return "number"
    kind = rows.kind_of(node.this)
    if kind != "number" and (isinstance(node, exp.Sum) or kind != "date"):
        raise ExpressionError(gettext_noop("%(text)s cannot be added up"), text=node.sql(dialect="duckdb"))
    return kind


def sql_of(tree: exp.Expression) -> str:
    """The SQL that DuckDB runs: names quoted, the counting function read from its column."""
    return tree.transform(_as_column).sql(dialect="duckdb", comments=False)


@lru_cache(maxsize=4096)
def _sql_of_text(text: str) -> str:
    return sql_of(_parsed(text))


def never_null(tree: exp.Expression) -> bool:
    """Whether an expression has a value even if nothing is answered, as ``coalesce(..., true)`` has."""
    if isinstance(tree, exp.Paren):
        return never_null(tree.this)
    if isinstance(tree, exp.Coalesce):
        return any(never_null(item) for item in [tree.this, *tree.expressions])
    if isinstance(tree, (exp.And, exp.Or)):
        return all(never_null(side) for side in operands(tree))
    return isinstance(tree, (exp.Boolean, exp.Literal, exp.Is))


def operands(tree: exp.Expression) -> tuple[exp.Expression, exp.Expression]:
    """The two sides of a binary operator."""
    return tree.this, tree.expression


def _as_column(node: exp.Expression) -> exp.Expression:
    if isinstance(node, exp.Column):
        return exp.column(exp.to_identifier(node.name, quoted=True))
    if isinstance(node, exp.Anonymous) and _is_counting(node):
        return exp.column(exp.to_identifier(counting_column(*_counting_arguments(node)), quoted=True))
    return node


@lru_cache(maxsize=4096)
def _parsed(text: str) -> exp.Expression:
    """What a text says; nobody changes it, for the same text gives the same one."""
    try:
        statements = parse(f"SELECT {text}", dialect="duckdb")
    except SqlglotError as error:
        raise ExpressionError(gettext_noop("not an expression: %(text)s"), text=text) from error
    select = statements[0] if len(statements) == 1 else None
    if not isinstance(select, exp.Select) or len(select.expressions) != 1:
        raise ExpressionError(gettext_noop("not one expression: %(text)s"), text=text)
    clauses = [name for name, value in select.args.items() if value and name not in ("expressions", "kind")]
    if clauses:
        raise ExpressionError(gettext_noop("not allowed here: %(what)s"), what=clauses[0])
    tree = select.expressions[0]
    assert isinstance(tree, exp.Expression)
    return tree


def _is_counting(node: exp.Anonymous) -> bool:
    return str(node.this).upper() == _COUNTING_FUNCTION


def _counting_arguments(node: exp.Anonymous) -> tuple[int, int]:
    arguments = node.expressions
    whole = len(arguments) == 2 and all(isinstance(item, exp.Literal) and item.is_int for item in arguments)
    if not whole:
        raise ExpressionError(
            gettext_noop("findings_at_least takes a count and a severity, as whole numbers")
        )
    return int(arguments[0].name), int(arguments[1].name)


class _Checker:
    """Finds the kind of each node, refusing what the subset does not have."""

    def __init__(self, symbols: Mapping[str, Symbol]) -> None:
        self.symbols = symbols
        self.handlers: list[tuple[type | tuple[type, ...], Callable[[exp.Expression], Kind]]] = [
            (exp.Paren, lambda node: self.kind_of(node.this)),
            (exp.And, self._logic),
            (exp.Or, self._logic),
            (exp.Not, lambda node: self._all([node.this], "boolean", "boolean")),
            (_COMPARISONS, self._comparison),
            (exp.Between, self._between),
            (exp.In, self._membership),
            (exp.Is, self._null_test),
            (_ARITHMETIC, lambda node: self._all(operands(node), "number", "number")),
            (exp.Neg, lambda node: self._all([node.this], "number", "number")),
            (exp.Coalesce, lambda node: self._same([node.this, *node.expressions])),
            (exp.Case, self._case),
            (exp.Cast, self._date_literal),
            (exp.Literal, lambda node: "choice" if node.is_string else "number"),
            (exp.Boolean, lambda node: "boolean"),
            (exp.Null, lambda node: "null"),
            (exp.Column, self._name),
            (exp.Anonymous, self._function),
        ]

    def kind_of(self, node: exp.Expression) -> Kind:
        for types, handler in self.handlers:
            if isinstance(node, types):
                return handler(node)
        raise ExpressionError(gettext_noop("not allowed here: %(what)s"), what=node.sql(dialect="duckdb"))

    def _logic(self, node: exp.Expression) -> Kind:
        return self._all(operands(node), "boolean", "boolean")

    def _all(
        self,
        nodes: Iterator[exp.Expression] | list[exp.Expression] | tuple[exp.Expression, ...],
        wanted: Kind,
        result: Kind,
    ) -> Kind:
        for node in nodes:
            kind = self.kind_of(node)
            if kind not in (wanted, "null"):
                raise ExpressionError(
                    gettext_noop("%(text)s is a %(kind)s where a %(wanted)s is needed"),
                    text=node.sql(dialect="duckdb"),
                    kind=kind,
                    wanted=wanted,
                )
        return result

    def _same(self, nodes: list[exp.Expression]) -> Kind:
        kinds = {self.kind_of(node) for node in nodes} - {"null"}
        if len(kinds) > 1:
            raise ExpressionError(
                gettext_noop("these are not of one kind: %(text)s"),
                text=", ".join(node.sql(dialect="duckdb") for node in nodes),
            )
        self._known_choices(nodes)
        return kinds.pop() if kinds else "null"

    def _known_choices(self, nodes: list[exp.Expression]) -> None:
        """Refuse a quoted word that none of the compared questions offers as an answer."""
        offered = [self.symbols[node.name].choices for node in nodes if isinstance(node, exp.Column)]
        words = [node.name for node in nodes if isinstance(node, exp.Literal) and node.is_string]
        for word in words:
            if not any(word in choices for choices in offered):
                raise ExpressionError(gettext_noop("unknown answer: %(answer)s"), answer=word)

    def _comparison(self, node: exp.Expression) -> Kind:
        kind = self._same(list(operands(node)))
        if kind in ("choice", "boolean") and not isinstance(node, (exp.EQ, exp.NEQ)):
            raise ExpressionError(
                gettext_noop("only = and <> compare answers: %(text)s"), text=node.sql(dialect="duckdb")
            )
        return "boolean"

    def _between(self, node: exp.Expression) -> Kind:
        self._same([node.this, node.args["low"], node.args["high"]])
        return "boolean"

    def _membership(self, node: exp.Expression) -> Kind:
        if not node.expressions:
            raise ExpressionError(gettext_noop("not allowed here: %(what)s"), what=node.sql(dialect="duckdb"))
        self._same([node.this, *node.expressions])
        return "boolean"

    def _null_test(self, node: exp.Expression) -> Kind:
        if not isinstance(node.expression, exp.Null):
            raise ExpressionError(gettext_noop("not allowed here: %(what)s"), what=node.sql(dialect="duckdb"))
        self.kind_of(node.this)
        return "boolean"

    def _case(self, node: exp.Expression) -> Kind:
        if node.this is not None:
            raise ExpressionError(gettext_noop("write case when CONDITION then VALUE end"))
        branches = node.args["ifs"]
        self._all([branch.this for branch in branches], "boolean", "boolean")
        default = node.args.get("default")
        return self._same([branch.args["true"] for branch in branches] + ([default] if default else []))

    def _date_literal(self, node: exp.Expression) -> Kind:
        literal = node.this
        if not (isinstance(literal, exp.Literal) and literal.is_string and node.args["to"].is_type("date")):
            raise ExpressionError(gettext_noop("not allowed here: %(what)s"), what=node.sql(dialect="duckdb"))
        try:
            date.fromisoformat(literal.name)
        except ValueError as error:
            raise ExpressionError(gettext_noop("not a date: %(text)s"), text=literal.name) from error
        return "date"

    def _name(self, node: exp.Expression) -> Kind:
        if node.args.get("table") or node.name not in self.symbols:
            raise ExpressionError(gettext_noop("unknown name: %(name)s"), name=node.sql(dialect="duckdb"))
        return self.symbols[node.name].kind

    def _function(self, node: exp.Expression) -> Kind:
        assert isinstance(node, exp.Anonymous)
        if _is_counting(node) and counting_symbol() in self.symbols:
            _counting_arguments(node)
            return "boolean"
        if str(node.this).upper() in _DATE_FUNCTIONS and len(node.expressions) == 2:
            return self._all(node.expressions, "date", "number")
        raise ExpressionError(gettext_noop("unknown function: %(name)s"), name=node.sql(dialect="duckdb"))


def counting_symbol() -> str:
    """The entry in ``symbols`` that lets an expression use ``findings_at_least``."""
    return "findings_at_least()"
