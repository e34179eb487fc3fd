"""The pages of devices and of what they sent."""

import base64
import json
import re
import zlib
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.devices.enums import DeviceState
from punte.devices.models import Device
from punte.fieldwork.enums import FormState
from punte.fieldwork.models import ReceivedForm
from punte.people.models import Household
from tests.api.openrosa.test_collect import new_household
from tests.factories import worker
from tests.fieldwork.collect import Phone
from tests.fieldwork.scene import known_person

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="punte.accounts.backend.OpenAccounts")
    return client


def test_the_code_sets_collect_up_and_its_secret_is_shown_once(by: User) -> None:
    client = signed_in(by)
    shown = client.post(
        reverse("devices"), {"name": "Telefon", "organization": by.appointments.get().organization_id}
    )
    text = shown.content.decode()
    secret = re.findall(r"<code>([^<]+)</code>", text)[-1]
    device = Device.objects.get()
    assert device.knows(secret)
    assert secret not in client.get(reverse("devices")).content.decode()
    given = f"{device.username}:{secret}".encode()
    answer = Client().get(
        "/openrosa/formList", headers={"Authorization": f"Basic {base64.b64encode(given).decode()}"}
    )
    assert answer.status_code == 200


def test_the_picture_holds_what_collect_reads(by: User) -> None:
    from punte.www.office.devices.views import devices as views

    held: dict[str, Any] = {}
    original, views._picture = views._picture, lambda code: held.setdefault("code", code)
    try:
        signed_in(by).post(
            reverse("devices"), {"name": "Telefon", "organization": by.appointments.get().organization_id}
        )
    finally:
        views._picture = original
    settings = json.loads(zlib.decompress(base64.b64decode(held["code"])))
    assert settings["general"]["server_url"] == "http://testserver/openrosa"
    assert settings["general"]["username"] == Device.objects.get().username


def test_a_coordinator_shuts_out_a_colleagues_device_and_a_colleague_does_not(by: User, phone: Phone) -> None:
    house = by.appointments.get().organization
    device = phone.registered.device
    colleague, leader = worker(organization=house), worker(Role.COORDINATOR, organization=house)
    assert signed_in(colleague).post(reverse("device_lost", args=[device.pk])).status_code == 404
    assert signed_in(leader).post(reverse("device_lost", args=[device.pk])).status_code == 302
    device.refresh_from_db()
    assert device.state == DeviceState.LOST
    assert phone.get("/openrosa/formList").status_code == 401


def test_a_form_that_waits_is_decided_on_its_page(by: User, phone: Phone) -> None:
    known = known_person(by)
    phone.download()
    phone.send(phone.fill(new_household(by)))
    form = ReceivedForm.objects.get()
    client, url = signed_in(by), reverse("received_form", args=[form.pk])
    assert str(known.pk) in client.get(url).content.decode()
    said = {"act": "settle", "seen": client.get(url).context["decide"]["seen"].value()}
    assert client.post(url, said).status_code == 422
    taken = client.post(url, {**said, "member-0": str(known.pk)})
    assert taken.status_code == 302
    form.refresh_from_db()
    assert taken["Location"] == reverse("assessment", args=[form.assessment_id])


def test_setting_a_form_aside_asks_why(by: User, phone: Phone) -> None:
    known_person(by)
    phone.download()
    phone.send(phone.fill(new_household(by)))
    form = ReceivedForm.objects.get()
    client, url = signed_in(by), reverse("received_form", args=[form.pk])
    assert client.post(url, {"act": "aside", "reason": ""}).status_code == 422
    assert client.post(url, {"act": "aside", "reason": "Exercițiu"}).status_code == 302
    assert ReceivedForm.objects.get().state == FormState.SET_ASIDE


def test_what_was_sent_of_a_household_sealed_by_now_is_its_workers_alone(by: User, phone: Phone) -> None:
    phone.download()
    phone.send(phone.fill(new_household(by)))
    form = ReceivedForm.objects.get()
    leader = worker(Role.COORDINATOR, organization=by.appointments.get().organization)
    assert ReceivedForm.objects.visible_to(leader).filter(pk=form.pk).exists()
    Household.objects.filter(pk=form.household).update(sealed=True)
    assert not ReceivedForm.objects.visible_to(leader).filter(pk=form.pk).exists()
    assert ReceivedForm.objects.visible_to(by).filter(pk=form.pk).exists()
