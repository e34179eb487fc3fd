"""Days, moments and durations as they are said."""

import datetime as dt
from functools import lru_cache

from babel.dates import format_date, format_time
from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from punte.kernel.today import today

register = template.Library()


_NEAR_DAYS = 7


@lru_cache(maxsize=2000)
def _formatted(day: dt.date, pattern: str, language: str) -> str:
    return format_date(day, pattern, locale=language)


@register.filter
def day_in_words(day: dt.date | dt.datetime | None) -> str:
    """`joi, 26 noiembrie`; with the year where it is not this one."""
    if day is None:
        return ""
    day = _as_date(day)
    pattern = "EEEE, d MMMM" if day.year == today().year else "EEEE, d MMMM yyyy"
    return _formatted(day, pattern, get_language() or "ro")


@register.filter
def short_day(day: dt.date | dt.datetime | None) -> str:
    """`26 noiembrie`; with the year where it is not this one."""
    if day is None:
        return ""
    day = _as_date(day)
    pattern = "d MMMM" if day.year == today().year else "d MMMM yyyy"
    return _formatted(day, pattern, get_language() or "ro")


@register.filter
def moment(at: dt.datetime | None) -> str:
    """`azi la 16:40`, `ieri la 9:05`, `18 octombrie, 10:00`."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    time = format_time(local.time(), "H:mm", locale=get_language() or "ro")
    days = (today() - local.date()).days
    if days == 0:
        return gettext("today at %(time)s") % {"time": time}
    if days == 1:
        return gettext("yesterday at %(time)s") % {"time": time}
    return f"{short_day(local)}, {time}"


@register.filter
def from_today(day: dt.date | dt.datetime | None) -> str:
    """How far a day is: `azi`, `mâine`, `acum 4 zile`, `peste 3 zile`."""
    if day is None:
        return ""
    days = (_as_date(day) - today()).days
    if days == 0:
        return gettext("today")
    if days == 1:
        return gettext("tomorrow")
    if days == -1:
        return gettext("yesterday")
    if years := -days // 365 if days < 0 else 0:
        return ngettext("over %(n)s year ago", "over %(n)s years ago", years) % {"n": years}
    if days < 0:
        return ngettext("%(n)s day ago", "%(n)s days ago", -days) % {"n": -days}
    return ngettext("in %(n)s day", "in %(n)s days", days) % {"n": days}


@register.filter
def due(day: dt.date | None) -> SafeString | str:
    """A day on which something is due, marked when it has passed; near days by name."""
    return "" if day is None else _due(day, today(), get_language())


@lru_cache(maxsize=2000)
def _due(day: dt.date, now: dt.date, _language: str | None) -> SafeString | str:
    days = (day - now).days
    if days < 0:
        return format_html('<span class="late">{}</span>', from_today(day))
    if days <= 1:
        return format_html("<b>{}</b>", from_today(day))
    return day_in_words(day) if days <= _NEAR_DAYS else short_day(day)


@register.filter
def due_briefly(day: dt.date | None) -> SafeString | str:
    """As `due`, in the width of a column: `acum 4 zile`, `mâine`, `6 dec.`."""
    if day is None:
        return ""
    days = (day - today()).days
    return due(day) if days <= 1 else brief_day(day)


@register.filter
def brief_day(day: dt.date | None) -> str:
    """`6 dec.`; with the year where it is not this one."""
    if day is None:
        return ""
    pattern = "d MMM" if day.year == today().year else "d MMM yyyy"
    return _formatted(day, pattern, get_language() or "ro")


@register.filter
def minutes(count: int | None) -> str:
    """`45 de minute`, `1 oră`, `1 oră și 30 de minute`."""
    if not count:
        return ""
    hours, rest = divmod(count, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours})
    if rest:
        parts.append(ngettext("%(n)s minute", "%(n)s minutes", rest) % {"n": rest})
    return gettext(" and ").join(parts)


@register.filter
def clock(hour: dt.time | None) -> str:
    """`9:30`; empty where no hour is set."""
    return f"{hour.hour}:{hour.minute:02}" if hour else ""


@register.filter
def by_day(day: dt.date, late: bool) -> str:
    """Until when something is to be said, or since when it is late."""
    words = gettext("late since %(day)s") if late else gettext("by %(day)s")
    return words % {"day": f"{day:%d.%m.%Y}"}


def _as_date(day: dt.date | dt.datetime) -> dt.date:
    return timezone.localtime(day).date() if isinstance(day, dt.datetime) else day
