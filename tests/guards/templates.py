"""A template of this house in which a variable is not there fails the test that rendered it.

Django shows nothing in its place, and in a condition or before a `default` takes it for false: a misspelt word is not
seen. A view therefore gives every word that its template asks for, None where there is nothing to say. What a condition
asks of None is None.
"""

from contextvars import ContextVar
from pathlib import Path
from typing import Any

from django.template.base import FilterExpression, Parser, TokenType, Variable, VariableDoesNotExist
from django.template.context import Context
from django.templatetags.i18n import BlockTranslateNode

import punte
from tests.guards.findings import report

_HOUSE = Path(punte.__file__).parent
_compile_filter = Parser.compile_filter
# Another package gives these only where they are true.
_GIVEN_AT_TIMES = {
    "token_fail",
    *(f"authenticators.{kind}" for kind in ("totp", "webauthn", "recovery_codes")),
}
_resolve = FilterExpression.resolve
_render_translated = BlockTranslateNode.render
_in_condition: ContextVar[bool] = ContextVar("in_condition", default=False)


class _Watched(Variable):
    """A variable that knows the template in which it is written."""

    __slots__ = ("place",)

    def __init__(self, written: Variable, place: str) -> None:
        super().__init__(written.var)
        self.place = place

    def resolve(self, context: Context) -> Any:
        try:
            return super().resolve(context)
        except VariableDoesNotExist as missing:
            _word, thing = missing.params
            asked_of_none = thing is None and _in_condition.get()
            if not asked_of_none and self.var not in _GIVEN_AT_TIMES:
                _report(self.place, self.var)
            raise


def _report(place: str, name: str) -> None:
    report(f"{place}: the variable {name} is not there")


def _place(origin: Any) -> str | None:
    """The template's place in the house; none for those of Django, of allauth and of a test."""
    path = Path(str(origin))
    return str(path.relative_to(_HOUSE)) if path.is_relative_to(_HOUSE) else None


def _compile(parser: Parser, token: str) -> FilterExpression:
    expression = _compile_filter(parser, token)
    place = _place(parser.origin)
    if place is None:
        return expression

    def watched(part: Any) -> Any:
        return _Watched(part, place) if isinstance(part, Variable) else part

    expression.var = watched(expression.var)
    expression.filters = [
        (function, [(is_variable, watched(argument)) for is_variable, argument in arguments])
        for function, arguments in expression.filters
    ]
    return expression


def _resolve_in_place(expression: FilterExpression, context: Context, ignore_failures: bool = False) -> Any:
    """Conditions are what Django resolves without minding failures."""
    if _in_condition.get() == ignore_failures:
        return _resolve(expression, context, ignore_failures)
    before = _in_condition.set(ignore_failures)
    try:
        return _resolve(expression, context, ignore_failures)
    finally:
        _in_condition.reset(before)


def _translate(node: BlockTranslateNode, context: Context, nested: bool = False) -> str:
    """The words of a translated sentence are looked up by the tag itself."""
    place = _place(node.origin)
    if place is not None:
        given = {*node.extra_context, node.countervar}
        for token in (*node.singular, *node.plural):
            name = token.contents
            if token.token_type == TokenType.VAR and name not in given and name not in context:
                _report(place, name)
    return _render_translated(node, context, nested)


Parser.compile_filter = _compile
FilterExpression.resolve = _resolve_in_place
BlockTranslateNode.render = _translate
