"""The plan of Cluj-Napoca for 2024 as it comes in, read once for all tests; and a town hall that plans."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import translation

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.annual_plans.actions import load_plans
from punte.annual_plans.checks import Remark
from punte.annual_plans.content import PlanContent
from punte.annual_plans.models import PlanVersion
from punte.annual_plans.queries import content_in_force, content_of
from punte.annual_plans.remarks import remarks_of
from punte.directory.actions import load_reference
from punte.directory.models import NomenclatureCode
from punte.organizations.models import Organization
from tests.factories import OrganizationFactory, worker


@dataclass(frozen=True)
class Plan2024:
    """What the installation makes of content/plans/2024."""

    version: PlanVersion
    content: PlanContent
    rows: PlanContent
    remarks: list[Remark]
    again: int


@pytest.fixture(scope="session")
def plan_2024(django_db_setup: None, django_db_blocker: Any) -> Iterator[Plan2024]:
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("en"):
        load_reference(settings.CONTENT / "reference")
        folder = settings.CONTENT / "plans"
        load_plans(folder)
        version = PlanVersion.objects.select_related("plan__organization").get(plan__year=2024)
        found = remarks_of(version.plan)
        yielded = Plan2024(
            version, content_in_force(version), content_of(version.plan), found, len(load_plans(folder))
        )
        transaction.set_rollback(True)
    yield yielded


@pytest.fixture
def town() -> Organization:
    made: Organization = OrganizationFactory(name="Primăria Exemplu")
    return made


@pytest.fixture
def planner(town: Organization) -> User:
    return worker(Role.PLANNER, organization=town)


@pytest.fixture
def coordinator(town: Organization) -> User:
    return worker(Role.COORDINATOR, organization=town)


@pytest.fixture
def code() -> NomenclatureCode:
    return NomenclatureCode.objects.create(
        code="8891 CZ-C-II", name="Centre de zi pentru copii", beneficiaries="Copii", mode="day"
    )
