"""The rules of a pack as a JavaScript module: the same columns, in the same order, for a device without a signal.

Nothing is written twice: every column that DuckDB computes (`columns_of`) is parsed and emitted as a function of a
row. The module holds data and functions; three-valued logic, sentences and the walk over the stages are the
front end's (``frontend/src/findings``). It imports nothing, so that a content security policy without ``eval``
lets it run.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from punte.methodology.causes import causes_of
from punte.methodology.columns import Column, askable
from punte.methodology.errors import PackError, gettext_noop
from punte.methodology.explanations import NOT_ANSWERED, YES_NO, answers_named
from punte.methodology.instances import IDENTITY
from punte.methodology.model import DerivedFact, Fact, Pack, Parameter, Rule, Score, Unit
from punte.methodology.plan import plan_of

BINARY: dict[type[exp.Expression], str] = {
    exp.And: "and",
    exp.Or: "or",
    exp.EQ: "eq",
    exp.NEQ: "ne",
    exp.LT: "lt",
    exp.LTE: "le",
    exp.GT: "gt",
    exp.GTE: "ge",
    exp.Add: "add",
    exp.Sub: "sub",
    exp.Mul: "mul",
    exp.Div: "div",
    exp.BitwiseAnd: "bits_and",
    exp.BitwiseOr: "bits_or",
}
FUNCTIONS = {"FULL_YEARS": "full_years", "FULL_DAYS": "full_days"}


def compile_pack(pack: Pack) -> str:
    """The ES module of a pack: ``export const pack`` (data) and ``export const columns`` (functions, by stage).

    Raises:
        PackError: a column outside what can be emitted, with the rule that needs it.
    """
    stages = [_stage(pack, columns) for columns in plan_of(pack).columns]
    rules = ",".join(_rule_functions(pack, rule) for rule in pack.rules.values())
    data = json.dumps(_data(pack), ensure_ascii=False, separators=(",", ":"))
    return (
        f"export const pack={data};\n"
        f"export const columns=(L)=>[{','.join(stages)}];\n"
        f"export const rules=(L)=>({{{rules}}});\n"
    )


def _stage(pack: Pack, columns: Iterable[Column]) -> str:
    emitted = (
        f"[{_name(column.name)},{_function(pack, column)},{json.dumps(column.aggregate)}]"
        for column in columns
    )
    return f"[{','.join(emitted)}]"


def _function(pack: Pack, column: Column) -> str:
    argument = "members" if column.aggregate else "r"
    return f"({argument})=>{_emit(pack, column.sql, bits=column.bits, of=column.name)}"


def _rule_functions(pack: Pack, rule: Rule) -> str:
    parts = [f"(r)=>{_emit(pack, part.when.sql, of=rule.code)}" for part in rule.parts]
    causes = [
        f"[{_name(cause.code)},[{','.join(f'(r)=>{_emit(pack, sql, of=rule.code)}' for sql in cause.alternatives)}]]"
        for cause in (causes_of(rule, pack) if rule.derived_from else [])
    ]
    return f"{_name(rule.code)}:{{parts:[{','.join(parts)}],causes:[{','.join(causes)}]}}"


def _emit(pack: Pack, sql: str, *, bits: bool = False, of: str) -> str:
    try:
        tree = parse_one(sql, dialect="duckdb")
        assert isinstance(tree, exp.Expression)
        return _Emitter().text(tree, bits=bits)
    except (SqlglotError, _Outside) as error:
        code = next((code for code in pack.rules if of.startswith(code)), of)
        raise PackError(
            gettext_noop("%(name)s cannot be computed on a device: %(what)s"),
            str(pack.path / "rules.yaml"),
            1,
            name=code,
            what=str(error) or sql,
        ) from error


class _Outside(Exception):
    """A piece of SQL that has no form in JavaScript."""


class _Emitter:
    """Expressions as calls of the helpers ``L``; a set of bits is a BigInt, which 62 answers need."""

    def __init__(self) -> None:
        self.handlers: list[tuple[type[exp.Expression], Callable[[Any, bool], str]]] = [
            (exp.Paren, lambda node, bits: self.text(node.this, bits=bits)),
            (exp.Not, lambda node, _: f"L.not({self.text(node.this)})"),
            (exp.Neg, lambda node, _: f"L.neg({self.text(node.this)})"),
            (exp.Is, lambda node, _: f"({self.text(node.this)}===null)"),
            (exp.Between, lambda node, _: self._between(node)),
            (exp.In, lambda node, _: f"L.among({self.text(node.this)},{self._list(node.expressions)})"),
            (exp.Coalesce, self._coalesce),
            (exp.Case, self._case),
            (exp.Cast, lambda node, bits: self.text(node.this, bits=bits)),
            (exp.Literal, self._literal),
            (exp.Boolean, lambda node, _: "true" if node.this else "false"),
            (exp.Null, lambda _node, _: "null"),
            (exp.Column, lambda node, _: f"r[{_name(node.name)}]"),
            (exp.Filter, lambda node, _: f"L.count_where(members,(r)=>{self.text(node.expression.this)})"),
            (exp.Count, lambda _node, _: "members.length"),
            (exp.BitwiseOrAgg, lambda node, _: f"L.bits_of(members,(r)=>{self.text(node.this, bits=True)})"),
            (exp.Array, lambda node, _: self._list(node.expressions)),
            (exp.Anonymous, lambda node, _: self._call(node)),
        ]

    def text(self, node: exp.Expression, *, bits: bool = False) -> str:
        """The JavaScript of a node; ``bits`` where whole numbers are sets of bits."""
        for kind, helper in BINARY.items():
            if isinstance(node, kind):
                of_bits = bits or helper.startswith("bits")
                sides = (self.text(side, bits=of_bits) for side in (node.this, node.expression))
                return f"L.{helper}({','.join(sides)})"
        for type_, handler in self.handlers:
            if isinstance(node, type_):
                return handler(node, bits)
        raise _Outside(node.sql(dialect="duckdb"))

    def _list(self, items: Iterable[exp.Expression]) -> str:
        return f"[{','.join(self.text(item) for item in items)}]"

    def _between(self, node: exp.Between) -> str:
        value, low, high = (self.text(item) for item in (node.this, node.args["low"], node.args["high"]))
        return f"L.and(L.ge({value},{low}),L.le({value},{high}))"

    def _coalesce(self, node: exp.Coalesce, bits: bool) -> str:
        return f"({'??'.join(self.text(item, bits=bits) for item in [node.this, *node.expressions])})"

    def _case(self, node: exp.Case, bits: bool) -> str:
        branches = "".join(
            f"{self.text(branch.this)}===true?{self.text(branch.args['true'], bits=bits)}:"
            for branch in node.args["ifs"]
        )
        default = node.args.get("default")
        return f"({branches}{self.text(default, bits=bits) if default else 'null'})"

    def _literal(self, node: exp.Literal, bits: bool) -> str:
        if node.is_string:
            return json.dumps(node.name, ensure_ascii=False)
        return f"{node.name}n" if bits else node.name

    def _call(self, node: exp.Anonymous) -> str:
        name = str(node.this).upper()
        if name in FUNCTIONS:
            return f"L.{FUNCTIONS[name]}({','.join(self.text(item) for item in node.expressions)})"
        if name in ("LIST_SUM", "LIST_COUNT"):
            return f"L.{name.lower()}({self.text(node.expressions[0])})"
        raise _Outside(node.sql(dialect="duckdb"))


def _name(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)


def _data(pack: Pack) -> dict[str, object]:
    """What the front end needs to walk the columns and to say why a rule holds."""
    behind = {name for score in pack.scores.values() for name in score.facts}
    spoken = sorted({*answers_named(pack, "household"), *answers_named(pack, "member"), *behind})
    return {
        "name": pack.name,
        "version": pack.version,
        "digest": pack.digest,
        "facts": {
            table: {fact.name: fact.type for fact in pack.facts.values() if fact.table == table}
            for table in ("household", "member")
        },
        "repeat": pack.repeat,
        "paths": {
            name: question.place
            for name, question in pack.questions.items()
            if name in pack.facts or name in IDENTITY
        },
        "askable": [fact.name for fact in askable(pack)],
        "sealed": sorted(pack.sealed),
        "dimensions": {key: dict(text) for key, text in pack.dimensions.items()},
        "rules": {rule.code: _rule(rule) for rule in pack.rules.values()},
        "scores": {name: _score(score) for name, score in pack.scores.items()},
        "asked": {name: _asked(pack.facts[name]) for name in sorted(behind)},
        "spoken": {name: _subject(pack, name) for name in spoken},
        "words": {"not_answered": NOT_ANSWERED, "yes_no": YES_NO},
    }


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "level": rule.level,
        "severity": rule.severity,
        "dimension": rule.dimension,
        "compartment": rule.compartment,
        "name": dict(rule.name),
        "explanation": dict(rule.explanation),
        "parts": [dict(part.text) for part in rule.parts],
    }


def _score(score: Score) -> dict[str, object]:
    return {
        "table": score.table,
        "label": dict(score.label),
        "compartment": score.compartment,
        "bands": [[float(band.start), dict(band.name), dict(band.meaning)] for band in score.bands],
        "proposal": score.is_proposal,
        "source": score.source,
        "facts": list(score.facts),
    }


def _asked(fact: Fact) -> dict[str, object]:
    """An answer behind a score: its question, and who reads it."""
    return {
        "label": dict(fact.label),
        "compartment": fact.compartment,
        "shut": dict(fact.choice_compartments),
    }


def _subject(pack: Pack, name: str) -> dict[str, object]:
    subject: Fact | DerivedFact | Parameter = (
        pack.facts.get(name) or pack.derived.get(name) or pack.parameters[name]
    )
    described: dict[str, object] = {"type": "decimal" if isinstance(subject, Parameter) else subject.type}
    if isinstance(subject, Fact) and subject.type == "choice":
        described["choices"] = {key: dict(text) for key, text in subject.choices.items()}
    if subject.unit:
        described["unit"] = {language: _unit(unit) for language, unit in subject.unit.items()}
    return described


def _unit(unit: Unit) -> Mapping[str, str]:
    return {"one": unit.one, "few": unit.few, "many": unit.many, "zero": unit.zero}
