"""Words for the places of a service, the same on every page."""

from typing import Any

from django import template

from punte.directory.services import places_in_words as wording

register = template.Library()


@register.filter
def free_words(service: Any) -> str:
    """How many places are free, and of what."""
    return wording.free_in_words(service)


@register.filter
def places_words(value: int, unit: str) -> str:
    """How many a service can serve, and counted how."""
    return wording.places_in_words(value, unit)
