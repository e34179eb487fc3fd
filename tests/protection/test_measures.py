"""Random histories of measures: none overlap, no place is lost, and the terms are those of an independent reckoning."""

import datetime as dt
from itertools import combinations
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from punte.cases.content import rulebook
from punte.deadlines.model import Event
from punte.deadlines.terms import deadlines
from punte.directory.actions import record_occupancy
from punte.directory.models import NomenclatureCode, Service, TakenPlace
from punte.kernel.errors import DomainError
from punte.protection.actions import begin_search, choose_family
from punte.protection.models import Placement, holding
from punte.protection.roster import code_of, fits_of
from punte.registers.actions import add_entry, move_entry, withdraw_entry
from punte.registers.models import Entry
from tests import some_of
from tests.factories import CapacityFactory, OrganizationFactory, ServiceFactory
from tests.factories import worker as worker_as
from tests.protection.house import DAY, Town

pytestmark = pytest.mark.django_db
PLACES = 3
DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["residential", "relatives", "family", "end", "refuse", "decide", "withdraw"]),
        st.integers(0, 2),
        st.integers(0, 120),
    ),
    max_size=10,
)


class Centre(Town):
    """The same town with a placement centre of some places, and one family."""

    def __init__(self) -> None:
        super().__init__()
        code, _new = NomenclatureCode.objects.get_or_create(
            code="8790 CR-C-I", defaults={"name": "Centre de plasament"}
        )
        provider = OrganizationFactory(kind="ngo")
        self.service = ServiceFactory(provider=provider, code=code, name="Casa Exemplu")
        CapacityFactory(service=self.service, value=PLACES)
        record_occupancy(by=worker_as("partner", organization=provider), service=self.service, taken=0)
        # Counted long before: what is taken since is not in it.
        self.service.occupancy.update(at=timezone.now() - 300 * DAY)
        self.family = self.carer(places=PLACES)
        self.children = [self.home(35, age) for age in (4, 8, 12)]

    def measure(self, which: int, start: dt.date, **said: Any) -> Entry:
        """A measure of one of the children, decided by the court."""
        child = self.children[which][1][1]
        given = {"decided_by": "court", "kind": "placement_extended", **said}
        return add_entry(
            by=self.worker,
            register="protection_measure",
            subject=child,
            start=start,
            state="in_force",
            given=given,
            confirmed=True,
        )


@pytest.mark.both
@settings(max_examples=some_of(12), deadline=None)
@given(deeds=DEEDS)
def test_no_history_gives_two_measures_at_a_time_or_loses_a_place(deeds: list[Any]) -> None:
    with transaction.atomic():
        centre = Centre()
        today = timezone.localdate()
        for deed, which, days in deeds:
            before = _places(centre)
            try:
                with transaction.atomic():
                    _do(centre, deed, which, today - days * DAY)
            except DomainError:
                assert _places(centre) == before
            _sound(centre, today)
        transaction.set_rollback(True)


def _do(centre: Centre, deed: str, which: int, day: dt.date) -> None:
    case, people = centre.children[which]
    child, worker = people[1], centre.worker
    own = Entry.objects.filter(person=child, register="protection_measure").order_by("created_at", "pk")
    if deed == "residential":
        centre.measure(which, day, kind="placement_residential", place=centre.service)
    elif deed == "relatives":
        centre.measure(which, day)
    elif deed == "family":
        search = begin_search(by=worker, case=case, children=[child])
        fits = fits_of(worker, search)
        code = code_of(search, fits[0].family.key) if fits else "none"
        choose_family(by=worker, search=search, code=code, start=timezone.localdate())
    elif (entry := own.exclude(state="withdrawn").last()) is None:
        return
    elif deed == "withdraw":
        withdraw_entry(by=worker, entry=entry, why="Greșeală", revision=entry.revision)
    else:
        said: dict[str, Any] = {"ended_by": "other"} if deed == "end" else {}
        if deed == "decide":
            said = {"decided_by": "court", "decision": "1/2026", "decided_on": day, "child_heard": "agrees"}
        named = {"end": "end", "refuse": "refuse", "decide": "decide"}[deed]
        move_entry(
            by=worker,
            entry=entry,
            move=named,
            on=timezone.localdate(),
            given=said,
            revision=entry.revision,
            confirmed=True,
        )


def _sound(centre: Centre, today: dt.date) -> None:
    """What an independent reckoning over all entries says of overlaps and of places."""
    measures = list(Entry.objects.filter(register="protection_measure").order_by("pk"))
    held = [one for one in measures if one.state in ("in_force", "ended")]
    for one, other in combinations(held, 2):
        assert one.person_id != other.person_id or not one.meets(other.start, other.end)
    in_centre = [
        one for one in held if one.values.get("place") == str(centre.service.pk) and _lasts(one, today)
    ]
    taken = TakenPlace.objects.filter(service=centre.service, given_back_at=None)
    assert {row.holder for row in taken} == {one.pk for one in in_centre}
    assert Service.objects.get(pk=centre.service.pk).free == PLACES - len(in_centre)
    mine = set(Placement.objects.values_list("measure", flat=True))
    in_family = [
        one
        for one in measures
        if one.pk in mine and one.state in ("proposed", "in_force") and (one.end is None or one.end > today)
    ]
    assert holding().count() == len(in_family) <= PLACES


def _lasts(entry: Entry, today: dt.date) -> bool:
    """Who leaves today has left."""
    return entry.end is None or entry.end - DAY > today


def _places(centre: Centre) -> list[Any]:
    rows = Entry.objects.order_by("pk").values_list("pk", "start", "end", "state", "revision")
    return [*rows, Service.objects.get(pk=centre.service.pk).free, holding().count()]


@settings(max_examples=some_of(60), deadline=None)
@given(began=st.integers(0, 700), reviews=st.lists(st.integers(0, 700), max_size=6, unique=True))
def test_a_measure_is_reviewed_every_three_months_whatever_was_missed(began: int, reviews: list[int]) -> None:
    """Against a reckoning of its own: each quarter is met by the first review after its beginning."""
    rules = [one for one in rulebook().rules if one.key == "measure_review"]
    today = dt.date(2026, 11, 29)
    start = today - began * DAY
    done = sorted(day for day in (today - back * DAY for back in reviews) if day >= start)
    events = [Event("measure_decided", _noon(start), subject="x")]
    events += [Event("measure_reviewed", _noon(day) + dt.timedelta(hours=1), subject="x") for day in done]
    said = deadlines(events, regime="standard", rules=rules, today=today)
    assert [(one.due_on, one.met_on) for one in said] == _reckoned(start, done, today)


def _reckoned(start: dt.date, done: list[dt.date], today: dt.date) -> list[tuple[dt.date, dt.date | None]]:
    def due(turn: int) -> dt.date:
        return start + relativedelta(months=3 * turn)

    found: list[tuple[dt.date, dt.date | None]] = []
    turn = 1
    for day in done:
        opens = start if turn == 1 else due(turn - 1) + DAY
        if day < opens:
            continue
        found.append((due(turn), day))
        while (start if turn == 1 else due(turn - 1) + DAY) <= day:
            turn += 1
    opens = start if turn == 1 else due(turn - 1) + DAY
    return found + [(due(turn), None)] * (opens <= today)


def _noon(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
