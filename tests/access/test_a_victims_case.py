"""A victim's case from the first word to the end of her order: who is outside knocks everywhere and learns nothing.

The same people knock at the same doors before there is a case and after it went its whole way: same status, same bytes
but tokens, same questions to the database, no mail.
"""

import datetime as dt
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from punte.accounts.enums import Role
from punte.assessments.actions import submit_assessment
from punte.assessments.packs import current_version, pack_of
from punte.cases.actions import add_facet, follow_assessment, open_case, seal_person
from punte.cases.enums import Regime
from punte.methodology.forms import instance_for
from punte.people.models import Household
from punte.registers.actions import add_entry, move_entry
from punte.registers.models import Entry
from tests.access.test_behind_a_seal import answered, by
from tests.factories import HouseholdFactory, OrganizationFactory, family, worker

pytestmark = pytest.mark.django_db

KNOCKING = {
    "a curious colleague": Role.SOCIAL_WORKER,
    "an administrator": Role.ADMINISTRATOR,
    "a partner": Role.PARTNER,
    "the aggressor's own worker": Role.CASE_MANAGER,
    "a cousin in the town hall": Role.PLANNER,
    "a cousin who leads": Role.COORDINATOR,
}
EVERYWHERE = ("a curious colleague", "the aggressor's own worker")
"""Who knocks at every door; the others at the lists, and at a few of the rest."""
LISTS = (
    *(
        "my_day",
        "cases",
        "households",
        "registers",
        "notifications",
        "visits_week",
        "approvals",
        "own_calendar",
    ),
    "likely_pairs",
)
ASKED = (
    ("search", {"q": "Vulpescu"}),
    ("cases", {"whose": "all", "text": "Vulpescu"}),
    ("cases", {"whose": "all", "facet": "violence"}),
)


class Story:
    """A woman with a child, the man who is violent in a file of his own at his own address, and who knocks."""

    def __init__(self) -> None:
        self.house = OrganizationFactory()
        self.hers: Household = HouseholdFactory(keeper=self.house, name="Vulpescu")
        self.woman, self.child = family(34, 8, household=self.hers)
        self.woman.family_name = "Vulpescu"
        self.woman.save()
        self.hers.memberships.update(start=dt.date(2025, 1, 1))
        self.his: Household = HouseholdFactory(keeper=self.house, name="Vulpescu D.")
        [self.man] = family(40, household=self.his)
        self.people = {
            name: worker(role, **({} if role == Role.PARTNER else {"organization": self.house}))
            for name, role in KNOCKING.items()
        }
        self.clients = {name: by(user) for name, user in self.people.items()}
        self.manager = worker(Role.CASE_MANAGER, organization=self.house)
        his_worker = self.people["the aggressor's own worker"]
        his_case = open_case(
            by=his_worker, household=self.his, regime=Regime.STANDARD, reason="Trimis de instanță"
        )
        add_facet(by=his_worker, case=his_case, facet="aggressor")
        self._write("aggressor_duty", self.man, by=his_worker, kind="no_contact")
        # Somebody else is behind a seal here already: what that alone asks of the database, each page asks anyway.
        elsewhere = HouseholdFactory(keeper=self.house)
        [other] = family(50, household=elsewhere)
        open_case(by=self.manager, household=elsewhere, regime=Regime.STANDARD, reason="Vizită")
        seal_person(by=self.manager, person=other, reason="O caută cineva")
        self.made: dict[str, Any] = {}

    def happens(self) -> None:
        """The call, the seal, the risk, the plan, the order from asked to revoked, the watch, the return."""
        case = open_case(by=self.manager, household=self.hers, regime=Regime.INTENSIVE, reason="Apel")
        add_facet(by=self.manager, case=case, facet="violence")
        self.made |= {"case": case.pk, "assessment": self._asked().pk}
        self._write("safe_contact", self.woman, how=["call"], never="acasă", letters=False)
        self._write("violence_incident", self.woman, main_form="physical", forms=["physical", "digital"])
        plan = self._write("safety_plan", self.woman, written_with="with_person", safe_to_hold="yes")
        order = self._write("protection_order", self.woman, state="requested", kind="order")
        until = timezone.localdate() + dt.timedelta(days=200)
        order = self._moved(order, "issue", issued_by="court", until=until)
        order = self._moved(order, "breach")
        self._moved(order, "revoke")
        self._write("emergency_alert", self.woman, how="button", minutes=9)
        self._write("safety_device", self.woman, kind="panic_button", number="PB-17")
        self._write("child_witness", self.child, how=["saw"])
        self._write("safety_watch", self.woman, state="weekly")
        lives = self._write("living_with", self.woman, state="apart")
        self._moved(lives, "return", kept=["contact", "plan"])
        self.made |= {"entry": plan.pk}

    def _asked(self) -> Any:
        pack = pack_of(current_version("violence_risk"))
        known = {name: "yes" for name, one in pack.facts.items() if "unknown" in one.choices}
        said = {**known, "frequency": "daily", "judgement": "as_answers", "yes_before": -1, "alone_now": True}
        said["member_id"] = str(self.woman.pk)
        home = {"household_id": str(self.hers.pk)}
        filled = instance_for(pack, home, [said], f"uuid:{uuid4()}", visit_date=timezone.localdate())
        made = submit_assessment(by=self.manager, household=self.hers, instance=filled.encode())
        follow_assessment(by=self.manager, assessment=made)
        return made

    def _write(self, register: str, about: Any, by: Any = None, state: str = "", **given: Any) -> Entry:
        day = timezone.localdate()
        by = by or self.manager
        return add_entry(by=by, register=register, subject=about, start=day, state=state, given=given)

    def _moved(self, entry: Entry, move: str, **given: Any) -> Entry:
        entry.refresh_from_db()
        on, revision = timezone.localdate(), entry.revision
        return move_entry(
            by=self.manager, entry=entry, move=move, on=on, given=given, revision=revision, confirmed=True
        )

    def lists(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """The lists, and what is searched for."""
        yield from ((reverse(name), {}) for name in LISTS)
        yield from ((reverse(name), sent) for name, sent in ASKED)
        yield reverse("person", args=[self.woman.pk]), {}
        yield reverse("case", args=[self.made.get("case", uuid4())]), {}

    def doors(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """The woman's and the man's pages, and what her case is made of, by address."""
        for person in (self.woman, self.man):
            yield reverse("person", args=[person.pk]), {}
            for name in ("registers_of", "timeline"):
                yield reverse(name, args=["persoane", person.pk]), {}
        yield reverse("registers_of", args=["persoane", self.child.pk]), {}
        yield reverse("entry_new", args=["persoane", self.woman.pk, "protection_order"]), {}
        for home in (self.hers, self.his):
            yield reverse("household", args=[home.pk]), {}
        yield reverse("registers_of", args=["gospodarii", self.hers.pk]), {}
        yield reverse("assess", args=[self.hers.pk]), {}
        course = _course(self)
        yield reverse("assess_person", args=course), {}
        yield from self.of_the_case(course)

    def of_the_case(self, course: list[Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        """What is there of the case alone; before there is one, addresses of nothing."""
        yield reverse("assessment_course", args=course), {}
        for name in ("case_team", "case_assessments", "case_documents", "case_family", "case_facet_new"):
            yield reverse(name, args=[self.made.get("case", uuid4())]), {}
        plan = self.made.get("entry", uuid4())
        for name in ("entry", "entry_withdraw"):
            yield reverse(name, args=[plan]), {}
        yield reverse("entry_paper", args=[plan, "safety_plan", "pdf"]), {}
        yield reverse("assessment", args=[self.made.get("assessment", uuid4())]), {}

    def files(self) -> list[list[tuple[Any, ...]]]:
        """What the files say that who works with cases takes along."""
        wanted = [reverse("national_rows", args=[table]) for table in ("victime", "agresori")]
        return [
            list(load_workbook(BytesIO(self.clients[name].get(url).content)).worksheets[0].values)
            for name in EVERYWHERE
            for url in wanted
        ]

    def knock(self) -> dict[tuple[str, int], Any]:
        """What each is answered at each door."""
        return {
            (name, number): _told(answered(client, url, **sent))
            for name, client in self.clients.items()
            for number, (url, sent) in enumerate(
                [*self.lists(), *(self.doors() if name in EVERYWHERE else ())]
            )
        }


def test_nobody_outside_learns_that_there_is_a_case() -> None:
    story = Story()
    doors = [url for url, _sent in (*story.lists(), *story.doors())]
    before, taken = story.knock(), story.files()
    mail.outbox.clear()
    story.happens()
    after = story.knock()
    told = {
        f"{name}: {doors[number]}" for (name, number), said in before.items() if said != after[name, number]
    }
    assert not told
    assert not mail.outbox
    assert story.files() == taken
    victims = by(story.manager).get(reverse("national_rows", args=["victime"])).content
    assert len(list(load_workbook(BytesIO(victims)).worksheets[0].values)) == 2
    inside = by(story.manager)
    seen = {inside.get(url).status_code for url, _sent in story.of_the_case(_course(story))}
    assert seen == {200}, "who works with her is let in everywhere"


def _told(answer: tuple[int, str, list[str]]) -> tuple[int, str, list[str]]:
    """Status, words and which tables were asked; how much a worker carries, who leads sees (ADR 6)."""
    status, words, shapes = answer
    words = re.sub(r"are \d+ (?:caz|cazuri), încărcare \d+ din \d+", "load", words)
    return status, words, [shape.partition(" WHERE")[0] for shape in shapes]


def _course(story: Story) -> list[Any]:
    return [story.hers.pk, "violence_risk", story.woman.pk]
