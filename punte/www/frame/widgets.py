"""Inputs drawn at once, as Django's own templates draw them: a template for each option and attribute takes longer than
the rest of many a page.
"""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.formats import localize
from django.utils.html import conditional_escape as escaped

Widget = Mapping[str, Any]


class Drawn(DjangoTemplates):
    """The renderer of all forms."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        draw = _DRAWN.get(template_name.removeprefix(_FOLDER))
        if draw is None or context["widget"].get("wrap_label"):
            return super().render(template_name, context, request)
        return draw(context["widget"])


def _input(one: Widget) -> str:
    value = "" if one["value"] is None else f' value="{text(one["value"])}"'
    return f'<input type="{escaped(one["type"])}" name="{escaped(one["name"])}"{value}{_attrs(one)}>'


def _textarea(one: Widget) -> str:
    value = text(one["value"]) if one["value"] else ""
    return f'<textarea name="{escaped(one["name"])}"{_attrs(one)}>\n{value}</textarea>'


def _select(one: Widget) -> str:
    drawn: list[str] = []
    for title, options, _index in one["optgroups"]:
        if title:
            inner = "".join(map(_option, options))
            drawn.append(f'<optgroup label="{_said(title)}">{inner}</optgroup>')
        else:
            drawn += map(_option, options)
    return f'<select name="{escaped(one["name"])}"{_attrs(one)}>{"".join(drawn)}</select>'


def _option(one: Widget) -> str:
    chosen = _attrs(one) if one["attrs"] else ""
    return f'<option value="{text(one["value"])}"{chosen}>{_said(one["label"])}</option>'


def _attrs(one: Widget) -> str:
    return "".join(
        f" {escaped(name)}" if value is True else f' {escaped(name)}="{text(value)}"'
        for name, value in one["attrs"].items()
        if value is not False
    )


def text(value: Any) -> str:
    """A value as it stands in a page."""
    if type(value) is str:  # nothing that is safe already: most of what a form says
        return escape(value)
    return escaped(value if isinstance(value, str) else str(value))


def _said(value: Any) -> str:
    if type(value) is str:
        return escape(value)
    return escaped(value if isinstance(value, str) else str(localize(value)))


_FOLDER = "django/forms/widgets/"
_INPUTS = (
    "input text number email url password hidden date datetime time checkbox radio_option checkbox_option"
)
_DRAWN: dict[str, Callable[[Widget], str]] = {
    **{f"{name}.html": _input for name in _INPUTS.split()},
    "textarea.html": _textarea,
    "select.html": _select,
}
