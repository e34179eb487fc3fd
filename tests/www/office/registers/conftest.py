"""A house with a register of its own, and somebody who works there."""

from pathlib import Path
from typing import Any

import pytest

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.organizations.models import Organization
from tests import factories
from tests.registers.test_definitions import SOUND


@pytest.fixture(autouse=True)
def own_register(tmp_path: Path, settings: Any) -> None:
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers" / "loaned_equipment.yaml").write_text(SOUND, encoding="utf-8")
    settings.OWN_CONTENT = tmp_path


@pytest.fixture
def house() -> Organization:
    made: Organization = factories.OrganizationFactory()
    return made


@pytest.fixture
def worker(house: Organization) -> User:
    return factories.worker(Role.SOCIAL_WORKER, organization=house)
