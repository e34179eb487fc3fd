"""A planted bias is found, none is found where there is none, and too little is called too little."""

import datetime as dt
import random

import pytest
from scipy.stats import binom

from punte.statistics.actions import make_extract
from punte.statistics.lookback.questions import answered, questions, rounds
from punte.statistics.lookback.reckoning import RATE, Case, changes, look_back, share
from tests import WHOLE

BANDS = ("low", "middle", "high")
OFTEN = {"low": 0.1, "middle": 0.3, "high": 0.6}
NULLS = 200 if WHOLE else 60


def _cases(seed: int, *, bias: float = 0.0, many: int = 600) -> list[Case]:
    """A score that foresees; `bias` is added to how often it happens to the middle band of one group."""
    chance = random.Random(seed)
    made = []
    for _ in range(many):
        band = chance.choice(BANDS)
        groups = {"place": chance.choice(("town", "village")), "age": chance.choice(("a", "b", "c"))}
        often = OFTEN[band] + (bias if band == "middle" and groups["place"] == "village" else 0)
        made.append(Case(band, "case", chance.random() < 0.1, chance.random() < often, groups))
    return made


def test_a_planted_bias_is_found():
    answer = look_back(_cases(1, bias=0.4), bands=BANDS, least=20)
    assert [(one.group, one.band) for one in answer.unequal] == [("place", "middle")]
    assert answer.told_apart > 0.6
    assert answer.chance < 0.001


def test_where_there_is_none_no_more_is_found_than_the_rate():
    found = sum(
        bool(look_back(_cases(seed, many=300), bands=BANDS, least=20).unequal) for seed in range(NULLS)
    )
    assert found <= binom.ppf(0.99, NULLS, RATE), found


def test_too_little_says_nothing():
    answer = look_back(_cases(1, many=15), bands=BANDS, least=20)
    assert not answer.whole.is_enough
    assert answer.told_apart is None
    assert (answer.unequal, answer.compared) == ([], 0)


def test_an_interval_is_that_of_wilson():
    one = share(50, 10, 20)
    assert (round(one.low, 3), round(one.high, 3)) == (0.112, 0.33)


def test_a_round_that_changed_and_one_that_did_not():
    pairs = {
        "better": [(True, False)] * 20 + [(True, True)] * 20,
        "same": [(True, False)] * 5 + [(False, True)] * 5 + [(False, False)] * 20,
        "few": [(True, False)] * 10,
    }
    found = changes(pairs, least=20)
    assert [found[name].is_change for name in pairs] == [True, False, False]
    assert not found["few"].first.is_enough


@pytest.mark.django_db
def test_every_question_of_the_content_has_an_answer(assess, var):
    home = assess("POOR", day=dt.date(2025, 5, 4))
    assess(day=dt.date(2026, 5, 4), household=home)
    assert answered(next(iter(questions().values()))) is None
    make_extract(moment=dt.datetime(2026, 6, 1, tzinfo=dt.UTC))
    seen = {key: answered(one).whole.seen for key, one in questions().items()}
    assert seen == {"relocation": 0, "severity_of_homes": 1, "urgency_of_notifications": 0}
    [change] = rounds().values()
    assert (change.better, change.worse) == (1, 0)
