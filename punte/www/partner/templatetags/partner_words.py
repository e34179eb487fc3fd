"""Words for the services that a provider keeps."""

import datetime as dt

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def by_day(day: dt.date, late: bool) -> str:
    """Until when something is to be said, or since when it is late."""
    words = _("late since %(day)s") if late else _("by %(day)s")
    return words % {"day": f"{day:%d.%m.%Y}"}
