"""What the pages of needs say with their values."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def of(values: Mapping[Any, Any], key: Any) -> Any:
    """The value under a key; nothing where there is none."""
    return values.get(key, "")


@register.filter
def listed(values: Iterable[str]) -> str:
    """In order, apart by commas."""
    return ", ".join(sorted(values))


@register.filter
def add_to(value: float, more: int) -> float:
    """The sum."""
    return round(value + more, 1)
