"""A tablet is let in by its worker, comes in by its own secret, and is told to forget when it is shut out."""

import gzip
import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry, User
from punte.devices.actions import report_lost, revoke_device
from punte.devices.enums import DeviceKind, DeviceState
from punte.devices.models import Device
from tests.factories import worker
from tests.fieldwork.collect import Phone
from tests.fieldwork.tablet import Tablet

pytestmark = pytest.mark.django_db


def enrol(user: User, *, said: object = None, **more: Any) -> Any:
    """Ask for a device with the session of a page."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    client.cookies["punte_csrf"] = "a" * 32
    body = {"name": "Tableta albastră", "organization": str(user.appointments.get().organization_id)}
    answer = client.post(
        "/teren/api/inscriere/",
        json.dumps(body if said is None else said),
        content_type="application/json",
        headers={"X-CSRFToken": "a" * 32, "Accept": "application/json", **more},
    )
    answer.still_signed_in = client.get("/cont/").status_code == 200
    return answer


def test_a_worker_lets_a_tablet_in_and_is_signed_out_of_the_office(by: User) -> None:
    answer = enrol(by)
    assert answer.status_code == 200, answer.content
    assert answer["X-Punte-Teren"] == "1"
    assert answer["Cache-Control"] == "no-store, private"
    said = answer.json()
    device = Device.objects.get()
    assert (device.owner, device.kind, device.name) == (by, DeviceKind.TEREN, "Tableta albastră")
    assert said["username"] == device.username
    assert device.knows(said["secret"])
    assert said["fileKey"] == device.file_key
    assert said["worker"]["name"] == by.name
    assert "violence" in said["worker"]["compartments"]
    assert not answer.still_signed_in


def test_without_a_session_or_its_token_no_tablet_is_let_in(by: User) -> None:
    assert enrol(by, **{"X-CSRFToken": "b" * 32}).status_code == 403
    stranger = Client().post("/teren/api/inscriere/", "{}", content_type="application/json")
    assert stranger.status_code == 302
    assert not Device.objects.exists()


@pytest.mark.parametrize(
    ("said", "status", "field"),
    [
        ({}, 400, "organization"),
        ({"organization": str(uuid4()), "name": "x"}, 400, "organization"),
        ({"organization": 3, "name": "x"}, 400, "organization"),
        ([], 400, None),
    ],
)
def test_a_wrong_request_is_answered_in_words(said: object, status: int, field: str, by: User) -> None:
    answer = enrol(by, said=said)
    assert answer.status_code == status
    assert answer.json()["message"]
    assert answer.json().get("field") == field


def test_who_assesses_nobody_lets_no_tablet_in() -> None:
    assert enrol(worker(Role.PLANNER)).status_code == 403
    assert not Device.objects.exists()


def test_a_tablet_without_a_name_is_refused_on_the_name(by: User) -> None:
    organization = str(by.appointments.get().organization_id)
    answer = enrol(by, said={"organization": organization, "name": "  "})
    assert (answer.status_code, answer.json()["field"]) == (400, "name")


ADDRESSES = ("date", "trimite")


def knock(tablet: Tablet, where: str, token: str) -> Any:
    """Call with another token."""
    known, tablet.token = tablet.token, token
    try:
        return tablet.post(where, {})
    finally:
        tablet.token = known


@pytest.mark.parametrize("where", ADDRESSES)
def test_a_stranger_learns_nothing(where: str, tablet: Tablet, phone: Phone) -> None:
    name, secret = tablet.token.split(".", 1)
    lost = tablet.made.device
    report_lost(by=lost.owner, device=lost)
    answers = [
        knock(tablet, where, token)
        for token in (
            "",
            "x",
            f"{name}.",
            f"{name}.guess",
            f"other.{secret}",
            f"{name}.ă",
            "a\0.b",
            f".{secret}",
        )
    ]
    answers.append(knock(tablet, where, f"{phone.registered.device.username}.{phone.registered.secret}"))
    assert {answer.status_code for answer in answers} == {401}
    assert {answer.content for answer in answers} == {answers[0].content}
    assert answers[0].json()["wipe"] is False
    assert {answer["X-Punte-Teren"] for answer in answers} == {"1"}


@pytest.mark.parametrize("shut_out", [report_lost, revoke_device])
@pytest.mark.parametrize("where", ADDRESSES)
def test_a_tablet_that_was_shut_out_is_told_to_forget(where: str, shut_out: Any, tablet: Tablet) -> None:
    device = tablet.made.device
    shut_out(by=device.owner, device=device)
    answer = tablet.post(where, {})
    assert answer.status_code == 401
    assert answer.json()["wipe"] is True
    device.refresh_from_db()
    assert device.secret_digest == device.file_key == ""
    assert device.last_contact


def test_what_is_kept_of_a_shut_out_tablet_lets_nobody_in(tablet: Tablet) -> None:
    device = tablet.made.device
    revoke_device(by=device.owner, device=device)
    device.refresh_from_db()
    device.state = DeviceState.IN_USE
    device.save()
    assert Device.objects.let_in(device.username, tablet.made.secret) is None
    assert Device.objects.let_in(device.username, "") is None


def test_signing_out_is_answered_the_same_each_time(tablet: Tablet) -> None:
    assert [tablet.post("iesire", b"", packed=False).status_code for _time in range(2)] == [204, 204]
    device = Device.objects.get()
    assert device.state == DeviceState.SIGNED_OUT
    assert device.secret_digest == ""
    assert TrailEntry.objects.filter(verb="sign_out_device").count() == 1
    assert tablet.post("date", {}).json()["wipe"] is True
    tablet.token = "x.y"
    assert tablet.post("iesire", b"", packed=False).status_code == 401


@pytest.mark.parametrize("where", [*ADDRESSES, "iesire", "inscriere"])
def test_another_method_is_refused_by_its_name(where: str, by: User) -> None:
    client = Client()
    client.force_login(by)
    answer = client.get(f"/teren/api/{where}/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")


@pytest.mark.parametrize("where", ADDRESSES)
@pytest.mark.parametrize(
    ("body", "packing", "status"),
    [
        (b"{", "identity", 400),
        (b"", "identity", 400),
        (b"[]", "identity", 400),
        (b"{}", "identity", 400),
        (b'{"application": NaN}', "identity", 400),
        (b"\xff\xfe", "identity", 400),
        (b"[" * 200_000, "identity", 400),
        (b'{"x": ' + b"9" * 10_000 + b"}", "identity", 400),
        (b"{}", "gzip", 400),
        (gzip.compress(b"{}")[:-3], "gzip", 400),
        (gzip.compress(b"{}") + b"more", "gzip", 400),
        (gzip.compress(bytes(40_000_000)), "gzip", 413),
        (bytes(6_000_000), "identity", 413),
        (b"{}", "br", 415),
    ],
    ids=[
        "cut",
        "empty",
        "list",
        "nothing said",
        "not a number",
        "no text",
        "deep",
        "a long number",
        "not packed",
        "packed and cut",
        "packed with more",
        "a bomb",
        "large",
        "packed otherwise",
    ],
)
def test_what_is_damaged_or_too_large_is_answered_in_words(
    where: str, body: bytes, packing: str, status: int, tablet: Tablet
) -> None:
    answer = tablet.client.post(
        f"/teren/api/{where}/",
        body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {tablet.token}", "Content-Encoding": packing},
    )
    assert answer.status_code == status
    assert answer.json()["message"]
    assert answer["X-Punte-Teren"] == "1"


def test_long_answers_are_packed(tablet: Tablet) -> None:
    answer = tablet.client.post(
        "/teren/api/date/",
        json.dumps(
            {
                "application": "",
                "packs": {},
                "unsent": 0,
                "unsentBytes": 0,
                "chosen": None,
                "have": {},
                "caseload": "",
                "reference": "",
            }
        ),
        content_type="application/json",
        headers={"Authorization": f"Bearer {tablet.token}", "Accept-Encoding": "gzip"},
    )
    assert answer["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(answer.content))["worker"]


def test_what_a_tablet_says_of_itself_is_noted(tablet: Tablet) -> None:
    tablet.down(application="Punte Teren 1.2", packs={"sci": "2026.1"}, unsent=3, unsentBytes=2_048)
    device = Device.objects.get()
    assert (device.application, device.packs) == ("Punte Teren 1.2", {"sci": "2026.1"})
    assert (device.unsent, device.unsent_bytes) == (3, 2_048)
    assert device.last_contact
