"""What a template says of a value, in fewer steps than Django's for a text, which most values are."""

from html import escape
from typing import Any

from django.template import base
from django.template.context import Context
from django.templatetags.i18n import TranslateNode
from django.utils.safestring import SafeString
from django.utils.translation import get_language


class Said(base.VariableNode):
    """`{{ value }}`: a text needs no format of the language, and is either safe or made so."""

    def render(self, context: Context) -> SafeString:
        said = self.filter_expression.resolve(context)
        if type(said) is str and context.autoescape:
            return SafeString(escape(said))
        if type(said) is SafeString:
            return said
        return SafeString(base.render_value_in_context(said, context))


class Words(TranslateNode):
    """`{% translate "words" %}`: looked for once in each language."""

    def __init__(self, filter_expression: base.FilterExpression, *others: Any) -> None:
        super().__init__(filter_expression, *others)
        self._said: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        language = get_language()
        if language not in self._said:
            self._said[language] = super().render(context)
        return self._said[language]


def words_of(node: TranslateNode) -> TranslateNode:
    """The same tag, one that looks once where it says the same each time."""
    words, about = node.filter_expression, node.message_context
    varies = words.var.literal is None or words.filters or (about and (about.is_var or about.filters))
    return node if varies or node.asvar or node.noop else Words(words, node.noop, node.asvar, about)


def say_quickly() -> None:
    """Let every template that is read from now on do so."""
    base.VariableNode = Said  # type: ignore[misc]
