"""A town hall with two teams, a family that it works with, and what was found there."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import Team, User
from punte.assessments.models import Assessment, Finding, FindingSet
from punte.assessments.packs import current_version, pack_of
from punte.cases.actions import open_case
from punte.cases.models import Case
from punte.directory.models import Capacity, OccupancySnapshot, Service
from punte.kernel.text import fold
from punte.organizations.models import Organization
from punte.people.models import Household, Person
from tests.factories import HouseholdFactory, OrganizationFactory, TeamFactory, family, worker


@dataclass
class Town:
    """A town hall, its people and one family; `again` gives an account as the next request would read it."""

    organization: Organization
    team: Team
    worker: User
    colleague: User
    nurse: User
    other_team: User
    coordinator: User
    household: Household
    mother: Person
    child: Person
    others: list[Person] = field(default_factory=list)

    def assessed(self, *found: tuple[Person | None, str], days_ago: int = 0) -> Assessment:
        """An assessment of the family in which codes were found."""
        return assessed(self.household, self.worker, found, days_ago=days_ago)

    def case(self, **fields: Any) -> Case:
        """A case of the family, opened by the worker."""
        return open_case(
            **{
                "by": self.worker,
                "household": self.household,
                "regime": "standard",
                "reason": "o situație grea",
                **fields,
            }
        )


def again(user: User) -> User:
    """The account as a new request reads it."""
    return User.objects.get(pk=user.pk)


def assessed(
    household: Household,
    by: User,
    found: Iterable[tuple[Person | None, str]] = (),
    *,
    days_ago: int = 0,
    pack_name: str = "sci",
    person: Person | None = None,
    scores: Sequence[Mapping[str, Any]] = (),
) -> Assessment:
    """An assessment with findings of codes of a methodology, and what its scores came to."""
    version = current_version(pack_name)
    pack = pack_of(version)
    assessment = Assessment.objects.create(
        household=household,
        person=person,
        pack=version,
        by=by,
        instance_id=f"uuid:{uuid4()}",
        digest="",
        visited_on=timezone.localdate() - dt.timedelta(days=days_ago),
    )
    findings = FindingSet.objects.create(assessment=assessment, pack=version, scores=list(scores))
    for person, code in found:
        rule = pack.rules[code]
        Finding.objects.create(
            finding_set=findings,
            person=person,
            code=code,
            severity=rule.severity,
            dimension=rule.dimension,
            compartment=rule.compartment,
            explanation={},
        )
    return assessment


def make_town() -> Town:
    """A town hall of its own, as the fixture gives it."""
    organization = OrganizationFactory()
    team = TeamFactory(organization=organization)
    household = HouseholdFactory(keeper=organization)
    mother, child, *others = family(34, 9, 4, household=household)
    return Town(
        organization=organization,
        team=team,
        worker=worker(team=team, name="Ana Exemplu"),
        colleague=worker(team=team),
        nurse=worker(Role.COMMUNITY_NURSE, team=team),
        other_team=worker(team=TeamFactory(organization=organization)),
        coordinator=worker(Role.COORDINATOR, organization=organization),
        household=household,
        mother=mother,
        child=child,
        others=others,
    )


@dataclass
class DayCentre:
    """A partner with one service of ten places, six of them taken."""

    organization: Organization
    partner: User
    service: Service

    def taken(self) -> int:
        return OccupancySnapshot.objects.filter(service=self.service).first().taken


def make_day_centre() -> DayCentre:
    """A partner of its own, as the fixture gives it."""
    organization = OrganizationFactory(name="Asociația Exemplu", folded_name="asociatia exemplu", kind="ngo")
    name = "Centrul de zi „Exemplu”"
    service = Service.objects.create(provider=organization, name=name, folded_name=fold(name))
    Capacity.objects.create(service=service, year=2024, value=10, unit="places", source="test")
    OccupancySnapshot.objects.create(
        service=service, at=timezone.now() - dt.timedelta(days=1), taken=6, source="said"
    )
    return DayCentre(organization, worker(Role.PARTNER, organization=organization), service)


@pytest.fixture
def town(db: None) -> Town:
    return make_town()


@pytest.fixture
def day_centre(db: None) -> DayCentre:
    return make_day_centre()
