"""A tablet whose worker has left forgets everything at its next contact, and what was unsent stays readable."""

import base64
import datetime as dt
import json
import zlib
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.test import Client
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import Appointment, User
from punte.devices.enums import DeviceState
from punte.devices.models import LeftBehind
from punte.fieldwork.left_behind import left_of
from punte.fieldwork.models import FieldEntry
from punte.fieldwork.push.entry import Status
from punte.fieldwork.push.unsent import FORMAT, import_unsent
from punte.people.models import Household
from tests.factories import HouseholdFactory, worker
from tests.fieldwork.tablet import Said, Tablet, entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def household(by: User) -> Household:
    return HouseholdFactory(keeper=by.appointments.get().organization)


def _close(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def _end(user: User) -> None:
    Appointment.objects.filter(user=user).update(end=timezone.localdate() - dt.timedelta(days=1))


leaves = pytest.mark.parametrize("leave", [_close, _end])


def _moved(household: Household, phone: str = "0700 000 171") -> Said:
    body = {"revision": household.revision, "fields": {"phone": [household.phone, phone]}}
    return entry("household_change", household.pk, body)


def _visit(household: Household, compartment: str = "violence") -> Said:
    return entry("intervention", household.pk, {"compartment": compartment, "note": "A plâns la ușă."})


def _push(tablet: Tablet, *entries: Said, unsent: int = 0) -> Any:
    """Send entries; `unsent` is what remains on the tablet besides, as `sentOf` of pushing.ts counts it."""
    return tablet.post("trimite", {"entries": list(entries), "unsent": unsent, "unsentBytes": 9})


def _statuses(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [one["status"] for one in answer.json()["answers"]]


@leaves
@pytest.mark.parametrize("where", ["date", "trimite"])
def test_at_the_next_contact_it_is_told_to_forget(leave: Any, where: str, by: User, tablet: Tablet) -> None:
    leave(by)
    for _contact in range(2):
        answer = tablet.post(where, {})
        assert (answer.status_code, answer.json()["wipe"]) == (401, True)
    device = tablet.made.device
    device.refresh_from_db()
    assert device.state == DeviceState.SIGNED_OUT
    assert not device.secret_digest and device.file_key


def test_signing_out_still_ends_it(by: User, tablet: Tablet) -> None:
    _close(by)
    assert [tablet.post("iesire", b"", packed=False).status_code for _time in range(2)] == [204, 204]


def test_a_stranger_learns_nothing_of_it(by: User, tablet: Tablet) -> None:
    _close(by)
    tablet.token = tablet.token[:-1] + ("a" if tablet.token[-1] != "a" else "b")
    assert tablet.post("date", {}).json()["wipe"] is False
    tablet.made.device.refresh_from_db()
    assert tablet.made.device.state == DeviceState.IN_USE


def test_another_role_in_the_field_keeps_the_tablet(by: User, tablet: Tablet) -> None:
    organization = by.appointments.get().organization
    _end(by)
    Appointment.objects.create(
        user=by, organization=organization, role=Role.COMMUNITY_NURSE, start=timezone.localdate()
    )
    tablet.down()


@leaves
def test_what_was_unsent_is_kept_once_and_applied_to_nothing(
    leave: Any, by: User, tablet: Tablet, household: Household
) -> None:
    leave(by)
    first, second = _moved(household), _visit(household)
    # The tablet first asks with nothing, whether anybody answers at all.
    assert _statuses(_push(tablet, unsent=2)) == []
    assert _statuses(_push(tablet, first, unsent=1)) == ["waits"]
    answer = _push(tablet, first, second)
    assert (answer.status_code, answer.json()["wipe"]) == (401, True)
    assert LeftBehind.objects.count() == 2
    assert not FieldEntry.objects.exists()
    household.refresh_from_db()
    assert household.phone != "0700 000 171"


@leaves
def test_it_forgets_only_when_nothing_remains_besides_what_it_sends(
    leave: Any, by: User, tablet: Tablet, household: Household
) -> None:
    leave(by)
    sent = [_visit(household) for _number in range(3)]
    last = _visit(household)
    assert _statuses(_push(tablet, *sent, unsent=1)) == ["waits"] * 3
    # What was kept stays on the tablet until it forgets all of it, and so remains besides the last one.
    assert _statuses(_push(tablet, last, unsent=3)) == ["waits"]
    assert LeftBehind.objects.count() == 4
    answer = tablet.post("date", {"unsent": 4})
    assert (answer.status_code, answer.json()["wipe"]) == (401, True)


def test_what_is_more_than_is_kept_is_not_said_to_be_and_stays_on_the_tablet(
    by: User, tablet: Tablet, household: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("punte.fieldwork.left_behind.MOST_LEFT", 2)
    _close(by)
    first, second, third = (_visit(household) for _number in range(3))
    assert _statuses(_push(tablet, first, unsent=2)) == ["waits"]
    answer = _push(tablet, second, third, unsent=1)
    assert _statuses(answer) == ["waits", "refused"]
    assert "numai pe acest dispozitiv" in answer.json()["answers"][1]["message"]
    for where in ("date", "trimite"):
        answer = tablet.post(where, {"entries": [], "unsent": 3, "unsentBytes": 9})
        assert (answer.status_code, answer.json()["wipe"]) == (401, False)
        assert "numai pe acest dispozitiv" in answer.json()["message"]
    assert LeftBehind.objects.count() == 2
    tablet.made.device.refresh_from_db()
    assert tablet.made.device.state == DeviceState.IN_USE


def test_all_that_is_kept_may_be_forgotten(
    by: User, tablet: Tablet, household: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("punte.fieldwork.left_behind.MOST_LEFT", 2)
    _close(by)
    _push(tablet, _visit(household), _visit(household), unsent=0)
    assert LeftBehind.objects.count() == 2
    assert tablet.post("date", {"unsent": 2}).json()["wipe"] is True


def test_it_is_read_under_the_household_by_who_may_see_it(
    by: User, tablet: Tablet, household: Household
) -> None:
    lead = worker(Role.COORDINATOR, organization=household.keeper)
    nurse = worker(Role.COMMUNITY_NURSE, organization=household.keeper)
    stranger = worker(Role.COORDINATOR)
    _close(by)
    _push(tablet, _moved(household), _visit(household, "violence"))
    client = Client()
    client.force_login(lead)
    page = client.get(f"/gospodarii/{household.pk}/").content.decode()
    assert all(words in page for words in ("Rămase pe un dispozitiv", "0700 000 171", "A plâns la ușă."))
    client.force_login(nurse)
    page = client.get(f"/gospodarii/{household.pk}/").content.decode()
    assert "0700 000 171" in page and "A plâns la ușă." not in page
    seen = [text for one in left_of(nurse, household) for text in one.texts]
    assert "0700 000 171" in seen and "A plâns la ușă." not in seen
    assert left_of(stranger, household) == []


def test_the_file_of_the_unsent_stays_readable(by: User, tablet: Tablet, household: Household) -> None:
    lead = worker(Role.COORDINATOR, organization=household.keeper)
    device = tablet.made.device
    inner = zlib.compress(
        json.dumps({"sent": {"entries": [_moved(household)]}, "files": {}}).encode(), wbits=31
    )
    iv = b"i" * 12
    key = base64.b64decode(device.file_key)
    data = AESGCM(key).encrypt(iv, inner, f"{FORMAT} {device.username}".encode())
    coded = {"iv": base64.b64encode(iv).decode(), "data": base64.b64encode(data).decode()}
    file = json.dumps({"format": FORMAT, "username": device.username, **coded}).encode()
    _close(by)
    tablet.post("date", {})
    for _time in range(2):
        taken = import_unsent(by=lead, content=file)
        assert [answer.status for _entry, answer in taken.answers] == [Status.WAITS]
    assert LeftBehind.objects.get().household == household.pk
    assert "0700 000 171" not in str(LeftBehind.objects.values_list("household", "entry"))
