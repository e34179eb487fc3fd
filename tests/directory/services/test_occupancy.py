"""Who says how many places are taken, and how referrals move the number."""

import datetime as dt

import pytest
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry
from punte.directory.actions import record_occupancy, release_place, take_place
from punte.directory.models import Service
from punte.directory.services.places_in_words import free_in_words
from punte.kernel.errors import DomainError, NotAllowed
from tests.factories import CapacityFactory, OrganizationFactory, worker

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def free(service: Service) -> int | None:
    return Service.objects.get(pk=service.pk).free


@pytest.fixture
def partner(service):
    return worker(Role.PARTNER, organization=service.provider)


def test_the_newest_count_holds_and_the_old_one_stays(service, partner):
    record_occupancy(by=partner, service=service, taken=9)
    record_occupancy(by=partner, service=service, taken=12)
    assert free(service) == 0
    assert list(service.occupancy.values_list("taken", flat=True)) == [12, 9]
    assert TrailEntry.objects.filter(verb="record_occupancy", subject=service.pk).count() == 2


def test_a_count_of_an_earlier_day_does_not_hide_a_later_one(service, partner):
    record_occupancy(by=partner, service=service, taken=9)
    record_occupancy(by=partner, service=service, taken=1, at=timezone.now() - dt.timedelta(days=3))
    assert free(service) == 3


def test_more_people_than_places_leaves_none_free(service, partner):
    record_occupancy(by=partner, service=service, taken=15, reason="trei veri, până la vacanță")
    assert free(service) == 0
    assert TrailEntry.objects.get(verb="record_occupancy").reason == "trei veri, până la vacanță"


def test_more_people_than_places_is_asked_about_and_once_answered_not_again(service, partner):
    with pytest.raises(DomainError) as asked:
        record_occupancy(by=partner, service=service, taken=15)
    assert asked.value.field == "reason"
    assert not service.occupancy.exists()
    record_occupancy(by=partner, service=service, taken=15, reason="iarnă grea")
    record_occupancy(by=partner, service=service, taken=14)
    with pytest.raises(DomainError):
        record_occupancy(by=partner, service=service, taken=15)


@pytest.mark.parametrize("reason", ["", "așa este"])
def test_an_absurd_number_is_refused_whatever_the_reason(service, partner, reason):
    with pytest.raises(DomainError) as refused:
        record_occupancy(by=partner, service=service, taken=999, reason=reason)
    assert refused.value.field == "taken"
    assert not service.occupancy.exists()


def test_the_coordinator_of_the_town_hall_may_say_it_too(service, uat):
    record_occupancy(
        by=worker(Role.COORDINATOR, organization=OrganizationFactory(uat=uat)), service=service, taken=4
    )
    assert free(service) == 8


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.PLANNER, Role.ADMINISTRATOR])
def test_others_of_the_town_hall_may_not(service, uat, role):
    with pytest.raises(NotAllowed):
        record_occupancy(by=worker(role, organization=OrganizationFactory(uat=uat)), service=service, taken=4)


@pytest.mark.parametrize("role", [Role.PARTNER, Role.COORDINATOR])
def test_strangers_may_not(service, role):
    with pytest.raises(NotAllowed):
        record_occupancy(by=worker(role), service=service, taken=4)


@pytest.mark.parametrize("taken", [-1, 10_001])
def test_an_impossible_number_is_refused(service, partner, taken):
    with pytest.raises(DomainError) as refused:
        record_occupancy(by=partner, service=service, taken=taken)
    assert refused.value.field == "taken"


def test_a_count_of_tomorrow_is_refused(service, partner):
    with pytest.raises(DomainError):
        record_occupancy(by=partner, service=service, taken=1, at=timezone.now() + dt.timedelta(days=1))


def test_a_referral_takes_a_place_and_its_end_gives_it_back(service, partner):
    record_occupancy(by=partner, service=service, taken=11)
    take_place(service=service, at=timezone.now(), by=partner)
    assert free(service) == 0
    release_place(service=service, at=timezone.now(), by=partner)
    assert free(service) == 1
    assert list(service.occupancy.values_list("source", flat=True)) == ["referral", "referral", "said"]


def test_a_referral_moves_nothing_where_the_occupancy_is_not_known(service, partner):
    take_place(service=service, at=timezone.now(), by=partner)
    assert not service.occupancy.exists()
    assert free(service) is None


@pytest.mark.parametrize(("unit", "left"), [("per_day", 51), ("per_month", 51), ("per_year", None)])
def test_what_is_counted_by_the_day_or_the_month_may_be_free_too(service, partner, unit, left):
    service.capacities.all().delete()
    CapacityFactory(service=service, value=60, unit=unit)
    record_occupancy(by=partner, service=service, taken=9)
    assert free(service) == left


def test_the_free_figure_says_of_what(service, partner):
    CapacityFactory(service=service, value=60, unit="per_day", year=2026)
    record_occupancy(by=partner, service=service, taken=9)
    assert free_in_words(Service.objects.get(pk=service.pk)) == "3 locuri libere"
    service.capacities.filter(unit="places").delete()
    assert free_in_words(Service.objects.get(pk=service.pk)) == "51 de locuri libere pe zi"


def test_the_waiting_list_is_kept_until_it_is_said_anew(service, partner):
    record_occupancy(by=partner, service=service, taken=12, waiting=4)
    record_occupancy(by=partner, service=service, taken=11)
    assert Service.objects.get(pk=service.pk).waiting == 4
    record_occupancy(by=partner, service=service, taken=12, waiting=0)
    assert Service.objects.get(pk=service.pk).waiting == 0
    assert service.occupancy.count() == 3


def test_a_count_makes_the_service_newly_modified(service, partner):
    before = service.modified_at
    record_occupancy(by=partner, service=service, taken=9)
    service.refresh_from_db()
    assert service.modified_at > before


@pytest.mark.parametrize("waiting", [-1, 10_001])
def test_an_impossible_waiting_list_is_refused(service, partner, waiting):
    with pytest.raises(DomainError) as refused:
        record_occupancy(by=partner, service=service, taken=1, waiting=waiting)
    assert refused.value.field == "waiting"
