"""A workbook as a commune keeps its people: 2,000 lines with all that such a table has wrong in it; seeded."""

import datetime as dt
import io
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.factories import invented_cnp

APAHIDA = 55687
_VILLAGES = ("Dezmir", "Sânnicoară", "Câmpenești", "Pata", "Apahida", "Corpadea", "sat Dezmir, com. Apahida")
_FAMILIES = (
    "Dinu", "Ţurcanu", "Popescu", "Măgureanu", "Ionescu-Radu", "Şerban", "Lăcătuş", "Kovács", "Constantinescu",
    "Mureșan", "Rostaş", "Coman", "Văcaru", "Шевченко", "Мельник", "Коваленко", "Bălan", "Câmpeanu", "Oláh", "Ursu",
)  # fmt: skip
_WOMEN = (
    "Elena",
    "Maria",
    "Ştefania",
    "Ana-Maria",
    "Roza",
    "Viorica",
    "Оксана",
    "Катерина",
    "Ilona",
    "Lenuţa",
)
_MEN = ("Vasile", "Răzvan", "Ion", "Gheorghe", "Florin", "Андрій", "Микола", "Zoltán", "Petru", "Traian")
_HEADERS = (
    ["Nr. crt.", "Nr. gosp.", "Grad de rudenie", "Nume", "Prenume", "CNP", "Data naşterii", "Sex", "Telefon", "Satul",
     "Adresa", "Seria și nr. CI", "Valabil până la", "Data decesului", "Observaţii"],
    ["Nr. crt.", "Cap de gospodărie", "Calitatea", "Nume și prenume", "C.N.P.", "Născut la", "Sexul", "Tel.",
     "Localitatea", "Domiciliul", "Buletin", "Deces", "Obs."],
)  # fmt: skip
_WRITTEN_DAYS = ("{:%d.%m.%Y}", "{:%d/%m/%Y}", "{:%Y-%m-%d}", "{:%d-%m-%Y}", "date", "serial", "roman")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_TODAY = dt.date(2026, 11, 1)


@dataclass
class Line:
    """One line to be written, and what it is: `plain`, or what is the matter with it."""

    kind: str
    relation: str
    family: str
    given: str
    born: dt.date
    sex: str
    cnp: object = None
    phone: object = None
    paper: str | None = None
    died: dt.date | None = None
    day: object = None
    remarks: str | None = None


@dataclass
class Book:
    """The workbook, and the kind of each line by its sheet and number."""

    content: bytes
    kinds: dict[tuple[str, int], str] = field(default_factory=dict)

    def of(self, *kinds: str) -> set[tuple[str, int]]:
        """The lines of some kinds."""
        return {place for place, kind in self.kinds.items() if kind in kinds}


def messy_book(*, lines: int = 2_000, known: Sequence[Any] = (), seed: int = 86) -> Book:
    """The workbook.

    Args:
        known: people who are on record; some have a line by their CNP, some, who have none, by name and birth date.
    """
    chance = random.Random(seed)
    households = _households(chance, lines, list(known))
    workbook = Workbook()
    book = Book(b"")
    half = len(households) // 2
    for name, header, some in (
        ("Registru 2026", _HEADERS[0], households[:half]),
        ("Sate", _HEADERS[1], households[half:]),
    ):
        sheet = workbook.create_sheet(name)
        _write(sheet, header, some, chance, book)
    del workbook["Sheet"]
    workbook.create_sheet("Note").append(["A se verifica până la 1 decembrie"])
    written = io.BytesIO()
    workbook.save(written)
    book.content = written.getvalue()
    return book


def _households(chance: random.Random, most: int, known: list[Any]) -> list[list[Line]]:
    found: list[list[Line]] = []
    numbers = iter(range(1, 100_000))
    count = 0
    while count < most:
        household = _household(chance, numbers, most - count)
        if known and len(found) % 3 == 1 and len(household) + count < most:
            household.append(_of_known(known.pop()))
        if found and len(found) % 20 == 7 and len(household) + count < most:
            household.append(Line(**{**vars(found[-1][0]), "kind": "repeat", "relation": "altă rudă"}))
        count += len(household)
        found.append(household)
    return found


def _household(chance: random.Random, numbers: Iterator[int], most: int) -> list[Line]:
    family = f"{chance.choice(_FAMILIES)} {chance.choice(_FAMILIES)}".split()[0]
    family = f"{family}{chance.choice(('', '', 'escu', 'eanu', 'an'))}" if family.isascii() else family
    head = _person(chance, numbers, family, "cap", (25, 80))
    lines = [head]
    for _child in range(chance.randrange(0, 5)):
        lines.append(_person(chance, numbers, family, "fiu", (0, 18)))
    if chance.random() < 0.12:
        one = _person(chance, numbers, family, "fiică", (0, 18), kind="twin")
        other = _person(chance, numbers, family, "fiu", (0, 18), kind="twin", born=one.born)
        if one.given != other.given:
            lines += [one, other]
    return lines[:most]


def _person(
    chance: random.Random,
    numbers: Iterator[int],
    family: str,
    relation: str,
    ages: tuple[int, int],
    *,
    kind: str = "plain",
    born: dt.date | None = None,
) -> Line:
    number = next(numbers)
    sex = chance.choice("mf")
    born = born or _TODAY - dt.timedelta(days=chance.randrange(ages[0] * 365, ages[1] * 365) + 1)
    given = chance.choice(_WOMEN if sex == "f" else _MEN)
    # A second given name that nobody else has: who is alike is alike on purpose.
    given = f"{given} {_word(number)}"
    line = Line(kind, relation, family, given, born, sex)
    has_cnp = kind == "twin" or chance.random() < 0.7
    line.cnp = invented_cnp(born, sex=sex, order=number % 999 + 1) if has_cnp else chance.choice([None, "-"])
    line.phone = chance.choice([None, None, 745000000 + number, "0264 000 001; 0745 111 222", "nu are"])
    line.paper = chance.choice(
        [None, f"seria CJ nr {100000 + number}", f"CJ{100000 + number}", f"C.I. CJ {number:06d}"]
    )
    line.day = _day(chance, born)
    if kind == "plain":
        _spoil(chance, line)
    return line


def _spoil(chance: random.Random, line: Line) -> None:
    fate = chance.random()
    if fate < 0.03:
        line.kind = "dead"
        line.died = max(line.born, dt.date(2024, 5, 1)) + dt.timedelta(days=30)
    elif fate < 0.06:
        line.kind = "bad_cnp"
        whole = invented_cnp(line.born, sex=line.sex)
        line.cnp = chance.choice([whole[:-1] + str((int(whole[-1]) + 1) % 10), whole[:-1], f"{whole}0"])
    elif fate < 0.08:
        line.kind = "two_digits"
        line.day = f"{line.born:%d.%m.%y}"
        line.cnp = None
    elif fate < 0.09:
        line.kind = "bad_relation"
        line.relation = "??"
    elif fate < 0.10:
        line.kind = "other_sex"
        line.cnp = invented_cnp(line.born, sex="f" if line.sex == "m" else "m", order=998)


def _of_known(person: Any) -> Line:
    kind = "known_cnp" if person.cnp else "known_name"
    sex = person.sex or "f"
    line = Line(
        kind, "mamă", person.family_name, person.given_name, person.birth_date, sex, cnp=person.cnp or None
    )
    line.day = person.birth_date
    return line


def _day(chance: random.Random, born: dt.date) -> object:
    way = chance.choice(_WRITTEN_DAYS)
    if way == "date":
        return dt.datetime(born.year, born.month, born.day)
    if way == "serial":
        return (born - dt.date(1899, 12, 30)).days
    if way == "roman":
        return f"{born.day}.{_ROMAN[born.month - 1]}.{born.year}"
    return way.format(born)


def _word(number: int) -> str:
    """A made name of its own for each number."""
    syllables = ("ba", "co", "di", "fu", "ge", "ha", "jo", "le", "mi", "no")
    return "".join(syllables[int(digit)] for digit in f"{number * 7919 % 100_000:05d}").capitalize()


def _write(
    sheet: Worksheet, header: list[str], households: Sequence[list[Line]], chance: random.Random, book: Book
) -> None:
    width = len(header)
    sheet.append(["REGISTRUL GOSPODĂRIILOR PE ANUL 2026"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    sheet.append([])
    sheet.append(["Primăria comunei Apahida", "jud. Cluj"])
    sheet.append(header)
    sheet.append(list(range(width)))
    number = 0
    for at, household in enumerate(households):
        if at % 40 == 0:
            sheet.append([f"SATUL NR. {at // 40 + 1}"])
            sheet.merge_cells(
                start_row=sheet.max_row, start_column=1, end_row=sheet.max_row, end_column=width
            )
        village = chance.choice(_VILLAGES)
        address = f"Str. Fântânii nr. {at + 1}"
        begins = sheet.max_row + 1
        for line in household:
            number += 1
            cells = _cells(line, header, number, f"{sheet.title[0]}{at + 1}", household[0], village, address)
            sheet.append(cells)
            book.kinds[sheet.title, sheet.max_row] = line.kind
        if at % 3 == 0 and len(household) > 1:
            place = header.index("Adresa" if "Adresa" in header else "Domiciliul") + 1
            for row in range(begins + 1, sheet.max_row + 1):
                sheet.cell(row, place).value = None
            sheet.merge_cells(start_row=begins, start_column=place, end_row=sheet.max_row, end_column=place)
        if at % 15 == 0:
            sheet.append([number + 1])
    sheet.append(["TOTAL persoane", None, None, None, f"=COUNTA(E6:E{sheet.max_row})"])


def _cells(
    line: Line, header: list[str], number: int, mark: str, head: Line, village: str, address: str
) -> list[object]:
    sex = {"m": "M", "f": "F"}[line.sex]
    if len(header) == len(_HEADERS[0]):
        return [
            number, mark, line.relation, line.family, line.given, line.cnp, line.day, sex, line.phone, village, address,
            line.paper, None, line.died, line.remarks,
        ]  # fmt: skip
    return [
        f"{number}.", f"{head.family} {head.given}", line.relation, f"{line.family} {line.given}", line.cnp, line.day,
        sex, line.phone, village, address, line.paper, line.died, line.remarks,
    ]  # fmt: skip
