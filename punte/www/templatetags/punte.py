"""Tags that every template has."""

import datetime as dt
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django import forms, template
from django.template.defaultfilters import truncatechars
from django.template.defaulttags import CsrfTokenNode, URLNode
from django.template.defaulttags import url as usual_url
from django.template.loader import render_to_string
from django.templatetags.i18n import TranslateNode, do_translate
from django.templatetags.static import StaticNode
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from punte.kernel.text import counted
from punte.www.frame.addresses import reverse
from punte.www.frame.drawn_field import drawn_field
from punte.www.frame.once import FIELD, new_mark
from punte.www.frame.said import words_of
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
    """The address of a page, or of the page of rows; looked for once, not for each row of each page."""

    def render(self, context: template.Context) -> str:
        if self.kwargs or self.asvar:
            return super().render(context)
        given = [one.resolve(context) for one in self.args]
        return reverse(self.view_name.resolve(context), args=given)


@register.tag
def url(parser: Any, token: Any) -> URLNode:
    """As the usual one."""
    node = usual_url(parser, token)
    return _Address(node.view_name, node.args, node.kwargs, node.asvar)


@register.tag
def translate(parser: Any, token: Any) -> TranslateNode:
    """As the usual one."""
    return words_of(do_translate(parser, token))


class _File(StaticNode):
    """The address of a file that is sent as it stands; its name is made of what is in it, once."""

    @classmethod
    @lru_cache(maxsize=500)
    def handle_simple(cls, path: str) -> str:
        return super().handle_simple(path)


@register.tag
def static(parser: Any, token: Any) -> StaticNode:
    """As the usual one."""
    return _File.handle_token(parser, token)


@register.simple_tag
def field(bound: forms.BoundField) -> SafeString:
    """One field with its label, hint and error, the same everywhere."""
    return drawn_field(bound)


@register.filter("truncatechars", is_safe=True)
def at_most(text: Any, most: int) -> Any:
    """As Django's, which reads each character of what is short as well."""
    return text if isinstance(text, str) and len(text) <= most else truncatechars(text, most)


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


@register.filter
def last_day(end: dt.date | None) -> dt.date | None:
    """The last day of a period that ends before `end`."""
    return end - dt.timedelta(days=1) if end else None
