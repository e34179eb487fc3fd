"""Amounts as the pages of a plan show them."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import number_format

register = template.Library()


# A template gives an empty text for a sum that is not there.
_NOTHING = (None, "")


@register.filter
def thousands(amount: Any) -> str:
    """An amount in thousand lei, as the paper prints it: `374,4`; a dash where none is given."""
    return "–" if amount in _NOTHING else _number(amount / 1000)


@register.filter
def lei(amount: Any) -> str:
    """An amount in lei: `374.400`; a dash where none is given."""
    return "–" if amount in _NOTHING else _number(amount)


@register.filter
def plain_number(number: Decimal | int | None) -> str:
    """A number without needless decimals; a dash where none is given."""
    return "–" if number is None else _number(Decimal(number))


def _number(amount: Decimal) -> str:
    plain = amount.normalize()
    exponent = plain.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return number_format(plain, decimal_pos=places, use_l10n=True, force_grouping=True)
