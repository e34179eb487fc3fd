"""Words for the services that a provider keeps."""

import datetime as dt
from typing import Any

from django import template
from django.utils.translation import gettext as _

from punte.directory import wording

register = template.Library()


@register.filter
def free_words(service: Any) -> str:
    """How many places are free, and of what."""
    return wording.free_in_words(service)


@register.filter
def places_words(value: int, unit: str) -> str:
    """How many a service can serve, and counted how."""
    return wording.places_in_words(value, unit)


@register.filter
def by_day(day: dt.date, late: bool) -> str:
    """Until when something is to be said, or since when it is late."""
    words = _("late since %(day)s") if late else _("by %(day)s")
    return words % {"day": f"{day:%d.%m.%Y}"}
