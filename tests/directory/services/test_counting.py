"""A service bears what the newest of its capacities and counts say, whoever wrote them and however."""

import datetime as dt
import threading
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from punte.accounts.enums import Role
from punte.directory.actions import record_capacity, record_occupancy, release_place, take_place
from punte.directory.models import Capacity, OccupancySnapshot, Service
from tests import some_of
from tests.directory.services.counting import assert_borne
from tests.factories import CapacityFactory, OrganizationFactory, ServiceFactory, worker

pytestmark = pytest.mark.both

UNITS = ("places", "residential_places", "day_places", "persons", "per_day", "per_month", "per_year")
SAYINGS = st.one_of(
    st.tuples(st.just("capacity"), st.integers(2020, 2026), st.integers(1, 30), st.sampled_from(UNITS)),
    st.tuples(st.just("count"), st.integers(0, 31), st.none() | st.integers(0, 9), st.integers(0, 5)),
    st.tuples(st.just("take")),
    st.tuples(st.just("release")),
)


@settings(max_examples=some_of(25), deadline=None)
@given(sayings=st.lists(SAYINGS, min_size=1, max_size=8))
@pytest.mark.django_db
def test_after_every_verb(sayings: list[tuple[Any, ...]]) -> None:
    with transaction.atomic():
        _say(sayings)
        transaction.set_rollback(True)


def _say(sayings: list[tuple[Any, ...]]) -> None:
    service = ServiceFactory(provider=OrganizationFactory(kind="ngo"))
    keeper = worker(Role.PARTNER, organization=service.provider)
    for what, *values in sayings:
        if what == "capacity":
            year, value, unit = values
            record_capacity(by=keeper, service=service, year=year, value=value, unit=unit)
        elif what == "count":
            taken, waiting, days = values
            at = timezone.now() - dt.timedelta(days=days)
            record_occupancy(
                by=keeper, service=service, taken=taken, waiting=waiting, at=at, reason="iarnă grea"
            )
        else:
            move = take_place if what == "take" else release_place
            move(service=service, at=timezone.now(), by=keeper)
        assert_borne()


@pytest.mark.django_db
def test_after_many_rows_at_once_a_change_and_a_deletion() -> None:
    services = [ServiceFactory(name=f"Centrul nr. {number}") for number in range(3)]
    Capacity.objects.bulk_create(
        Capacity(service=one, year=2025, value=value, unit=unit, source="said")
        for value, unit in ((4, "per_day"), (9, "places"), (7, "places"))
        for one in services[:2]
    )
    OccupancySnapshot.objects.bulk_create(
        OccupancySnapshot(service=one, at=timezone.now() - dt.timedelta(days=days), taken=days, source="said")
        for days in (3, 1, 2)
        for one in services
    )
    assert assert_borne() == 3
    assert list(Service.objects.order_by("name").values_list("free", flat=True)) == [6, 6, None]
    services[0].capacities.filter(value=7).update(year=2024)
    assert assert_borne() == 3 and Service.objects.get(pk=services[0].pk).free == 8
    services[0].occupancy.filter(taken=1).delete()
    services[1].capacities.filter(unit="places").delete()
    assert assert_borne() == 3
    assert [Service.objects.get(pk=one.pk).free for one in services] == [7, 3, None]


@pytest.mark.django_db
def test_the_migration_writes_what_is_known_already() -> None:
    for number, taken in enumerate((3, 20, None)):
        service = ServiceFactory(name=f"Centrul nr. {number}")
        CapacityFactory(service=service, value=12, unit="per_month" if number else "day_places")
        if taken is not None:
            OccupancySnapshot.objects.create(service=service, at=timezone.now(), taken=taken, source="said")
    known = list(Service.objects.order_by("pk").values_list("free", "places", "counted_at"))
    Service.objects.update(places=None, places_unit="", last_taken=None, counted_at=None, free=None)
    import_module("punte.directory.migrations.0006_places_on_the_service").write(apps, None)
    assert assert_borne() == 3
    assert list(Service.objects.order_by("pk").values_list("free", "places", "counted_at")) == known


@pytest.mark.django_db
def test_a_capacity_printed_as_0_is_not_known_also_where_it_was_borne() -> None:
    unknown, older = ServiceFactory(name="Cantina"), ServiceFactory(name="Centrul")
    for service in (unknown, older):
        CapacityFactory(service=service, year=2026, value=0, unit="persons")
        OccupancySnapshot.objects.create(service=service, at=timezone.now(), taken=3, source="said")
    CapacityFactory(service=older, year=2025, value=10, unit="persons")
    assert assert_borne() == 2
    borne = list(Service.objects.order_by("name").values_list("places", "places_unit", "free"))
    assert borne == [(None, "", None), (10, "persons", 7)]
    Service.objects.update(places=0, places_unit="persons", free=0)
    import_module("punte.directory.migrations.0011_a_capacity_of_none_is_not_known").forget(apps, None)
    assert assert_borne() == 2
    assert list(Service.objects.order_by("name").values_list("places", "places_unit", "free")) == borne


@pytest.mark.django_db(transaction=True)
def test_counts_written_at_once_are_both_seen() -> None:
    service = ServiceFactory(provider=OrganizationFactory(kind="ngo"))
    CapacityFactory(service=service, value=100)
    now = timezone.now()

    def count_earlier() -> None:
        OccupancySnapshot.objects.create(service=service, at=now - dt.timedelta(1), taken=1, source="said")
        connection.close()

    other = threading.Thread(target=count_earlier)
    with transaction.atomic():
        OccupancySnapshot.objects.create(service=service, at=now, taken=40, source="said")
        other.start()
        other.join(0.5)
        assert other.is_alive()
    other.join()
    assert assert_borne() == 1 and Service.objects.get().free == 60
