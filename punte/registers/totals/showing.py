"""Totals in words, of the entries that an account sees: behind a seal as they are seen from outside."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from punte.accounts.models import User
from punte.registers.actions.writing import in_words
from punte.registers.catalogue import definitions_that_hold
from punte.registers.definition import Definition
from punte.registers.models import Entry
from punte.registers.sight import Sight, column_of, entries_about
from punte.registers.totals.definition import Band, Total
from punte.registers.totals.reckoning import Reckoned, Row, reckoned
from punte.registers.totals.rows import row_of, with_parameters


@dataclass(frozen=True)
class ShownTotal:
    """A total in words.

    Attributes:
        band: the name of the band that it reaches, empty where it reaches none.
        means, since, source, is_proposal: what that means, from which value on, and by which rule.
    """

    reckoned: Reckoned
    label: str
    value: str
    over: str
    band: str
    means: str
    since: str
    source: str
    is_proposal: bool

    @cached_property
    def parts(self) -> Sequence[tuple[UUID, str]]:
        """The entries that make it up, each with what it comes to alone."""
        return [(key, words(self.reckoned.total, value)) for key, value in self.reckoned.parts]

    @cached_property
    def months(self) -> Sequence[tuple[dt.date, Decimal, str]]:
        """The first day of each month with what its entries come to, as a number and in words."""
        return [(first, value, words(self.reckoned.total, value)) for first, value in self.reckoned.months]

    @property
    def is_nothing(self) -> bool:
        """Whether it comes to nothing and says nothing."""
        said = self.reckoned.value or self.band or any(value for _first, value in self.reckoned.months)
        return not said


def totals_of(entries: Mapping[UUID, Iterable[Entry]]) -> dict[UUID, list[ShownTotal]]:
    """By subject what its entries come to, those of the first register of the file first.

    Args:
        entries: by subject, as the account sees them, with their versions; each reads their register.
    """
    known = definitions_that_hold()
    rows: dict[str, list[Row]] = {}
    for subject, own in entries.items():
        for entry in own:
            definition = known.get(entry.register)
            if definition is not None and definition.totals and entry.erased_on is None:
                rows.setdefault(entry.register, []).append(row_of(entry, definition, subject))
    found: dict[UUID, list[ShownTotal]] = {}
    today = timezone.localdate()
    for key, counted in rows.items():
        for subject, totals in reckoned(
            known[key], with_parameters(known[key], counted), today=today
        ).items():
            found.setdefault(subject, []).extend(_shown(one) for one in totals)
    return found


def totals_about(user: User, sights: Sequence[Sight]) -> dict[UUID, list[ShownTotal]]:
    """By subject what the entries about some subjects come to that an account reads; a bounded number of queries."""
    with_totals = {one.key: one for one in definitions_that_hold().values() if one.totals}
    asked = [sight for sight in sights if any(_counts_for(sight, one) for one in with_totals.values())]
    if not asked:
        return {}
    subjects = {sight.subject.pk for sight in asked}
    found: dict[Any, list[Entry]] = {}
    for entry in entries_about(user, asked, registers=with_totals):
        key = entry.subject_key if entry.subject_key in subjects else entry.concerns_id
        found.setdefault(key, []).append(entry)
    return totals_of(found)


def _counts_for(sight: Sight, one: Definition) -> bool:
    column = column_of(sight.subject)
    concerned = column == "household" and bool(one.household)
    return (one.about == column or concerned) and sight.reads(one)


def _shown(one: Reckoned) -> ShownTotal:
    total, band = one.total, one.band
    return ShownTotal(
        reckoned=one,
        label=in_words(total.label),
        value=words(total, one.value),
        over=_over(total),
        band=in_words(band.name) if band else "",
        means=in_words(band.means) if band and band.means else "",
        since=_("from %(value)s") % {"value": words(total, band.start)} if band else "",
        source=_source(one.definition, band),
        is_proposal=band.is_proposal if band and band.evidence else one.definition.is_proposal,
    )


def _source(definition: Definition, band: Band | None) -> str:
    return band.source if band and band.source else definition.source


def _over(total: Total) -> str:
    said: dict[str, Any] = {
        "always": "",
        "months": ngettext("in the last %(n)s month", "in the last %(n)s months", total.over.months)
        % {"n": total.over.months},
        "calendar_year": _("this year"),
        "school_year": _("this school year"),
        "month": _("this month"),
        "running": _("today"),
    }
    return str(said[total.over.span])


def words(total: Total, value: Decimal) -> str:
    """A value of a total with its unit."""
    if total.unit == "money":
        return _("%(amount)s lei") % {"amount": number_format(value, decimal_pos=2, force_grouping=True)}
    if total.unit == "days":
        return ngettext("%(n)s day", "%(n)s days", int(value)) % {"n": int(value)}
    return number_format(value, force_grouping=True)
