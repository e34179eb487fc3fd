"""Filled questionnaires to test with."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from punte.methodology.forms import instance_for
from punte.methodology.packs import load_pack
from punte.people.models import Household, Person

Fill = Callable[..., bytes]
VISITED = dt.date(2026, 10, 15)
SOMEBODY = {"family_name": "Exemplu", "given_name": "Aurica"}


@pytest.fixture
def fill() -> Fill:
    """Make the instance that a worker would send for a household."""

    def filled(
        household: Household, members: list[dict[str, Any]], *, instance_id: str = "", **facts: Any
    ) -> bytes:
        known = {"household_id": str(household.pk), **facts}
        rows = [{"member_id": str(uuid4()), **member} for member in members or [SOMEBODY]]
        made = instance_for(
            load_pack("sci"), known, rows, instance_id or f"uuid:{uuid4()}", visit_date=VISITED
        )
        return made.encode()

    return filled


def card(person: Person, **facts: Any) -> dict[str, Any]:
    """The card of a person on record."""
    return {
        "member_id": str(person.pk),
        "family_name": person.family_name,
        "given_name": person.given_name,
        "birth_date": person.birth_date,
        "sex": person.sex or None,
        **facts,
    }
