"""Read the totals of a register's file; what is wrong with one is said with its line."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal, InvalidOperation

from punte.deadlines.model import Validity
from punte.kernel.evidence import EVIDENCE
from punte.methodology.definition_files import one_of, only, read_text, require_name
from punte.methodology.errors import MethodologyError, PackError, gettext_noop
from punte.methodology.expressions import Expression, Symbol, read_total
from punte.methodology.source_files import Section
from punte.registers.totals.definition import SPANS, UNITS, Band, Over, Span, Total, Unit

TODAY = "today"
"""What the value of a total may read beside the fields of an entry: the day on which it is reckoned."""
_TOTAL = {"label", "value", "unit", "over", "by", "bands"}
_BAND = {"from", "name", "means", "event", "source", "evidence", "active", "valid_from", "valid_to"}
_MOST_MONTHS = 120


def read_totals(top: Section, symbols: Mapping[str, Symbol], *, closed: Collection[str]) -> dict[str, Total]:
    """The totals of a register.

    Args:
        symbols: what its conditions may read.
        closed: the fields that not everybody reads who reads the register: a total would tell of them.

    Raises:
        PackError: a word that is not known, a value that cannot be run, a band that meets another.
    """
    read = {**symbols, TODAY: Symbol("date")}
    return {name: _total(top, name, one, read, closed) for name, one in top.section("totals").sections()}


def _total(
    top: Section, name: str, section: Section, symbols: Mapping[str, Symbol], closed: Collection[str]
) -> Total:
    only(section, _TOTAL)
    require_name(top.section("totals"), name, name)
    unit: Unit = one_of(section, "unit", UNITS)
    by = section.text("by", "")
    if by not in ("", "month"):
        raise section.error(gettext_noop("%(key)s is one of %(names)s"), "by", key="by", names="month")
    return Total(
        name=name,
        label=read_text(section, "label"),
        value=_value(section, symbols, closed),
        unit=unit,
        over=_over(section),
        by_month=bool(by),
        bands=tuple(_bands(section)),
    )


def _value(section: Section, symbols: Mapping[str, Symbol], closed: Collection[str]) -> Expression:
    try:
        value = read_total(section.text("value"), symbols)
    except PackError:
        raise
    except MethodologyError as error:
        raise section.error(error.message, "value", **error.params) from error
    if value.kind != "number":
        raise section.error(gettext_noop("a total is a number: %(text)s"), "value", text=value.text)
    for name in value.reads:
        if name in closed:
            raise section.error(
                gettext_noop("%(key)s cannot use %(name)s, which not everybody reads"),
                "value",
                key="value",
                name=name,
            )
    return value


def _over(section: Section) -> Over:
    if not isinstance(section.get("over"), Section):
        span: Span = one_of(section, "over", [one for one in SPANS if one != "months"], "always")
        return Over(span)
    given = section.section("over")
    only(given, {"months"})
    written = given.text("months")
    if not written.isdecimal() or not 0 < int(written) <= _MOST_MONTHS:
        raise given.error(gettext_noop("%(key)s is a whole number of months"), "months", key="months")
    return Over("months", int(written))


def _bands(section: Section) -> Iterator[Band]:
    found: list[Band] = []
    for one in section.items_of("bands"):
        band = _band(one)
        if any(band.start == other.start and band.validity.meets(other.validity) for other in found):
            raise one.error(gettext_noop("two bands begin at the same value on the same day"), "from")
        found.append(band)
        yield band


def _band(section: Section) -> Band:
    only(section, _BAND)
    try:
        start = Decimal(section.text("from"))
    except InvalidOperation as error:
        raise section.error(gettext_noop("%(key)s is a number"), "from", key="from") from error
    if not start.is_finite():
        raise section.error(gettext_noop("%(key)s is a number"), "from", key="from")
    event = section.text("event", "")
    told = event or "source" in section
    first, last = _day(section, "valid_from"), _day(section, "valid_to")
    if first and last and last <= first:
        raise section.error(gettext_noop("valid_to must be after valid_from"), "valid_to")
    return Band(
        start=start,
        name=read_text(section, "name"),
        means=read_text(section, "means") if "means" in section else {},
        event=event,
        source=section.text("source") if told else "",
        evidence=one_of(section, "evidence", EVIDENCE) if told else "",
        active=section.text("active", "true") not in ("false", "no"),
        validity=Validity(first, last),
    )


def _day(section: Section, key: str) -> dt.date | None:
    written = section.text(key, "")
    try:
        return dt.date.fromisoformat(written) if written else None
    except ValueError as error:
        raise section.error(gettext_noop("not a date: %(text)s"), key, text=written) from error
