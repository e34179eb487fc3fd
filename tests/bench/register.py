"""An invented register in which many people are on file more than once, and it is known who is who.

As registers of communes are: households with fathers and sons of one name and with twins, surnames by Zipf's law,
letters without their marks, slips of the finger, names before and after a marriage, CNPs and dates that are missing or
wrong, families that moved.
"""

import datetime as dt
import random
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from stdnum.ro.cnp import calc_check_digit

SURNAMES, GIVEN_NAMES = 12_583, 150
ON_FILE = (0.64, 0.19, 0.15, 0.02)
"""How many people are on file once, twice, three and four times."""
_FIRST, _LAST = dt.date(1930, 1, 1), dt.date(2025, 12, 31)
_BARE = str.maketrans("ăâîșțĂÂÎȘȚ", "aaistAAIST")
_CEDILLA = str.maketrans("șțȘȚ", "şţŞŢ")
_OPEN = ("B", "C", "D", "F", "G", "M", "N", "P", "R", "S", "Ș", "T", "Ț", "V", "Z", "Br", "Cr", "Dr", "Gr")
_MIDDLE = ("a", "ă", "e", "i", "o", "u", "ea", "ia")
_CLOSE = (
    *("escu", "eanu", "an", "ariu", "oiu", "ar", "uș", "iș", "oș", "ulea"),
    *("ache", "ea", "in", "ica", "oaie", "uț", "ăț", "aru", "âlcu"),
)


@dataclass(frozen=True)
class Filed:
    """One file, and the person it is of."""

    person: int
    family_name: str
    given_name: str
    born: dt.date | None
    sex: str
    cnp: str
    home: int


class Register:
    """A register of so many people; the same each time for the same seed."""

    def __init__(self, people: int, *, seed: int = 7) -> None:
        self.people = people
        self.chance = random.Random(seed)
        self.surnames = _Names(self.chance, SURNAMES, endings=_CLOSE)
        self.given = {
            sex: _Names(self.chance, GIVEN_NAMES // 2, endings=endings, flat=4)
            for sex, endings in (("f", ["a", "ela", "ina", "ița"]), ("m", ["u", "el", "in", "ian"]))
        }
        self.orders: dict[tuple[str, dt.date], int] = {}

    def files(self) -> Iterator[Filed]:
        """Every file, person by person."""
        home = made = 0
        while made < self.people:
            home += 1
            for true in self._family(home)[: self.people - made]:
                made += 1
                own = replace(true, person=made)
                yield self._written(own)
                for _more in range(self.chance.choices(range(4), ON_FILE)[0]):
                    yield self._written(own)

    def _family(self, home: int) -> list[Filed]:
        chance = self.chance
        surname = self.surnames.one()
        father = self._one(surname, "m", self._day(1930, 2000), home)
        mother = self._one(surname, "f", self._near(father.born, 6), home)
        family = [father] * (chance.random() < 0.75) + [mother] * (chance.random() < 0.85)
        born = self._near(mother.born, 3) + dt.timedelta(days=365 * chance.randint(19, 32))
        called: set[str] = set()
        for _child in range(chance.choices(range(5), (30, 30, 25, 10, 5))[0]):
            born += dt.timedelta(days=chance.randint(330, 1500))
            for _twin in range(2 if chance.random() < 0.015 else 1):
                child = self._one(surname, chance.choice("fm"), born, home)
                if child.sex == "m" and chance.random() < 0.05:
                    child = replace(child, given_name=father.given_name)
                if born <= _LAST and child.given_name not in called:
                    called.add(child.given_name)
                    family.append(child)
        return family or [mother]

    def _one(self, surname: str, sex: str, born: dt.date, home: int) -> Filed:
        given = self.given[sex].one()
        if self.chance.random() < 0.25:
            given = f"{given} {self.given[sex].one()}"
        return Filed(0, surname, given, born, sex, self._cnp(sex, born), home)

    def _day(self, first: int, last: int) -> dt.date:
        return dt.date(self.chance.randint(first, last), 1, 1) + dt.timedelta(
            days=self.chance.randint(0, 364)
        )

    def _near(self, day: dt.date | None, years: int) -> dt.date:
        assert day
        while True:
            near = day + dt.timedelta(days=self.chance.randint(-365 * years, 365 * years))
            if _FIRST <= near <= _LAST:
                return near

    def _cnp(self, sex: str, born: dt.date) -> str:
        place = f"{self.chance.randint(1, 40):02d}"
        key = (sex + place, born)
        self.orders[key] = order = self.orders.get(key, self.chance.randint(0, 300)) + 1
        first = {("m", 19): "1", ("f", 19): "2", ("m", 20): "5", ("f", 20): "6"}[sex, born.year // 100]
        number = f"{first}{born:%y%m%d}{place}{order % 1000:03d}"
        return number + str(calc_check_digit(number))

    def _written(self, true: Filed) -> Filed:
        """One file as somebody wrote it."""
        chance = self.chance
        family, given = true.family_name, true.given_name
        if true.sex == "f" and chance.random() < 0.06:
            family = self.surnames.one()
        if " " in given and chance.random() < 0.2:
            given = given.split()[0]
        family, given = (self._slip(name) if chance.random() < 0.05 else name for name in (family, given))
        if chance.random() < 0.02:
            family, given = given, family
        marks = chance.random()
        if marks < 0.6:
            table = _BARE if marks < 0.45 else _CEDILLA
            family, given = family.translate(table), given.translate(table)
        return replace(
            true,
            family_name=family,
            given_name=given,
            born=self._date(true.born),
            cnp=self._number(true.cnp),
            home=-chance.randint(1, self.people) if chance.random() < 0.08 else true.home,
        )

    def _slip(self, name: str) -> str:
        place = self.chance.randrange(len(name))
        letter = self.chance.choice("abcdefghilmnoprstuvz")
        ways = (
            name[:place] + name[place + 1 :],
            name[:place] + letter + name[place:],
            name[:place] + letter + name[place + 1 :],
            name[:place] + name[place : place + 2][::-1] + name[place + 2 :],
        )
        return self.chance.choice(ways) or name

    def _date(self, born: dt.date | None) -> dt.date | None:
        assert born
        luck = self.chance.random()
        if luck < 0.03:
            return None
        if luck > 0.03 + 0.03:
            return born
        if born.day <= 12 and self.chance.random() < 0.4:
            return born.replace(month=born.day, day=born.month)
        return born + dt.timedelta(days=self.chance.choice([-365, -31, -10, -1, 1, 10, 31, 365, 3652]))

    def _number(self, cnp: str) -> str:
        luck = self.chance.random()
        if luck < 0.10:
            return ""
        if luck > 0.115:
            return cnp
        place = self.chance.randrange(1, 13)
        return cnp[:place] + self.chance.choice("0123456789") + cnp[place + 1 :]


class _Names:
    """Invented names, the first ones far more often than the last."""

    def __init__(self, chance: random.Random, many: int, *, endings: Sequence[str], flat: int = 8) -> None:
        self.chance = chance
        names: dict[str, None] = {}
        while len(names) < many:
            parts = [chance.choice(_OPEN), chance.choice(_MIDDLE)] * chance.choice([1, 1, 2])
            stem = "".join(parts).lower().capitalize()
            names[stem + chance.choice("lmnrstdc") + chance.choice(endings)] = None
        self.names = list(names)
        self.sums = list(accumulate(1 / (place + flat) for place in range(many)))

    def one(self) -> str:
        """A name, by its frequency."""
        return self.names[bisect(self.sums, self.chance.random() * self.sums[-1])]
