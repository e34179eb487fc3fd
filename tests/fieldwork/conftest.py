"""A worker with a phone."""

from pathlib import Path

import pytest
from django.test import Client

from punte.accounts.models import User
from punte.devices.actions import register_device
from punte.devices.enums import DeviceKind
from tests.factories import worker
from tests.fieldwork.collect import Phone
from tests.fieldwork.tablet import Tablet, tablet_of


@pytest.fixture
def by() -> User:
    return worker()


@pytest.fixture
def phone(by: User, tmp_path: Path, client: Client) -> Phone:
    organization = by.appointments.get().organization
    made = register_device(by=by, organization=organization, kind=DeviceKind.COLLECT, name="Telefon")
    return Phone(made, tmp_path, client)


@pytest.fixture
def tablet(by: User) -> Tablet:
    return tablet_of(by)
