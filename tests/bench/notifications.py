"""How fast those known are shown while a notification is recorded. Run by `tests.bench`.

Fills the environment up to 50,000 notifications first. Prints one JSON object: milliseconds and queries of each.
"""

import datetime as dt
import json
import os
import random
import statistics
import time
from collections.abc import Iterator

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "punte.settings")

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from punte.accounts.enums import Role  # noqa: E402
from punte.accounts.models import Appointment, User  # noqa: E402
from punte.notifications.enums import NotificationState  # noqa: E402
from punte.notifications.matching import Clues, marks_of  # noqa: E402
from punte.notifications.models import Notification, NotifiedMark, NotifiedPerson  # noqa: E402
from punte.people.models import Person  # noqa: E402
from tests.bench.pages import signed_in  # noqa: E402

MANY, AT_ONCE, WARMING, ROUNDS = 50_000, 2_000, 5, 31


def fill() -> None:
    """As many notifications as are missing, about people who are on file; one of twenty is still to be decided."""
    post = _coordinator()
    chance = random.Random(7)  # noqa: S311
    known = list(Person.objects.order_by("pk").values_list("family_name", "given_name")[:20_000])
    start = Notification.objects.filter(keeper=post.organization_id).count()
    while start < MANY:
        rows = list(_rows(post, start, min(AT_ONCE, MANY - start), chance))
        Notification.objects.bulk_create(rows)
        called = {row.pk: " ".join(chance.choice(known)) for row in rows}
        NotifiedPerson.objects.bulk_create(
            NotifiedPerson(notification_id=pk, name=name) for pk, name in called.items()
        )
        NotifiedMark.objects.bulk_create(
            NotifiedMark(notification_id=pk, kind=kind, mark=mark)
            for pk, name in called.items()
            for kind, mark in marks_of(Clues([name]))
        )
        start += len(rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _coordinator() -> Appointment:
    posts = Appointment.objects.filter(role=Role.COORDINATOR, user__demonstration=True)
    return posts.select_related("user").order_by("organization__name", "pk")[0]


def _rows(post: Appointment, start: int, many: int, chance: random.Random) -> Iterator[Notification]:
    now = timezone.now()
    for number in range(start, start + many):
        received = now - dt.timedelta(hours=chance.randrange(24 * 365 * 5))
        waits = chance.random() < 0.05
        yield Notification(
            keeper_id=post.organization_id,
            year=2000,
            number=number + 1,
            received_at=received,
            due_at=received + dt.timedelta(hours=72),
            channel="phone_office",
            kind="child_risk",
            compartment="general",
            what="Copiii sunt singuri.",
            urgency=chance.randrange(1, 4),
            state=NotificationState.ASSIGNED if waits else NotificationState.CLOSED,
        )


def measure() -> dict[str, dict[str, float]]:
    """Milliseconds and queries of the matches."""
    client = signed_in(User.objects.get(pk=_coordinator().user_id))
    person = Person.objects.order_by("-pk")[0]
    asked = {
        "name_1": f"{person.family_name} {person.given_name}",
        "where": "Str. Morii nr. 7",
        "phone": "0744 123 456",
    }
    return {"those known": _timed(lambda: client.post("/sesizari/cunoscuti/", asked))}


def _timed(ask: object) -> dict[str, float]:
    assert callable(ask)
    for _turn in range(WARMING):
        assert ask().status_code == 200
    with CaptureQueriesContext(connection) as caught:
        ask()
    queries = len(caught)
    took = []
    for _turn in range(ROUNDS):
        began = time.perf_counter()
        ask()
        took.append((time.perf_counter() - began) * 1000)
    return {"ms": statistics.median(took), "queries": queries}


if __name__ == "__main__":
    fill()
    print(json.dumps(measure()))
