"""Tags that every template has."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms, template
from django.template.defaultfilters import truncatechars
from django.template.defaulttags import CsrfTokenNode, URLNode
from django.template.defaulttags import url as usual_url
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from punte.kernel.text import counted
from punte.www.frame.addresses import reverse
from punte.www.frame.once import FIELD, new_mark
from punte.www.frame.sentences import sentences_of
from punte.www.frame.veiled import asker, veil

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: template.Context) -> SafeString:
    """What every form that is sent carries: Django's own token and, of who is signed in, the mark of this form."""
    hidden = mark_safe(CsrfTokenNode().render(context))  # noqa: S308
    request = context.get("request")
    if not hidden or request is None or not request.user.is_authenticated:
        return hidden
    return format_html('{}<input type="hidden" name="{}" value="{}">', hidden, FIELD, new_mark())


class _Address(URLNode):
    """The address of a page, or of the page of one row; looked for once, not for each row of each page."""

    def render(self, context: template.Context) -> str:
        if self.kwargs or self.asvar or len(self.args) > 1:
            return super().render(context)
        given = [one.resolve(context) for one in self.args]
        if given and not isinstance(given[0], UUID):
            return super().render(context)
        return reverse(self.view_name.resolve(context), args=given)


@register.tag
def url(parser: Any, token: Any) -> URLNode:
    """As the usual one."""
    node = usual_url(parser, token)
    return _Address(node.view_name, node.args, node.kwargs, node.asvar)


@register.simple_tag
def field(bound: forms.BoundField) -> SafeString:
    """One field with its label, hint and error, the same everywhere."""
    described = [
        f"{bound.auto_id}_{part}"
        for part, there in (("helptext", bound.help_text), ("error", bound.errors))
        if there
    ]
    if described:
        bound.field.widget.attrs["aria-describedby"] = " ".join(described)
    widget = bound.field.widget
    ready = getattr(widget, "ready", "")
    context = {
        "field": bound,
        "sentences": sentences_of(ready) if ready else (),
        "group": isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)),
        "checkbox": isinstance(widget, forms.CheckboxInput),
    }
    return render_to_string("frame/field.html", context)


@register.simple_tag
def errors(form: forms.BaseForm) -> SafeString:
    """The summary of a form's errors, with a link to each field."""
    return render_to_string("frame/errors.html", {"form": form})


@register.simple_tag(takes_context=True)
def veiled(context: template.Context, query: str, **beside: object) -> str:
    """A query string as it may stand in an address, so that nobody reads in it what was searched for.

    Args:
        beside: what stands after it in clear, as the number of a page.
    """
    parts = [veil(query, by=asker(context["request"])), urlencode(beside)]
    return "&".join(part for part in parts if part)


@register.simple_tag
def years(age: int | None) -> str:
    """An age as it is said: `1 an`, `9 ani`, `34 de ani`; empty where it is not known."""
    from django.utils.translation import get_language, ngettext

    if age is None:
        return ""
    if get_language() == "ro":
        return counted(age, "an", "ani")
    return ngettext("%(n)s year old", "%(n)s years old", age) % {"n": age}


@register.filter(name="truncatechars", is_safe=True)
def shortened(text: Any, most: int) -> Any:
    """As Django's own, which looks at each letter of a text that is short enough too."""
    return text if isinstance(text, str) and len(text) <= most else truncatechars(text, most)


@register.filter
def last_day(end: dt.date | None) -> dt.date | None:
    """The last day of a period that ends before `end`."""
    return end - dt.timedelta(days=1) if end else None
