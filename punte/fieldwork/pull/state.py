"""A mark over all that a device may be given: while it stays the same, so does every answer to the same question.

An answer is made of rows, of the day, of what the worker may read, and of the code and content of this edition. The
rows are the very ones that bundles are made of, asked by the same questions (`rows.py`, `scope.py`), but taken as the
database gives them, which costs a fraction of making bundles.
"""

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from punte.accounts.guests import in_field
from punte.devices.models import Device
from punte.fieldwork.pull import scope
from punte.fieldwork.pull.bundles import worker_of
from punte.fieldwork.pull.packs import current_packs
from punte.fieldwork.pull.reference import reference_for
from punte.fieldwork.pull.rows import (
    assessed_of,
    deadlines_of,
    findings_of,
    interventions_of,
    last_of,
    members_of,
    objectives_of,
    planned_visits_of,
    plans_of,
    readable_of,
    sets_of,
    steps_of,
)
from punte.kernel.marks import mark_of
from punte.kernel.prepared import rounded
from punte.people.models import Membership
from punte.people.sight import hidden_from, households_in_sight, team_households

_PERSON = [field.attname for field in Membership._meta.concrete_fields].index("person_id")
_EDITION = ("*.py", "*.mo", "*.yaml", "*.yml", "*.csv", "*.json", "*.html")


class _State:
    """A digest that is fed with rows."""

    def __init__(self) -> None:
        self.digest = hashlib.sha256()

    def add(self, *parts: object) -> None:
        """Take in what is no row of the database."""
        self.digest.update(repr(parts).encode())

    def rows(self, rows: Sequence[Any]) -> None:
        """Take in rows as the database gives them."""
        self.digest.update(repr(rows).encode())

    def keys(self, rows: Sequence[Any], *, column: int = 0) -> list[UUID]:
        """Take them in.

        Returns:
            One of their columns; the first is of a model its key.
        """
        self.rows(rows)
        return rounded([_key(row[column]) for row in rows])


def state_of(device: Device) -> str:
    """The mark of everything that the device may be given now; eighteen queries, and those of guests."""
    state, worker = _State(), device.owner
    hidden = hidden_from(worker)
    state.add(edition(), timezone.localdate(), get_language(), worker_of(device))
    state.add(*map(_sorted, (worker.standing.posts, households_in_sight(worker), team_households(worker))))
    state.add(_sorted(hidden.people.values()), _sorted(hidden.households), _sorted(hidden.memberships))
    state.add([pack.digest for pack in current_packs()], mark_of(reference_for(worker)))
    households = state.keys(scope.households.as_given(worker, device=device.pk))
    people = state.keys(members_of.as_given(worker, households=households), column=_PERSON)
    cases = state.keys(scope.cases.as_given(worker, households=households))
    state.rows(deadlines_of.as_given(cases=cases))
    assessments = state.keys(last_of.as_given(households=households))
    state.rows(assessed_of.as_given(assessments=assessments))
    state.rows(findings_of.as_given(sets=state.keys(sets_of.as_given(assessments=assessments))))
    plans = state.keys(plans_of.as_given(cases=cases))
    objectives = state.keys(objectives_of.as_given(plans=plans))
    state.rows(steps_of.as_given(objectives=objectives))
    state.rows(interventions_of.as_given(cases=cases, readable=readable_of(device)))
    state.rows(planned_visits_of.as_given(households=households, cases=cases))
    for guest in in_field():
        for rows in guest.rows(worker, households, people, cases):
            state.rows(rows)
    return state.digest.hexdigest()


@cache
def edition() -> str:
    """A mark of the code and the content that this process began with."""
    digest = hashlib.sha256(settings.VERSION.encode())
    for folder in (settings.ROOT / "punte", settings.CONTENT):
        for path in sorted(chain.from_iterable(folder.rglob(kind) for kind in _EDITION)):
            digest.update(f"{path.relative_to(folder)}\n".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _key(given: Any) -> UUID:
    """As this database gives it, a key is itself or how it is written."""
    return given if isinstance(given, UUID) else UUID(given)


def _sorted(parts: Iterable[object]) -> list[str]:
    return sorted(map(repr, parts))
