"""Random histories of entries: what a register refuses never stands, and what is refused changes nothing.

Of measures and stays, with the places that they hold: `protection/test_measures.py`, `test_places.py`.
"""

import datetime as dt
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from punte.accounts.enums import Role
from punte.cases.actions import open_case
from punte.kernel.errors import DomainError
from punte.people.actions import change_household, record_dwelling
from punte.registers.actions import add_entry, correct_entry, move_entry, withdraw_entry
from punte.registers.catalogue import register_named
from punte.registers.models import Entry, EntryRevision
from tests import some_of
from tests.factories import HouseholdFactory, OrganizationFactory, family
from tests.factories import worker as worker_as

pytestmark = [pytest.mark.django_db, pytest.mark.both]
FIRST = dt.date(2026, 1, 1)
DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["add", "end", "correct", "withdraw"]),
        st.integers(0, 1),
        st.integers(0, 200),
        st.none() | st.integers(0, 60),
    ),
    max_size=12,
)


@settings(max_examples=some_of(15), deadline=None)
@given(deeds=DEEDS)
def test_no_history_gives_two_tenancies_of_a_household_at_a_time(deeds: list[Any]) -> None:
    with transaction.atomic():
        _live(deeds)
        transaction.set_rollback(True)


def _live(deeds: list[Any]) -> None:
    house = OrganizationFactory()
    worker = worker_as(Role.SOCIAL_WORKER, organization=house)
    homes = [HouseholdFactory(keeper=house, name=name) for name in ("Popa", "Dinu")]
    dwelling = record_dwelling(by=worker, keeper=house, kind="social", uat=homes[0].uat, address="Bl. 1")
    for home in homes:
        change_household(by=worker, household=home, dwelling=dwelling)
    for deed, which, begins, days in deeds:
        start = FIRST + dt.timedelta(days=begins)
        last = None if days is None else start + dt.timedelta(days=days)
        said = {"household": homes[which], "right": "market", "rent": Decimal(begins)}
        before = _rows()
        try:
            with transaction.atomic():
                _do(worker, dwelling, deed, start, last, said)
        except DomainError:
            assert _rows() == before
        _none_overlap()
        for entry in Entry.objects.all():
            newest = EntryRevision.objects.filter(entry=entry).latest("number")
            assert (entry.start, entry.end, entry.state) == (newest.start, newest.end, newest.state)


def _do(
    worker: Any, dwelling: Any, deed: str, start: dt.date, last: dt.date | None, said: dict[str, Any]
) -> None:
    standing = Entry.objects.filter(concerns=said["household"]).exclude(state="withdrawn")
    entry = standing.order_by("pk").first()
    if deed == "add" or entry is None:
        add_entry(by=worker, register="tenancy", subject=dwelling, start=start, last=last, given=said)
        return
    revision = entry.revision
    if deed == "end":
        move_entry(by=worker, entry=entry, move="end", on=start, given={}, revision=revision)
    elif deed == "withdraw":
        withdraw_entry(by=worker, entry=entry, why="Greșeală", revision=revision)
    else:
        days = {"start": start, "last": last}
        correct_entry(
            by=worker, entry=entry, given=said, state="signed", why="Altă zi", revision=revision, **days
        )


def _rows() -> list[Any]:
    return list(Entry.objects.order_by("pk").values_list("pk", "start", "end", "state", "revision"))


def _none_overlap() -> None:
    held = Entry.objects.exclude(state="withdrawn").order_by("pk")
    for one, other in combinations(held, 2):
        if one.concerns_id == other.concerns_id:
            assert not one.meets(other.start, other.end)


OF_PEOPLE = {
    "protection_order": {"kind": "order", "issued_by": "court"},
    "foster_attestation": {"places": 2},
}


@pytest.mark.parametrize("register", OF_PEOPLE)
@settings(max_examples=some_of(15), deadline=None)
@given(deeds=DEEDS)
def test_no_history_gives_two_orders_or_attestations_of_a_person_at_a_time(
    register: str, deeds: list[Any]
) -> None:
    with transaction.atomic():
        _live_of_people(register, deeds)
        transaction.set_rollback(True)


def _live_of_people(register: str, deeds: list[Any]) -> None:
    house = OrganizationFactory()
    worker = worker_as(Role.CASE_MANAGER, organization=house)
    home = HouseholdFactory(keeper=house)
    people = family(34, 36, household=home)
    open_case(by=worker, household=home, regime="standard", reason="Vizită")
    state = register_named(register).begins[-1]
    for deed, which, begins, days in deeds:
        start = FIRST + dt.timedelta(days=begins)
        last = start + dt.timedelta(days=days or 90)
        said = {**OF_PEOPLE[register], "until" if "order" in register else "valid_until": last}
        standing = Entry.objects.filter(person=people[which]).exclude(state="withdrawn").order_by("pk")
        entry = standing.first()
        before = _rows()
        try:
            with transaction.atomic():
                if deed == "add" or entry is None:
                    add_entry(
                        by=worker,
                        register=register,
                        subject=people[which],
                        start=start,
                        last=last,
                        state=state,
                        given=said,
                        confirmed=True,
                    )
                elif deed == "withdraw":
                    withdraw_entry(by=worker, entry=entry, why="Greșeală", revision=entry.revision)
                else:
                    correct_entry(
                        by=worker,
                        entry=entry,
                        given=said,
                        state=state,
                        why="Altă zi",
                        revision=entry.revision,
                        start=start,
                        last=last,
                        confirmed=True,
                    )
        except DomainError:
            assert _rows() == before
        for one, other in combinations(Entry.objects.exclude(state="withdrawn").order_by("pk"), 2):
            assert one.person_id != other.person_id or not one.meets(other.start, other.end)
