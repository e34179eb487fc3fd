"""The list of accounts: narrowed by role, state and team; nothing is done with several at once."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.organizations.models import Organization
from tests.factories import OrganizationFactory, TeamFactory, worker
from tests.www.frame.test_veiled import signed_in

pytestmark = pytest.mark.django_db
URL = reverse("users")


@pytest.fixture
def house() -> Organization:
    return OrganizationFactory()


@pytest.fixture
def people(house: Organization) -> dict[str, User]:
    team = TeamFactory(organization=house, name="Echipa Nord")
    made = {
        "nurse": worker(Role.COMMUNITY_NURSE, team=team, name="Ana Alună"),
        "planner": worker(Role.PLANNER, organization=house, name="Barbu Brad"),
        "gone": worker(organization=house, name="Corina Carpen", is_active=False),
        "elsewhere": worker(name="Dan Dud"),
    }
    Authenticator.objects.create(user=made["nurse"], type=Authenticator.Type.TOTP, data={})
    return made


@pytest.fixture
def as_admin(house: Organization, people: dict[str, User]) -> Client:
    return signed_in(worker(Role.ADMINISTRATOR, organization=house, name="Zoe Zambilă"))


def names(page: Any) -> list[str]:
    return [person.name for person in page.context["rows"]]


def test_the_open_ones_stand_by_name(as_admin: Client) -> None:
    assert names(as_admin.get(URL)) == ["Ana Alună", "Barbu Brad", "Zoe Zambilă"]
    assert names(as_admin.get(URL, {"sort": "-name"})) == ["Zoe Zambilă", "Barbu Brad", "Ana Alună"]
    everybody = as_admin.get(URL, {"state": "all", "sort": "state"})
    assert names(everybody) == ["Ana Alună", "Barbu Brad", "Zoe Zambilă", "Corina Carpen"]


def test_role_team_and_state_narrow_them(as_admin: Client, people: dict[str, User]) -> None:
    team = people["nurse"].appointments.get().team
    assert names(as_admin.get(URL, {"role": "community_nurse"})) == ["Ana Alună"]
    assert names(as_admin.get(URL, {"team": str(team.pk)})) == ["Ana Alună"]
    assert names(as_admin.get(URL, {"state": "closed"})) == ["Corina Carpen"]
    page = as_admin.get(URL, {"state": "one_step"})
    assert names(page) == ["Barbu Brad", "Zoe Zambilă"]
    assert [tab.count for tab in page.context["tabs"]] == ["", "2", ""]


def test_a_search_looks_among_all_and_never_elsewhere(as_admin: Client) -> None:
    assert names(as_admin.get(URL, {"q": "Carpen"})) == ["Corina Carpen"]
    assert names(as_admin.get(URL, {"q": "Dud"})) == []
    assert "Carpen" not in as_admin.get(URL, {"q": "Carpen"}).context["listing"].address(sort="email")


def test_there_are_no_ticks(as_admin: Client) -> None:
    said = as_admin.get(URL).content.decode()
    assert 'name="chosen"' not in said and 'class="bulk"' not in said
    assert as_admin.post(URL, {"do": "keep_rows", "keep_rows-name": "x"}).status_code == 200


def test_names_leave_only_in_a_locked_file(as_admin: Client) -> None:
    assert b"Alun" not in as_admin.post(URL, {"do": "file"}).content
    made = as_admin.post(URL, {"do": "file", "file-names": "on", "file-why": "inventarul conturilor"})
    assert made.context["password"]
