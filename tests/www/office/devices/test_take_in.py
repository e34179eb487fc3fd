"""The file of the unsent, written by a tablet and taken in at the office."""

import base64
import gzip
import json
import os
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry, User
from punte.devices.actions import report_lost, sign_out_device
from punte.devices.models import Device
from punte.fieldwork.enums import EntryKind
from punte.fieldwork.models import FieldEntry, FieldFile
from punte.fieldwork.push import unsent as taking
from punte.people.models import Household
from tests.factories import HouseholdFactory, worker
from tests.fieldwork.scene import PICTURE, tablet
from tests.www.office.devices.test_screens import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def device(by: User) -> Device:
    return tablet(by)


def entry(household: object, kind: EntryKind, body: dict[str, Any], **fields: Any) -> dict[str, Any]:
    said = {"id": str(uuid4()), "kind": kind, "household": str(household), "after": [], "body": body}
    return {**said, "at": "2026-11-20T10:05:00+02:00", **fields}


def new_home(by: User, **fields: Any) -> dict[str, Any]:
    home = {
        "name": "Câmpeanu",
        "siruta": by.appointments.get().organization.uat_id,
        "locality": "",
        "address": "Str. Morii nr. 3",
        "phone": "",
        "safeContact": "",
    }
    key = uuid4()
    return entry(key, EntryKind.HOUSEHOLD_NEW, {**home, **fields})


def file_of(device: Device, *entries: dict[str, Any], **changed: Any) -> bytes:
    files = changed.pop("files", {})
    sent = {"application": "Teren 0.1.0", "unsent": 0, "unsentBytes": 0, "entries": entries}
    clear = gzip.compress(json.dumps({"sent": sent, "files": files}).encode())
    iv = os.urandom(12)
    name = changed.get("username", device.username)
    data = AESGCM(base64.b64decode(device.file_key)).encrypt(iv, clear, f"punte-teren-1 {name}".encode())
    outer = {
        "format": "punte-teren-1",
        "username": device.username,
        "made": "2026-11-20T18:00:00+02:00",
        "iv": base64.b64encode(iv).decode(),
        "data": base64.b64encode(data).decode(),
        **changed,
    }
    return json.dumps(outer).encode()


def brought(user: User, content: bytes) -> Any:
    upload = SimpleUploadedFile("teren.punte", content)
    return signed_in(user).post(reverse("unsent_file"), {"file": upload})


def test_what_was_not_sent_comes_into_the_record_once(by: User, device: Device) -> None:
    content = file_of(device, new_home(by))
    for _time in range(2):
        answer = brought(by, content)
        assert answer.status_code == 200
        assert [one.good for one in answer.context["outcomes"]] == [True]
        assert "Câmpeanu" in answer.content.decode()
    assert Household.objects.filter(name="Câmpeanu").count() == 1
    assert FieldEntry.objects.count() == 1
    assert TrailEntry.objects.filter(verb="take_in_unsent", actor=by).count() == 2


def test_what_is_refused_says_why_and_leaves_the_others(by: User, device: Device) -> None:
    wrong = new_home(by, siruta=1)
    waiting = entry(uuid4(), EntryKind.HOUSEHOLD_NEW, new_home(by)["body"], after=[wrong["id"]])
    answer = brought(by, file_of(device, wrong, waiting, new_home(by), {"id": 7}))
    outcomes = answer.context["outcomes"]
    assert [one.good for one in outcomes] == [False, False, True, False]
    assert "localitate" in outcomes[0].message
    assert len(answer.context["left"]) == 3


def test_the_file_of_a_tablet_that_signed_out_is_taken_in(by: User, device: Device) -> None:
    """Who leaves with something unsent saves the file first; what was refused is on no tablet any more (issue C)."""
    content = file_of(device, new_home(by), new_home(by, siruta=1))
    sign_out_device(by=by, device=device)
    answer = brought(by, content)
    assert [one.good for one in answer.context["outcomes"]] == [True, False]
    assert "scrieți-o din nou" in answer.content.decode()
    assert "pe tabletă și poate fi îndreptată" not in answer.content.decode()
    report_lost(by=by, device=device)
    assert "cheia ei s-a șters" in brought(by, content).content.decode()


def test_a_photograph_in_the_file_is_kept_whole(by: User, device: Device) -> None:
    import hashlib

    home = HouseholdFactory(keeper=by.appointments.get().organization)
    words = {
        "about": None,
        "what": "photo",
        "type": "image/png",
        "size": len(PICTURE),
        "digest": hashlib.sha256(PICTURE).hexdigest(),
        "caption": "Casa",
    }
    photo = entry(home.pk, EntryKind.FILE, words)
    damaged = entry(home.pk, EntryKind.FILE, words)
    files = {photo["id"]: base64.b64encode(PICTURE).decode(), damaged["id"]: "####"}
    content = file_of(device, photo, damaged, files=files)
    for _time in range(2):
        answer = brought(by, content)
        assert [one.good for one in answer.context["outcomes"]] == [True, False]
    assert FieldFile.objects.get(pk=photo["id"]).whole_at is not None
    assert FieldFile.objects.get(pk=damaged["id"]).whole_at is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b'{"format": "punte-teren-9"}',
        b'{"format": "punte-teren-1", "username": 7}',
        b'{"format": "punte-teren-1", "username": "nimeni"}',
        b"[" * 100_000,
    ],
    ids=["empty", "bytes", "list", "format", "number", "nobody", "deep"],
)
def test_what_is_no_file_of_ours_is_refused_with_a_sentence(by: User, device: Device, content: bytes) -> None:
    answer = brought(by, content)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]


@pytest.mark.parametrize(
    "changed",
    [{"iv": "AAAA"}, {"data": "AAAA"}, {"iv": "ț"}, {"data": None}, {"username": "altcineva"}],
)
def test_a_damaged_file_is_refused(by: User, device: Device, changed: dict[str, Any]) -> None:
    content = json.loads(file_of(device, new_home(by))) | changed
    assert brought(by, json.dumps(content).encode()).status_code == 422
    assert not FieldEntry.objects.exists()


def test_a_file_of_another_tablet_is_not_opened_by_this_ones_name(by: User, device: Device) -> None:
    other = tablet(by, name="Alta")
    content = json.loads(file_of(other, new_home(by))) | {"username": device.username}
    answer = brought(by, json.dumps(content).encode())
    assert "deteriorat" in answer.content.decode()


def test_a_file_of_a_lost_tablet_is_opened_by_nobody(by: User, device: Device) -> None:
    content = file_of(device, new_home(by))
    report_lost(by=by, device=device)
    answer = brought(by, content)
    assert answer.status_code == 422
    assert "nu o mai poate deschide nimeni" in answer.content.decode() or "nimeni" in answer.content.decode()
    assert not Household.objects.filter(name="Câmpeanu").exists()


def test_a_colleague_does_not_take_it_in_and_the_coordinator_does(by: User, device: Device) -> None:
    organization = by.appointments.get().organization
    content = file_of(device, new_home(by))
    assert brought(worker(organization=organization), content).status_code == 422
    assert not FieldEntry.objects.exists()
    assert brought(worker(Role.COORDINATOR, organization=organization), content).status_code == 200
    assert TrailEntry.objects.get(verb="create_household").actor == by


def test_a_small_file_that_unfolds_too_far_is_refused(
    by: User, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "MOST_OPENED", 1_000)
    assert brought(by, file_of(device, new_home(by, safeContact="a" * 5_000))).status_code == 422
    monkeypatch.setattr(taking, "MOST_BYTES", 10)
    assert brought(by, file_of(device, new_home(by))).status_code == 422
