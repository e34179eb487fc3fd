"""The directory on screen."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from punte.accounts.enums import Role
from tests.factories import CapacityFactory, ServiceFactory, worker

pytestmark = pytest.mark.django_db
READERS = {
    Role.SOCIAL_WORKER, Role.COMMUNITY_NURSE, Role.SCHOOL_MEDIATOR, Role.HEALTH_MEDIATOR, Role.SCHOOL_COUNSELLOR,
    Role.CASE_MANAGER, Role.PSYCHOLOGIST, Role.LEGAL_ADVISER, Role.SUPERVISOR, Role.COORDINATOR, Role.PLANNER,
    Role.COUNTY_METHODOLOGIST, Role.PARTNER, Role.TRAINEE,
}  # fmt: skip


@pytest.fixture
def reader(client):
    client.force_login(worker(), backend="punte.accounts.backend.OpenAccounts")
    return client


@pytest.fixture
def loaded(tmp_path):
    call_command("reference", "load", "--quiet", "--report", str(tmp_path / "report.csv"))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("page", ["services", "service"])
def test_who_may_read_the_directory(client, service, role, page):
    client.force_login(worker(role), backend="punte.accounts.backend.OpenAccounts")
    url = reverse(page, args=[service.pk] if page == "service" else [])
    assert client.get(url).status_code == (200 if role in READERS else 403)


def test_search_forgives_diacritics_and_order(reader, service):
    ServiceFactory(name="Cantina socială", provider=service.provider)
    page = reader.get(reverse("services"), {"q": "strengarii CENTRUL"}).content.decode()
    assert "Ștrengarii" in page
    assert "Cantina" not in page


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({"uat": "54975", "mode": "residential", "q": "dgaspc"}, 13),
        ({"code": "8790 CR-MC-I"}, 2),
        ({"beneficiaries": "Mamă și copil"}, 2),
        ({"free": "on", "q": "varstnici"}, 3),
        ({"uat": "1"}, 218),
        ({"q": "nimic de felul acesta"}, 0),
    ],
)
def test_filters(reader, loaded, asked, number):
    assert int(reader.get(reverse("services"), asked).context["total"]) == number


def test_a_service_of_several_units_says_how_many(reader, service):
    assert "Unități" not in reader.get(reverse("service", args=[service.pk])).content.decode()
    several = ServiceFactory(units=4)
    assert "<dt>Unități</dt><dd>4</dd>" in reader.get(reverse("service", args=[several.pk])).content.decode()


def test_places_are_told_in_words(reader, service):
    service.occupancy.create(at="2026-01-01T12:00Z", taken=9, source="said")
    page = reader.get(reverse("services")).content.decode()
    assert "3 locuri libere" in page
    service.occupancy.create(at="2026-01-02T12:00Z", taken=12, source="said")
    assert "niciun loc liber" in reader.get(reverse("service", args=[service.pk])).content.decode()


def test_a_service_shows_each_source(reader, loaded):
    page = reader.get(reverse("services"), {"q": "Pinocchio", "mode": "day"})
    found = page.context["rows"][0]
    told = reader.get(reverse("service", args=[found.pk])).content.decode()
    assert "16 persoane" in told
    assert "6 locuri de zi" in told
    assert "Strategia județului Cluj 2023–2030" in told
    assert "str. Hașdeu nr. 10" in told


def test_the_provider_notes_its_places(client, service):
    client.force_login(
        worker(Role.PARTNER, organization=service.provider),
        backend="punte.accounts.backend.OpenAccounts",
    )
    url = reverse("service_occupancy", args=[service.pk])
    assert client.post(url, {"taken": "7"}).status_code == 302
    assert "5 locuri libere" in client.get(reverse("service", args=[service.pk])).content.decode()
    refused = client.post(url, {"taken": "-2"})
    assert refused.status_code == 422
    assert 'value="-2"' in refused.content.decode()


def test_a_worker_is_not_offered_the_form_and_is_refused(reader, service):
    assert "Locuri ocupate acum" not in reader.get(reverse("service", args=[service.pk])).content.decode()
    url = reverse("service_occupancy", args=[service.pk])
    assert reader.post(url, {"taken": "7"}).status_code == 403
    assert not service.occupancy.exists()


def test_zero_taken_is_a_count(client, service):
    client.force_login(
        worker(Role.PARTNER, organization=service.provider),
        backend="punte.accounts.backend.OpenAccounts",
    )
    assert client.post(reverse("service_occupancy", args=[service.pk]), {"taken": "0"}).status_code == 302
    assert service.occupancy.get().taken == 0


def test_the_list_asks_no_more_with_more_services(reader, service, pinned):
    for _ in range(30):
        CapacityFactory(service=ServiceFactory(at=service.locations.get().uat))
    pinned(reader.get, reverse("services"))
    pinned(reader.get, reverse("service", args=[service.pk]))
