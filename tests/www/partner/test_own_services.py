"""A provider keeps its services on screen."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry
from punte.directory.actions import confirm_service, record_occupancy, refuse_proposal
from punte.directory.models import Proposal, Service
from punte.publication.duties import duties
from punte.publication.models import DutyMet
from tests.factories import ServiceFactory, worker
from tests.www.partner.conftest import sign_in

pytestmark = pytest.mark.django_db


def form_of(page) -> dict[str, object]:
    """What the form of a page would send, as a browser would."""
    form = page.context["form"]
    given = {}
    for bound in form:
        value = bound.value()
        if value is None or value is False:
            continue
        given[bound.html_name] = "on" if value is True else value
    return given


def edit(client, service, **values):
    url = reverse("own_service_edit", args=[service.pk])
    return client.post(url, {**form_of(client.get(url)), **values})


def test_the_list_says_what_needs_doing(place):
    Service.objects.filter(pk=place.service.pk).update(created_at=timezone.now() - dt.timedelta(days=500))
    page = sign_in(place.provider).get(reverse("own_services")).content.decode()
    assert "Locurile ocupate și lista de așteptare" in page and "trebuia până la" in page
    assert "un serviciu de actualizat" in page


def test_free_places_and_waiting_list_in_one_tap_show_at_once_to_those_who_refer(place):
    client = sign_in(place.provider)
    url = reverse("own_service_places", args=[place.service.pk])
    assert client.post(url, {"taken": "9", "waiting": "4"}).status_code == 302
    reader = sign_in(worker(Role.SOCIAL_WORKER))
    told = reader.get(reverse("service", args=[place.service.pk])).content.decode()
    assert "3 locuri libere" in told and "4 persoane așteaptă" in told
    assert client.post(url, {"step": "1"}).status_code == 302
    assert "2 locuri libere" in reader.get(reverse("services")).content.decode()
    assert client.post(url, {"step": "-1"}).status_code == 302
    assert list(place.service.occupancy.values_list("taken", "waiting")) == [(9, None), (10, None), (9, 4)]


def test_a_number_that_cannot_be_comes_back_as_typed(place):
    client = sign_in(place.provider)
    answer = client.post(reverse("own_service_places", args=[place.service.pk]), {"taken": "multe"})
    assert answer.status_code == 422 and 'value="multe"' in answer.content.decode()
    assert not place.service.occupancy.exists()


def test_what_is_still_true_is_confirmed(place):
    client = sign_in(place.provider)
    assert client.post(reverse("own_service_confirm", args=[place.service.pk])).status_code == 302
    assert "Confirmat la" in client.get(reverse("own_service", args=[place.service.pk])).content.decode()


def test_a_change_waits_and_is_shown_beside_what_is_published(place):
    client = sign_in(place.provider)
    answer = edit(client, place.service, phone="0264 000 012", opens_1_1="08:00", closes_1_1="16:00")
    assert answer.status_code == 302
    made = Proposal.objects.get()
    assert made.values == {"phone": "0264 000 012", "hours": [[1, "08:00", "16:00"]]}
    page = client.get(reverse("own_service", args=[place.service.pk])).content.decode()
    assert "Luni 08:00–16:00" in page and "Așteaptă verificarea" in page
    again = client.get(reverse("own_service_edit", args=[place.service.pk])).content.decode()
    assert 'value="0264 000 012"' in again and 'value="08:00"' in again


def test_the_hours_of_monday_are_copied_without_javascript(place):
    client = sign_in(place.provider)
    answer = edit(client, place.service, opens_1_1="08:00", closes_1_1="16:00", copy="1")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert len(re.findall(r'name="opens_[1-5]_1" value="08:00"', page)) == 5
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("opens", "closes", "kept"),
    [
        ("20:00", "08:00", ["20:00", "08:00"]),
        ("20:00", "00:00", ["20:00", "00:00"]),
        ("00:00", "24:00", ["00:00", "00:00"]),
        ("00:00", "00:00", ["00:00", "00:00"]),
    ],
)
def test_a_night_shelter_closes_on_the_next_day(place, opens, closes, kept):
    hours = {
        f"{edge}_{day}_1": hour
        for day in range(1, 8)
        for edge, hour in (("opens", opens), ("closes", closes))
    }
    answer = edit(sign_in(place.provider), place.service, **hours)
    assert answer.status_code == 302
    assert Proposal.objects.get().values["hours"] == [[day, *kept] for day in range(1, 8)]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"phone": "abc"}, "phone"),
        ({"opens_2_1": "08:00"}, "closes_2_1"),
        ({"opens_2_1": "08:00", "closes_2_1": "08:00"}, "opens_1_1"),
        ({"closes_2_1": "00:00"}, "opens_2_1"),
        ({"min_age": "18", "max_age": "3"}, "max_age"),
        ({"licence_number": "AF 1"}, "licence_number"),
        ({"description": "x" * 5001}, "description"),
        ({"name": "Centru\x00"}, "name"),
        ({"min_age": "99999999999999999999"}, "min_age"),
    ],
)
def test_bad_input_comes_back_with_everything_typed(place, values, field):
    answer = edit(sign_in(place.provider), place.service, price="10 lei pe zi", **values)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "10 lei pe zi" in answer.content.decode()
    assert not Proposal.objects.exists()


def test_a_change_made_meanwhile_is_shown_side_by_side(place):
    client = sign_in(place.provider)
    url = reverse("own_service_edit", args=[place.service.pk])
    typed = {**form_of(client.get(url)), "phone": "0264 000 012"}
    Service.objects.filter(pk=place.service.pk).update(phone="0264 000 099")
    answer = client.post(url, typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "0264 000 099" in page and "0264 000 012" in page
    assert not Proposal.objects.exists()
    assert client.post(url, form_of(answer)).status_code == 302
    assert Proposal.objects.get().values == {"phone": "0264 000 012"}


def test_a_refusal_is_read_with_its_reason(place):
    client = sign_in(place.provider)
    edit(client, place.service, phone="0264 000 012")
    refuse_proposal(by=place.town, proposal=Proposal.objects.get(), answer="Numărul nu răspunde.")
    assert "Numărul nu răspunde." in client.get(reverse("own_services")).content.decode()
    assert (
        "Numărul nu răspunde." in client.get(reverse("own_service", args=[place.service.pk])).content.decode()
    )


def test_a_suspension_with_its_reason(place):
    client = sign_in(place.provider)
    url = reverse("own_service_status", args=[place.service.pk])
    today = timezone.localdate().isoformat()
    assert client.post(url, {"status": "suspended", "start": today}).status_code == 422
    sent = client.post(url, {"status": "suspended", "start": today, "reason": "Se repară acoperișul"})
    assert sent.status_code == 302
    assert Proposal.objects.get().values["reason"] == "Se repară acoperișul"


def test_a_new_service_is_proposed(place):
    client = sign_in(place.provider)
    url = reverse("own_service_new")
    assert client.post(url, {**form_of(client.get(url)), "name": ""}).status_code == 422
    given = {**form_of(client.get(url)), "name": "Cantină socială", "uat": place.uat.pk, "opens_1_1": ""}
    assert client.post(url, given).status_code == 302
    assert Proposal.objects.get().uat == place.uat


def test_a_service_that_nobody_keeps_is_claimed(place):
    alone = ServiceFactory(name="Centrul „Rază de soare”", at=place.uat)
    client = sign_in(place.provider)
    page = client.get(reverse("services_of_nobody"), {"q": "raza de SOARE"}).content.decode()
    assert "Rază de soare" in page and "„Licurici”" not in page
    url = reverse("service_claim", args=[alone.pk])
    organization = place.provider.appointments.get().organization_id
    assert client.post(url, {"organization": organization, "words": ""}).status_code == 422
    assert client.post(url, {"organization": organization, "words": "Licența AF 12"}).status_code == 302


def test_an_organisation_that_is_not_ones_own_cannot_be_named(place):
    alone = ServiceFactory(at=place.uat)
    other = place.town.appointments.get().organization_id
    url = reverse("service_claim", args=[alone.pk])
    answer = sign_in(place.provider).post(url, {"organization": other, "words": "Licența AF 12"})
    assert answer.status_code == 422 and not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("own_service_places", {"taken": "3"}),
        ("own_service_confirm", {}),
        ("own_service_capacity", {"year": "2026", "value": "3", "unit": "places"}),
        ("own_service_edit", {"name": "Altul", "phone": "0264 000 012"}),
        ("own_service_status", {"status": "closed", "start": "2026-01-01", "reason": "Lipsă fonduri"}),
    ],
)
def test_nobody_elses_service_can_be_touched(place, name, form):
    confirm_service(by=place.provider, service=place.service)
    before = Service.objects.get().modified_at
    url = reverse(name, args=[place.service.pk])
    for role, status in (
        (Role.PARTNER, 404),
        (Role.PLANNER, 404),
        (Role.COORDINATOR, 404),
        (Role.SOCIAL_WORKER, 403),
    ):
        assert sign_in(worker(role)).post(url, form).status_code == status, role
    assert sign_in(place.town).post(url, form).status_code == 404
    house = place.town.appointments.get().organization
    assert sign_in(worker(Role.SOCIAL_WORKER, organization=house)).post(url, form).status_code == 403
    assert Service.objects.get().modified_at == before
    assert not Proposal.objects.exists() and not place.service.occupancy.exists()


def test_more_than_the_capacity_is_asked_about_with_the_form_kept_and_the_absurd_refused(place):
    client, url = sign_in(place.provider), reverse("own_service_places", args=[place.service.pk])
    first = client.get(reverse("own_service", args=[place.service.pk])).content.decode()
    assert 'name="reason"' not in first
    asked = client.post(url, {"taken": "13", "waiting": "4", "reason": ""})
    page = asked.content.decode()
    assert asked.status_code == 422 and "108%" in page and 'name="reason"' in page
    assert 'value="13"' in page and 'value="4"' in page
    assert client.post(url, {"taken": "13", "waiting": "4", "reason": "doi frați"}).status_code == 302
    refused = client.post(url, {"taken": "9999", "reason": "așa este"})
    assert refused.status_code == 422 and "83325%" in refused.content.decode()
    assert list(place.service.occupancy.values_list("taken", "waiting")) == [(13, 4)]
    one_more = client.post(url, {"step": "1"})
    assert one_more.status_code == 422 and 'value="14"' in one_more.content.decode()


def test_a_capacity_that_is_not_known_is_not_written_as_0(place):
    client, url = sign_in(place.provider), reverse("own_service_capacity", args=[place.service.pk])
    assert client.post(url, {"year": "2026", "value": "0", "unit": "places"}).status_code == 422
    place.service.capacities.update(value=0)
    page = client.get(reverse("own_service", args=[place.service.pk])).content.decode()
    assert 'tag unknown">' in page and "0 locuri" not in page


def test_a_proposal_of_somebody_else_is_not_taken_back(place):
    edit(sign_in(place.provider), place.service, phone="0264 000 012")
    url = reverse("own_proposal_withdraw", args=[Proposal.objects.get().pk])
    assert sign_in(worker(Role.PARTNER)).post(url).status_code == 404
    assert sign_in(place.provider).post(url).status_code == 302
    assert Proposal.objects.get().status == "withdrawn"


def test_the_lists_ask_no_more_with_more_services(place, pinned):
    client = sign_in(place.provider)
    for _ in range(30):
        made = ServiceFactory(provider=place.service.provider, at=place.uat)
        record_occupancy(by=place.provider, service=made, taken=3)
    pinned(client.get, reverse("own_services"))
    pinned(client.get, reverse("own_service", args=[place.service.pk]))
    town = sign_in(place.town)
    pinned(town.get, reverse("service_checks"))


def test_each_owner_is_mailed_one_digest(place):
    Service.objects.filter(pk=place.service.pk).update(created_at=timezone.now() - dt.timedelta(days=500))
    edit(sign_in(place.provider), place.service, phone="0264 000 012")
    call_command("reminders", "--dry-run")
    assert mail.outbox == []
    call_command("reminders")
    sent = {message.to[0]: message.body for message in mail.outbox}
    assert set(sent) == {place.provider.email, place.town.email}
    assert "Licurici" in sent[place.provider.email] and "trebuia până la" in sent[place.provider.email]
    assert "O propunere a unui furnizor așteaptă verificarea." in sent[place.town.email]
    assert "Ce trebuie să facă public" in sent[place.town.email]


def test_nobody_is_mailed_for_nothing(place):
    record_occupancy(by=place.provider, service=place.service, taken=3)
    confirm_service(by=place.provider, service=place.service)
    place.service.capacities.update(year=timezone.localdate().year)
    town = place.town.appointments.get().organization
    for duty in duties().duties:
        DutyMet.objects.create(organization=town, duty=duty.key, by=place.town)
    call_command("reminders")
    assert mail.outbox == []


def test_the_town_is_led_to_a_service_until_its_provider_takes_it_over(place):
    town, url = sign_in(place.town), reverse("service", args=[place.service.pk])
    assert "Ține la zi acest serviciu" in town.get(url).content.decode()
    assert sign_in(place.town).get(reverse("own_service", args=[place.service.pk])).status_code == 200
    confirm_service(by=place.provider, service=place.service)
    assert "Ține la zi acest serviciu" not in town.get(url).content.decode()
    assert sign_in(place.town).get(reverse("own_service", args=[place.service.pk])).status_code == 404


def test_a_colleague_s_name_is_published_only_when_that_is_meant(place):
    client, url = sign_in(place.provider), reverse("own_service_edit", args=[place.service.pk])
    place.provider.name = "Ana-Maria Pop"
    place.provider.save()
    assert "name_confirmed" not in client.get(url).content.decode()
    asked = edit(client, place.service, name="Asistent personal POP Ana Maria")
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "Este numele cuiva care lucrează la dumneavoastră" in page
    assert 'name="name_confirmed"' in page
    assert not Proposal.objects.exists()
    meant = edit(client, place.service, name="Asistent personal POP Ana Maria", name_confirmed="on")
    assert meant.status_code == 302
    assert TrailEntry.objects.get(verb="propose_details").changes["name_confirmed"] is True


def test_a_family_name_alone_or_a_stranger_s_name_asks_nothing(place):
    worker(Role.PARTNER, name="Ioana Stan")
    place.provider.name = "Ana Pop"
    place.provider.save()
    client = sign_in(place.provider)
    for name in ("Centrul „Iuliu Pop”", "Centrul Ioana Stan"):
        assert edit(client, place.service, name=name).status_code == 302
