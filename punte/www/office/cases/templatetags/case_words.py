"""Days, severities and places as they are said; for every screen about cases."""

import datetime as dt

from babel.dates import format_date, format_time
from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from punte.directory.services.places_in_words import free_in_words

register = template.Library()

_SEVERITY = {
    3: ("severe", "▲", lambda: gettext("severe")),
    2: ("moderate", "◆", lambda: gettext("moderate")),
    1: ("watch", "●", lambda: gettext("to watch")),
}
_NEAR_DAYS = 7


@register.filter
def day_in_words(day: dt.date | dt.datetime | None) -> str:
    """`joi, 26 noiembrie`; with the year where it is not this one."""
    if day is None:
        return ""
    day = _as_date(day)
    pattern = "EEEE, d MMMM" if day.year == timezone.localdate().year else "EEEE, d MMMM yyyy"
    return format_date(day, pattern, locale=get_language() or "ro")


@register.filter
def short_day(day: dt.date | dt.datetime | None) -> str:
    """`26 noiembrie`; with the year where it is not this one."""
    if day is None:
        return ""
    day = _as_date(day)
    pattern = "d MMMM" if day.year == timezone.localdate().year else "d MMMM yyyy"
    return format_date(day, pattern, locale=get_language() or "ro")


@register.filter
def moment(at: dt.datetime | None) -> str:
    """`azi la 16:40`, `ieri la 9:05`, `18 octombrie, 10:00`."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    time = format_time(local.time(), "H:mm", locale=get_language() or "ro")
    days = (timezone.localdate() - local.date()).days
    if days == 0:
        return gettext("today at %(time)s") % {"time": time}
    if days == 1:
        return gettext("yesterday at %(time)s") % {"time": time}
    return f"{short_day(local)}, {time}"


@register.filter
def from_today(day: dt.date | dt.datetime | None) -> str:
    """How far a day is: `azi`, `mâine`, `cu 4 zile în urmă`, `peste 3 zile`."""
    if day is None:
        return ""
    days = (_as_date(day) - timezone.localdate()).days
    if days == 0:
        return gettext("today")
    if days == 1:
        return gettext("tomorrow")
    if days == -1:
        return gettext("yesterday")
    if days < 0:
        return ngettext("%(n)s day ago", "%(n)s days ago", -days) % {"n": -days}
    return ngettext("in %(n)s day", "in %(n)s days", days) % {"n": days}


@register.filter
def due(day: dt.date | None) -> SafeString | str:
    """A day on which something is due, marked when it has passed; near days by name."""
    if day is None:
        return ""
    days = (day - timezone.localdate()).days
    if days < 0:
        return format_html('<span class="late">{}</span>', from_today(day))
    if days <= 1:
        return format_html("<b>{}</b>", from_today(day))
    return day_in_words(day) if days <= _NEAR_DAYS else short_day(day)


@register.filter
def severity_tag(severity: int | None) -> SafeString | str:
    """The mark of a severity: shape, colour and word; nothing for what only describes."""
    if severity not in _SEVERITY:
        return ""
    style, shape, word = _SEVERITY[severity]
    return format_html(
        '<span class="tag {}"><span aria-hidden="true">{}</span> {}</span>', style, shape, word()
    )


@register.filter
def severity_count(severity: int, count: int) -> SafeString | str:
    """A severity with how many findings share it, as beside the name of a member."""
    if severity not in _SEVERITY:
        return ""
    style, shape, word = _SEVERITY[severity]
    return format_html(
        '<span class="tag {}" title="{}"><span aria-hidden="true">{}</span> {}'
        '<span class="visually-hidden"> {}</span></span>',
        style,
        word(),
        shape,
        count,
        word(),
    )


_REFERRAL = {
    "sent": ("plain", "→"),
    "accepted": ("calm", "✓"),
    "done": ("calm", "✓"),
    "refused": ("moderate", "◆"),
    "withdrawn": ("plain", "–"),
}


@register.filter
def referral_tag(referral: object) -> SafeString:
    """The status of a referral, with its shape."""
    style, shape = _REFERRAL[str(referral.status)]  # type: ignore[attr-defined]
    return format_html(
        '<span class="tag {}"><span aria-hidden="true">{}</span> {}</span>',
        style,
        shape,
        referral.get_status_display(),  # type: ignore[attr-defined]
    )


@register.filter
def free_places(service: object) -> SafeString:
    """How many places a service has free, as its provider last said; plainly unknown where nobody said."""
    free = getattr(service, "free", None)
    if free is None:
        return format_html('<span class="tag plain">{}</span>', gettext("free places not known"))
    tone, sign = ("calm", "✓") if free > 0 else ("moderate", "◆")
    return format_html(
        '<span class="tag {}"><span aria-hidden="true">{}</span> {}</span>',
        tone,
        sign,
        free_in_words(service),
    )


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


def _as_date(day: dt.date | dt.datetime) -> dt.date:
    return timezone.localtime(day).date() if isinstance(day, dt.datetime) else day
