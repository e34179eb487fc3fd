"""Every address, in the name of every kind of user: no leak, and nobody locked out of their work."""

from typing import Any

import pytest

from punte.accounts.enums import Role
from punte.accounts.models import User
from tests import WHOLE, is_drawn
from tests.access.table import TABLE, Row
from tests.access.walk import SIGNED_COOKIES, every_name, status
from tests.access.world import World

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
@pytest.mark.sampled(one_in=2)
@pytest.mark.parametrize("share", range(_SHARES))
def test_each_is_answered_as_the_table_says(share: int, world: World, settings: Any) -> None:
    settings.SESSION_ENGINE = SIGNED_COOKIES
    rows = list(enumerate(TABLE))[share::_SHARES]
    wrong = [line for number, row in rows for line in _differences(row, world, _asking(world, row, number))]
    assert not wrong, "\n" + "\n".join(wrong)


def _asking(world: World, row: Row, number: int) -> list[tuple[str, User | None]]:
    """Who asks for a row: for each expectation one, of the next row another; of the other places where it is answered
    so, half of them one; and of the roles in the team that holds the record, of each row others. Everybody, where the
    walk is whole."""
    people = [(who, person) for who, person in world.people.items() if who not in _WITHOUT_A_TEAM]
    if WHOLE:
        return people
    turned = people[number % len(people) :] + people[: number % len(people)]
    of_each = {row.of(who): who for who, _person in turned}
    of_each_place = {(row.of(who), who.partition("@")[2]): who for who, _person in turned}
    asked = {*of_each.values()}
    asked |= {who for who in of_each_place.values() if is_drawn(_told_by(who, row), one_in=2)}
    return [one for one in people if one[0] in asked or _is_drawn(one[0], row)]


def _is_drawn(who: str, row: Row) -> bool:
    return who.endswith("@own") and is_drawn(_told_by(who, row), one_in=8)


def _told_by(who: str, row: Row) -> str:
    return f"{who} {row.name} {row.method} {row.kwargs}"


def _is_drawn_refusal(row: Row) -> bool:
    """What refuses is rendered from the same few templates: of one row in eight."""
    return is_drawn(f"refused {row.name} {row.method} {row.kwargs}", one_in=8)


def _differences(row: Row, world: World, people: list[tuple[str, User | None]]) -> list[str]:
    found: dict[tuple[int, int], list[str]] = {}
    rendered: set[str] = set()
    for who, person in people:
        like, expected = row.of(who)
        is_rendered = WHOLE or (like not in rendered and (expected == 200 or _is_drawn_refusal(row)))
        answered = status(row, world, person, is_rendered=is_rendered)
        rendered.add(like)
        if answered != expected:
            found.setdefault((expected, answered), []).append(who)
    return [
        f"{row.name} {row.method} {row.kwargs}: {expected} expected, {answered} answered to {', '.join(who)}"
        for (expected, answered), who in found.items()
    ]
