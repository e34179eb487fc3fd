"""Words of the results of the short forms."""

from collections.abc import Mapping

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def spoken(text: Mapping[str, str]) -> str:
    """A text of the content in the language of the page, or in Romanian."""
    return text.get(get_language() or "ro") or text["ro"]


@register.simple_tag
def quarter(name: str) -> str:
    """A quarter, named `2026-4`, in words."""
    year, number = name.split("-")
    return _("Quarter %(number)s of %(year)s") % {"number": number, "year": year}
