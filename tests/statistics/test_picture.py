"""Need and supply side by side, against the database asked directly."""

import pytest

from punte.directory.models import Service
from punte.statistics.answers import answers
from punte.statistics.models import StatedNeed
from punte.statistics.picture import county_picture, uat_picture
from punte.territory.models import County, Uat
from tests.factories import CapacityFactory, OrganizationFactory, ServiceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cluj(loaded):
    return County.objects.get(pk="CJ")


def test_the_county_as_a_whole(cluj):
    picture = county_picture(cluj)
    assert len(picture.rows) == 81
    assert picture.needs == StatedNeed.objects.exclude(uat=None).count() == 187
    assert len(picture.everywhere) == 12
    with_services = Uat.objects.filter(county=cluj, locations__services__status="active").distinct()
    assert len(picture.without_services) == 81 - with_services.count() == 55
    for row in picture.rows:
        here = Service.objects.active().in_uat(row.uat.pk).distinct().count()
        assert (row.uat.name, row.here.services) == (row.uat.name, here)
    assert [row.uat.name for row in picture.rows][:2] == ["Aghireșu", "Aiton"]


def test_what_is_missing_is_asked_for_and_not_near(cluj):
    picture = county_picture(cluj, near_km=20)
    rows = {row.uat.name: row for row in picture.rows}
    assert {kind.key for kind in rows["Cluj-Napoca"].missing} == {"respite", "violence_shelter", "emergency"}
    assert not rows["Florești"].missing
    assert {kind.key for kind in rows["Aiton"].missing} == set()
    assert {kind.key for kind in rows["Buza"].missing} == {"home_care"}
    nearer = county_picture(cluj, near_km=5)
    assert {kind.key for row in nearer.rows if row.uat.name == "Aiton" for kind in row.missing} == {
        "home_care"
    }


def test_one_kind_alone(cluj):
    picture = county_picture(cluj, kind=answers().kinds["home_care"])
    assert (picture.needs, picture.services, len(picture.with_missing)) == (31, 8, 66)
    rows = {row.uat.name: row for row in picture.rows}
    assert rows["Turda"].reach[0].nearest.km == pytest.approx(26.8, abs=0.3)
    assert rows["Cluj-Napoca"].reach[0].nearest.km == 0


def test_one_uat(cluj):
    picture = uat_picture(Uat.objects.get(county=cluj, name="Gherla"))
    kinds = {one.kind.key: one for one in picture.kinds}
    assert {need.need for need in kinds["canteen"].needs} == {"Modernizare cantină de ajutor social"}
    assert len(kinds["community"].needs) == 4
    # Construirea de locuințe (2), calificarea, și cele 12 ale fiecărui UAT.
    assert len(picture.outside) == 15
    assert not picture.undecided
    assert picture.needs == StatedNeed.objects.filter(uat__name="Gherla").count() + 12


def test_places_are_added_where_they_are_places(cluj):
    uat = Uat.objects.get(county=cluj, name="Vultureni")
    for unit, value, taken in (("places", 12, 5), ("per_day", 100, 40), ("day_places", 8, None)):
        service = ServiceFactory(at=uat, provider=OrganizationFactory(uat=None))
        CapacityFactory(service=service, value=value, unit=unit)
        if taken is not None:
            service.occupancy.create(at="2026-01-01T12:00Z", taken=taken, source="said")
    places = uat_picture(uat).places
    assert (places.services, places.places, places.free, places.unknown) == (3, 20, 7, 1)


def test_queries_do_not_grow_with_the_county(cluj, pinned):
    pinned(county_picture, cluj)
    pinned(uat_picture, Uat.objects.get(name="Cătina", county=cluj))
