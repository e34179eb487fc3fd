"""The tables of an extract about work with families: who answers for which case, what was done, who was sent where."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django.utils import timezone

from punte.accounts.enums import SEALED_COMPARTMENTS
from punte.cases.models import Intervention, Plan, Referral, Responsibility
from punte.kernel.extracts import PORTION, Pseudonyms, Table, key, month_of, month_until

_OF_CASE = ("case", "household", "kept_by")
_READ = (key("case"), key("case__household"), key("case__keeper"))
_WORK = dict.fromkeys((*_OF_CASE, "worker", "start", "end"), "VARCHAR")
_DONE = dict.fromkeys((*_OF_CASE, "person", "worker", "mode", "code", "month"), "VARCHAR") | {
    "minutes": "INTEGER"
}
_SENT = dict.fromkeys((*_OF_CASE, "person"), "VARCHAR") | {"service": "VARCHAR", "code": "VARCHAR"}
_SENT |= dict.fromkeys(("status", "sent", "answered", "done"), "VARCHAR")
_PLANS = dict.fromkeys((*_OF_CASE, "status", "adopted"), "VARCHAR")


def tables(as_of: dt.date | None) -> Sequence[Table]:
    """All of it; of a day who answered on it, and what had been done by then."""
    return [
        Table("case_work", _WORK, partial(_work, as_of)),
        Table("interventions", _DONE, partial(_interventions, as_of)),
        Table("referrals", _SENT, partial(_referrals, as_of)),
        Table("plans", _PLANS, partial(_plans, as_of)),
    ]


def _of_case(pseudonyms: Pseudonyms, case: Any, home: Any, keeper: Any) -> tuple[str, str, str]:
    return (
        pseudonyms.of("case", case),
        pseudonyms.of("household", home),
        pseudonyms.of("organization", keeper),
    )


def _work(as_of: dt.date | None, hide: Pseudonyms, _moment: dt.datetime) -> Iterator[tuple[Any, ...]]:
    held = Responsibility.objects.on(as_of) if as_of else Responsibility.objects.all()
    read = (*_READ, key("user"), key("start"), key("end"))
    for case, home, keeper, user, start, end in held.order_by().values_list(*read).iterator(PORTION):
        if start != end:
            held_for = month_of(start), month_until(end)
            yield (*_of_case(hide, case, home, keeper), hide.of("user", user), *held_for)


def _interventions(
    as_of: dt.date | None, hide: Pseudonyms, _moment: dt.datetime
) -> Iterator[tuple[Any, ...]]:
    """Of a closed compartment it is told that somebody worked, and not what was done with whom."""
    rows = Intervention.objects.filter(at__date__lte=as_of) if as_of else Intervention.objects.all()
    read = (*_READ, key("person"), key("by"), "mode", "code", "compartment", "at", "minutes")
    for case, home, keeper, person, by, mode, code, compartment, at, minutes in (
        rows.order_by().values_list(*read).iterator(PORTION)
    ):
        closed = compartment in SEALED_COMPARTMENTS
        yield (
            *_of_case(hide, case, home, keeper),
            hide.of("person", None if closed else person),
            hide.of("user", by),
            mode,
            "" if closed else code,
            month_of(timezone.localdate(at)),
            minutes,
        )


def _referrals(as_of: dt.date | None, hide: Pseudonyms, _moment: dt.datetime) -> Iterator[tuple[Any, ...]]:
    rows = Referral.objects.filter(sent_at__date__lte=as_of) if as_of else Referral.objects.all()
    read = (*_READ, key("person"), "service", "service__code", "status", "sent_at")
    for case, home, keeper, person, service, code, status, *moments in (
        rows.order_by().values_list(*read, "answered_at", "done_at").iterator(PORTION)
    ):
        months = [month_of(timezone.localdate(at)) if at else "" for at in moments]
        yield (
            *_of_case(hide, case, home, keeper),
            hide.of("person", person),
            service,
            code or "",
            status,
            *months,
        )


def _plans(as_of: dt.date | None, hide: Pseudonyms, _moment: dt.datetime) -> Iterator[tuple[Any, ...]]:
    rows = Plan.objects.filter(adopted_on__isnull=False)
    rows = rows.filter(adopted_on__lte=as_of) if as_of else rows
    read = (*_READ, "status", "adopted_on")
    for case, home, keeper, status, adopted in rows.order_by().values_list(*read).iterator(PORTION):
        yield (*_of_case(hide, case, home, keeper), status, month_of(adopted))
