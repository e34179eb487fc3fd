"""What a template says of a value, in fewer steps than Django's for a text, which most values are."""

from html import escape

from django.template import base
from django.template.context import Context
from django.utils.safestring import SafeString


class Said(base.VariableNode):
    """`{{ value }}`: a text needs no format of the language, and is either safe or made so."""

    def render(self, context: Context) -> SafeString:
        said = self.filter_expression.resolve(context)
        if type(said) is str and context.autoescape:
            return SafeString(escape(said))
        return said if type(said) is SafeString else base.render_value_in_context(said, context)


def say_quickly() -> None:
    """Let every template that is read from now on do so."""
    base.VariableNode = Said  # type: ignore[misc]
