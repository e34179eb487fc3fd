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
from django.db.models import Count  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from punte.accounts.enums import Role  # noqa: E402
from punte.accounts.models import Appointment, ConfidentialityPromise, User  # noqa: E402
from punte.accounts.privacy import privacy  # noqa: E402
from punte.cases.models import Case  # noqa: E402
from punte.organizations.enums import OrganizationKind  # noqa: E402
from punte.organizations.models import Organization  # noqa: E402
from punte.people.models import Person  # noqa: E402

WARMING, ROUNDS = 5, int(os.environ.get("PUNTE_BENCH_ROUNDS", "20"))
_SEVERAL = "mai.multe@punte.example"
Visit = tuple[User, str]


def _workers() -> list[User]:
    own = User.objects.filter(appointments__role=Role.SOCIAL_WORKER, cases_answered_for__open=True)
    return list(own.distinct().order_by("pk")[:20])


def _searches() -> Iterable[Visit]:
    for worker, person in _known_people():
        slipped = person.family_name[:2] + person.family_name[3:]
        yield worker, f"/cauta/?q={person.given_name} {person.family_name}"
        yield worker, f"/cauta/?q={slipped} {person.given_name}"
        yield worker, f"/cauta/?q={person.family_name}"


def _known_people() -> Iterable[tuple[User, Person]]:
    for worker in _workers():
        keepers = list(worker.appointments.values_list("organization", flat=True))
        for person in Person.objects.filter(keeper__in=keepers).order_by("pk")[:3]:
            yield worker, person


def _known_cases() -> Iterable[tuple[User, Case]]:
    for worker in _workers():
        for case in Case.objects.of_worker(worker).order_by("pk")[:3]:
            yield worker, case


def _of(path: str, *roles: Role) -> Callable[[], Iterable[Visit]]:
    """A page as those who hold a role open it, in the institution that keeps most."""
    city = Organization.objects.filter(households__isnull=False).annotate(kept=Count("households"))
    largest = city.order_by("-kept")[:1].values("pk")

    def visits() -> Iterable[Visit]:
        posts = Appointment.objects.current().filter(role__in=roles, organization__in=largest)
        users = User.objects.filter(pk__in=posts.values("user")).exclude(email=_SEVERAL)
        for user in users.order_by("pk")[:20]:
            yield user, path

    return visits


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
    promise = privacy().promise
    ConfidentialityPromise.objects.get_or_create(
        user=found, version=promise.version, defaults={"text": promise.ro}
    )
    return found


def _several(*urls: str) -> Callable[[], Iterable[Visit]]:
    return lambda: [(_of_several_keepers(), url) for url in urls]


def measured(visits: Iterable[Visit]) -> dict[str, float]:
    """The median of a page in milliseconds, of the clock and of this process, and the most queries of one."""
    planned = list(visits)
    clients = {worker.pk: signed_in(worker) for worker, _ in planned}
    times, used, queries = [], [], []
    for turn in range(ROUNDS + WARMING):
        worker, url = planned[turn % len(planned)]
        client = clients[worker.pk]
        if turn < WARMING:
            client.get(url)
            continue
        began, before = time.perf_counter(), time.process_time()
        answer = client.get(url)
        times.append((time.perf_counter() - began) * 1000)
        used.append((time.process_time() - before) * 1000)
        if answer.status_code != 200 and not url.startswith("/cauta/"):
            sys.exit(f"{url} answered {answer.status_code}")
    for worker, url in planned[:5]:
        with CaptureQueriesContext(connection) as captured:
            clients[worker.pk].get(url)
        queries.append(len(captured))
    return {
        "ms": statistics.median(times),
        "processor": statistics.median(used),
        "queries": max(queries),
    }


def signed_in(worker: User) -> Client:
    """The browser of somebody who just signed in."""
    client = Client()
    client.force_login(worker, backend="punte.accounts.backend.OpenAccounts")
    return client


PAGES: dict[str, Callable[[], Iterable[Visit]]] = {
    "name search": _searches,
    "my day": lambda: ((worker, "/ziua-mea/") for worker in _workers()),
    "list of cases": lambda: ((worker, "/cazuri/") for worker in _workers()),
    "case page": lambda: ((worker, f"/cazuri/{case.pk}/") for worker, case in _known_cases()),
    "household page": lambda: (
        (worker, f"/gospodarii/{case.household_id}/") for worker, case in _known_cases()
    ),
    "person page": lambda: ((worker, f"/persoane/{one.pk}/") for worker, one in _known_people()),
    "list of households": lambda: ((worker, "/gospodarii/") for worker in _workers()),
    "of several keepers, list of households": _several("/gospodarii/"),
    "of several keepers, list of cases": _several("/cazuri/"),
    "of several keepers, name search": _several("/cauta/?q=Ana Pop", "/cauta/?q=Maria Moldovan"),
    **{
        f"register list, {title}": _of(f"/registre/{key}/", Role.SOCIAL_WORKER)
        for title, key in (
            ("obligations", "obligation"),
            ("enrolments in school", "school_enrolment"),
            ("certificates of disability", "disability_certificate"),
            ("tenancies", "tenancy"),
        )
    },
    "list of entitlements": _of("/drepturi/", Role.COORDINATOR),
    "list of notifications": _of("/sesizari/", Role.COORDINATOR),
    "list of late notifications": _of("/sesizari/?state=late", Role.COORDINATOR),
    "list of groups": _of("/grupuri/", Role.COORDINATOR),
    "meetings of a worker": _of("/intalniri/", Role.SOCIAL_WORKER),
    "meetings of a coordinator": _of("/intalniri/?state=held", Role.COORDINATOR),
    "tasks of a worker": _of("/sarcini/", Role.SOCIAL_WORKER),
    "tasks of a coordinator": _of("/sarcini/?whose=all", Role.COORDINATOR),
}

if __name__ == "__main__":
    asked = sys.argv[1:]
    told = {}
    for name, visits in PAGES.items():
        if not asked or any(word in name for word in asked):
            told[name] = measured(visits())
            print(f"  {name}: {told[name]['ms']:.1f} ms", file=sys.stderr, flush=True)
    print(json.dumps(told))
