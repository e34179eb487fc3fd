"""Random households as the rules take them."""

import datetime as dt
import json
import random
from collections.abc import Sequence

from punte.benefits.given import Given, columns
from tests.benefits.independent import Home, Member

RELATIONS = ("child", "child", "child", "spouse", "partner", "parent", "grandchild", "other_relative")
OCCUPATIONS = (
    None,
    "employee",
    "day_labourer",
    "registered",
    "unregistered",
    "retired",
    "homemaker",
    "unable",
)


def random_homes(count: int, seed: int) -> list[Home]:
    """Invented households around the thresholds."""
    drawn = random.Random(seed)
    return [_home(drawn) for _number in range(count)]


def _home(drawn: random.Random) -> Home:
    size = drawn.choices((1, 2, 3, 4, 5, 6, 8), (25, 20, 18, 16, 10, 8, 3))[0]
    first = Member(_born(drawn, 16, 90), "reference", drawn.choice(OCCUPATIONS))
    others = (
        Member(
            _born(drawn, 0, 85 if drawn.random() < 0.4 else 19),
            drawn.choice(RELATIONS),
            drawn.choice(OCCUPATIONS),
        )
        for _number in range(size - 1)
    )
    edges = (0, 31_300, 36_600, 53_300, 93_000, 138_600, 205_300)
    income = drawn.choice(edges) if drawn.random() < 0.1 else drawn.randrange(0, 160_000)
    return Home(
        (first, *others),
        income,
        drawn.choice(("stove", "stove", "central", "electric", "none")),
        drawn.choice(("house", "flat", "room", "none")),
        drawn.random() < 0.2,
        drawn.random() < 0.2,
    )


def _born(drawn: random.Random, least: int, most: int) -> dt.date:
    return dt.date(2026, 11, 29) - dt.timedelta(days=drawn.randrange(least * 365, most * 366 + 1))


def as_given(homes: Sequence[Home]) -> Given:
    """The tables that the record gives, each household and member named by its place."""
    members = [
        (number, place, one) for number, home in enumerate(homes) for place, one in enumerate(home.members)
    ]
    visited = dt.date(2024, 1, 1)
    moment = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    return Given(
        homes=columns([(number,) for number in range(len(homes))], ("household",)),
        lives=columns(
            [(number, f"{number}/{place}", one.born, one.relation) for number, place, one in members],
            ("household", "person", "birth_date", "relation"),
        ),
        visits=columns(
            [(number, f"v{number}", visited, moment, _said(home)) for number, home in enumerate(homes)],
            ("household", "assessment", "visited", "sent", "answers"),
        ),
        answers=columns(
            [
                (f"v{number}", f"{number}/{place}", json.dumps({"occupation": one.occupation}))
                for number, place, one in members
                if one.occupation
            ],
            ("assessment", "person", "answers"),
        ),
        entries=columns((), ("person", "register", "field", "word", "number", "day")),
    )


def _said(home: Home) -> str:
    return json.dumps(
        {
            "monthly_income_lei": f"{home.bani / 100:.2f}",
            "receives_vmi": home.gets_inclusion,
            "heating_aid": home.gets_heating,
            "heating": home.heating,
            "dwelling": home.dwelling,
        }
    )
