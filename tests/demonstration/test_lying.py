"""What lies in the demonstration as if written over a year is what its verbs would have written."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry
from punte.cases.actions import open_case
from punte.cases.actions.refresh_deadlines import refresh_deadlines, terms_once
from punte.cases.models import CaseDeadline
from punte.demonstration.lying import Laid
from punte.registers.actions import add_entry
from punte.registers.models import Entry
from tests.factories import HouseholdFactory, OrganizationFactory, worker

pytestmark = pytest.mark.django_db


def test_an_entry_that_is_laid_is_as_its_verb_writes_it() -> None:
    house = OrganizationFactory()
    by, home = worker(Role.CASE_MANAGER, organization=house), HouseholdFactory(keeper=house)
    day = timezone.localdate() - dt.timedelta(days=40)
    given = {"kind": "rent", "amount": Decimal("280.50"), "paid": Decimal(280), "paid_on": day}
    written = add_entry(
        by=by, register="obligation", subject=home, start=day, state="paid", given=given, confirmed=True
    )
    laid = Laid()
    lies = laid.add(by, "obligation", home, day, state="paid", **given)
    laid.keep()
    assert told(lies) == told(written)


def told(entry: Entry) -> dict[str, Any]:
    same = (
        "register",
        "keeper_id",
        "compartment",
        "revision",
        "overlap_key",
        "state",
        "start",
        "end",
        "values",
        "texts",
    )
    [trail] = TrailEntry.objects.filter(subject=entry.pk)
    [revision] = entry.revisions.all()
    listed = entry.listed.order_by("field").values_list("field", "word", "number", "day")
    columns = {name: getattr(Entry.objects.get(pk=entry.pk), name) for name in same}
    of_trail = (trail.verb, trail.actor_id, trail.keeper, trail.household, trail.changes)
    return columns | {
        "trail": of_trail,
        "revision_of": (revision.number, revision.move, revision.by_id, revision.values),
        "listed": list(listed),
    }


def test_terms_are_brought_in_step_once_at_the_end_of_many_deeds() -> None:
    house = OrganizationFactory()
    by, home = worker(Role.CASE_MANAGER, organization=house), HouseholdFactory(keeper=house)
    with terms_once():
        case = open_case(by=by, household=home, regime="intensive", reason="Vizită")
        assert not CaseDeadline.objects.filter(case=case).exists()
    then = set(CaseDeadline.objects.filter(case=case).values_list("rule", "due_on"))
    case.refresh_from_db()
    refresh_deadlines(case)
    assert then == set(CaseDeadline.objects.filter(case=case).values_list("rule", "due_on")) != set()
