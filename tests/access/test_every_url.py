"""Every address, in the name of every kind of user: no leak, and nobody locked out of their work."""

from typing import Any

import pytest
from django.db import connection

from punte.accounts.enums import Role
from punte.accounts.models import User
from tests import WHOLE
from tests.access.table import TABLE, Row
from tests.access.walk import SIGNED_COOKIES, every_name, status
from tests.access.world import World

pytestmark = pytest.mark.both

# In every team of their organisation these are the same; one is enough.
_WITHOUT_A_TEAM = {
    f"{role}@team" for role in (Role.PLANNER, Role.COUNTY_METHODOLOGIST, Role.PARTNER, Role.ADMINISTRATOR)
}
# Several tests let several processors share the walk.
_SHARES = 8


def test_every_address_has_a_row() -> None:
    assert every_name() - {row.name for row in TABLE} == set()


def test_every_row_has_an_address() -> None:
    assert {row.name for row in TABLE} - every_name() == set()


@pytest.mark.django_db
@pytest.mark.parametrize("share", range(_SHARES))
def test_each_is_answered_as_the_table_says(share: int, world: World, settings: Any) -> None:
    settings.SESSION_ENGINE = SIGNED_COOKIES
    rows = list(enumerate(TABLE))[share::_SHARES]
    wrong = [line for number, row in rows for line in _differences(row, world, _asking(world, row, number))]
    assert not wrong, "\n" + "\n".join(wrong)


def _asking(world: World, row: Row, number: int) -> list[tuple[str, User | None]]:
    """Who asks for a row: every role in the team that holds the record; of those who stand elsewhere, and of all on the
    second database, one for each answer, of the next row another. Everybody, where the walk is whole."""
    people = [(who, person) for who, person in world.people.items() if who not in _WITHOUT_A_TEAM]
    if WHOLE:
        return people
    turned = people[number % len(people) :] + people[: number % len(people)]
    of_answers = {(row.of(who)[1], who.partition("@")[2]): (who, person) for who, person in turned}
    if connection.vendor != "sqlite":
        return list({row.of(who)[1]: (who, person) for who, person in of_answers.values()}.values())
    return [
        (who, person)
        for who, person in people
        if who.endswith("@own") or (who, person) in of_answers.values()
    ]


def _differences(row: Row, world: World, people: list[tuple[str, User | None]]) -> list[str]:
    found: dict[tuple[int, int], list[str]] = {}
    rendered: set[str] = set()
    for who, person in people:
        like, expected = row.of(who)
        answered = status(row, world, person, is_rendered=WHOLE or like not in rendered)
        rendered.add(like)
        if answered != expected:
            found.setdefault((expected, answered), []).append(who)
    return [
        f"{row.name} {row.method} {row.kwargs}: {expected} expected, {answered} answered to {', '.join(who)}"
        for (expected, answered), who in found.items()
    ]
