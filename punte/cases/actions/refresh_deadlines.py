"""Bring the terms of cases in step with what happened in them."""

import datetime as dt
from collections.abc import Collection, Sequence
from uuid import UUID

from django.utils import timezone

from punte.cases.content import rulebook
from punte.cases.events import events_of
from punte.cases.models import Case, CaseDeadline
from punte.deadlines.model import Due
from punte.deadlines.terms import deadlines

_Key = tuple[UUID, str, dt.datetime]


def refresh_deadlines(case: Case) -> None:
    """Bring the terms of one case in step; every verb that adds an event calls it. Done twice, it changes nothing."""
    refresh_deadlines_of([case])


def refresh_deadlines_of(cases: Sequence[Case], *, today: dt.date | None = None) -> None:
    """Bring the terms of many cases in step, in a number of queries that does not grow with them."""
    day = today or timezone.localdate()
    rules = rulebook().rules
    wanted: dict[_Key, CaseDeadline] = {}
    events = events_of(cases)
    dead = _about_the_dead(cases)
    for case in cases:
        for due in deadlines(events[case.pk], regime=case.regime, rules=rules, today=day):
            if case.pk in dead and due.met_on is None:
                continue
            row = _row(case, due)
            wanted[row.case_id, row.rule, row.since] = row
    known = {(row.case_id, row.rule, row.since): row for row in CaseDeadline.objects.filter(case__in=cases)}
    gone = [row.pk for key, row in known.items() if key not in wanted]
    if gone:
        CaseDeadline.objects.filter(pk__in=gone).delete()
    changed = [_take_over(known[key], row) for key, row in wanted.items() if _differs(known.get(key), row)]
    if len(changed) > _FEW:
        CaseDeadline.objects.bulk_update(changed, _COPIED, batch_size=200)
    else:
        for row in changed:
            row.save(update_fields=_COPIED)
    new = [row for key, row in wanted.items() if key not in known]
    if new:
        CaseDeadline.objects.bulk_create(new, batch_size=500)
    _copy_soonest(cases, wanted.values())


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

_COPIED = ["due_on", "met_on", "worker", "keeper"]


def _row(case: Case, due: Due) -> CaseDeadline:
    return CaseDeadline(
        case=case,
        rule=due.rule,
        since=due.since,
        due_on=due.due_on,
        met_on=due.met_on,
        worker_id=case.responsible_id,
        keeper_id=case.keeper_id,
    )


def _values(row: CaseDeadline) -> tuple[object, ...]:
    return row.due_on, row.met_on, row.worker_id, row.keeper_id


def _differs(known: CaseDeadline | None, wanted: CaseDeadline) -> bool:
    return known is not None and _values(known) != _values(wanted)


def _take_over(known: CaseDeadline, wanted: CaseDeadline) -> CaseDeadline:
    known.due_on, known.met_on = wanted.due_on, wanted.met_on
    known.worker_id, known.keeper_id = wanted.worker_id, wanted.keeper_id
    return known
