"""Parts of the files of entitlements: values by the day, seasons, texts in both languages."""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation

from punte.benefits.definition import Per, Rounded, Season, Valued
from punte.kernel.evidence import EVIDENCE
from punte.methodology.definition_files import one_of, only, read_text
from punte.methodology.errors import gettext_noop
from punte.methodology.model import Text
from punte.methodology.source_files import Section

_VALUE = {"from", "until", "value", "source", "evidence"}
_DAY_OF_YEAR = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


def rounded_of(top: Section) -> Rounded:
    """How a sum is rounded."""
    found: Rounded = one_of(top, "rounded", ("up", "near", ""), "near" if "amount" in top else "")
    return found


def per_of(top: Section) -> Per:
    """How often it is paid."""
    found: Per = one_of(top, "per", ("month", "season", "year", "once", ""), "")
    return found


def texts_of(top: Section, key: str) -> tuple[Text, ...]:
    """A list of texts, each in both languages."""
    found = []
    for one in top.items_of(key):
        holder = Section(one.file, one.line)
        holder[key] = one
        holder.lines[key] = one.line
        found.append(read_text(holder, key))
    return tuple(found)


def season_of(top: Section) -> Season | None:
    """The days of each year between which it is asked for."""
    if "season" not in top:
        return None
    section = top.section("season")
    only(section, {"from", "to"})
    for key in ("from", "to"):
        if not _DAY_OF_YEAR.fullmatch(section.text(key)):
            raise section.error(
                gettext_noop("not a day of the year, as 10-01: %(text)s"), key, text=section.text(key)
            )
    return Season(section.text("from"), section.text("to"))


def day_of(section: Section, key: str) -> dt.date:
    """A day, as 2026-11-29."""
    try:
        return dt.date.fromisoformat(section.text(key))
    except ValueError as error:
        raise section.error(gettext_noop("not a date: %(text)s"), key, text=section.text(key)) from error


def values_of(section: Section) -> tuple[Valued, ...]:
    """The values of a parameter, the earliest first."""
    values = tuple(_value(one) for one in section.items_of("values"))
    starts = [one.start for one in values]
    if not starts or starts != sorted(set(starts)):
        raise section.error(gettext_noop("the values begin on days that grow"), "values")
    return values


def _value(one: Section) -> Valued:
    only(one, _VALUE)
    start = day_of(one, "from")
    try:
        value = Decimal(one.text("value"))
    except InvalidOperation as error:
        raise one.error(gettext_noop("not a number: %(text)s"), "value", text=one.text("value")) from error
    last = day_of(one, "until") if "until" in one else None
    if last is not None and last < start:
        raise one.error(gettext_noop("it ends before it begins"), "until")
    return Valued(start, last, value, one.text("source"), one_of(one, "evidence", EVIDENCE))
