"""How severe cases are: beside each what holds today, and in rows since when; both are written by one function."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from punte.accounts.guests import Guest
from punte.assessments.models import Assessment
from punte.cases import case_facets, extract
from punte.cases.keeps import KEEPS
from punte.cases.models import Case, SeverityPeriod
from punte.kernel.extracts import PORTION, Pseudonyms, Table, month_of
from punte.kernel.prepared import Prepared, rounded

_FEW = 3
"""Up to so many rows are written one by one: making one statement for several costs more than they do."""


def keep_severities(cases: Sequence[Case], *, found_by: Mapping[UUID, Assessment]) -> None:
    """Write how severe cases were judged to be, and since when they are.

    What a visit found holds since that visit: the first one, and any that was submitted today. What changed otherwise
    (a death, a second person who agreed, a newer methodology) holds since today; where no visit says anything, no row.

    Args:
        found_by: by household the visit that says it.
    """
    if len(cases) > _FEW:
        Case.objects.bulk_update(cases, ["severity", "severe_child"], batch_size=200)
    else:
        for case in cases:
            case.save(update_fields=["severity", "severe_child"])
    keys = rounded([case.pk for case in cases])
    standing = {row.case_id: row for row in _standing(cases=keys)} if keys else {}
    changed, new = [], []
    for case in cases:
        row, visit = standing.get(case.pk), found_by.get(case.household_id)
        if row is None:
            if visit is not None:
                new.append(_begun(case, visit.visited_on))
        elif (row.severity, row.severe_child) != (case.severity, case.severe_child):
            since = _since(row, visit)
            changed.append(row)
            if since > row.start:
                row.end = since
                new.append(_begun(case, since))
            else:
                row.severity, row.severe_child = case.severity, case.severe_child
    if changed:
        SeverityPeriod.objects.bulk_update(changed, ["end", "severity", "severe_child"], batch_size=200)
    if new:
        SeverityPeriod.objects.bulk_create(new, batch_size=500)


_standing = Prepared(lambda cases: SeverityPeriod.objects.filter(case__in=cases, end=None).order_by())


def _begun(case: Case, since: dt.date) -> SeverityPeriod:
    return SeverityPeriod(case=case, start=since, severity=case.severity, severe_child=case.severe_child)


def _since(row: SeverityPeriod, visit: Assessment | None) -> dt.date:
    today = timezone.localdate()
    if visit is None or timezone.localdate(visit.submitted_at) < today or visit.visited_on <= row.start:
        return today
    return visit.visited_on


def _table(as_of: dt.date | None) -> Sequence[Table]:
    def rows(pseudonyms: Pseudonyms, _moment: dt.datetime) -> Iterator[tuple[Any, ...]]:
        known = SeverityPeriod.objects.order_by("pk")
        if as_of:
            known = known.filter(Q(end=None) | Q(end__gt=as_of), start__lte=as_of)
        read = ("case", "case__household", "case__keeper", "severity", "severe_child", "start", "end")
        for case, home, keeper, severity, child, start, end in known.values_list(*read).iterator(PORTION):
            yield (
                pseudonyms.of("case", case),
                pseudonyms.of("household", home),
                pseudonyms.of("organization", keeper),
                severity,
                child,
                month_of(start),
                month_of(end - dt.timedelta(days=1) if end else None),
            )

    columns = dict.fromkeys(("case", "household", "kept_by"), "VARCHAR")
    columns |= {"severity": "TINYINT", "severe_child": "BOOLEAN", "start": "VARCHAR", "end": "VARCHAR"}
    return [Table("case_severities", columns, rows)]


def _tables(as_of: dt.date | None) -> Sequence[Table]:
    return [*_table(as_of), *case_facets.tables(as_of), *extract.tables(as_of)]


GUEST = Guest("case_work", extract=_tables, keeps=KEEPS)
