"""Bring the terms of cases in step with what happened in them."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any
from uuid import UUID

from django.utils import timezone

from punte.cases.content import rulebook
from punte.cases.events import childhoods_of, events_of
from punte.cases.models import Case, CaseDeadline, GuestDeadline
from punte.cases.rules_on import rules_on
from punte.deadlines.model import Due
from punte.deadlines.terms import deadlines
from punte.kernel.in_bulk import change_each, insert, key_writer, moment_writer, text_of
from punte.kernel.models import new_id
from punte.kernel.own_content import looked_at_once
from punte.kernel.prepared import Prepared, rounded

_Term = tuple[Any, ...]
"""What a row says, in the order of `_KEY` and `_SAID`, as texts: nothing is made of rows in which nothing changed."""
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
    own: list[_Term] = []
    of_guests: list[_Term] = []
    soonest: dict[UUID, dt.date] = {}
    key_of, moment_of = cache(key_writer()), moment_writer()
    with looked_at_once():
        for case, found in _due(cases, day):
            key = key_of(case.pk)
            whose = (case.responsible_id and key_of(case.responsible_id), key_of(case.keeper_id))
            for due in found:
                about = (key, due.rule, moment_of(due.since), due.subject)
                met_on = due.met_on and str(due.met_on)
                said = (str(due.due_on), due.due_at and moment_of(due.due_at), met_on, *whose)
                if due.guest:
                    of_guests.append((*about, due.guest, *said))
                else:
                    own.append((*about, *said))
            standing = [due.due_on for due in found if due.met_on is None and not due.guest]
            if standing:
                soonest[case.pk] = min(standing)
    _bring_in_step(CaseDeadline, cases, own)
    _bring_in_step(GuestDeadline, cases, of_guests)
    _copy_soonest(cases, soonest)


def _due(cases: Sequence[Case], day: dt.date) -> Iterator[tuple[Case, list[Due]]]:
    rules = rules_on(rulebook(), {case.keeper_id for case in cases})
    awaited = {kind for on in rules.values() for rule in on for kind in rule.awaited}
    events, childhoods = events_of(cases, awaited=awaited), childhoods_of(cases)
    dead = _about_the_dead(cases)
    for case in cases:
        key = case.pk
        found = deadlines(
            events[key],
            regime=case.regime,
            rules=rules[case.keeper_id],
            today=day,
            childhoods=childhoods[key],
        )
        yield case, [due for due in found if due.met_on is not None] if key in dead else found


def _bring_in_step(model: _Model, cases: Sequence[Case], terms: Sequence[_Term]) -> None:
    names = _KEYS[model]
    # Of two with one key, as of two visits on one day, the later is said.
    wanted = {term[: len(names)]: term for term in terms}.values()
    rows = _TERMS[model].as_given(cases=rounded([case.pk for case in cases]))
    kept = {tuple(term): pk for pk, *term in rows}
    missing = [term for term in wanted if term not in kept]
    stays = set(wanted)
    other = {term[: len(names)]: pk for term, pk in kept.items() if term not in stays}
    new, changed = [], []
    for term in missing:
        if pk := other.pop(term[: len(names)], None):
            changed.append((*term[len(names) :], pk))
        else:
            new.append(term)
    if other:
        model._default_manager.filter(pk__in=other.values()).delete()
    if changed:
        change_each(model, _SAID, changed)
    if new:
        now = timezone.now()
        insert(model, ["id", "created_at", *names, *_SAID], [(new_id(), now, *term) for term in new])


def _copy_soonest(cases: Sequence[Case], soonest: Mapping[UUID, dt.date]) -> None:
    """Keep beside each case when the first of its terms falls."""
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
_KEYS: dict[_Model, list[str]] = {
    CaseDeadline: ["case", "rule", "since", "subject"],
    GuestDeadline: ["case", "rule", "since", "subject", "guest"],
}


def _terms_of(model: Any) -> Prepared:
    read = ("pk", *_KEYS[model], *_SAID)
    asked = [name if name in ("rule", "subject", "guest") else text_of(name) for name in read]
    return Prepared(
        lambda cases: model._default_manager.filter(case__in=cases).order_by().values_list(*asked)
    )


_TERMS = {model: _terms_of(model) for model in _KEYS}
