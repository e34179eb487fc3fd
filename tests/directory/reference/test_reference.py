"""Loading the reference data through the command, and what then stands in the directory."""

import csv
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from punte.directory.models import Capacity, EligibleCode, OccupancySnapshot, Service, ServiceSource
from punte.directory.queries import services_for
from punte.organizations.models import Organization
from punte.territory.models import Community, County, Uat
from tests.database import lasting
from tests.directory.services.counting import assert_borne

MODELS = (
    County,
    Uat,
    Community,
    Organization,
    Service,
    ServiceSource,
    Capacity,
    OccupancySnapshot,
    EligibleCode,
)
pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture(scope="module")
def report(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[list[dict[str, str]]]:
    path = tmp_path_factory.mktemp("reference") / "report.csv"

    def load() -> list[dict[str, str]]:
        call_command("reference", "load", "--quiet", "--report", str(path))
        with path.open(encoding="utf-8") as lines:
            return list(csv.DictReader(lines))

    yield from lasting(django_db_blocker, load)


def test_territory_is_whole(report):
    assert (County.objects.count(), Uat.objects.count()) == (42, 3186)
    assert not Uat.objects.filter(latitude=None).exists()
    assert set(Community.objects.values_list("name", flat=True)) == {"Pata Rât", "M. Manole", "Stephenson"}
    assert Uat.objects.filter(county="CJ").count() == 81


def test_every_service_line_is_named_once_or_in_the_report(report):
    lines = {"providers_services_2024": 120, "county_services_2022": 166, "disability_units_2022": 19}
    left_out = {"nu este un serviciu", "mai multe pe un rând"}
    for dataset, number in lines.items():
        named = ServiceSource.objects.filter(dataset=dataset).count()
        reported = sum(row["dataset"] == dataset and row["kind"] in left_out for row in report)
        assert named + reported == number
    assert (
        Service.objects.filter(sources__dataset="providers_services_2024")
        .values("provider")
        .distinct()
        .count()
        == 60
    )


@pytest.mark.parametrize(
    ("name", "mode", "sources", "capacities"),
    [
        ("tandarica", "residential", 3, {2023: 16, 2022: 15}),
        ("tandarica", "day", 3, {2023: 10, 2022: 10}),
        ("pinocchio", "residential", 3, {2023: 6, 2022: 16}),
        ("pinocchio", "day", 3, {2023: 16, 2022: 6}),
        ("gavroche", "residential", 2, {2023: 22}),
        ("a mic", "residential", 2, {2023: 10}),
        ("autism", "day", 3, {2023: 24, 2022: 24}),
    ],
)
def test_a_service_of_several_sources_is_one_and_keeps_what_each_says(
    report, name, mode, sources, capacities
):
    service = Service.objects.get(
        folded_name__contains=name, code__mode=mode, sources__dataset="providers_services_2024",
        provider__folded_name__regex="^(directia generala|organizatia crestina)",
    )  # fmt: skip
    assert service.sources.count() == sources
    assert dict(service.capacities.values_list("year", "value")) == capacities


def test_what_is_not_certain_is_reported_with_candidates(report):
    doubts = {row["line"]: row for row in report if row["kind"] == "nesigur"}
    assert set(doubts) == {"1399", "1401", "1409", "1584", "1648", "2083"}
    assert all(row["candidates"] and row["why"] for row in doubts.values())
    assert {row["line"] for row in report if row["kind"] == "capacitate diferită"} == {"1019", "1032"}


def test_places_are_counted_where_some_may_be_free_and_always_of_something(report):
    day_centre = Service.objects.get(folded_name="centrul de zi pentru varstnici nr 2")
    assert (day_centre.places, day_centre.places_unit, day_centre.taken, day_centre.free) == (
        85,
        "persons",
        43,
        42,
    )
    monthly = Service.objects.get(folded_name__contains="violentei in familie")
    assert (monthly.places_unit, monthly.free) == ("per_month", monthly.places - monthly.taken)
    without_count = Service.objects.get(folded_name__contains="gavroche")
    assert (without_count.places, without_count.taken, without_count.free) == (22, None, None)
    assert assert_borne() > 100


def test_one_organisation_whatever_its_name_in_each_source(report):
    assert Organization.objects.filter(short_name="DGASPC Cluj").count() == 1
    assert Organization.objects.filter(folded_name__contains="caritas eparhial").count() == 1
    assert (
        Organization.objects.filter(
            folded_name__startswith="directia de asistenta sociala si medicala"
        ).count()
        == 1
    )


def test_a_suspended_centre_is_not_offered(report):
    centre = Service.objects.get(folded_name__contains="familia si copilul")
    assert centre.status == "suspended"
    assert centre not in Service.objects.active()


def test_an_address_is_where_the_source_prints_one(report):
    houses = Service.objects.get(
        folded_name__contains="grigorescu", sources__dataset="providers_services_2024"
    )
    assert [place.address for place in houses.locations.all()] == ["str. G-ral Eremia Grigorescu nr 37-39"]
    assert Service.objects.get(folded_name__contains="luna de jos").locations.get().uat.name == "Dăbâca"


def test_loading_again_changes_nothing(report, tmp_path):
    def everything():
        return [sorted(map(repr, model.objects.order_by("pk").values_list())) for model in MODELS]

    before = everything()
    second = tmp_path / "again.csv"
    call_command("reference", "load", "--quiet", "--report", str(second))
    assert everything() == before
    with second.open(encoding="utf-8") as lines:
        assert list(csv.DictReader(lines)) == report


def test_what_staff_changed_survives_a_load(report):
    Service.objects.filter(folded_name__contains="gavroche").update(name="Gavroche", phone="0264")
    call_command("reference", "load", "--quiet", "--report", "/dev/null")
    assert Service.objects.get(phone="0264").name == "Gavroche"


def test_services_for_codes_come_nearest_first_and_full_ones_stay(report, pinned):
    huedin = Uat.objects.get(county="CJ", name="Huedin")
    found = pinned(services_for, ["8790 CR-C-I"], huedin.latitude, huedin.longitude)
    distances = [km for _service, km in found]
    assert distances == sorted(distances)
    assert [service.locations.all()[0].uat_id for service, _km in found[:5]] == [huedin.siruta] * 5
    assert any(service.free == 0 for service, _km in found)
    assert services_for(["8790 CR-C-I"], None, None)[0][1] is None
