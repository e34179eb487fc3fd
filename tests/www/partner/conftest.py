"""A day centre with 12 places, its provider's account, and the town that keeps the directory of its place."""

from dataclasses import dataclass

import pytest
from django.test import Client

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.directory.models import Service
from punte.territory.models import Uat
from tests.factories import CapacityFactory, OrganizationFactory, ServiceFactory, UatFactory, worker


@dataclass
class Place:
    """Who and what there is in one commune."""

    uat: Uat
    service: Service
    provider: User
    town: User


def sign_in(user: User) -> Client:
    """A browser in which the account is signed in."""
    client = Client()
    client.force_login(user, backend="punte.accounts.backend.OpenAccounts")
    return client


@pytest.fixture
def place() -> Place:
    uat = UatFactory()
    provider = OrganizationFactory(name="Asociația Licurici", kind="ngo", uat=None)
    service = ServiceFactory(provider=provider, name="Centrul de zi „Licurici”", at=uat)
    CapacityFactory(service=service, value=12)
    return Place(
        uat=uat,
        service=service,
        provider=worker(Role.PARTNER, organization=provider),
        town=worker(Role.PLANNER, organization=OrganizationFactory(uat=uat)),
    )
