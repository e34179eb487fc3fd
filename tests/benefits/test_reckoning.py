"""The rules of `content/entitlements` say to the leu what an independent reckoning says, and a change of a parameter
changes no day before it."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from punte.benefits.catalogue import rulebook
from punte.benefits.definition import Rulebook, Valued
from punte.benefits.given import Given, laid_out
from punte.benefits.sql import seeming
from tests import WHOLE
from tests.benefits.independent import family, heating, inclusion
from tests.benefits.laid import as_given, random_homes

DAYS = (
    dt.date(2024, 2, 1),
    dt.date(2024, 7, 1),
    dt.date(2025, 3, 1),
    dt.date(2026, 1, 15),
    dt.date(2026, 7, 1),
)
KEYS = ("inclusion_aid", "family_aid", "heating_aid")
# Every value of the heating aid, with those from memory; of the inclusion income only what was read.
CONFIRMED = frozenset(f"heating_share_{name}" for name in ("320", "440", "560", "680", "920", "over"))
Found = dict[tuple[int, dt.date, str], float | None]


def _found(book: Rulebook, given: Given, days: tuple[dt.date, ...]) -> Found:
    connection = laid_out(book, given, days)
    question = seeming(book, CONFIRMED, KEYS)
    rows = connection.execute(f"SELECT household, day, entitlement, amount FROM ({question})").fetchall()
    return {(int(household), day, key): amount for household, day, key, amount in rows}


def test_ten_thousand_households_agree_to_the_leu_with_an_independent_reckoning() -> None:
    homes = random_homes(10_000, seed=14)
    found = _found(rulebook(), as_given(homes), DAYS)

    expected: Found = {}
    for number, home in enumerate(homes):
        for day in DAYS:
            aid = inclusion(home, day)
            if aid is not None:
                expected[number, day, "inclusion_aid"] = aid
            for key, (seems, amount) in (
                ("family_aid", family(home, day)),
                ("heating_aid", heating(home, day)),
            ):
                if seems:
                    expected[number, day, key] = amount

    assert found == expected
    counted = {key: sum(1 for _home, _day, one in found if one == key) for key in KEYS}
    assert min(counted.values()) > 1_000


@pytest.mark.parametrize("key", ["inclusion_sum", "family_threshold", "heating_threshold_family"])
def test_a_parameter_that_changes_from_a_day_changes_no_day_before_it(key: str) -> None:
    book, given = rulebook(), as_given(random_homes(10_000 if WHOLE else 1_500, seed=3))
    change = dt.date(2026, 2, 1)
    before = tuple(change - dt.timedelta(days=gone) for gone in (1, 2, 31, 90, 300, 400, 700))
    after = change + dt.timedelta(days=1)
    value = Valued(change, None, Decimal(700), "test", "secondary")
    changed = replace(book.parameters[key], values=(*book.parameters[key].values, value))
    other = replace(book, parameters={**book.parameters, key: changed})

    was, now = (_found(one, given, (*before, after)) for one in (book, other))

    for day in before:
        assert _on(was, day) == _on(now, day)
    assert _on(was, after) != _on(now, after)


def _on(found: Found, day: dt.date) -> Found:
    return {row: amount for row, amount in found.items() if row[1] == day}
