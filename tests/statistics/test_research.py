"""Data for research: nobody can be picked out, the same person is one in all tables, what is sealed is in none."""

import csv
import io
import zipfile
from collections import Counter
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry
from punte.cases.actions import log_intervention, open_case, seal_case
from punte.kernel.errors import DomainError, NotAllowed
from punte.statistics.actions import export_for_research
from punte.statistics.research import LEFT_OUT, Trait, released
from tests import some_of
from tests.factories import HouseholdFactory, OrganizationFactory, family, worker

SAID = {"decision": "Decizia 12 din 3.11.2026", "receiver": "Universitatea Exemplu", "purpose": "Sărăcia"}
traits = st.builds(
    Trait,
    county=st.sampled_from(["CJ", "AB"]),
    urban=st.booleans(),
    age=st.one_of(st.none(), st.integers(0, 105)),
    sex=st.sampled_from(["f", "m", ""]),
)


@settings(max_examples=some_of(60), deadline=None)
@given(st.lists(traits, max_size=60), st.integers(5, 9))
def test_whoever_is_told_of_is_alike_with_enough_others(people: list[Trait], k: int) -> None:
    told = released({UUID(int=at): one for at, one in enumerate(people)}, k=k)
    assert all(number >= k for number in Counter(told.values()).values())
    for key, (county, place, _ages, sex) in told.items():
        known = people[key.int]
        assert (county, sex) == (known.county, known.sex)
        assert place in ("urban" if known.urban else "rural", LEFT_OUT)


def test_as_fine_as_it_may_be() -> None:
    alike = [Trait("CJ", True, 30, "f")] * 5
    apart = [Trait("CJ", True, age, "f") for age in (18, 25, 46, 60, 64)]
    told = released(
        {UUID(int=at): one for at, one in enumerate([*alike, *apart, Trait("AB", True, 9, "m")])}, k=5
    )
    assert sorted(Counter(told.values()).items()) == [
        (("CJ", "urban", "18-64", "f"), 5),
        (("CJ", "urban", "30-44", "f"), 5),
    ]
    with pytest.raises(ValueError):
        released({}, k=4)


@pytest.fixture
def house(db: None) -> Any:
    return OrganizationFactory()


def tables(content: bytes) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {
            name: list(csv.DictReader(io.StringIO(file.read(name).decode())))
            for name in file.namelist()
            if name.endswith(".csv")
        }


def test_one_person_has_one_name_in_one_export_and_no_sealed_one_is_in_it(house: Any) -> None:
    officer = worker(Role.DATA_PROTECTION_OFFICER, organization=house)
    manager = worker(Role.CASE_MANAGER, organization=house)
    homes = [HouseholdFactory(keeper=house, name="Zambilă") for _at in range(7)]
    for home in homes:
        family(34, household=home)
    cases = [open_case(by=manager, household=home, regime="standard", reason="greu") for home in homes[:2]]
    for case in cases:
        person = case.household.memberships.get().person
        log_intervention(
            by=manager, case=case, mode="home_visit", person=person, at=timezone.now(), note="Zambilă plânge"
        )
    seal_case(by=manager, case=cases[1], reason="Pericol")
    first, second = (export_for_research(by=officer, keeper=house, **SAID) for _again in range(2))
    told = tables(first.content)
    assert first.people == 6 and first.left_out == 0
    people = {row["person"] for row in told["people.csv"]}
    assert [row["person"] in people for row in told["interventions.csv"]] == [True]
    assert not people & {row["person"] for row in tables(second.content)["people.csv"]}
    assert b"Zambil" not in b"".join(
        zipfile.ZipFile(io.BytesIO(first.content)).read(name) for name in ("people.csv", "interventions.csv")
    )
    line = TrailEntry.objects.filter(verb="research_export").first()
    assert line is not None and "Decizia 12" in line.reason and line.changes["rows"] == 6


def test_it_is_by_decision_of_who_looks_after_the_data(house: Any) -> None:
    officer = worker(Role.DATA_PROTECTION_OFFICER, organization=house)
    with pytest.raises(NotAllowed):
        export_for_research(by=worker(Role.COORDINATOR, organization=house), keeper=house, **SAID)
    for wrong in ({"decision": " "}, {"k": 4}, {}):
        # The last: nobody is on record.
        with pytest.raises(DomainError):
            export_for_research(by=officer, keeper=house, **{**SAID, **wrong})
