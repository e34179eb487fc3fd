"""Numbers and bars as the pages of programmes show them."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import number_format

from punte.programmes.figures import Achieved

register = template.Library()
_WIDTH = 120
_OPERATORS = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "+": "+", "-": "−", "=": "", "": ""}


@register.filter
def plain(number: Any) -> str:
    """A number without needless decimals; a dash where there is none."""
    if number is None or number == "":
        return "–"
    value = Decimal(number).quantize(Decimal("0.01")).normalize()
    exponent = value.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)


@register.filter
def sign(operator: str) -> str:
    """An operator as it is read."""
    return _OPERATORS[operator]


@register.filter
def bar(one: Achieved) -> dict[str, int]:
    """What is drawn of an indicator: how far it is, what is over the target, where it should be by now."""
    percent = min(one.percent or 0, 200)
    whole = _WIDTH * 2 // 3 if percent > 100 else _WIDTH
    return {
        "whole": whole,
        "done": whole * min(percent, 100) // 100,
        "over": min((percent - 100) * whole // 100, _WIDTH - whole) if percent > 100 else 0,
        "mark": min(whole * one.expected // 100, _WIDTH - 1),
    }
