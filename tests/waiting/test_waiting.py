"""Waiting lists of services: who comes next, offers and answers; nobody is named to who does not read the person."""

import datetime as dt
from typing import Any

import duckdb
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from punte.accounts.enums import Role
from punte.accounts.guests import work_of
from punte.accounts.models import TrailEntry, User
from punte.cases.actions import open_case, seal_case, seal_person
from punte.cases.enums import Regime
from punte.directory.actions import record_occupancy
from punte.directory.models import Service, TakenPlace
from punte.kernel.errors import DomainError, EditedMeanwhile, NotAllowed
from punte.people.actions import change_person, join_people, take_apart
from punte.people.actions.own_file import make_own_file
from punte.people.models import Person
from punte.statistics.actions import make_extract
from punte.waiting.actions import (
    accept_offer,
    decline_offer,
    leave_service,
    offer_place,
    put_on_list,
    stop_waiting,
)
from punte.waiting.models import WaitingEntry, WaitingOffer
from punte.waiting.queue import of_case, queue_of
from punte.waiting.reasons import points_of, reasons
from tests import some_of
from tests.factories import CapacityFactory, HouseholdFactory, OrganizationFactory, ServiceFactory, family
from tests.factories import worker as worker_as
from tests.people.sealed_place import again
from tests.people.sealed_place import by as browser_of

pytestmark = pytest.mark.django_db


class Centre:
    """A centre of two places, both taken, and a town that has people waiting."""

    def __init__(self) -> None:
        provider = OrganizationFactory(kind="ngo")
        self.service = ServiceFactory(provider=provider, name="Centrul Exemplu")
        CapacityFactory(service=self.service, value=2)
        self.partner = worker_as(Role.PARTNER, organization=provider)
        self.count(2)
        self.house = OrganizationFactory()
        self.worker = worker_as(Role.CASE_MANAGER, organization=self.house)

    def count(self, taken: int) -> None:
        record_occupancy(by=self.partner, service=self.service, taken=taken)

    def waits(self, *declared: str, name: str = "Popa") -> WaitingEntry:
        home = HouseholdFactory(keeper=self.house, name=name)
        [person] = family(70, household=home)
        person.family_name = name
        person.save()
        case = open_case(by=self.worker, household=home, regime=Regime.STANDARD, reason="Vizită")
        return put_on_list(by=self.worker, case=case, person=person, service=self.service, declared=declared)

    @property
    def free(self) -> int | None:
        return Service.objects.get(pk=self.service.pk).free


@pytest.fixture
def centre() -> Centre:
    return Centre()


def names(user: User, centre: Centre) -> list[str]:
    return [one.name for one in queue_of(again(user), centre.service)]


def test_who_declares_more_comes_first_then_who_waits_longer(centre: Centre) -> None:
    late = centre.waits("alone", name="Târziu")
    centre.waits("alone", name="Devreme")
    WaitingEntry.objects.filter(person__family_name="Devreme").update(since=dt.date(2026, 1, 1))
    centre.waits("nowhere", "alone", name="Nevoie")
    order = [one.split()[0] for one in names(centre.worker, centre)]
    assert order == ["Nevoie", "Devreme", "Târziu"]
    assert late.points == points_of(["alone"]) == reasons()["alone"].points


def test_a_place_is_offered_once_one_is_free_and_taken(centre: Centre) -> None:
    entry = centre.waits()
    with pytest.raises(DomainError):
        offer_place(by=centre.partner, entry=entry)
    centre.count(1)
    offer_place(by=centre.partner, entry=entry)
    assert centre.free == 1
    entry = accept_offer(by=centre.worker, entry=entry)
    assert centre.free == 0 and entry.state == "placed"
    assert TakenPlace.objects.get().holder == entry.pk
    assert names(centre.worker, centre) == []
    leave_service(by=centre.partner, entry=entry)
    assert centre.free == 1


def test_who_declines_says_why_and_keeps_their_turn(centre: Centre) -> None:
    entry = centre.waits("nowhere")
    centre.count(1)
    offer_place(by=centre.partner, entry=entry)
    with pytest.raises(DomainError):
        decline_offer(by=centre.worker, entry=entry, why=" ")
    decline_offer(by=centre.worker, entry=entry, why="Prea departe de școală")
    [offer] = WaitingOffer.objects.all()
    assert (offer.accepted, offer.why) == (False, "Prea departe de școală")
    assert len(names(centre.worker, centre)) == 1 and centre.free == 1
    stop_waiting(by=centre.worker, entry=entry, why="A găsit alt loc")
    assert names(centre.worker, centre) == []


def test_the_place_that_somebody_else_took_meanwhile_is_not_taken_twice(centre: Centre) -> None:
    entry = centre.waits()
    centre.count(1)
    offer_place(by=centre.partner, entry=entry)
    centre.count(2)
    with pytest.raises(DomainError):
        accept_offer(by=centre.worker, entry=entry)
    assert WaitingEntry.objects.get().state == "offered"
    with pytest.raises(EditedMeanwhile):
        offer_place(by=centre.partner, entry=entry)


@pytest.mark.both
def test_nobody_waits_twice_for_a_service(centre: Centre) -> None:
    entry = centre.waits()
    with pytest.raises(DomainError):
        put_on_list(by=centre.worker, case=entry.case, person=entry.person, service=centre.service)
    again_there = WaitingEntry(
        service=centre.service, case=entry.case, person=entry.person, by=centre.worker, since=entry.since
    )
    with pytest.raises(IntegrityError, match="nobody_waits_twice|waiting_waitingentry"), transaction.atomic():
        again_there.save(force_insert=True)
    stop_waiting(by=centre.worker, entry=entry, why="A găsit alt loc")
    put_on_list(by=centre.worker, case=entry.case, person=entry.person, service=centre.service)


def dies(centre: Centre, entry: WaitingEntry, day: dt.date | None) -> WaitingEntry:
    keeps = worker_as(Role.SOCIAL_WORKER, organization=centre.house)
    change_person(by=keeps, person=Person.objects.get(pk=entry.person_id), died_on=day)
    return WaitingEntry.objects.get(pk=entry.pk)


def test_who_died_waits_no_more_until_it_is_taken_back(centre: Centre) -> None:
    today = timezone.localdate()
    entry = centre.waits("nowhere")
    WaitingEntry.objects.update(since=dt.date(2026, 1, 1))
    other = centre.waits(name="Altul")
    centre.count(1)
    offer_place(by=centre.partner, entry=entry)
    entry = dies(centre, entry, today - dt.timedelta(days=1))
    assert (entry.state, entry.why) == ("withdrawn", "persoana a decedat")
    assert entry.ended_on == today - dt.timedelta(days=1)
    assert WaitingOffer.objects.get().accepted is False
    assert [one.entry for one in queue_of(again(centre.worker), centre.service)] == [other]
    assert TrailEntry.objects.filter(verb="record_death", subject=entry.pk, case=entry.case_id).exists()
    assert dies(centre, entry, today).ended_on == today
    entry = dies(centre, entry, None)
    assert (entry.state, entry.why, entry.ended_on) == ("waiting", "", None)
    assert [one.entry for one in queue_of(again(centre.worker), centre.service)] == [entry, other]
    stop_waiting(by=centre.worker, entry=entry, why="A găsit alt loc")
    dies(centre, entry, today)
    assert dies(centre, entry, None).why == "A găsit alt loc"


def test_who_had_a_place_by_the_list_and_died_leaves_it(centre: Centre) -> None:
    """Taken back, they have it again where it is free, else they wait for the next."""
    entry, other = centre.waits(), centre.waits(name="Altul")
    centre.count(1)
    offer_place(by=centre.partner, entry=entry)
    accept_offer(by=centre.worker, entry=entry)
    for _again in range(2):
        assert dies(centre, entry, timezone.localdate()).state == "left" and centre.free == 1
        assert dies(centre, entry, None).state == "placed" and centre.free == 0
    dies(centre, entry, timezone.localdate())
    offer_place(by=centre.partner, entry=other)
    accept_offer(by=centre.worker, entry=other)
    assert dies(centre, entry, None).state == "waiting" and centre.free == 0


@pytest.mark.parametrize("placed", [False, True])
def test_behind_a_seal_who_died_waits_no_more_for_others_too(centre: Centre, placed: bool) -> None:
    """They read the same whatever became of it since the seal."""
    leader = worker_as(Role.COORDINATOR, organization=centre.house)
    entry = centre.waits(name="Ascunsă")
    seal_person(by=again(centre.worker), person=entry.person, reason="Este căutată")
    centre.count(1)
    if placed:
        offer_place(by=again(centre.worker), entry=entry)
        accept_offer(by=again(centre.worker), entry=entry)
    assert len(names(leader, centre)) == 1
    entry = dies(centre, entry, timezone.localdate() - dt.timedelta(days=30))
    assert entry.state == ("left" if placed else "withdrawn")
    assert names(leader, centre) == [] and centre.free == 1
    [seen] = of_case(again(leader), entry.case_id)
    assert (seen.state, seen.why) == ("withdrawn", "persoana a decedat")
    assert TrailEntry.objects.get(verb="record_death", subject=entry.pk).sealed
    dies(centre, entry, None)
    assert len(names(leader, centre)) == 1


def test_of_two_files_that_are_one_person_one_stands_on_the_list(centre: Centre) -> None:
    first = centre.waits()
    second_file = family(70, household=first.case.household)[0]
    second = put_on_list(
        by=centre.worker,
        case=first.case,
        person=second_file,
        service=centre.service,
        declared=["nowhere"],
    )
    for person in (first.person, second_file):
        Person.objects.filter(pk=person.pk).update(cnp="", cnp_index="")
    keeps = worker_as(Role.SOCIAL_WORKER, organization=centre.house)
    done = join_people(by=keeps, keep=first.person, join=second_file, why="Aceeași persoană, de două ori.")
    assert [one.entry for one in queue_of(again(centre.worker), centre.service)] == [second]
    assert WaitingEntry.objects.get(pk=second.pk).person_id == first.person_id
    assert WaitingEntry.objects.get(pk=first.pk).why == "două fișe au fost unite"
    take_apart(by=again(keeps), join=done)
    rows = {one.entry.pk: one.entry.person_id for one in queue_of(again(centre.worker), centre.service)}
    assert rows == {first.pk: first.person_id, second.pk: second_file.pk}
    assert WaitingEntry.objects.get(pk=first.pk).why == ""


def test_two_places_by_the_list_of_two_files_are_one(centre: Centre) -> None:
    first = centre.waits()
    second_file = family(70, household=first.case.household)[0]
    second = put_on_list(by=centre.worker, case=first.case, person=second_file, service=centre.service)
    Person.objects.filter(pk__in=[first.person_id, second_file.pk]).update(cnp="", cnp_index="")
    centre.count(0)
    for entry in (first, second):
        offer_place(by=centre.partner, entry=entry)
        accept_offer(by=centre.worker, entry=entry)
    assert centre.free == 0
    keeps = worker_as(Role.SOCIAL_WORKER, organization=centre.house)
    done = join_people(by=keeps, keep=first.person, join=second_file, why="Aceeași persoană, de două ori.")
    assert centre.free == 1
    take_apart(by=again(keeps), join=done)
    assert centre.free == 0
    for entry in (first, second):
        leave_service(by=centre.partner, entry=entry)
    assert centre.free == 2


def test_the_provider_reads_no_names_and_a_stranger_nothing(centre: Centre) -> None:
    entry = centre.waits("nowhere", name="Zăvoianu")
    page = browser_of(centre.partner).get(reverse("service_waiting", args=[centre.service.pk]))
    said = page.content.decode()
    assert "Cineva de pe listă" in said and "Zăvoianu" not in said and "nu poate rămâne" not in said
    assert str(entry.case_id) not in said
    colleague = worker_as(Role.SOCIAL_WORKER, organization=centre.house)
    stranger = worker_as(Role.PARTNER)
    for user in (colleague, stranger):
        empty = browser_of(user).get(reverse("service_waiting", args=[centre.service.pk])).content.decode()
        assert "Cineva de pe listă" not in empty and "Zăvoianu" not in empty
        assert browser_of(user).get(reverse("waiting_move", args=[entry.pk, "withdraw"])).status_code == 404
        with pytest.raises(NotAllowed):
            stop_waiting(by=user, entry=entry, why="x")
    inside = browser_of(centre.worker).get(reverse("service_waiting", args=[centre.service.pk]))
    assert "Zăvoianu" in inside.content.decode() and "nu poate rămâne" in inside.content.decode()


def test_sealed_people_and_cases_are_not_there_for_others(centre: Centre) -> None:
    leader = worker_as(Role.COORDINATOR, organization=centre.house)
    sealed, person, plain = (centre.waits(name=name) for name in ("Sigilat", "Ascunsă", "Popa"))
    assert len(names(leader, centre)) == 3
    seal_case(by=centre.worker, case=sealed.case, reason="Pericol")
    seen = queue_of(again(leader), centre.service)
    assert [(one.place, one.entry.pk) for one in seen] == [(1, person.pk), (2, plain.pk)]
    assert len(names(centre.worker, centre)) == 3
    centre.count(1)
    offer_place(by=centre.partner, entry=sealed)
    assert TrailEntry.objects.get(verb="offer_place").sealed


def test_of_a_sealed_person_others_know_what_they_knew(centre: Centre) -> None:
    leader = worker_as(Role.COORDINATOR, organization=centre.house)
    entry = centre.waits(name="Ascunsă")
    seal_person(by=again(centre.worker), person=entry.person, reason="Este căutată")
    page = reverse("service_waiting", args=[centre.service.pk])
    before = browser_of(again(leader)).get(page).content.decode().split("<h1>")[1]
    centre.count(1)
    offer_place(by=centre.partner, entry=entry)
    accept_offer(by=again(centre.worker), entry=entry)
    centre.count(2)
    assert browser_of(again(leader)).get(page).content.decode().split("<h1>")[1] == before
    with pytest.raises(DomainError):
        stop_waiting(by=again(leader), entry=entry, why="x")
    assert names(centre.worker, centre) == []
    other = ServiceFactory(provider=centre.service.provider, name="Alt centru")
    put_on_list(by=again(centre.worker), case=entry.case, person=entry.person, service=other)
    assert queue_of(again(leader), other) == []
    case = browser_of(again(leader)).get(reverse("case_referrals", args=[entry.case_id])).content.decode()
    assert "Centrul Exemplu" in case and "Alt centru" not in case


def test_a_freed_place_is_on_the_day_of_who_offers_it(centre: Centre) -> None:
    def lines(user: User) -> list[str]:
        today = timezone.localdate()
        [turns] = [one for one in work_of(again(user)) if one.name == "turns"]
        return [line.url for line in turns.waits(again(user), today).lines]

    centre.waits()
    leader = worker_as(Role.COORDINATOR, organization=centre.house)
    assert lines(centre.partner) == lines(leader) == []
    centre.count(1)
    there = [reverse("service_waiting", args=[centre.service.pk])]
    assert lines(centre.partner) == lines(leader) == there
    assert lines(worker_as(Role.COORDINATOR)) == []


def test_from_the_case_to_the_place_on_the_screen(centre: Centre) -> None:
    home = HouseholdFactory(keeper=centre.house)
    [person] = family(70, household=home)
    case = open_case(by=centre.worker, household=home, regime=Regime.STANDARD, reason="Vizită")
    client = browser_of(centre.worker)
    page = reverse("case_waiting_new", args=[case.pk, centre.service.pk])
    looked = client.get(reverse("case_refer", args=[case.pk]), {"text": "Centrul Exemplu"}, follow=True)
    assert page in looked.content.decode()
    sent = {"person": person.pk, "declared": ["alone", "care"], "note": "Sunați-o pe fiică"}
    assert client.post(page, sent).status_code == 302
    entry = WaitingEntry.objects.get()
    assert entry.points == 5
    assert "Sunați-o pe fiică" in client.get(reverse("case_referrals", args=[case.pk])).content.decode()
    centre.count(0)
    partner = browser_of(centre.partner)
    for who, move in ((partner, "offer"), (client, "accept")):
        url = reverse("waiting_move", args=[entry.pk, move])
        assert who.get(url).status_code == 200
        assert who.post(url).status_code == 302, move
    assert centre.free == 1
    assert (
        reverse("waiting_move", args=[entry.pk, "leave"])
        in client.get(reverse("case_referrals", args=[case.pk])).content.decode()
    )


def test_the_own_file_and_the_extract_tell_of_it(centre: Centre, settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    entry = centre.waits("alone")
    officer = worker_as(Role.DATA_PROTECTION_OFFICER, organization=centre.house)
    parts = make_own_file(by=officer, person=entry.person, reason="Cerere scrisă")
    assert any("Centrul Exemplu" in str(dict(row)) for part in parts for row in part.rows)
    path = tmp_path / "extracts" / make_extract().name / "waiting.parquet"
    told = duckdb.connect().execute(f"SELECT points, reasons, state FROM '{path}'").fetchall()
    assert told == [(2, "alone", "waiting")]


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["offer", "accept", "decline", "withdraw", "leave", "wait"]), st.integers(0, 2)
    ),
    max_size=14,
)


@settings(max_examples=some_of(12), deadline=None)
@given(deeds=DEEDS)
def test_no_history_loses_a_place_or_invents_one(deeds: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        _live(deeds)
        transaction.set_rollback(True)


def _live(deeds: list[tuple[str, int]]) -> None:
    centre = Centre()
    centre.count(0)
    entries = [centre.waits(name=f"Om{number}") for number in range(3)]
    verbs: dict[str, Any] = {"offer": offer_place, "accept": accept_offer, "leave": leave_service}
    for deed, who in deeds:
        entry = entries[who]
        try:
            if deed == "wait":
                entries[who] = put_on_list(
                    by=centre.worker, case=entry.case, person=entry.person, service=centre.service
                )
            elif deed in verbs:
                verbs[deed](by=centre.worker, entry=entry)
            else:
                verb = decline_offer if deed == "decline" else stop_waiting
                verb(by=centre.worker, entry=entry, why="Nu vrea")
        except DomainError:
            pass
        placed = {one.person_id for one in WaitingEntry.objects.filter(state="placed")}
        assert centre.free == 2 - len(placed)
