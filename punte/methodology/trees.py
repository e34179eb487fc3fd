"""A condition as nested lists, for a device that runs it without compiling anything: `["and", [..], [..]]`.

The same subset and the same helpers as in the compiled packs (`javascript.py`); the front end runs it
(``frontend/src/findings/tree.ts``).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlglot import exp

from punte.methodology.expressions import Expression
from punte.methodology.javascript import BINARY, FUNCTIONS

Tree = list[Any]


def tree_of(condition: Expression) -> Tree:
    """The tree of a condition that was checked: `["value", 3]`, `["name", "start"]`, or a helper with what it takes."""
    return _tree(condition.tree)


def _tree(node: exp.Expression) -> Tree:
    for kind, helper in BINARY.items():
        if isinstance(node, kind):
            return [helper, _tree(node.this), _tree(node.expression)]
    return next(read(node) for kind, read in _READ if isinstance(node, kind))


def _number(text: str) -> int | float:
    return int(text) if text.isdigit() else float(text)


def _case(node: Any) -> Tree:
    branches = [[_tree(branch.this), _tree(branch.args["true"])] for branch in node.args["ifs"]]
    default = node.args.get("default")
    return ["case", branches, _tree(default) if default else ["value", None]]


def _between(node: Any) -> Tree:
    value = _tree(node.this)
    return ["and", ["ge", value, _tree(node.args["low"])], ["le", value, _tree(node.args["high"])]]


_READ: list[tuple[type[exp.Expression], Callable[[Any], Tree]]] = [
    (exp.Paren, lambda node: _tree(node.this)),
    (exp.Not, lambda node: ["not", _tree(node.this)]),
    (exp.Neg, lambda node: ["neg", _tree(node.this)]),
    (exp.Is, lambda node: ["is_null", _tree(node.this)]),
    (exp.Between, _between),
    (exp.In, lambda node: ["among", _tree(node.this), *map(_tree, node.expressions)]),
    (exp.Coalesce, lambda node: ["coalesce", *map(_tree, [node.this, *node.expressions])]),
    (exp.Case, _case),
    (exp.Cast, lambda node: ["value", node.this.name]),
    (exp.Literal, lambda node: ["value", node.name if node.is_string else _number(node.name)]),
    (exp.Boolean, lambda node: ["value", bool(node.this)]),
    (exp.Null, lambda _node: ["value", None]),
    (exp.Column, lambda node: ["name", node.name]),
    (exp.Anonymous, lambda node: [FUNCTIONS[str(node.this).upper()], *map(_tree, node.expressions)]),
]
