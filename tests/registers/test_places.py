"""An entry takes a place in a service and gives it back; what is free is one truth with what providers count."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st

from punte.accounts.enums import Role
from punte.cases.actions import accept_referral, finish_referral, open_case, refer, seal_person
from punte.cases.enums import Regime
from punte.cases.models import Referral
from punte.directory.actions import record_occupancy
from punte.directory.models import NomenclatureCode, Service, TakenPlace
from punte.kernel.errors import DomainError
from punte.organizations.models import Organization
from punte.people.actions import change_person, join_people, take_apart
from punte.people.models import Person
from punte.registers.actions import add_entry, correct_entry, move_entry, withdraw_entry
from punte.registers.models import Entry
from punte.registers.places import give_back_places
from tests import some_of
from tests.factories import CapacityFactory, HouseholdFactory, OrganizationFactory, ServiceFactory, family
from tests.factories import worker as worker_as

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


class Shelter:
    """A shelter of some places of which the provider counted how many are taken, and a town that sends people there."""

    def __init__(self, *, places: int, taken: int | None) -> None:
        code, _new = NomenclatureCode.objects.get_or_create(code="8790 CR-VD-III", name="Locuințe protejate")
        provider = OrganizationFactory(kind="ngo")
        self.service = ServiceFactory(provider=provider, code=code, name="Casa Exemplu")
        CapacityFactory(service=self.service, value=places)
        self.partner = worker_as(Role.PARTNER, organization=provider)
        if taken is not None:
            record_occupancy(by=self.partner, service=self.service, taken=taken)
        self.house: Organization = OrganizationFactory()
        self.worker = worker_as(Role.CASE_MANAGER, organization=self.house)

    def person(self) -> Any:
        home = HouseholdFactory(keeper=self.house)
        [person] = family(30, household=home)
        open_case(by=self.worker, household=home, regime=Regime.STANDARD, reason="Vizită")
        return person

    def stay(
        self, person: Any, *, start: dt.date | None = None, last: dt.date | None = None, **given: Any
    ) -> Entry:
        today = timezone.localdate()
        said = {"place": self.service, "kind": "protected_home", "agreed_until": today + 60 * DAY}
        return add_entry(
            by=self.worker,
            register="emergency_stay",
            subject=person,
            start=start or today,
            last=last,
            given={**said, **given},
        )

    @property
    def free(self) -> int | None:
        return Service.objects.get(pk=self.service.pk).free


@pytest.fixture
def shelter() -> Shelter:
    return Shelter(places=4, taken=2)


def leave(shelter: Shelter, entry: Entry, on: dt.date | None = None) -> Entry:
    on = on or timezone.localdate()
    given = {"leaves_to": "family"}
    return move_entry(
        by=shelter.worker, entry=entry, move="leave", on=on, given=given, revision=entry.revision
    )


def test_a_stay_takes_a_place_and_leaving_gives_it_back(shelter: Shelter) -> None:
    entry = shelter.stay(shelter.person())
    assert shelter.free == 1
    assert TakenPlace.objects.get().holder == entry.pk
    leave(shelter, entry)
    assert shelter.free == 2 and TakenPlace.objects.get().given_back_at


def test_what_was_asked_for_takes_none_before_they_arrive(shelter: Shelter) -> None:
    person = shelter.person()
    said = {"place": shelter.service, "kind": "protected_home"}
    entry = add_entry(
        by=shelter.worker,
        register="emergency_stay",
        subject=person,
        start=timezone.localdate(),
        state="requested",
        given=said,
    )
    assert shelter.free == 2
    given = {"agreed_until": timezone.localdate() + 30 * DAY}
    move_entry(
        by=shelter.worker, entry=entry, move="arrive", on=timezone.localdate(), given=given, revision=1
    )
    assert shelter.free == 1


def test_none_free_is_said_with_what_to_do_next_and_nothing_is_written(shelter: Shelter) -> None:
    record_occupancy(by=shelter.partner, service=shelter.service, taken=4)
    person = shelter.person()
    with pytest.raises(DomainError, match="așteptare") as refused:
        shelter.stay(person)
    assert refused.value.field == "place" and not Entry.objects.filter(person=person).exists()


def test_where_nobody_counted_a_place_is_taken_all_the_same() -> None:
    shelter = Shelter(places=1, taken=None)
    for _ in range(2):
        shelter.stay(shelter.person())
    assert shelter.free is None and TakenPlace.objects.count() == 2


def test_what_the_provider_counted_since_is_not_counted_twice(shelter: Shelter) -> None:
    shelter.stay(shelter.person(), start=timezone.localdate() - 10 * DAY)
    assert shelter.free == 2
    shelter.stay(shelter.person())
    assert shelter.free == 1


def test_a_count_of_yesterday_leaves_the_place_of_today_taken(shelter: Shelter) -> None:
    shelter.service.occupancy.update(at=timezone.now() - 9 * DAY)
    shelter.stay(shelter.person())
    record_occupancy(by=shelter.partner, service=shelter.service, taken=1, at=timezone.now() - DAY)
    assert shelter.free == 2


def test_another_service_is_taken_and_the_first_given_back(shelter: Shelter) -> None:
    other = Shelter(places=3, taken=0)
    person = shelter.person()
    entry = shelter.stay(person)
    said = {
        "place": other.service,
        "kind": "protected_home",
        "agreed_until": timezone.localdate() + 60 * DAY,
    }
    correct_entry(
        by=shelter.worker,
        entry=entry,
        start=entry.start,
        state="staying",
        given=said,
        why="Alt centru",
        revision=1,
    )
    assert (shelter.free, other.free) == (2, 2)


def test_a_mistake_gives_it_back(shelter: Shelter) -> None:
    entry = shelter.stay(shelter.person())
    withdraw_entry(by=shelter.worker, entry=entry, why="Altă persoană", revision=1)
    assert shelter.free == 2


def test_a_person_takes_one_place_however_many_say_so(shelter: Shelter) -> None:
    """By the referral that the shelter accepted, and by the stay: the place is free once both are over."""
    person = shelter.person()
    referral = refer(
        by=shelter.worker,
        case=person.memberships.get().household.cases.get(),
        person=person,
        need="Un loc sigur",
        consent_on=timezone.localdate(),
        service=shelter.service,
        organization=shelter.service.provider,
    )
    referral = accept_referral(by=shelter.partner, referral=referral)
    assert shelter.free == 1
    entry = shelter.stay(person)
    assert shelter.free == 1
    finish_referral(by=shelter.partner, referral=referral)
    assert shelter.free == 1
    leave(shelter, entry)
    assert shelter.free == 2


def test_a_second_stay_at_the_same_time_is_refused(shelter: Shelter) -> None:
    person = shelter.person()
    shelter.stay(person)
    with pytest.raises(DomainError):
        shelter.stay(person)
    assert shelter.free == 1


def test_who_leaves_on_a_day_to_come_gives_it_back_that_night(shelter: Shelter) -> None:
    entry = leave(shelter, shelter.stay(shelter.person()), on=timezone.localdate() + 3 * DAY)
    assert shelter.free == 1
    assert give_back_places(timezone.localdate()) == 0
    assert entry.end is not None
    assert give_back_places(entry.end) == 1 and give_back_places(entry.end) == 0
    assert shelter.free == 2


def test_on_the_screen_services_are_offered_with_what_is_free(shelter: Shelter, client: Any) -> None:
    ServiceFactory(name="Cantina")
    person = shelter.person()
    client.force_login(shelter.worker)
    page = client.get(reverse("entry_new", args=["persoane", person.pk, "emergency_stay"])).content.decode()
    assert "Casa Exemplu · 2 locuri libere" in page and "Cantina" not in page
    entry = shelter.stay(person)
    said = client.get(reverse("entry", args=[entry.pk])).content.decode()
    assert "Casa Exemplu" in said
    assert "60 de zile" in said


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_the_last_place_goes_to_one_of_two() -> None:
    shelter = Shelter(places=1, taken=0)
    people = [shelter.person(), shelter.person()]
    refused: list[DomainError] = []

    def second() -> None:
        try:
            shelter.stay(people[1])
        except DomainError as error:
            refused.append(error)
        finally:
            connection.close()

    other = threading.Thread(target=second)
    with transaction.atomic():
        shelter.stay(people[0])
        other.start()
        other.join(0.5)
        assert other.is_alive()
    other.join()
    assert len(refused) == 1 and refused[0].field == "place"
    assert shelter.free == 0 and TakenPlace.objects.count() == 1


def dies(shelter: Shelter, person: Any, day: dt.date | None) -> None:
    keeps = worker_as(Role.SOCIAL_WORKER, organization=shelter.house)
    change_person(by=keeps, person=Person.objects.get(pk=person.pk), died_on=day)


def test_a_death_gives_the_place_back_and_taken_back_takes_it_again(shelter: Shelter) -> None:
    person = shelter.person()
    entry = shelter.stay(person, start=timezone.localdate() - 10 * DAY)
    shelter.service.occupancy.all().delete()
    counted_on = timezone.now() - 5 * DAY
    record_occupancy(by=shelter.partner, service=shelter.service, taken=3, at=counted_on)
    assert shelter.free == 1
    dies(shelter, person, timezone.localdate() - 2 * DAY)
    assert shelter.free == 2
    place = TakenPlace.objects.get(holder=entry.pk)
    assert place.given_back_at and timezone.localdate(place.given_back_at) == timezone.localdate() - 2 * DAY
    dies(shelter, person, None)
    assert shelter.free == 1
    entry.refresh_from_db()
    leave(shelter, entry)
    assert shelter.free == 2 and not TakenPlace.objects.filter(given_back_at=None).exists()


def test_a_mistaken_death_is_taken_back_though_somebody_else_has_the_place(shelter: Shelter) -> None:
    record_occupancy(by=shelter.partner, service=shelter.service, taken=3)
    person = shelter.person()
    entry = shelter.stay(person)
    client = Client()
    client.force_login(shelter.worker)
    page = reverse("entry", args=[entry.pk])
    assert "Nu se mai ocupă niciun loc" not in client.get(page).content.decode()
    dies(shelter, person, timezone.localdate())
    shelter.stay(shelter.person())
    assert shelter.free == 0
    dies(shelter, person, None)
    entry.refresh_from_db()
    assert entry.end is None and shelter.free == 0
    assert not TakenPlace.objects.filter(holder=entry.pk, given_back_at=None).exists()
    assert "Nu se mai ocupă niciun loc" in client.get(page).content.decode()
    leave(shelter, entry)
    assert shelter.free == 0


def test_behind_a_seal_a_death_gives_the_place_back_too(shelter: Shelter) -> None:
    person = shelter.person()
    seal_person(by=shelter.worker, person=person, reason="Este căutată")
    shelter.worker.__dict__.pop("_hidden_by_seals", None)
    entry = shelter.stay(person)
    assert shelter.free == 1
    dies(shelter, person, timezone.localdate())
    assert shelter.free == 2
    outside = Client()
    outside.force_login(worker_as(Role.COORDINATOR, organization=shelter.house))
    assert outside.get(reverse("entry", args=[entry.pk])).status_code == 404


def accepted(shelter: Shelter, person: Any) -> Any:
    sent = refer(
        by=shelter.worker,
        case=person.memberships.get().household.cases.get(),
        person=person,
        need="Un loc",
        consent_on=timezone.localdate(),
        service=shelter.service,
        organization=shelter.service.provider,
    )
    return accept_referral(by=shelter.partner, referral=sent)


def in_one_home(shelter: Shelter) -> list[Any]:
    """Two files of one person in a household at work: one has a stay, the other a referral."""
    home = HouseholdFactory(keeper=shelter.house)
    people = family(30, 30, household=home)
    for person in people:
        person.cnp = person.cnp_index = ""
        person.save()
    open_case(by=shelter.worker, household=home, regime=Regime.STANDARD, reason="Vizită")
    return people


@pytest.mark.parametrize("counted", [False, True])
def test_of_two_files_that_are_one_person_one_place_is_taken(shelter: Shelter, counted: bool) -> None:
    """And two again once they were taken apart; what the provider counted since stands."""
    first, second = in_one_home(shelter)
    entry, referral = shelter.stay(first), accepted(shelter, second)
    assert shelter.free == 0
    if counted:
        record_occupancy(by=shelter.partner, service=shelter.service, taken=3)
    keeps = worker_as(Role.SOCIAL_WORKER, organization=shelter.house)
    done = join_people(by=keeps, keep=first, join=second, why="Aceeași persoană, de două ori.")
    assert shelter.free == 1
    assert set(TakenPlace.objects.values_list("held_for", flat=True)) == {first.pk}
    take_apart(by=keeps, join=done)
    assert shelter.free == (1 if counted else 0)
    held = dict(TakenPlace.objects.values_list("holder", "held_for"))
    assert held == {entry.pk: first.pk, referral.pk: second.pk}
    finish_referral(by=shelter.partner, referral=referral)
    leave(shelter, entry)
    assert shelter.free == (3 if counted else 2)


def test_who_was_joined_gives_one_place_back(shelter: Shelter) -> None:
    first, second = in_one_home(shelter)
    entry, referral = shelter.stay(first), accepted(shelter, second)
    keeps = worker_as(Role.SOCIAL_WORKER, organization=shelter.house)
    join_people(by=keeps, keep=first, join=second, why="Aceeași persoană, de două ori.")
    finish_referral(by=shelter.partner, referral=referral)
    assert shelter.free == 1
    leave(shelter, entry)
    assert shelter.free == 2


def test_where_none_is_free_a_referral_is_accepted_only_nevertheless(shelter: Shelter) -> None:
    person = shelter.person()
    record_occupancy(by=shelter.partner, service=shelter.service, taken=4)
    with pytest.raises(DomainError, match="așteptare") as refused:
        accepted(shelter, person)
    assert refused.value.field == "nevertheless"
    [sent] = Referral.objects.all()
    assert sent.status == "sent"
    client = Client()
    client.force_login(shelter.partner)
    page = reverse("referral_received", args=[sent.pk])
    tried = client.post(page, {"act": "accept", "answer": "Luni, la opt"})
    said = tried.content.decode()
    assert tried.status_code == 422 and "Luni, la opt" in said
    assert reverse("service_waiting", args=[shelter.service.pk]) in said and 'name="nevertheless"' in said
    assert client.post(page, {"act": "accept", "nevertheless": "on"}).status_code == 302
    service = Service.objects.get(pk=shelter.service.pk)
    assert (service.free, service.taken, service.places) == (0, 5, 4)
    finish_referral(by=shelter.partner, referral=Referral.objects.get())
    assert shelter.free == 0
    record_occupancy(by=shelter.partner, service=shelter.service, taken=3)
    assert shelter.free == 1


def test_where_a_place_is_free_nothing_more_is_asked(shelter: Shelter) -> None:
    sent = refer(
        by=shelter.worker,
        case=(person := shelter.person()).memberships.get().household.cases.get(),
        person=person,
        need="Un loc",
        consent_on=timezone.localdate(),
        service=shelter.service,
        organization=shelter.service.provider,
    )
    client = Client()
    client.force_login(shelter.partner)
    page = reverse("referral_received", args=[sent.pk])
    assert 'name="nevertheless"' not in client.get(page).content.decode()
    assert client.post(page, {"act": "accept"}).status_code == 302
    assert shelter.free == 1


DEEDS = st.lists(
    st.tuples(st.sampled_from(["stay", "leave", "withdraw", "count", "refer", "finish"]), st.integers(0, 2)),
    max_size=14,
)


@settings(max_examples=some_of(12), deadline=None)
@example(deeds=[("stay", 1), ("leave", 1), ("stay", 1)])
@given(deeds=DEEDS)
def test_no_history_loses_a_place_or_invents_one(deeds: list[tuple[str, int]]) -> None:
    """Against a plain set of who is there: the provider counts them, and everybody else.

    Whom the provider counted although it was a mistake stays counted until the next count.
    """
    with transaction.atomic():
        _live(deeds)
        transaction.set_rollback(True)


def _live(deeds: list[tuple[str, int]]) -> None:
    others = 1
    shelter = Shelter(places=3, taken=others)
    people = [shelter.person() for _ in range(3)]
    stays: dict[int, Entry] = {}
    referrals: dict[int, Any] = {}
    counted: set[int] = set()
    left: set[int] = set()
    mistakes = 0
    for deed, who in deeds:
        there = len({*stays, *referrals}) + mistakes
        try:
            if deed == "stay":
                stays[who] = shelter.stay(people[who])
                counted.discard(who)
            elif deed == "leave" and who in stays:
                leave(shelter, stays.pop(who))
                left.add(who)
            elif deed == "withdraw" and who in stays:
                entry = stays.pop(who)
                withdraw_entry(by=shelter.worker, entry=entry, why="Greșeală", revision=entry.revision)
                mistakes += who in counted and who not in referrals
            elif deed == "count":
                there, mistakes, counted = there - mistakes, 0, {*stays}
                record_occupancy(
                    by=shelter.partner, service=shelter.service, taken=others + there, reason="iarnă"
                )
            elif deed == "refer" and who not in referrals:
                sent = refer(
                    by=shelter.worker,
                    case=people[who].memberships.get().household.cases.get(),
                    person=people[who],
                    need="Un loc",
                    consent_on=timezone.localdate(),
                    service=shelter.service,
                    organization=shelter.service.provider,
                )
                referrals[who] = accept_referral(by=shelter.partner, referral=sent, nevertheless=True)
            elif deed == "finish" and who in referrals:
                finish_referral(by=shelter.partner, referral=referrals.pop(who))
        except DomainError:
            # A second stay of a time, on the day on which one ended too, or no free place: nothing has changed.
            assert deed == "stay" and (who in stays or who in left or others + there >= 3)
        assert shelter.free == max(0, 3 - others - len({*stays, *referrals}) - mistakes)
        assert TakenPlace.objects.filter(given_back_at=None).count() == len(stays) + len(referrals)
