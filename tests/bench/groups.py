"""How fast an attendance of 30 is saved, beside all that the environment has of meetings. Run by `tests.bench`.

Prints one JSON object of milliseconds.
"""

import datetime as dt
import json
import os
import statistics
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "punte.settings")

import django  # noqa: E402

django.setup()

from django.utils import timezone  # noqa: E402

from punte.accounts.enums import Role  # noqa: E402
from punte.accounts.models import User  # noqa: E402
from punte.gatherings.actions.attendance import take_attendance  # noqa: E402
from punte.gatherings.actions.series import plan_meetings  # noqa: E402
from punte.gatherings.models import Enrolment, Series  # noqa: E402
from punte.people.models import Person  # noqa: E402

ENROLLED, WARMING, ROUNDS = 30, 3, 15
_TITLE = "Atelier de măsurat"


def main() -> None:
    """The meetings that are taken stay."""
    series = Series.objects.filter(title=_TITLE).first() or _series()
    leader = series.facilitators.get()
    people = list(Enrolment.objects.filter(series=series).values_list("person", flat=True))
    first = timezone.localdate() - dt.timedelta(days=700 + series.meetings.count())
    days = [first - dt.timedelta(days=turn) for turn in range(WARMING + ROUNDS)]
    times, used = [], []
    for meeting in plan_meetings(by=leader, series=series, days=days):
        began, before = time.perf_counter(), time.process_time()
        take_attendance(by=leader, meeting=meeting, marks=dict.fromkeys(people, "present"), counted=2)
        times.append((time.perf_counter() - began) * 1000)
        used.append((time.process_time() - before) * 1000)
    print(
        json.dumps({"ms": statistics.median(times[WARMING:]), "processor": statistics.median(used[WARMING:])})
    )


def _series() -> Series:
    like = Series.objects.order_by("pk").first()
    assert like is not None
    start = timezone.localdate() - dt.timedelta(days=1500)
    leader = User.objects.filter(
        appointments__role=Role.SOCIAL_WORKER, appointments__organization=like.keeper_id
    ).order_by("pk")[0]
    made = Series.objects.create(
        keeper_id=like.keeper_id, kind="nonformal", title=_TITLE, start=start, planned=40, least=10
    )
    made.facilitators.add(leader)
    people = Person.objects.filter(keeper=like.keeper_id).order_by("pk")[:ENROLLED]
    Enrolment.objects.bulk_create(
        Enrolment(series=made, person=person, start=start, by=leader) for person in people
    )
    return made


if __name__ == "__main__":
    main()
