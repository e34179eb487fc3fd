"""20,000 invented meetings with 300,000 presences, and how fast their lists open.

`python -m tests.bench.meetings build` fills the database of the environment, where a demonstration is; without a word
it measures and prints one JSON object of milliseconds and queries by name. Run by `tests.bench`.
"""

import datetime as dt
import json
import os
import random
import sys
from collections.abc import Callable, Iterable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "punte.settings")

import django  # noqa: E402

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from punte.accounts.enums import Role  # noqa: E402
from punte.accounts.models import Appointment, User  # noqa: E402
from punte.cases.models import Case  # noqa: E402
from punte.gatherings.content import CONFERENCE  # noqa: E402
from punte.gatherings.enums import MeetingState, PresenceState, TaskState  # noqa: E402
from punte.gatherings.models import Meeting, Presence, Task  # noqa: E402
from tests.bench.pages import Visit, _measure  # noqa: E402

MEETINGS, PRESENCES_OF_EACH, PORTION = 20_000, 15, 1_000
_DAYS = 730


def build() -> None:
    """Meetings of open cases, evenly over two years, with who was there by name and a task each."""
    if Meeting.objects.count() >= MEETINGS:
        return
    chance = random.Random(1)  # noqa: S311 invented meetings need no secrecy
    rows = Case.objects.filter(open=True, responsible__isnull=False).order_by("pk")
    cases = list(rows.values_list("pk", "keeper", "responsible")[:MEETINGS])
    today = timezone.localdate()
    for first in range(0, MEETINGS, PORTION):
        with transaction.atomic():
            _portion(chance, cases, today, first)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _portion(chance: random.Random, cases: list[tuple[object, ...]], today: dt.date, first: int) -> None:
    meetings, presences, tasks = [], [], []
    for number in range(first, first + PORTION):
        case, keeper, by = cases[number % len(cases)]
        day = today + dt.timedelta(days=60 - chance.randrange(_DAYS))
        about = {"keeper_id": keeper, "case_id": case}
        meeting = Meeting(
            **about,
            kind=CONFERENCE,
            reason="review",
            day=day,
            called_by_id=by,
            state=MeetingState.HELD if day < today else MeetingState.PLANNED,
        )
        meetings.append(meeting)
        presences += [
            Presence(
                meeting=meeting,
                name=f"Invitat {place}",
                state=PresenceState.PRESENT,
                noted_by_id=by,
                noted_at=timezone.now(),
            )
            for place in range(PRESENCES_OF_EACH)
        ]
        tasks.append(
            Task(
                **about, meeting=meeting, words="Sună", user_id=by, by_id=by, due_on=day, state=TaskState.OPEN
            )
        )
    Meeting.objects.bulk_create(meetings)
    Presence.objects.bulk_create(presences)
    Task.objects.bulk_create(tasks)


def _of(path: str, *roles: Role) -> Callable[[], Iterable[Visit]]:
    def visits() -> Iterable[Visit]:
        posts = Appointment.objects.current().filter(role__in=roles).values("user")
        for user in User.objects.filter(pk__in=posts).order_by("pk")[:20]:
            yield user, path

    return visits


PAGES: dict[str, Callable[[], Iterable[Visit]]] = {
    "meetings of a worker": _of("/intalniri/", Role.SOCIAL_WORKER),
    "meetings of a coordinator": _of("/intalniri/?state=held", Role.COORDINATOR),
    "tasks of a worker": _of("/sarcini/", Role.SOCIAL_WORKER),
    "tasks of a coordinator": _of("/sarcini/?whose=all", Role.COORDINATOR),
}

if __name__ == "__main__":
    if sys.argv[1:] == ["build"]:
        build()
    else:
        print(json.dumps({name: _measure(visits()) for name, visits in PAGES.items()}))
