"""A mark over all that a device may be given: while it stays the same, so does every answer to the same question.

An answer is made of rows, of the day, of what the worker may read, and of the code and content of this edition. The
rows are the very ones that bundles are made of, asked by the same questions (`rows.py`, `scope.py`), but taken as the
database gives them, which costs a fraction of making bundles.
"""

import hashlib
from collections.abc import Iterable
from functools import cache
from itertools import chain
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql.constants import MULTI
from django.utils import timezone
from django.utils.translation import get_language

from punte.accounts.guests import in_field
from punte.assessments.models import AssessedMember
from punte.cases.models import Objective, PlannedService
from punte.devices.models import Device
from punte.fieldwork.pull.bundles import mark_of, worker_of
from punte.fieldwork.pull.packs import current_packs
from punte.fieldwork.pull.reference import reference_for
from punte.fieldwork.pull.rows import (
    deadlines_of,
    findings_of,
    interventions_of,
    last_of,
    members_of,
    planned_visits_of,
    plans_of,
    sets_of,
)
from punte.fieldwork.pull.scope import cases_offline, households_offline
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

    def rows(self, rows: QuerySet[Any], *, column: int = 0) -> list[Any]:
        """Take in rows as the database gives them.

        Returns:
            One of their columns; the first is of a model its key.
        """
        found = _as_given(rows)
        self.digest.update(repr(found).encode())
        return [row[column] for row in found]


def state_of(device: Device) -> str:
    """The mark of everything that the device may be given now; eighteen queries, and those of guests."""
    state, worker = _State(), device.owner
    hidden = hidden_from(worker)
    state.add(edition(), timezone.localdate(), get_language(), worker_of(device))
    state.add(*map(_sorted, (worker.standing.posts, households_in_sight(worker), team_households(worker))))
    state.add(_sorted(hidden.people.values()), _sorted(hidden.households), _sorted(hidden.memberships))
    state.add([pack.digest for pack in current_packs()], mark_of(reference_for(worker)))
    households = state.rows(households_offline(device))
    people = state.rows(members_of(device, households), column=_PERSON)
    cases = state.rows(cases_offline(device, households))
    state.rows(deadlines_of(cases))
    assessments = state.rows(last_of(households))
    state.rows(AssessedMember.objects.filter(assessment__in=assessments).order_by("id"))
    state.rows(findings_of(state.rows(sets_of(assessments))))
    plans = state.rows(plans_of(cases))
    objectives = state.rows(Objective.objects.filter(plan__in=plans).order_by("position", "id"))
    state.rows(PlannedService.objects.filter(objective__in=objectives).order_by("position", "id"))
    state.rows(interventions_of(cases, device))
    state.rows(planned_visits_of(households, cases))
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


def _as_given(rows: QuerySet[Any]) -> list[Any]:
    return list(chain.from_iterable(rows.query.get_compiler(connection=connection).execute_sql(MULTI)))


def _sorted(parts: Iterable[object]) -> list[str]:
    return sorted(map(repr, parts))
