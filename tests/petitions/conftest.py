"""A town hall that answers petitions, and a store that is gone after the test."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.organizations.models import Organization
from punte.petitions.actions import Letter, Sender, Sent, send_petition
from tests.factories import OrganizationFactory, worker

ANA = Sender(name="Ana Exemplu", email="ana@exemplu.ro", phone="0264 000 011")
REQUEST = Letter("request", "Cer un loc la centrul de zi pentru fetița mea.")


@dataclass
class Hall:
    """A town hall with those who answer."""

    organization: Organization
    worker: User
    adviser: User
    lead: User

    def receive(self, letter: Letter = REQUEST, sender: Sender = ANA) -> Sent:
        """What a resident sends."""
        return send_petition(organization=self.organization, letter=letter, sender=sender)


@pytest.fixture
def hall(db: None) -> Hall:
    organization = OrganizationFactory()
    return Hall(
        organization,
        worker(Role.SOCIAL_WORKER, organization=organization, name="Ioana Mureșan"),
        worker(Role.LEGAL_ADVISER, organization=organization, name="Radu Oltean"),
        worker(Role.COORDINATOR, organization=organization, name="Mihai Pârvulescu"),
    )


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> Path:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }
    return tmp_path
