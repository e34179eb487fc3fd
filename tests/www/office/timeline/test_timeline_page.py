"""The line of time of a person and of a household: what each viewer reads of it."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry, User
from punte.cases.actions import log_intervention, plan_visit, refer, seal_case
from punte.documents.actions import file_documents, issue_document
from punte.documents.filing import Upload
from punte.people.actions import leave_household
from punte.registers.actions import add_entry
from tests.documents.households import SAID, Setting, adopted_plan, setting
from tests.factories import ServiceFactory, worker
from tests.people.sealed_place import NEW_STREET, by, make_place
from tests.samples import photograph

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def days(number: int) -> dt.date:
    return TODAY - dt.timedelta(days=number)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at_work() -> Setting:
    """A family about which something of every kind is known."""
    place = setting()
    mother, boy, _girl = place.people
    adopted_plan(place)
    said = {"mode": "home_visit", "compartment": "health", "person": boy}
    log_intervention(by=place.worker, case=place.case, at=timezone.now(), **said)
    plan_visit(by=place.worker, case=place.case, day=TODAY + dt.timedelta(days=9))
    issue_document(by=place.worker, case=place.case, kind="social_inquiry", **SAID)
    file_documents(
        by=place.worker,
        case=place.case,
        uploads=[Upload("a.jpg", photograph())],
        kind="medical",
        dated=days(3),
        person=boy,
        title="Scrisoare medicală",
    )
    refer(
        by=place.worker,
        case=place.case,
        person=boy,
        service=ServiceFactory(name="Centrul de zi Licurici"),
        need="Meditații",
        consent_on=TODAY,
    )
    school = {"unit": "Școala 1", "stage": "primary"}
    add_entry(
        by=place.worker,
        register="school_enrolment",
        subject=boy,
        start=days(300),
        last=days(100),
        given=school,
    )
    add_entry(by=place.worker, register="school_enrolment", subject=boy, start=days(50), given=school)
    add_entry(
        by=place.worker, register="life_event", subject=mother, start=days(20), given={"kind": "job_lost"}
    )
    damage = {"kind": "damage"}
    add_entry(
        by=place.worker, register="household_event", subject=place.household, start=days(30), given=damage
    )
    return place


def shown(user: User, kind: str, subject: Any, **asked: str) -> str:
    page = reverse("timeline", args=[kind, subject.pk])
    answer = signed_in(user).get(page, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def lanes(said: str) -> list[str]:
    return [part.split("<")[0].strip() for part in said.split('<p class="name">')[1:]]


def test_a_household_shows_its_members_cases_plans_and_what_happened() -> None:
    place = at_work()
    said = shown(place.worker, "cazuri", place.case)
    assert lanes(said) == [
        "Cine a locuit aici",
        "Adresă",
        "Evaluări",
        "Cazuri",
        "Regim",
        "Plan",
        "Întâlniri și intervenții",
        "Referiri",
        "Documente",
        "Evenimente de viață",
    ]
    for words in (
        "Centrul de zi Licurici",
        "foc, inundație sau altă pagubă",
        "vizită planificată",
        "Anchetă",
    ):
        assert words in said
    assert TrailEntry.objects.filter(verb="timeline", subject=place.case.pk).exists()


def test_a_person_shows_where_they_lived_their_school_with_its_gap_and_what_was_done() -> None:
    place = at_work()
    boy = place.people[1]
    said = shown(place.worker, "persoane", boy, timp="tot")
    assert "Înscriere la școală" in lanes(said) and "Unde a locuit" in lanes(said)
    assert "nimic înscris" in said and f"{days(99):%d.%m.%Y}" in said and f"{days(51):%d.%m.%Y}" in said
    assert "Scrisoare medicală" in said and "Centrul de zi Licurici" in said
    assert "și-a pierdut locul de muncă" not in said


def test_a_person_of_the_household_stands_beside_it() -> None:
    place = at_work()
    mother = place.people[0]
    said = shown(place.worker, "gospodarii", place.household, cine=str(mother.pk))
    assert "și-a pierdut locul de muncă" in said and "foc, inundație" in said
    assert shown(place.worker, "gospodarii", place.household).count("și-a pierdut locul de muncă") == 0


def test_only_what_the_viewer_reads_is_there() -> None:
    place = at_work()
    boy = place.people[1]
    mediator = place.colleague(Role.SCHOOL_MEDIATOR)
    said = shown(mediator, "persoane", boy, timp="tot")
    assert "Înscriere la școală" in lanes(said)
    assert "Scrisoare medicală" not in said and "Interven" not in "".join(lanes(said))
    nurse = shown(place.colleague(Role.COMMUNITY_NURSE), "persoane", boy, timp="tot")
    assert "Scrisoare medicală" in nurse and "Înscriere la școală" not in nurse
    stranger = signed_in(worker())
    assert stranger.get(reverse("timeline", args=["persoane", boy.pk])).status_code == 404


def test_of_a_sealed_case_nothing_is_told_outside_its_team() -> None:
    place = at_work()
    coordinator = place.colleague(Role.COORDINATOR)
    before = shown(coordinator, "gospodarii", place.household)
    assert "Cazuri" in lanes(before)
    seal_case(by=place.worker, case=place.case, reason="Pericol")
    assert 'class="leave"' in shown(place.worker, "gospodarii", place.household)
    said = shown(coordinator, "gospodarii", place.household)
    assert 'class="leave"' not in said
    assert not {"Cazuri", "Regim", "Plan", "Referiri", "Documente"} & set(lanes(said))
    assert signed_in(coordinator).get(reverse("timeline", args=["cazuri", place.case.pk])).status_code == 404


def test_where_a_sealed_person_lives_now_leaves_neither_mark_nor_gap() -> None:
    place = make_place()
    page = reverse("timeline", args=["persoane", place.mother.pk])
    inside = by(place.worker).get(page).content.decode()
    outside = by(place.coordinator).get(page).content.decode()
    assert reverse("household", args=[place.new.pk]) in inside
    assert str(place.new.pk) not in outside and NEW_STREET not in outside
    assert str(place.old.pk) in outside and "nu se știe unde" not in outside


def test_where_nobody_knows_somebody_lives_is_a_gap() -> None:
    place = setting()
    boy = place.people[1]
    leave_household(by=place.worker, membership=boy.memberships.get(), end=days(40))
    assert "nu se știe unde" in shown(place.worker, "persoane", boy)


def test_only_two_years_are_drawn_unless_all_is_asked_for() -> None:
    place = setting()
    boy = place.people[1]
    old = {"unit": "Grădinița 2", "stage": "kindergarten"}
    add_entry(
        by=place.worker,
        register="school_enrolment",
        subject=boy,
        start=days(1500),
        last=days(1200),
        given=old,
    )
    assert "Înscriere la școală" not in shown(place.worker, "persoane", boy)
    assert "Înscriere la școală" in shown(place.worker, "persoane", boy, timp="tot")


def test_nonsense_in_the_address_is_no_error() -> None:
    place = setting()
    shown(place.worker, "gospodarii", place.household, cine="x", timp="y")
    wrong = signed_in(place.worker).get(reverse("timeline", args=["altele", place.household.pk]))
    assert wrong.status_code == 404


def test_what_a_line_of_time_asks_does_not_grow_with_what_it_shows(pinned: Any) -> None:
    place = at_work()
    client = signed_in(place.worker)
    page = reverse("timeline", args=["cazuri", place.case.pk])
    client.get(page)
    pinned(lambda: client.get(page, {"cine": str(place.people[1].pk)}))
