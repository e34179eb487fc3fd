"""Bring the terms of cases in step with what happened in them."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from punte.cases.content import rulebook
from punte.cases.events import childhoods_of, events_of
from punte.cases.models import Case, CaseDeadline, GuestDeadline, Term
from punte.cases.rules_on import rules_on
from punte.deadlines.model import Due
from punte.deadlines.terms import deadlines
from punte.kernel.prepared import Prepared, rounded

_Key = tuple[UUID, str, dt.datetime, str, str]
"""Case, rule, since when, about what, told by which room."""
_Said = tuple[dt.date, dt.datetime | None, dt.date | None, UUID | None, UUID]
_Wanted = dict[_Key, _Said]
_Model = type[CaseDeadline] | type[GuestDeadline]


_later: ContextVar[set[UUID] | None] = ContextVar("cases_whose_terms_wait", default=None)


@contextmanager
def terms_once() -> Iterator[None]:
    """Within, many deeds about the same cases bring the terms of each in step once, at the end, and not each time."""
    waiting: set[UUID] = set()
    mark = _later.set(waiting)
    try:
        yield
    finally:
        _later.reset(mark)
    keys = sorted(waiting)
    for at in range(0, len(keys), _PORTION):
        cases = Case.objects.filter(pk__in=keys[at : at + _PORTION]).order_by("pk")
        refresh_deadlines_of(list(cases.select_for_update(no_key=True)))


def refresh_deadlines(case: Case) -> None:
    """Bring the terms of one case in step; every verb that adds an event calls it. Done twice, it changes nothing."""
    refresh_deadlines_of([case])


def refresh_deadlines_of(cases: Sequence[Case], *, today: dt.date | None = None) -> None:
    """Bring the terms of many cases in step, in a number of queries that does not grow with them."""
    waiting = _later.get()
    if waiting is not None:
        waiting.update(case.pk for case in cases)
        return
    day = today or timezone.localdate()
    own: _Wanted = {}
    of_guests: _Wanted = {}
    for case, due in _due(cases, day):
        wanted = of_guests if due.guest else own
        wanted[case.pk, due.rule, due.since, due.subject, due.guest] = (
            due.due_on,
            due.due_at,
            due.met_on,
            case.responsible_id,
            case.keeper_id,
        )
    _bring_in_step(CaseDeadline, cases, own)
    _bring_in_step(GuestDeadline, cases, of_guests)
    _copy_soonest(cases, own)


def _due(cases: Sequence[Case], day: dt.date) -> Iterable[tuple[Case, Due]]:
    rules = rules_on(rulebook(), {case.keeper_id for case in cases})
    awaited = {kind for on in rules.values() for rule in on for kind in rule.awaited}
    events, childhoods = events_of(cases, awaited=awaited), childhoods_of(cases)
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


def _bring_in_step(model: _Model, cases: Sequence[Case], wanted: _Wanted) -> None:
    """Compared by plain values: of most cases nothing changed, and a row costs more to be made than to be compared."""
    guest = ["guest"] if model is GuestDeadline else []
    table: Any = model._default_manager
    gone, changed, known = [], [], set()
    for pk, *said in _STANDING[model](cases=rounded([case.pk for case in cases])):
        key: _Key = (*said[len(_SAID) :], *([] if guest else [""]))  # type: ignore[assignment]
        if key not in wanted:
            gone.append(pk)
            continue
        known.add(key)
        if tuple(said[: len(_SAID)]) != wanted[key]:
            changed.append(_row(model, key, wanted[key], pk=pk))
    if gone:
        table.filter(pk__in=gone).delete()
    if len(changed) > _FEW:
        table.bulk_update(changed, _SAID, batch_size=200)
    else:
        for row in changed:
            row.save(update_fields=_SAID)
    new = [_row(model, key, said) for key, said in wanted.items() if key not in known]
    if new:
        table.bulk_create(new, batch_size=500)


def _standing(model: _Model, cases: Collection[UUID]) -> QuerySet[Any, Any]:
    guest = ["guest"] if model is GuestDeadline else []
    rows: QuerySet[Any] = model._default_manager.filter(case__in=cases).order_by()
    return rows.values_list("pk", *_SAID, "case", "rule", "since", "subject", *guest)


_STANDING = {model: Prepared(partial(_standing, model)) for model in (CaseDeadline, GuestDeadline)}


def _copy_soonest(cases: Sequence[Case], terms: _Wanted) -> None:
    """Keep beside each case when the first of its terms falls."""
    soonest: dict[UUID, dt.date] = {}
    for (key, *_rule), (due_on, _due_at, met_on, *_who) in terms.items():
        if met_on is None:
            soonest[key] = min(soonest.get(key, due_on), due_on)
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


_PORTION = 200
_FEW = 3
"""Up to so many rows are written one by one: making one statement for several costs more than they do."""

_SAID = ["due_on", "due_at", "met_on", "worker", "keeper"]


def _row(model: _Model, key: _Key, said: _Said, **pk: UUID) -> Term:
    case, rule, since, subject, guest = key
    due_on, due_at, met_on, worker, keeper = said
    row = model(
        **pk,
        case_id=case,
        rule=rule,
        since=since,
        subject=subject,
        due_on=due_on,
        due_at=due_at,
        met_on=met_on,
        worker_id=worker,
        keeper_id=keeper,
    )
    if isinstance(row, GuestDeadline):
        row.guest = guest
    if pk:
        row._state.adding = False
    return row
