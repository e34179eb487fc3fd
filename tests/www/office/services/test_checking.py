"""The town checks what providers propose."""

import pytest
from django.urls import reverse

from punte.accounts.enums import Role
from punte.directory.actions import propose_details
from punte.directory.models import Proposal, Service
from punte.directory.services.details import details_of
from tests.factories import worker
from tests.www.partner.conftest import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(place) -> Proposal:
    return propose_details(
        by=place.provider,
        service=place.service,
        values={"phone": "0264 000 012"},
        before=details_of(place.service),
        words="Ne-am mutat",
    )


def test_old_and_new_stand_side_by_side_and_are_published(place, proposal):
    Service.objects.filter(pk=place.service.pk).update(email="x@exemplu.ro")
    client = sign_in(place.town)
    assert place.service.name in client.get(reverse("service_checks")).content.decode()
    url = reverse("service_check", args=[proposal.pk])
    page = client.get(url)
    assert "0264 000 012" in page.content.decode() and "Ne-am mutat" in page.content.decode()
    assert client.post(url, {"act": "publish", "seen": page.context["seen"]}).status_code == 302
    assert Service.objects.get().phone == "0264 000 012"
    assert "0264 000 012" not in client.get(reverse("service_checks")).content.decode()


def test_publishing_without_having_seen_is_refused(place, proposal):
    client = sign_in(place.town)
    url = reverse("service_check", args=[proposal.pk])
    seen = client.get(url).context["seen"]
    Service.objects.filter(pk=place.service.pk).update(phone="0264 000 099")
    answer = client.post(url, {"act": "publish", "seen": seen})
    assert answer.status_code == 422
    assert "s-a schimbat" in answer.content.decode() and "0264 000 099" in answer.content.decode()
    assert Service.objects.get().phone == "0264 000 099"


def test_a_refusal_needs_its_reason(place, proposal):
    client = sign_in(place.town)
    url = reverse("service_check", args=[proposal.pk])
    assert client.post(url, {"act": "refuse", "answer": ""}).status_code == 422
    assert client.post(url, {"act": "refuse", "answer": "Numărul nu răspunde."}).status_code == 302
    assert Proposal.objects.get().answer == "Numărul nu răspunde."
    assert client.post(url, {"act": "refuse", "answer": "Încă o dată"}).status_code == 422


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.PLANNER, 404), (Role.COORDINATOR, 404), (Role.PARTNER, 403), (Role.SOCIAL_WORKER, 403)],
)
def test_those_of_another_place_neither_see_nor_decide(place, proposal, role, status):
    client = sign_in(worker(role))
    url = reverse("service_check", args=[proposal.pk])
    assert client.get(url).status_code == status
    assert client.post(url, {"act": "refuse", "answer": "Nu se poate"}).status_code == status
    assert Proposal.objects.get().status == "waiting"


def test_an_act_that_there_is_not_is_nowhere(place, proposal):
    url = reverse("service_check", args=[proposal.pk])
    assert sign_in(place.town).post(url, {"act": "erase"}).status_code == 404


def test_the_referral_screen_shows_what_the_provider_just_said(place):
    from punte.directory.actions import record_occupancy
    from punte.directory.queries import nearest_first

    record_occupancy(by=place.provider, service=place.service, taken=12)
    found, _distance = nearest_first(Service.objects.active(), None, None)[0]
    assert found.free == 0 and found.places_unit == "places"
