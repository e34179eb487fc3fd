"""Groups with years of meetings behind them: how fast their lists are, and how fast an attendance is saved.

`python -m tests.bench.groups build` fills the database of the environment; without a word it measures and prints one
JSON object of milliseconds by name. Run by `tests.bench`.
"""

import datetime as dt
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import cycle, islice
from typing import TypeVar

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "punte.settings")

import django  # noqa: E402

django.setup()

from django.db import models, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from punte.accounts.enums import Role  # noqa: E402
from punte.accounts.models import Appointment, User  # noqa: E402
from punte.gatherings.actions.attendance import take_attendance  # noqa: E402
from punte.gatherings.actions.series import plan_meetings  # noqa: E402
from punte.gatherings.models import Enrolment, Meeting, Presence, Series  # noqa: E402
from punte.organizations.enums import OrganizationKind  # noqa: E402
from punte.organizations.models import Organization  # noqa: E402
from punte.people.models import Person  # noqa: E402

SERIES, MEETINGS, EACH = 500, 40, 15
ENROLLED = 30
PORTION = 5_000
WARMING, ROUNDS = 5, 31


def build() -> None:
    """20,000 meetings with 300,000 presences, of one institution."""
    now, today = timezone.now(), timezone.localdate()
    with transaction.atomic():
        keeper = Organization.objects.create(
            name="Primăria Exemplu", folded_name="primaria exemplu", kind=OrganizationKind.TOWN_HALL
        )
        leader = User.objects.create(email="grupuri@punte.example", name="Ioana Exemplu", demonstration=True)
        Appointment.objects.create(
            user=leader, organization=keeper, role=Role.SOCIAL_WORKER, start=today - dt.timedelta(days=900)
        )
        people = _written(
            Person(keeper=keeper, family_name=f"Exemplu{number:05d}", given_name="Ileana")
            for number in range(SERIES * 2)
        )
        series = _written(
            Series(
                keeper=keeper,
                kind="nonformal",
                title=f"Atelier {number}",
                start=today - dt.timedelta(days=800),
                planned=MEETINGS,
                least=10,
            )
            for number in range(SERIES)
        )
        for one in series:
            one.facilitators.add(leader)
        turn = cycle(people)
        lists = {one.pk: [next(turn) for _place in range(ENROLLED)] for one in series}
        _written(
            Enrolment(series=one, person=person, start=one.start, by=leader)
            for one in series
            for person in lists[one.pk]
        )
        meetings = _written(
            Meeting(
                keeper=keeper,
                kind=one.kind,
                series=one,
                day=today - dt.timedelta(weeks=week + 1),
                state="held",
                called_by=leader,
            )
            for one in series
            for week in range(MEETINGS)
        )
        _written(
            Presence(meeting=meeting, person=person, state="present", noted_by=leader, noted_at=now)
            for meeting in meetings
            for person in lists[meeting.series_id][:EACH]
        )


Row = TypeVar("Row", bound=models.Model)


def _written(rows: Iterable[Row]) -> list[Row]:
    made: list[Row] = []
    waiting = iter(rows)
    while some := list(islice(waiting, PORTION)):
        made += type(some[0])._default_manager.bulk_create(some)
    return made


def _pages() -> Iterator[tuple[str, str]]:
    series = Series.objects.order_by("pk").first()
    assert series is not None
    yield "the list of groups", reverse("groups")
    yield "a group", reverse("group", args=[series.pk])
    yield "the attendance of a meeting", reverse("attendance", args=[series.meetings.order_by("day")[0].pk])


def measure() -> dict[str, dict[str, float]]:
    """The median of each in milliseconds."""
    leader = User.objects.get(email="grupuri@punte.example")
    client = Client()
    client.force_login(leader, backend="punte.accounts.backend.OpenAccounts")
    told = {name: _median(lambda url=url: client.get(url)) for name, url in _pages()}
    return told | {"an attendance of 30, saved": _median(_saving(leader))}


def _saving(leader: User) -> Callable[[], object]:
    series = Series.objects.order_by("pk").first()
    assert series is not None
    people = list(Enrolment.objects.filter(series=series).values_list("person", flat=True))
    first = timezone.localdate() - dt.timedelta(days=700)
    taken = series.meetings.filter(day__lt=first).count()
    days = [first - dt.timedelta(days=taken + turn) for turn in range(WARMING + ROUNDS)]
    waiting = iter(plan_meetings(by=leader, series=series, days=days))
    return lambda: take_attendance(
        by=leader, meeting=next(waiting), marks=dict.fromkeys(people, "present"), counted=2
    )


def _median(act: Callable[[], object]) -> dict[str, float]:
    times = []
    for turn in range(WARMING + ROUNDS):
        began = time.perf_counter()
        act()
        if turn >= WARMING:
            times.append((time.perf_counter() - began) * 1000)
    return {"ms": statistics.median(times)}


if __name__ == "__main__":
    if "build" in sys.argv:
        build()
    else:
        print(json.dumps(measure()))
