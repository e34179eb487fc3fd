"""What is held back cannot be worked out, whoever tries."""

import random

import pytest

from punte.statistics.actions.make_extract import figures
from punte.statistics.disclosure import Count, protect
from tests import WHOLE
from tests.statistics.attacker import range_of

THRESHOLD = 5


def _plain(*values: int, out_of: int | None = 1000) -> dict[int, Count]:
    return {
        area: Count({"town": value}, None if out_of is None else {"town": out_of, "other": 1000})
        for area, value in enumerate(values)
    }


def test_a_small_count_is_never_hidden_alone_beside_its_total():
    told = protect(_plain(3, 40, 60, out_of=None), THRESHOLD)
    assert told.total == 103
    assert told.hidden == {0, 1}
    assert told.shown == {2: 60}


def test_enough_small_counts_hide_one_another():
    assert protect(_plain(4, 4, 90, out_of=None), THRESHOLD).hidden == {0, 1}


def test_none_is_told_and_hides_nobody():
    told = protect(_plain(0, 12, out_of=None), THRESHOLD)
    assert told.shown == {0: 0, 1: 12}
    assert told.total == 12


def test_a_small_total_is_held_back():
    told = protect(_plain(4, 0, out_of=None), THRESHOLD)
    assert told.total is None
    assert told.hidden == {0}


def test_where_nothing_else_can_hide_it_the_total_is_held_back():
    told = protect(_plain(8, 0, 0, out_of=None) | {9: Count({"town": 2})}, THRESHOLD)
    assert told.total is not None or told.hidden == {9}
    assert 9 in told.hidden


def test_nearly_everybody_is_as_telling_as_nearly_nobody():
    counts = {1: Count({"a": 38}, {"a": 40}), 2: Count({"a": 20}, {"a": 60}), 3: Count({"a": 30}, {"a": 90})}
    assert 1 in protect(counts, THRESHOLD).hidden


def test_an_organisation_does_not_learn_of_the_few_households_of_another():
    counts = {
        1: Count({"town": 30, "ngo": 2}, {"town": 50, "ngo": 40}),
        2: Count({"town": 20}, {"town": 60}),
        3: Count({"town": 25, "ngo": 10}, {"town": 60, "ngo": 60}),
    }
    assert 1 in protect(counts, THRESHOLD).hidden


@pytest.mark.parametrize("seed", range(1_000 if WHOLE else 150))
def test_an_attacker_places_no_small_count_within_the_threshold(seed: int):
    chance = random.Random(seed)
    counts = _random_table(chance)
    told = protect(counts, THRESHOLD)
    for knower in (None, "a", "b"):
        for area, count in counts.items():
            seen = count.seen_by(knower)
            if not seen.is_small(THRESHOLD):
                continue
            assert area in told.hidden
            least, most = range_of(area, counts, told, knower)
            assert least - 1e-6 <= seen.value <= most + 1e-6
            assert most - least >= seen.needs(THRESHOLD) - 1e-6, (seed, knower, area)


def _random_table(chance: random.Random) -> dict[int, Count]:
    limited = chance.random() < 0.7
    table = {}
    for area in range(chance.randint(1, 9)):
        keepers = chance.choice([["a"], ["a"], ["b"], ["a", "b"]])
        parts, out_of = {}, {}
        for keeper in keepers:
            out_of[keeper] = chance.randint(5, 60)
            parts[keeper] = min(out_of[keeper], chance.choice([0, 0, 1, 2, 3, 4, 5, 6, 12, 40]))
        table[area] = Count(parts, out_of if limited else None)
    return table


def test_the_attacker_does_find_what_is_not_protected():
    """The attacker is no straw man: without a companion the hidden count is found exactly."""
    counts = _plain(3, 40, out_of=None)
    from punte.statistics.disclosure import Published

    assert range_of(0, counts, Published({1: 40}, frozenset({0}), 43), None) == (3, 3)


def test_uats_with_few_assessments_are_told_together_or_not_at_all():
    assessed = {1: {"a": 60}, 2: {"a": 3}, 3: {"a": 30}}
    found = {"X": {1: {"a": 20}, 2: {"a": 2}, 3: {"a": 12}}}
    told = {(uat, code): number for uat, code, number in figures(assessed, found, THRESHOLD)}
    assert told[None, ""] == 93
    assert told[2, ""] is None
    assert told[3, ""] is None
    assert told[1, ""] == 60
    assert told[None, "X"] == 34
    assert told[1, "X"] == 20
    assert (2, "X") not in told
    assert (3, "X") not in told


def test_a_county_with_few_assessments_tells_nothing():
    assert figures({1: {"a": 3}, 2: {"a": 1}}, {"X": {1: {"a": 3}}}, THRESHOLD) == [
        (None, "", None),
        (1, "", None),
        (2, "", None),
    ]
