"""Invented names. Common given names and surnames put together by chance; nobody is meant."""

import random
from functools import cache
from itertools import accumulate, product

from faker.providers.person.ro_RO import Provider

_ROOTS = [
    "Ag",
    "Al",
    "Ard",
    "Bal",
    "Ban",
    "Bar",
    "Bog",
    "Bord",
    "Bud",
    "Cal",
    "Căl",
    "Câmp",
    "Cior",
    "Codr",
    "Corb",
    "Cozm",
    "Creț",
    "Dăr",
    "Diac",
    "Dobr",
    "Drag",
    "Fil",
    "Flor",
    "Frunz",
    "Gav",
    "Gheorgh",
    "Gorg",
    "Gro",
    "Hor",
    "Iac",
    "Ion",
    "Lup",
    "Măr",
    "Măl",
    "Mânz",
    "Mih",
    "Mol",
    "Munt",
    "Neg",
    "Nic",
    "Olar",
    "Pădur",
    "Pop",
    "Prod",
    "Rad",
    "Răz",
    "Roș",
    "Rus",
    "Săl",
    "Sim",
    "Stan",
    "Strâmb",
    "Șerb",
    "Ștef",
    "Târn",
    "Teod",
    "Tud",
    "Țic",
    "Ung",
    "Vas",
    "Văd",
    "Vlad",
    "Zăv",
    "Zam",
]
_COMMON = {
    "f": "Maria Elena Ana Ioana Andreea Mihaela Alexandra Cristina Daniela Gabriela Mariana Ștefania Florina Roxana "
    "Simona Raluca Oana Larisa Denisa Adina Corina Lavinia Rodica Viorica Anca Bianca Loredana Monica Ramona Diana",
    "m": "Ion Vasile Gheorghe Andrei Alexandru Mihai Cristian Ștefan Florin Marius Adrian Daniel Ionuț Bogdan Gabriel "
    "Răzvan Nicolae Constantin Dumitru Petru Sorin Cătălin Vlad Radu Călin Ovidiu Emil Darius Rareș Tudor",
}
_ENDINGS = ["escu", "eanu", "an", "aru", "aș", "ea", "oiu", "uța", "ilă", "ici", "ulea", "ete", "ariu", "ean"]


@cache
def surnames() -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Surnames with cumulative weights: a few are common, most are rare."""
    made = tuple(
        dict.fromkeys([*Provider.last_names, *(root + end for end, root in product(_ENDINGS, _ROOTS))])
    )
    return made, tuple(accumulate(1 / (rank + 8) for rank in range(len(made))))


def surname(chance: random.Random) -> str:
    """One surname; now and then a double one."""
    names, weights = surnames()
    first = chance.choices(names, cum_weights=weights)[0]
    return f"{first}-{chance.choice(names)}" if chance.random() < 0.03 else first


@cache
def _given(sex: str) -> tuple[tuple[str, ...], tuple[float, ...]]:
    rare = Provider.first_names_female if sex == "f" else Provider.first_names_male
    names = tuple(dict.fromkeys([*_COMMON[sex].split(), *rare]))
    return names, tuple(accumulate(1 / (rank + 4) ** 1.4 for rank in range(len(names))))


def given_name(chance: random.Random, sex: str) -> str:
    """One given name; sometimes two."""
    names, weights = _given(sex)
    first, second = chance.choices(names, cum_weights=weights, k=2)
    return f"{first} {second}" if chance.random() < 0.2 and first != second else first


def cnp(chance: random.Random, *, birth_date_text: str, sex: str, county: int = 12) -> str:
    """A CNP that passes its check, for a birth date written YYYYMMDD; the number within the day is invented.

    Source: Government Emergency Ordinance 97/2005, art. 6; check digit by the weights 279146358279.
    """
    century = {"19": ("1", "2"), "20": ("5", "6")}[birth_date_text[:2]][sex == "f"]
    body = f"{century}{birth_date_text[2:]}{county:02d}{chance.randrange(1, 1000):03d}"
    check = sum(int(digit) * int(weight) for digit, weight in zip(body, "279146358279", strict=True)) % 11
    return body + ("1" if check == 10 else str(check))
