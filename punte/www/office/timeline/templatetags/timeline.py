"""What the drawing of a line of time needs besides numbers."""

from babel.dates import format_date
from django import template
from django.utils.translation import get_language

from punte.www.frame.timeline import Tick

register = template.Library()

_OUTLINES = {
    "round": "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0",
    "square": "M-5-5H5V5H-5z",
    "edge": "M-7 0L0-7 7 0 0 7z",
}


@register.filter
def outline_of(shape: str) -> str:
    """The path of a sign about its middle."""
    return _OUTLINES[shape]


@register.filter
def tick_in_words(tick: Tick) -> str:
    """The year where one begins, else the month in short."""
    if tick.is_year:
        return str(tick.day.year)
    return format_date(tick.day, "LLL", locale=get_language() or "ro")
