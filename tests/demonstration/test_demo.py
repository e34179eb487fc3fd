"""A demonstration is filled where one is asked for, wholly or not at all; its accounts open no real installation."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import CommandError, call_command
from django.test import Client

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.demonstration.management.commands import demo
from punte.demonstration.staff import PASSWORD
from punte.devices.models import Device
from punte.organizations.models import Organization
from punte.people.models import Household
from punte.territory.models import Uat
from tests.factories import worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileSystemStorage:
    """Files of the test, in a folder of its own."""
    kept = FileSystemStorage(location=tmp_path)
    monkeypatch.setattr(default_storage, "_wrapped", kept)
    return kept


@pytest.mark.parametrize("what", ["build", "ready", "accounts"])
def test_it_refuses_on_a_real_installation(what: str) -> None:
    with pytest.raises(CommandError, match="PUNTE_DEMONSTRATION"):
        call_command("demo", what)
    assert not User.objects.exists()


@pytest.mark.parametrize("households", [0, -3])
def test_it_refuses_a_number_that_makes_no_demonstration(settings: Any, households: int) -> None:
    settings.DEMONSTRATION = True
    with pytest.raises(CommandError, match="cel puțin o gospodărie"):
        call_command("demo", households=households)
    assert not Uat.objects.exists()


@pytest.mark.sampled(one_in=2)
@pytest.mark.parametrize("households", [1, 5])
@pytest.mark.usefixtures("storage")
def test_a_few_households_are_enough(
    settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, households: int
) -> None:
    settings.DEMONSTRATION, settings.VAR = True, tmp_path
    monkeypatch.setattr(demo, "make_extract", lambda: None)
    call_command("demo", households=households, verbosity=0)
    # Two more come by stories of their own, somebody of the flood and a man who is violent; and the home of a relative
    # where the story of who fled finds a family.
    fled = Household.objects.filter(name__endswith="(la o rudă)").count()
    assert Household.objects.count() == households + 2 + fled
    assert fled <= 1
    assert Device.objects.exists()
    assert not User.objects.filter(demonstration=False).exists()


def test_a_demonstration_that_cannot_be_filled_leaves_nothing(
    settings: Any, monkeypatch: pytest.MonkeyPatch, storage: FileSystemStorage
) -> None:
    settings.DEMONSTRATION = True
    storage.save("petitions/2025/before.sealed", ContentFile(b"kept"))

    def fails(**_given: Any) -> None:
        worker(Role.ADMINISTRATOR)
        storage.save("publication/made.pdf", ContentFile(b"made"))
        raise IndexError("a mistake of ours")

    monkeypatch.setattr(demo, "build", fails)
    monkeypatch.setattr(demo, "call_command", lambda *_given, **_options: None)
    with pytest.raises(IndexError):
        call_command("demo", verbosity=0)
    assert not User.objects.exists() and not Organization.objects.exists()
    assert storage.exists("petitions/2025/before.sealed")
    assert not storage.exists("publication/made.pdf")


@pytest.fixture
def invented() -> User:
    user = worker(Role.ADMINISTRATOR)
    user.demonstration = True
    user.set_password(PASSWORD)
    user.save()
    return user


def _sign_in(user: User, password: str = PASSWORD) -> tuple[Client, Any]:
    client = Client()
    return client, client.post("/conturi/login/", {"login": user.email, "password": password})


def test_an_account_of_a_demonstration_does_not_sign_in_where_this_is_none(
    invented: User, settings: Any
) -> None:
    settings.DEMONSTRATION = True
    client, _answer = _sign_in(invented)
    assert client.get("/administrare/conturi/").status_code == 200
    settings.DEMONSTRATION = False
    assert client.get("/administrare/conturi/").status_code == 302, "its session ends as well"
    stranger, answer = _sign_in(invented)
    assert answer.status_code == 403
    assert "ține de o demonstrație" in answer.content.decode()
    assert stranger.get("/administrare/conturi/").status_code == 302


def test_whoever_has_not_its_password_learns_nothing_of_it(invented: User) -> None:
    _client, answer = _sign_in(invented, "alta-parola-de-incercare")
    assert answer.status_code == 200
    assert "demonstrație" not in answer.content.decode()


def test_it_takes_as_long_as_a_wrong_password(invented: User, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = _count(monkeypatch, User, "check_password")
    _sign_in(invented)
    right = len(hashed)
    _sign_in(invented, "alta-parola-de-incercare")
    assert right == len(hashed) - right == 1


def _count(monkeypatch: pytest.MonkeyPatch, of: type, name: str) -> list[str]:
    calls: list[str] = []
    original: Callable[..., Any] = getattr(of, name)

    def counted(self: Any, *given: Any) -> Any:
        calls.append(name)
        return original(self, *given)

    monkeypatch.setattr(of, name, counted)
    return calls
