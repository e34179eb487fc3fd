"""The first half-year of each face of a case with three people in it: what is written, its steps, its papers.

In `make test` the first deed of each face is done in the browser and the others by the same forms without one; in
`make test-all` all of them are.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from punte.accounts.enums import Role
from punte.cases.actions import add_facet, open_case
from punte.cases.models import Approval
from punte.people.models import Household
from punte.registers.catalogue import register_named
from punte.registers.models import Entry
from tests import WHOLE
from tests.emergencies.town import emergency_of
from tests.factories import HouseholdFactory, OrganizationFactory, family, worker
from tests.journeys.browser import go_by, picture, sign_in_as, sound
from tests.journeys.teren_walk import Teren

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOME = "home"
ADULT, CHILD = 0, 2
Said = dict[str, Any]


def ago(days: int) -> str:
    """A day as a form takes it."""
    return (timezone.localdate() - dt.timedelta(days=days)).isoformat()


@dataclass
class Deed:
    """An entry as it is written down: about whom, how long ago, what it says, its steps, and its paper."""

    register: str
    whom: int | str
    since: int
    said: Said
    steps: Sequence[tuple[str, int, Said]] = ()
    paper: str = ""


@dataclass
class Face:
    """A field of work, its deeds, and its picture in the manual."""

    facet: str
    picture: str
    deeds: list[Deed]
    ages: tuple[int, int, int] = (34, 36, 9)
    seals: bool = False


RENT = {"kind": "rent", "amount": "280"}
DEBT = {"creditor_name": "furnizorul", "debt": "1200", "rates": "6", "rate": "200", "first_on": ago(90)}
FACES = [
    Face(
        "housing",
        "locuire",
        [
            Deed("obligation", HOME, 120, {**RENT, "state": "late"}),
            Deed(
                "obligation",
                HOME,
                60,
                {**RENT, "state": "due"},
                [("pay", 50, {"paid": "280", "paid_on": ago(50)})],
            ),
            Deed(
                "household_budget",
                HOME,
                100,
                {"income_work": "1450", "rent": "280"},
                paper="household_budget",
            ),
            Deed("instalment_agreement", HOME, 100, DEBT, [("sign", 95, {})], "instalment_agreement"),
            Deed(
                "eviction_support",
                HOME,
                20,
                {"cause": "arrears"},
                [("see", 19, {"seen_on": ago(19), "costs": "900"})],
                "eviction_support",
            ),
        ],
    ),
    Face(
        "education",
        "scoala",
        [
            Deed("school_contact", CHILD, 40, {"whom": "teacher", "said": "A lipsit două săptămâni."}),
            Deed(
                "school_enrolment",
                CHILD,
                170,
                {"unit": "Școala Exemplu", "stage": "primary", "form": "mainstream"},
            ),
            Deed(
                "school_attendance",
                CHILD,
                60,
                {"until": ago(35), "told_by": "school", "hours": "100", "unexcused": "24"},
                [("warn", 34, {"cause": "siblings"}), ("settle", 5, {})],
            ),
            Deed(
                "school_support", CHILD, 100, {"kind": "social", "state": "preparing"}, paper="support_file"
            ),
        ],
    ),
    Face(
        "older_people",
        "varsta",
        [
            Deed(
                "home_care",
                ADULT,
                150,
                {"carer_kind": "service", "state": "asked"},
                [("begin", 140, {"hours_week": "6"})],
                "home_care_agreement",
            ),
            Deed(
                "complex_evaluation",
                ADULT,
                120,
                {"whose": "adult", "reason": "first"},
                paper="evaluation_file",
            ),
            Deed("dependency_grade", ADULT, 100, {"grade": "iia", "sheet": "yes"}),
            Deed(
                "care_month",
                ADULT,
                60,
                {"until": ago(35), "given_by": "carer", "planned": "24", "given": "24"},
            ),
            Deed(
                "assistive_device", ADULT, 90, {"kind": "walking", "state": "in_use"}, paper="device_receipt"
            ),
        ],
        (79, 47, 12),
    ),
    Face(
        "violence",
        "violenta",
        [
            Deed("safe_contact", ADULT, 170, {"how": ["school"], "never": "Seara, acasă", "letters": "no"}),
            Deed("violence_incident", ADULT, 160, {"main_form": "physical"}, [("assess", 158, {})]),
            Deed(
                "safety_plan",
                ADULT,
                155,
                {"written_with": "with_person", "safe_to_hold": "yes"},
                paper="safety_plan",
            ),
            Deed(
                "protection_order",
                ADULT,
                150,
                {"kind": "order", "state": "requested", "until": ago(-30)},
                [("issue", 145, {"issued_by": "court", "until": ago(-30)})],
            ),
            Deed("risk_lowering", ADULT, 10, {"level": "band_1", "reason": "A plecat din țară"}),
        ],
        seals=True,
    ),
    Face(
        "protection",
        "protectia-masura",
        [
            Deed(
                "separation_risk",
                CHILD,
                170,
                {"kind": "separation", "signs": ["neglect"]},
                [("work", 165, {})],
                "separation_referral",
            ),
            Deed(
                "protection_measure",
                CHILD,
                150,
                {"kind": "placement_extended", "state": "proposed"},
                [
                    (
                        "decide",
                        140,
                        {
                            "decided_by": "commission",
                            "decision": "12",
                            "decided_on": ago(150),
                            "child_heard": "small",
                        },
                    ),
                    ("review", 50, {"reviewed_on": ago(50), "review": "kept"}),
                ],
                "measure_proposal",
            ),
            Deed(
                "adoption",
                CHILD,
                20,
                {"state": "finality"},
                [("hand_over", 10, {"officer": "Doina Exemplu"})],
                "adoption_report",
            ),
        ],
    ),
]


class Walk:
    """A worker at the desk: some of it in the browser, some by the same forms without one."""

    def __init__(self, page: Page, context: BrowserContext, server: object, face: Face) -> None:
        self.page, self.server, self.face = page, str(server), face
        keeper = OrganizationFactory(name="Primăria Comunei Valea Lungă")
        self.by = worker(Role.CASE_MANAGER, organization=keeper, name="Ana Exemplu")
        self.home: Household = HouseholdFactory(keeper=keeper, name="Zambilă")
        self.people = family(*face.ages, household=self.home)
        self.case = open_case(by=self.by, household=self.home, regime="intensive", reason="Vizită")
        add_facet(by=self.by, case=self.case, facet=face.facet)
        self.client = Client()
        self.client.force_login(self.by)
        sign_in_as(context, self.server, self.by)

    def about(self, whom: int | str) -> list[Any]:
        return ["gospodarii", self.home.pk] if isinstance(whom, str) else ["persoane", self.people[whom].pk]

    def does(self, deed: Deed, *, by_hand: bool) -> Entry:
        ask = self.by_hand if by_hand else self.by_form
        begins = register_named(deed.register).begins
        state = {"state": begins[0]} if len(begins) > 1 else {}
        address = reverse("entry_new", args=[*self.about(deed.whom), deed.register])
        ask(address, {"start": ago(deed.since), **state, **deed.said})
        entry = Entry.objects.filter(register=deed.register).latest("created_at")
        for move, since, said in deed.steps:
            ask(reverse("entry_move", args=[entry.pk, move]), {"on": ago(since), **said})
        entry.refresh_from_db()
        if deed.paper:
            self.prints(entry, deed.paper)
        return entry

    def by_hand(self, address: str, said: Said) -> None:
        self.page.goto(self.server + address)
        for name, value in said.items():
            self.fill(name, value)
        go_by(self.page, self.page.get_by_role("button", name="Salvează"))
        expect(self.page.locator(".errors")).to_have_count(0)

    def fill(self, name: str, value: Any) -> None:
        inputs = self.page.locator(f"main form [name={name}]")
        kind = inputs.first.evaluate("one => one.type")
        if kind in ("checkbox", "radio"):
            for one in [value] if isinstance(value, str) else value:
                self.page.locator(f"main form [name={name}][value={one}]").check()
        elif kind == "select-one":
            inputs.select_option(value)
        else:
            inputs.fill(value)

    def by_form(self, address: str, said: Said) -> None:
        form = self.client.get(address).context["form"]
        asked = {bound.name: bound.value() for bound in form if bound.value() not in (None, "")}
        sent = self.client.post(address, {**asked, **said})
        assert sent.status_code == 302, (address, sent.context["form"].errors)

    def prints(self, entry: Entry, paper: str) -> None:
        for kind, begins in (("pdf", b"%PDF"), ("docx", b"PK")) if WHOLE else (("pdf", b"%PDF"),):
            printed = self.client.get(reverse("entry_paper", args=[entry.pk, paper, kind]))
            assert printed.content.startswith(begins), paper

    def shows(self, address: str, name: str) -> None:
        self.page.goto(self.server + address)
        sound(self.page)
        picture(self.page, name)


@pytest.mark.sampled(one_in=2)
@pytest.mark.parametrize("face", FACES, ids=lambda face: face.facet)
def test_the_first_half_year_of_a_face(
    page: Page, context: BrowserContext, live_server: object, face: Face
) -> None:
    walk = Walk(page, context, live_server, face)
    for number, deed in enumerate(face.deeds):
        walk.does(deed, by_hand=WHOLE or not number)
    assert Entry.objects.filter(register__in=[one.register for one in face.deeds]).count() == len(face.deeds)
    whom = face.deeds[0].whom
    walk.shows(reverse("registers_of", args=walk.about(whom)), face.picture)
    if face.seals:
        waits = Approval.objects.asked().get()
        assert waits.asked_by == walk.by
        stranger = Client()
        stranger.force_login(worker(organization=walk.home.keeper))
        assert stranger.get(reverse("case", args=[walk.case.pk])).status_code == 404


def test_the_first_half_year_of_entitlements(
    page: Page, context: BrowserContext, live_server: object
) -> None:
    walk = Walk(page, context, live_server, FACES[0])
    walk.shows(reverse("household_entitlements", args=[walk.home.pk]), "drepturi")
    given = {"from_day": ago(120), "amount": "300", "paid": "month", "months": "12", "decision": "71"}
    asked = {"kind": "minimum_inclusion_income", "covers": "family", "state": "asked"}
    steps = [("grant", 120, given), ("receive", 90, {})]
    entry = walk.does(Deed("benefit", ADULT, 150, asked, steps), by_hand=WHOLE)
    assert entry.state == "granted"
    paper = reverse("issue_document", args=[walk.case.pk, "cerere-vmi"])
    assert walk.client.get(paper).status_code == 200
    walk.page.goto(walk.server + reverse("case_entitlements", args=[walk.case.pk]))
    expect(walk.page.get_by_role("main")).to_contain_text("300")


def test_the_first_days_of_a_fast_list(page: Page, context: BrowserContext, live_server: object) -> None:
    walk = Walk(page, context, live_server, FACES[0])
    emergency = emergency_of(walk.home.keeper, by=walk.by)
    address = reverse("fast_list", args=[emergency.pk])
    page.goto(walk.server + address)
    for name, age in (("Олена Коваленко", "34"), ("Данило", "7"), ("Petro", "")):
        walk.fill("name", name)
        walk.fill("age", age)
        go_by(page, page.locator("form.fast .acts button").first)
    walk.shows(address, "dezastre")
    first = emergency.listed.order_by("number").first()
    sent = {"who_1": "", "household": "", "regime": "standard", "reason": "Fără acte"}
    assert walk.client.post(reverse("listed_deed", args=[first.pk, "dosar"]), sent).status_code == 302
    assert walk.client.get(reverse("fast_list_paper", args=[emergency.pk])).content.startswith(b"%PDF")


def test_what_is_worked_in_the_field_is_written_without_a_signal(
    page: Page, context: BrowserContext, live_server: object
) -> None:
    """The winter of a home, a word with the school, a budget: three faces on one round."""
    context.watch.allow("ERR_INTERNET_DISCONNECTED")  # type: ignore[attr-defined]
    walk = Walk(page, context, live_server, FACES[0])
    teren = Teren(page, walk.server)
    teren.install(context, walk.by)
    context.set_offline(True)
    teren.household("Zambilă")
    at_the_door(teren, 0, "Pregătirea iernii", ["Cu ce se încălzesc"], {})
    at_the_door(teren, 3, "Legătura cu școala", ["Cu cine"], {"Ce s-a spus": "Lipsește vinerea"})
    known = " (dacă se știe)"
    at_the_door(teren, 0, "Bugetul lunii", [f"Lucrat împreună cu{known}"], {"Mâncare": "900"})
    at_the_door(teren, 0, "Plată pentru locuință", ["Pentru ce"], {"Suma de plată": "300"})
    aid = ["Pentru ce", f"Care plată{known}"]
    at_the_door(teren, 0, "Sprijin financiar direct", aid, {"Suma cerută": "300"})
    teren.sound()
    context.set_offline(False)
    teren.sync()
    expect(page.get_by_text("Totul este trimis").first).to_be_visible()
    for register in ("heating_season", "school_contact"):
        assert Entry.objects.get(register=register).revisions.get().by == walk.by
    bill = Entry.objects.get(register="obligation")
    assert Entry.objects.get(register="direct_aid").values["bill"] == str(bill.pk)
    worked_with = Entry.objects.get(register="household_budget").values["worked_with"]
    assert walk.home.memberships.filter(person=worked_with).exists()


def at_the_door(teren: Teren, whom: int, register: str, chosen: list[str], said: dict[str, str]) -> None:
    page = teren.page
    teren.button("Scrie o înscriere").click()
    page.get_by_label("Despre cine").select_option(index=whom + 1)
    page.get_by_label("Ce se înscrie").select_option(label=register)
    for label in chosen:
        page.get_by_label(label, exact=True).select_option(index=1)
    for label, words in said.items():
        page.get_by_label(label).fill(words)
    teren.button("Salvează").click()
    teren.title("Zambilă")
