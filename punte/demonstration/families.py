"""Invented families: who lives together, how old they are, where."""

import datetime as dt
import random
from dataclasses import dataclass

from punte.demonstration import names


@dataclass(frozen=True)
class Someone:
    """A member of an invented family. `sealed_parent` facts come later, with the answers."""

    family_name: str
    given_name: str
    sex: str
    born: dt.date
    relation: str
    mother: str | None = None
    father: str | None = None


@dataclass(frozen=True)
class Family:
    """An invented household; `hardship` from 0 to 1 makes its answers more or less worrying."""

    name: str
    members: tuple[Someone, ...]
    hardship: float
    street: str


_STREETS = [
    "Principală",
    "Bisericii",
    "Gării",
    "Morii",
    "Izvorului",
    "Livezilor",
    "Câmpului",
    "Pădurii",
    "Școlii",
    "Florilor",
    "Teilor",
    "Salcâmilor",
    "Nucului",
    "Viilor",
    "Dealului",
    "Văii",
    "Păcii",
    "Unirii",
    "Horea",
    "Crângului",
]
_KINDS = (
    ("children", 37),
    ("one_parent", 11),
    ("old_alone", 12),
    ("old_couple", 11),
    ("three_generations", 10),
    ("grandparents", 5),
    ("alone", 6),
    ("many_children", 8),
)


def family(chance: random.Random, today: dt.date) -> Family:
    """One family; its composition follows a weighted list of kinds."""
    kind = chance.choices([name for name, _ in _KINDS], [weight for _, weight in _KINDS])[0]
    hardship = min(
        1.0, chance.betavariate(1.3, 3.2) + (0.25 if kind in ("many_children", "grandparents") else 0)
    )
    makers = {
        "children": _with_children,
        "one_parent": _one_parent,
        "old_alone": _old_alone,
        "old_couple": _old_couple,
        "three_generations": _three_generations,
        "grandparents": _grandparents,
        "alone": _alone,
        "many_children": _many_children,
    }
    surname = names.surname(chance)
    members = makers[kind](chance, today, surname)
    return Family(
        name=surname,
        members=tuple(members),
        hardship=hardship,
        street=f"str. {chance.choice(_STREETS)} nr. {chance.randrange(1, 180)}",
    )


def _someone(
    chance: random.Random,
    today: dt.date,
    surname: str,
    years: float,
    relation: str,
    sex: str = "",
    **parents: str,
) -> Someone:
    sex = sex or chance.choice("fm")
    born = today - dt.timedelta(days=int(years * 365.25) + chance.randrange(1, 300))
    return Someone(surname, names.given_name(chance, sex), sex, born, relation, **parents)


def _children(
    chance: random.Random, today: dt.date, surname: str, count: int, mother_years: float, **parents: str
) -> list[Someone]:
    made = []
    for _ in range(count):
        years = chance.uniform(0, min(17.2, max(1.0, mother_years - 16)))
        made.append(_someone(chance, today, surname, years, "child", **parents))
    return sorted(made, key=lambda one: one.born)


def _with_children(chance: random.Random, today: dt.date, surname: str) -> list[Someone]:
    years = chance.uniform(21, 46)
    away = chance.random()
    parents = {"mother": "home", "father": "abroad" if away < 0.1 else "home"}
    mother = _someone(chance, today, surname, years, "reference", "f")
    children = _children(chance, today, surname, chance.choices((1, 2, 3), (38, 42, 20))[0], years, **parents)
    if parents["father"] == "abroad":
        return [mother, *children]
    return [mother, _someone(chance, today, surname, years + chance.uniform(-1, 6), "spouse", "m"), *children]


def _many_children(chance: random.Random, today: dt.date, surname: str) -> list[Someone]:
    years = chance.uniform(27, 42)
    father = "home" if chance.random() < 0.8 else chance.choice(("abroad", "separated", "deceased"))
    made = [_someone(chance, today, surname, years, "reference", "f")]
    if father == "home":
        made.append(_someone(chance, today, surname, years + chance.uniform(0, 7), "partner", "m"))
    return made + _children(
        chance, today, surname, chance.randrange(4, 8), years, mother="home", father=father
    )


def _one_parent(chance: random.Random, today: dt.date, surname: str) -> list[Someone]:
    years = chance.uniform(19, 45)
    father = chance.choice(("separated", "deceased", "unknown", "elsewhere"))
    made = [_someone(chance, today, surname, years, "reference", "f")]
    return made + _children(
        chance,
        today,
        surname,
        chance.choices((1, 2, 3), (50, 35, 15))[0],
        years,
        mother="home",
        father=father,
    )


def _old_alone(chance: random.Random, today: dt.date, surname: str) -> list[Someone]:
    return [
        _someone(
            chance, today, surname, chance.uniform(66, 90), "reference", "f" if chance.random() < 0.7 else "m"
        )
    ]


def _old_couple(chance: random.Random, today: dt.date, surname: str) -> list[Someone]:
    years = chance.uniform(65, 84)
    return [
        _someone(chance, today, surname, years, "reference", "m"),
        _someone(chance, today, surname, years - chance.uniform(-2, 7), "spouse", "f"),
    ]


def _three_generations(chance: random.Random, today: dt.date, surname: str) -> list[Someone]:
    middle = _with_children(chance, today, surname)
    return [*middle, _someone(chance, today, surname, chance.uniform(58, 80), "parent")]


def _grandparents(chance: random.Random, today: dt.date, surname: str) -> list[Someone]:
    grandmother = _someone(chance, today, surname, chance.uniform(52, 74), "reference", "f")
    parents = chance.choice(
        ({"mother": "abroad", "father": "abroad"}, {"mother": "abroad", "father": "separated"})
    )
    children = [
        _someone(chance, today, surname, chance.uniform(3, 16), "grandchild", **parents)
        for _ in range(chance.choices((1, 2, 3), (45, 40, 15))[0])
    ]
    return [grandmother, *children]


def _alone(chance: random.Random, today: dt.date, surname: str) -> list[Someone]:
    return [_someone(chance, today, surname, chance.uniform(24, 63), "reference")]
