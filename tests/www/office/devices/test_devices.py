"""The office sees each device, what its days sent, and shuts it out knowing what happens."""

import json
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.cases.actions import open_case, seal_case
from punte.devices.enums import DeviceState
from punte.devices.models import Device
from punte.fieldwork.conflicts import HouseholdConflict
from punte.fieldwork.enums import EntryKind
from punte.methodology.packs import load_pack
from punte.people.models import Household
from tests.factories import HouseholdFactory, worker
from tests.fieldwork.collect import Phone
from tests.fieldwork.scene import conflict_on, days_ago, entry_of, tablet
from tests.www.office.devices.test_screens import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(by: User) -> Household:
    return HouseholdFactory(keeper=by.appointments.get().organization, name="Fărcaș")


@pytest.fixture
def leader(by: User) -> User:
    return worker(Role.COORDINATOR, organization=by.appointments.get().organization)


def page(user: User, name: str, *args: Any) -> str:
    shown = signed_in(user).get(reverse(name, args=args))
    assert shown.status_code == 200
    return str(shown.content.decode())


def test_the_coordinator_reads_what_each_device_last_told(by: User, leader: User, phone: Phone) -> None:
    device = tablet(by)
    version = load_pack("sci").version
    device.note_contact(application="teren 0.0.1", packs={"sci": "2019.1"}, unsent=3, unsent_bytes=2_000_000)
    shown = page(leader, "devices")
    assert "Tableta roșie" in shown and "Telefon" in shown
    assert "Ultima legătură azi la" in shown
    assert f"există una mai nouă: {version}" in shown
    assert "există una mai nouă: 0.1.0" in shown
    assert "3 înregistrări netrimise" in shown


def test_what_is_current_is_not_marked(by: User) -> None:
    built = json.loads((settings.ROOT / "frontend/package.json").read_text(encoding="utf-8"))["version"]
    tablet(by).note_contact(application=f"teren {built}", packs={"sci": load_pack("sci").version})
    assert "există una mai nouă" not in page(by, "devices")


def test_what_waits_is_counted_once_each(by: User, home: Household) -> None:
    device = tablet(by)
    for name in ("Unu", "Doi"):
        said = HouseholdConflict({"name": ("Fărcaș", "Farcaș", name)})
        conflict_on(device, home, EntryKind.HOUSEHOLD_CHANGE, said)
        entry_of(device, home.pk, EntryKind.INTERVENTION)
    listed = signed_in(by).get(reverse("devices")).context
    assert listed["devices"][0][0].conflicts == 2
    assert listed["conflicts"] == 2


def test_a_day_of_a_device_is_read_by_its_entries(by: User, home: Household) -> None:
    device = tablet(by)
    entry_of(device, home.pk, EntryKind.INTERVENTION, made_at=days_ago(2))
    entry_of(device, home.pk, EntryKind.ASSESSMENT, made_at=days_ago(1, 9))
    entry_of(device, home.pk, EntryKind.PLAN, made_at=days_ago(1, 12))
    shown = signed_in(by).get(reverse("device", args=[device.pk]))
    days = shown.context["days"]
    assert [day for day, _lines in days] == [days_ago(1).date(), days_ago(2).date()]
    assert [line.what for line in days[0][1]] == ["Ciornă de plan", "Evaluare"]
    text = shown.content.decode()
    assert reverse("household", args=[home.pk]) in text
    assert "scrisă la 12:05" in text


def test_who_keeps_devices_without_seeing_people_reads_no_name(by: User, home: Household) -> None:
    device = tablet(by)
    entry_of(device, home.pk, EntryKind.ASSESSMENT)
    keeper = worker(Role.ADMINISTRATOR, organization=by.appointments.get().organization)
    shown = page(keeper, "device", device.pk)
    assert "Fărcaș" not in shown
    assert "Evaluare" not in shown
    assert "gospodărie pe care nu o vedeți" in shown


def test_what_came_of_a_sealed_case_is_named_to_its_team_alone(
    by: User, leader: User, home: Household
) -> None:
    device = tablet(by)
    entry_of(device, home.pk, EntryKind.CASE_OPEN)
    case = open_case(by=by, household=home, regime="intensive", reason="Semnal")
    assert "Caz deschis" in page(leader, "device", device.pk)
    seal_case(by=by, case=case, reason="Siguranța mamei")
    assert "Caz deschis" not in page(leader, "device", device.pk)
    assert "Fărcaș" not in page(leader, "device", device.pk)
    assert "Caz deschis" in page(by, "device", device.pk)


def test_the_questionnaires_of_collect_are_its_days(by: User, phone: Phone) -> None:
    from tests.fieldwork.town import questionnaire_of_nobody

    questionnaire_of_nobody(phone.registered.device)
    shown = page(by, "device", phone.registered.device.pk)
    assert "Chestionar" in shown
    assert "Așteaptă o decizie" in shown


def test_the_pages_ask_no_more_with_more_devices_and_entries(
    by: User, leader: User, home: Household, pinned: Any
) -> None:
    client = signed_in(leader)
    device = tablet(by)
    for number in range(6):
        tablet(by, name=f"Tableta {number}")
    for _number in range(30):
        other = HouseholdFactory(keeper=home.keeper)
        entry_of(device, other.pk, EntryKind.INTERVENTION, made_at=timezone.now())
        conflict_on(device, other, EntryKind.HOUSEHOLD_CHANGE, HouseholdConflict({"name": ("a", "b", "c")}))
    pinned(client.get, reverse("devices"))
    pinned(client.get, reverse("device", args=[device.pk]))
    pinned(client.get, reverse("field_conflicts"))


@pytest.mark.parametrize(
    ("name", "said"),
    [("device_lost", "uită tot ce are pe ea"), ("device_revoke", "uită tot ce are pe ea")],
)
def test_shutting_a_tablet_out_says_what_is_lost_with_it(by: User, name: str, said: str) -> None:
    device = tablet(by)
    device.note_contact(unsent=4, unsent_bytes=1000)
    shown = page(by, name, device.pk)
    assert said in shown
    assert "4 înregistrări" in shown
    device.refresh_from_db()
    assert device.state == DeviceState.IN_USE
    assert signed_in(by).post(reverse(name, args=[device.pk])).status_code == 302
    device.refresh_from_db()
    assert device.state != DeviceState.IN_USE
    assert device.file_key == ""


def test_collect_is_only_shut_out_and_the_page_says_so(by: User, phone: Phone) -> None:
    shown = page(by, "device_lost", phone.registered.device.pk)
    assert "nu se poate șterge de aici" in shown
    assert "uită tot" not in shown


def test_what_was_shut_out_is_not_shut_out_again(by: User) -> None:
    device = tablet(by)
    client, url = signed_in(by), reverse("device_lost", args=[device.pk])
    client.post(url)
    assert client.get(url).status_code == 302
    client.post(url)
    assert Device.objects.get().state == DeviceState.LOST
