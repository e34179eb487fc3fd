"""The town of the journeys: a worker, a partner, and two day centres for children, one near and one far."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.directory.models import NomenclatureCode, OccupancySnapshot, Service
from punte.organizations.models import Organization
from tests.factories import (
    CapacityFactory,
    OrganizationFactory,
    ServiceFactory,
    TeamFactory,
    UatFactory,
    worker,
)
from tests.journeys.browser import with_password

DAY_CENTRE = "8891 CZ-C-II"


@dataclass
class Scene:
    """Who and what is there."""

    worker: User
    partner: User
    near: Service
    far: Service


def make_scene() -> Scene:
    """A commune whose worker can refer children to a day centre with two free places, 5 km away."""
    uat = UatFactory(name="Valea Lungă", latitude=46.80, longitude=23.50)
    town_hall = OrganizationFactory(name="Primăria Comunei Valea Lungă", uat=uat)
    code = NomenclatureCode.objects.create(
        code=DAY_CENTRE, name="Centre de zi", beneficiaries="Copii în familie", mode="day"
    )
    ngo = OrganizationFactory(name="Asociația Ajungem Mari", kind="ngo", uat=None)
    near = _centre(
        ngo, "Centrul de zi „Licurici”", code, UatFactory(latitude=46.83, longitude=23.55), taken=8
    )
    other = OrganizationFactory(name="Asociația Pași Mici", kind="ngo", uat=None)
    far = _centre(
        other, "Centrul de zi „Departe”", code, UatFactory(latitude=47.20, longitude=24.10), taken=2
    )
    return Scene(
        worker=with_password(
            worker(team=TeamFactory(organization=town_hall), name="Ana Țărălungă", email="ana@exemplu.ro")
        ),
        partner=with_password(
            worker(Role.PARTNER, organization=ngo, name="Dan Sălăjan", email="dan@exemplu.ro")
        ),
        near=near,
        far=far,
    )


def _centre(provider: Organization, name: str, code: NomenclatureCode, uat: object, *, taken: int) -> Service:
    service = ServiceFactory(provider=provider, name=name, code=code, at=uat)
    CapacityFactory(service=service, value=10)
    OccupancySnapshot.objects.create(
        service=service, at=timezone.now() - dt.timedelta(days=1), taken=taken, source="said"
    )
    return service


def years_ago(years: int, *, month: int = 1, day: int = 10) -> dt.date:
    """A birth date of somebody of that age today, whatever the day."""
    today = timezone.localdate()
    to_come = (month, day) > (today.month, today.day)
    return dt.date(today.year - years - to_come, month, day)
