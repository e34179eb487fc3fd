"""The places of a service in words, the same on every page."""

from typing import Any

from django import template

from punte.directory.services import places_in_words as places

register = template.Library()


@register.filter
def free_in_words(service: Any) -> str:
    """How many places are free, and of what."""
    return places.free_in_words(service)


@register.filter
def places_in_words(value: int, unit: str) -> str:
    """How many a service can serve, and counted how."""
    return places.places_in_words(value, unit)
