"""Households with findings, made as they lie in the database."""

import datetime as dt
from collections.abc import Callable, Iterable
from itertools import count

import pytest
from django.core.management import call_command

from punte.assessments.models import Assessment, Finding, FindingSet, PackVersion
from punte.people.models import Household
from tests.database import lasting
from tests.factories import HouseholdFactory, UserFactory

_number = count(1)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory, django_db_setup, django_db_blocker):
    report = tmp_path_factory.mktemp("reference") / "report.csv"
    yield from lasting(
        django_db_blocker, lambda: call_command("reference", "load", "--quiet", "--report", str(report))
    )


@pytest.fixture
def var(settings, tmp_path):
    settings.VAR = tmp_path
    return tmp_path


@pytest.fixture
def assess(db) -> Callable[..., Household]:
    """Assess a household (a new one unless named) on a day, with findings of the codes."""
    pack, _ = PackVersion.objects.get_or_create(
        name="proba", version="1", defaults={"digest": "", "files": {}}
    )
    by = UserFactory()

    def make(*codes: str, day: dt.date = dt.date(2026, 5, 4), household: Household | None = None, **fields):
        home = household or HouseholdFactory(**fields)
        number = next(_number)
        done = Assessment.objects.create(
            household=home,
            pack=pack,
            by=by,
            instance_id=f"uuid:{number}",
            instance="",
            digest="",
            visited_on=day,
        )
        found = FindingSet.objects.create(assessment=done, pack=pack)
        Finding.objects.bulk_create(_findings(found, codes))
        return home

    return make


def _findings(found: FindingSet, codes: Iterable[str]) -> Iterable[Finding]:
    for code in codes:
        yield Finding(
            finding_set=found, code=code, severity=2, dimension="x", compartment="general", explanation={}
        )
