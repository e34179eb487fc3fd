"""Numbers of official tables as the pages show them."""

from typing import Any

from django import template

from punte.returns.grids import plain, written
from punte.returns.official import Value

register = template.Library()


@register.filter
def cell(value: Value) -> str:
    """A cell as it is read."""
    return written(value)


@register.filter
def number(value: Any) -> str:
    """A number without needless decimals; a dash where there is none."""
    return plain(value)
