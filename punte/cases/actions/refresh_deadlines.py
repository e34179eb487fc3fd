"""Bring the terms of cases in step with what happened in them."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.utils import timezone

from punte.cases.content import rulebook
from punte.cases.events import childhoods_of, events_of
from punte.cases.models import Case, CaseDeadline, GuestDeadline, Term
from punte.cases.rules_on import rules_on
from punte.deadlines.model import Due
from punte.deadlines.terms import deadlines
from punte.kernel.in_bulk import insert, key_of, text_of
from punte.kernel.models import new_id
from punte.kernel.own_content import looked_at_once
from punte.kernel.prepared import Prepared, rounded

_Key = tuple[UUID, str, dt.datetime, str, str]
"""Case, rule, since when, about what, told by which room."""
_Said = tuple[dt.date, dt.datetime | None, dt.date | None, UUID | None, UUID]
_Wanted = dict[_Key, _Said]
_Model = type[CaseDeadline] | type[GuestDeadline]


ASKED_OF_CASES = ("household", "person", "keeper", "responsible", "regime", "due_on")
"""What is read of cases here."""

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
    with looked_at_once():
        found = list(_due(cases, day))
    for case, due in found:
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
    table: Any = model._default_manager
    gone, changed, known = [], [], set()
    # An identifier is made of a text once, and not once for each term.
    about = (one for case in cases for one in (case.pk, case.responsible_id, case.keeper_id) if one)
    named: dict[str | None, Any] = {key_of(one): one for one in set(about)}
    rows = _TERMS[model](cases=rounded([case.pk for case in cases]))
    for pk, due_on, due_at, met_on, worker, keeper, case, rule, since, subject, *guest in rows:
        key: _Key = (named[case], rule, since, subject, guest[0] if guest else "")
        if key not in wanted:
            gone.append(pk)
            continue
        known.add(key)
        said = (due_on, due_at, met_on, named.get(worker, worker), named.get(keeper, keeper))
        if said != wanted[key]:
            changed.append(_row(model, key, wanted[key], pk=UUID(pk)))
    if gone:
        table.filter(pk__in=gone).delete()
    if len(changed) > _FEW:
        table.bulk_update(changed, _SAID, batch_size=200)
    else:
        for row in changed:
            row.save(update_fields=_SAID)
    new = {key: said for key, said in wanted.items() if key not in known}
    if len(new) > _FEW:
        _insert(model, new)
    elif new:
        table.bulk_create([_row(model, key, said) for key, said in new.items()])


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

_KEY = ["case", "rule", "since", "subject"]
_SAID = ["due_on", "due_at", "met_on", "worker", "keeper"]


def _terms_of(model: _Model, *guest: str) -> Prepared:
    def rows(cases: Sequence[UUID]) -> Any:
        found: Any = model._default_manager.filter(case__in=cases).order_by()
        texts = {name: text_of(name) for name in ("pk", "case", "worker", "keeper")}
        return found.values_list(*(texts.get(name, name) for name in ("pk", *_SAID, *_KEY)), *guest)

    return Prepared(rows)


_TERMS = {CaseDeadline: _terms_of(CaseDeadline), GuestDeadline: _terms_of(GuestDeadline, "guest")}


def _insert(model: _Model, terms: _Wanted) -> None:
    """As `bulk_create`; a case has many terms, and all of them may have to be made anew."""
    now = timezone.now()
    guest = ["guest"] if model is GuestDeadline else []
    of_case = len(_KEY) + len(guest)
    rows = ((new_id(), now, *key[:of_case], *said) for key, said in terms.items())
    insert(model, ["id", "created_at", *_KEY, *guest, *_SAID], rows)


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
