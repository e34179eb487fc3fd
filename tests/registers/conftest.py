"""The house whose people and institutions the entries are about."""

import pytest

from punte.organizations.models import Organization
from tests.factories import OrganizationFactory


@pytest.fixture
def house() -> Organization:
    made: Organization = OrganizationFactory()
    return made
