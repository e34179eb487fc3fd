"""Every address, in the name of every kind of user: no leak, and nobody locked out of their work."""

from typing import Any

import pytest

from punte.accounts.enums import Role
from tests.access.table import TABLE, Row
from tests.access.walk import SIGNED_COOKIES, every_name, status
from tests.access.world import World, build

# In every team of their organisation these are the same; one is enough.
_WITHOUT_A_TEAM = {
    f"{role}@team" for role in (Role.PLANNER, Role.COUNTY_METHODOLOGIST, Role.PARTNER, Role.ADMINISTRATOR)
}
# One world serves many rows; several tests let several processors share the walk.
_SHARES = 8


def test_every_address_has_a_row() -> None:
    assert every_name() - {row.name for row in TABLE} == set()


def test_every_row_has_an_address() -> None:
    assert {row.name for row in TABLE} - every_name() == set()


@pytest.mark.django_db
@pytest.mark.parametrize("share", range(_SHARES))
def test_each_is_answered_as_the_table_says(share: int, settings: Any) -> None:
    settings.SESSION_ENGINE = SIGNED_COOKIES
    world = build()
    wrong = [line for row in TABLE[share::_SHARES] for line in _differences(row, world)]
    assert not wrong, "\n" + "\n".join(wrong)


def _differences(row: Row, world: World) -> list[str]:
    found: dict[tuple[int, int], list[str]] = {}
    for who, person in world.people.items():
        if who in _WITHOUT_A_TEAM:
            continue
        answered, expected = status(row, world, person), row.of(who)
        if answered != expected:
            found.setdefault((expected, answered), []).append(who)
    return [
        f"{row.name} {row.method} {row.kwargs}: {expected} expected, {answered} answered to {', '.join(who)}"
        for (expected, answered), who in found.items()
    ]
