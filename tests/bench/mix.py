"""The requests of a working day: what a worker opens, searches for, notes and saves.

Run as a module, it prints the processor's time of each as JSON, on the database of the environment.
"""

import json
import os
import secrets
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "punte.settings")

import django

django.setup()

from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from punte.accounts.enums import Role  # noqa: E402
from punte.accounts.models import User  # noqa: E402
from punte.assessments.actions import start_assessment  # noqa: E402
from punte.assessments.models import AssessmentDraft  # noqa: E402
from punte.cases.models import Case  # noqa: E402
from punte.people.models import Membership  # noqa: E402

_CASES = 12


@dataclass(frozen=True)
class Ask:
    """One request: what it is called in the figures, and how it is sent."""

    kind: str
    url: str
    method: str = "GET"
    content: str = ""
    content_type: str = ""


@dataclass
class Desk:
    """One worker with some of their cases, and the questionnaire that is being filled."""

    worker: User
    cases: list[Case]
    draft: AssessmentDraft
    people: dict[Any, list[Any]]
    revision: int = field(init=False)

    def __post_init__(self) -> None:
        self.revision = self.draft.revision

    def round(self, number: int) -> Iterator[Ask]:
        """A stretch of work around one of the cases, the next one each time."""
        case = self.cases[number % len(self.cases)]
        person = self.people[case.household_id][number % len(self.people[case.household_id])]
        words = f"{person.given_name} {person.family_name}"
        yield Ask("my day", "/ziua-mea/")
        yield Ask("list of cases", "/cazuri/")
        yield Ask("search", f"/cauta/?{urlencode({'q': words})}")
        yield Ask("case page", f"/cazuri/{case.pk}/")
        yield Ask("household page", f"/gospodarii/{case.household_id}/")
        yield Ask("person page", f"/persoane/{person.pk}/")
        yield self._intervention(case)
        yield Ask("case page", f"/cazuri/{case.pk}/")
        yield self._answers()
        yield self._answers()

    def _intervention(self, case: Case) -> Ask:
        typed = {
            "mode": "home_visit",
            "at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
            "minutes": "30",
            "met_family": "on",
            "note": "Am vorbit despre actele copilului.",
            "compartment": "general",
            "back": "case",
            "once": secrets.token_urlsafe(16),
        }
        url = f"/cazuri/{case.pk}/interventii/"
        return Ask(
            "an intervention noted", url, "POST", urlencode(typed), "application/x-www-form-urlencoded"
        )

    def _answers(self) -> Ask:
        content = {"instance": self.draft.instance, "base": self.revision, "answered": 40, "asked": 90}
        self.revision += 1
        url = f"/evaluari/ciorne/{self.draft.pk}/"
        return Ask("answers saved", url, "PUT", json.dumps(content), "application/json")


def desks(number: int) -> list[Desk]:
    """So many desks of workers who answer for open cases, each with a questionnaire of its own begun.

    Where there are fewer workers, some sit at several desks.
    """
    own = User.objects.filter(appointments__role=Role.SOCIAL_WORKER, cases_answered_for__open=True)
    workers = list(own.distinct().order_by("pk")[:number])
    return [_desk(workers[each % len(workers)], each // len(workers)) for each in range(number)]


def signed_in(worker: User) -> dict[str, str]:
    """The cookies of a worker who just signed in."""
    client = Client()
    client.force_login(worker, backend="punte.accounts.backend.OpenAccounts")
    return {name: cookie.value for name, cookie in client.cookies.items()}


def _desk(worker: User, place: int) -> Desk:
    mine = Case.objects.of_worker(worker).filter(sealed=False).select_related("household").order_by("pk")
    cases = list(mine[:_CASES])
    assessed = cases[place % len(cases)].household
    drafts = AssessmentDraft.objects.of_author(worker).filter(household=assessed)
    draft = drafts.first() or start_assessment(by=worker, household=assessed)
    people: dict[Any, list[Any]] = {}
    homes = [case.household_id for case in cases]
    living = Membership.objects.current().filter(household__in=homes).select_related("person").order_by("pk")
    for row in living:
        people.setdefault(row.household_id, []).append(row.person)
    return Desk(worker, [case for case in cases if case.household_id in people], draft, people)


def processor(*, at: int = 6, rounds: int = 12) -> dict[str, float]:
    """Milliseconds of the processor for each kind of request, in one process that has its connection and templates."""
    times: dict[str, list[float]] = defaultdict(list)
    own = [(desk, _browser(desk.worker)) for desk in desks(at)]
    for turn in range(rounds):
        for desk, browser in own:
            for ask in desk.round(turn):
                began = time.process_time()
                answer = browser.generic(
                    ask.method,
                    ask.url.partition("?")[0],
                    ask.content,
                    ask.content_type or "text/plain",
                    QUERY_STRING=ask.url.partition("?")[2],
                )
                if answer.status_code not in (200, 302):
                    sys.exit(f"{ask.method} {ask.url} answered {answer.status_code}")
                if turn > 1:
                    times[ask.kind].append((time.process_time() - began) * 1000)
    of_mix = [one for kind in times.values() for one in kind]
    return {
        **{kind: statistics.median(found) for kind, found in times.items()},
        "mix": statistics.mean(of_mix),
    }


def _browser(worker: User) -> Client:
    client = Client()
    client.cookies.load(signed_in(worker))
    return client


if __name__ == "__main__":
    print(json.dumps(processor()))
