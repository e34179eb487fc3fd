"""Bring the terms of cases in step with what happened in them."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.utils import timezone

from punte.cases.content import rulebook
from punte.cases.events import childhoods_of, events_of
from punte.cases.models import Case, CaseDeadline, GuestDeadline, Term
from punte.cases.rules_on import rules_on
from punte.deadlines.model import Due
from punte.deadlines.terms import deadlines

Row = TypeVar("Row", CaseDeadline, GuestDeadline)


def refresh_deadlines(case: Case) -> None:
    """Bring the terms of one case in step; every verb that adds an event calls it. Done twice, it changes nothing."""
    refresh_deadlines_of([case])


def refresh_deadlines_of(cases: Sequence[Case], *, today: dt.date | None = None) -> None:
    """Bring the terms of many cases in step, in a number of queries that does not grow with them."""
    day = today or timezone.localdate()
    own: list[CaseDeadline] = []
    of_guests: list[GuestDeadline] = []
    for case, due in _due(cases, day):
        if due.guest:
            of_guests.append(GuestDeadline(guest=due.guest, **_said(case, due)))
        else:
            own.append(CaseDeadline(**_said(case, due)))
    _bring_in_step(CaseDeadline, cases, own)
    _bring_in_step(GuestDeadline, cases, of_guests)
    _copy_soonest(cases, own)


def _due(cases: Sequence[Case], day: dt.date) -> Iterable[tuple[Case, Due]]:
    rules = rules_on(rulebook(), {case.keeper_id for case in cases})
    events, childhoods = events_of(cases), childhoods_of(cases)
    dead = _about_the_dead(cases)
    for case in cases:
        for due in deadlines(
            events[case.pk],
            regime=case.regime,
            rules=rules[case.keeper_id],
            today=day,
            childhoods=childhoods[case.pk],
        ):
            if due.met_on is not None or case.pk not in dead:
                yield case, due


def _bring_in_step(model: type[Row], cases: Sequence[Case], rows: Iterable[Row]) -> None:
    wanted = {_key(row): row for row in rows}
    known = {_key(row): row for row in model._default_manager.filter(case__in=cases)}
    gone = [row.pk for key, row in known.items() if key not in wanted]
    if gone:
        model._default_manager.filter(pk__in=gone).delete()
    changed = [_take_over(known[key], row) for key, row in wanted.items() if _differs(known.get(key), row)]
    if len(changed) > _FEW:
        model._default_manager.bulk_update(changed, _COPIED, batch_size=200)
    else:
        for row in changed:
            row.save(update_fields=_COPIED)
    new = [row for key, row in wanted.items() if key not in known]
    if new:
        model._default_manager.bulk_create(new, batch_size=500)


def _copy_soonest(cases: Sequence[Case], terms: Collection[CaseDeadline]) -> None:
    """Keep beside each case when the first of its terms falls."""
    soonest: dict[UUID, dt.date] = {}
    for term in terms:
        if term.met_on is None:
            soonest[term.case_id] = min(soonest.get(term.case_id, term.due_on), term.due_on)
    moved = [case for case in cases if case.due_on != soonest.get(case.pk)]
    for case in moved:
        case.due_on = soonest.get(case.pk)
    if len(moved) > _FEW:
        Case.objects.bulk_update(moved, ["due_on"], batch_size=200)
    else:
        for case in moved:
            case.save(update_fields=["due_on"])


def _about_the_dead(cases: Sequence[Case]) -> set[UUID]:
    """Cases of one person who has died: nothing is due any more, what was met stays."""
    about = {case.pk for case in cases if case.person_id}
    if not about:
        return set()
    return set(Case.objects.filter(pk__in=about, person__died_on__isnull=False).values_list("pk", flat=True))


_FEW = 3
"""Up to so many rows are written one by one: making one statement for several costs more than they do."""

_COPIED = ["due_on", "due_at", "met_on", "worker", "keeper"]
_READ = ("due_on", "due_at", "met_on", "worker_id", "keeper_id")


def _said(case: Case, due: Due) -> dict[str, Any]:
    return {
        "case": case,
        "rule": due.rule,
        "since": due.since,
        "subject": due.subject,
        "due_on": due.due_on,
        "due_at": due.due_at,
        "met_on": due.met_on,
        "worker_id": case.responsible_id,
        "keeper_id": case.keeper_id,
    }


def _key(row: Row) -> tuple[object, ...]:
    return row.case_id, row.rule, row.since, row.subject, getattr(row, "guest", "")


def _differs(known: Term | None, wanted: Term) -> bool:
    return known is not None and any(getattr(known, name) != getattr(wanted, name) for name in _READ)


def _take_over(known: Row, wanted: Row) -> Row:
    for name in _READ:
        setattr(known, name, getattr(wanted, name))
    return known
