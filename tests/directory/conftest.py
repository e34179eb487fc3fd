"""A day centre with 12 places in a commune."""

import pytest

from punte.directory.models import Service
from tests.factories import CapacityFactory, OrganizationFactory, ServiceFactory, UatFactory


@pytest.fixture
def uat():
    return UatFactory()


@pytest.fixture
def service(uat) -> Service:
    provider = OrganizationFactory(name="Asociația Exemplu", kind="ngo", uat=None)
    made = ServiceFactory(provider=provider, name="Centrul de zi „Ștrengarii”", at=uat)
    CapacityFactory(service=made, value=12)
    return made
