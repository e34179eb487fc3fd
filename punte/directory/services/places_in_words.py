"""Places in words: how many are free, and of what."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from punte.directory.enums import CapacityUnit


def free_in_words(service: Any) -> str:
    """How many places of a service are free, and whether today, by the day or by the month."""
    free = service.free
    if free is None:
        return _("free places not known")
    if service.places_unit == CapacityUnit.PER_DAY:
        return (
            ngettext("%(n)s free place per day", "%(n)s free places per day", free) % {"n": free}
            if free
            else _("no free place per day")
        )
    if service.places_unit == CapacityUnit.PER_MONTH:
        return (
            ngettext("%(n)s free place per month", "%(n)s free places per month", free) % {"n": free}
            if free
            else _("no free place this month")
        )
    return (
        ngettext("%(n)s free place", "%(n)s free places", free) % {"n": free} if free else _("no free place")
    )


def places_in_words(value: int, unit: str) -> str:
    """How many a service can serve: `12 places`, `40 persons per day`."""
    if unit == CapacityUnit.PER_DAY:
        return ngettext("%(n)s person per day", "%(n)s persons per day", value) % {"n": value}
    if unit == CapacityUnit.PER_MONTH:
        return ngettext("%(n)s person per month", "%(n)s persons per month", value) % {"n": value}
    if unit == CapacityUnit.PER_YEAR:
        return ngettext("%(n)s person per year", "%(n)s persons per year", value) % {"n": value}
    if unit == CapacityUnit.PERSONS:
        return ngettext("%(n)s person", "%(n)s persons", value) % {"n": value}
    if unit == CapacityUnit.OTHER:
        return str(value)
    return ngettext("%(n)s place", "%(n)s places", value) % {"n": value}
