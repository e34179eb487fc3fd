"""Server time and queries of the pages that everybody opens all day, on the database of the environment.

Run as a module by `tests.bench`; prints one JSON object.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "punte.settings")

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from punte.accounts.enums import Role  # noqa: E402
from punte.accounts.models import Appointment, User  # noqa: E402
from punte.cases.models import Case  # noqa: E402
from punte.organizations.enums import OrganizationKind  # noqa: E402
from punte.organizations.models import Organization  # noqa: E402
from punte.people.models import Person  # noqa: E402

WARMING, ROUNDS = 20, 60
_SEVERAL = "mai.multe@punte.example"
Visit = tuple[User, str]


def _workers() -> list[User]:
    own = User.objects.filter(appointments__role=Role.SOCIAL_WORKER, cases_answered_for__open=True)
    return list(own.distinct().order_by("pk")[:20])


def _searches() -> Iterable[Visit]:
    for worker in _workers():
        keepers = list(worker.appointments.values_list("organization", flat=True))
        for person in Person.objects.filter(keeper__in=keepers).order_by("pk")[:3]:
            slipped = person.family_name[:2] + person.family_name[3:]
            yield worker, f"/cauta/?q={person.given_name} {person.family_name}"
            yield worker, f"/cauta/?q={slipped} {person.given_name}"
            yield worker, f"/cauta/?q={person.family_name}"


def _days() -> Iterable[Visit]:
    for worker in _workers():
        yield worker, "/ziua-mea/"


def _cases() -> Iterable[Visit]:
    for worker in _workers():
        for case in Case.objects.of_worker(worker).order_by("pk")[:3]:
            yield worker, f"/cazuri/{case.pk}/"


def _people() -> Iterable[Visit]:
    for worker in _workers():
        keepers = list(worker.appointments.values_list("organization", flat=True))
        for person in Person.objects.filter(keeper__in=keepers).order_by("pk")[:3]:
            yield worker, f"/persoane/{person.pk}/"


def _households() -> Iterable[Visit]:
    for worker in _workers():
        for case in Case.objects.of_worker(worker).order_by("pk")[:3]:
            yield worker, f"/gospodarii/{case.household_id}/"


def _household_lists() -> Iterable[Visit]:
    for worker in _workers():
        yield worker, "/gospodarii/"


def _case_lists() -> Iterable[Visit]:
    for worker in _workers():
        yield worker, "/cazuri/"


def _of_several_keepers() -> User:
    """Somebody who coordinates in every institution of the demonstration that keeps records."""
    found = User.objects.filter(email=_SEVERAL).first()
    if found is None:
        found = User.objects.create_user(email=_SEVERAL, name="Ana Câmpeanu", demonstration=True)
        keepers = Organization.objects.filter(kind=OrganizationKind.TOWN_HALL, cases__isnull=False)
        for keeper in keepers.distinct():
            Appointment.objects.create(
                user=found, organization=keeper, role=Role.COORDINATOR, start=timezone.localdate()
            )
    return found


def _several(*urls: str) -> Callable[[], Iterable[Visit]]:
    return lambda: [(_of_several_keepers(), url) for url in urls]


def _measure(visits: Iterable[Visit]) -> dict[str, float]:
    planned = list(visits)
    clients = {worker.pk: _signed_in(worker) for worker, _ in planned}
    times, queries = [], []
    for turn in range(max(ROUNDS, len(planned)) + WARMING):
        worker, url = planned[turn % len(planned)]
        client = clients[worker.pk]
        if turn < WARMING:
            client.get(url)
            continue
        began = time.perf_counter()
        answer = client.get(url)
        times.append((time.perf_counter() - began) * 1000)
        if answer.status_code not in (200, 302):
            sys.exit(f"{url} answered {answer.status_code}")
    for worker, url in planned[:15]:
        with CaptureQueriesContext(connection) as captured:
            clients[worker.pk].get(url)
        queries.append(len(captured))
    return {"ms": statistics.median(times), "queries": max(queries)}


def _signed_in(worker: User) -> Client:
    client = Client()
    client.force_login(worker, backend="punte.accounts.backend.OpenAccounts")
    return client


PAGES: dict[str, Callable[[], Iterable[Visit]]] = {
    "name search": _searches,
    "my day": _days,
    "list of cases": _case_lists,
    "case page": _cases,
    "household page": _households,
    "person page": _people,
    "list of households": _household_lists,
    "of several keepers, list of households": _several("/gospodarii/"),
    "of several keepers, list of cases": _several("/cazuri/"),
    "of several keepers, name search": _several("/cauta/?q=Ana Pop", "/cauta/?q=Maria Moldovan"),
}

if __name__ == "__main__":
    print(json.dumps({name: _measure(visits()) for name, visits in PAGES.items()}))
