"""What the cells of a register say: dates, identity numbers, relations, phones and papers as people write them."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from punte.kernel.errors import DomainError
from punte.kernel.tables import Cell, Guess, Guessed, Unreadable, date
from punte.kernel.tables import phone as one_phone
from punte.kernel.tables.letters import shown
from punte.kernel.text import fold
from punte.people.enums import DocumentKind, Relation, Sex
from punte.people.identity import checked_cnp

_DAY = re.compile(
    r"(?:n\.|nasc\.|născut(?:ă)?(?: la| în)?|d\.|dec\.)?\s*([0-9]{1,2})\s*[.,/\- ]\s*([0-9]{1,2}|[ivx]{1,4})"
    r"\s*[.,/\- ]\s*'?([0-9]{4}|[0-9]{2})\.?",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"(19|20)([0-9]{2})([0-9]{2})([0-9]{2})")
_ROMAN_NUMBERS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMAN = {name: month for month, name in enumerate(_ROMAN_NUMBERS, 1)}
_FIRST_DAY, _FIRST_SERIAL, _LEAST_OF_DATE = dt.date(1899, 12, 30), 2_101, 10_000
_YEARS = range(1900, 2101)

_SEXES: Mapping[str, str] = {
    **dict.fromkeys(("f", "feminin", "fem", "femeie", "fata", "fetita", "female"), Sex.FEMALE),
    **dict.fromkeys(("m", "masculin", "masc", "b", "barbat", "barbatesc", "baiat", "male"), Sex.MALE),
}
_RELATIONS: Mapping[str, str] = {
    name: relation
    for relation, names in (
        (
            Relation.REFERENCE,
            "cap|cap de gospodarie|cap gospodarie|capul gospodariei|cap de familie|cap familie|capul familiei"
            "|persoana de referinta|titular|titulara|reprezentant|reprezentantul familiei|solicitant|el insusi"
            "|ea insasi",
        ),
        (Relation.SPOUSE, "sot|sotie|sotul|sotia|sot sotie"),
        (
            Relation.PARTNER,
            "concubin|concubina|concubinul|partener|partenera|partener de viata|partenera de viata",
        ),
        (Relation.CHILD, "fiu|fiul|fiica|fica|fata|baiat|copil|copilul|copii"),
        (Relation.STEPCHILD, "fiu vitreg|fiica vitrega|copil vitreg|copilul sotului|copilul sotiei"),
        (
            Relation.GRANDCHILD,
            "nepot|nepoata|nepotul|nepot de fiu|nepot de fiica|nepoata de fiu|nepoata de fiica|stranepot"
            "|stranepoata",
        ),
        (Relation.PARENT, "mama|tata|parinte|mama capului|tatal capului"),
        (Relation.GRANDPARENT, "bunic|bunica|bunicul|strabunica|strabunic"),
        (Relation.SIBLING, "frate|sora|fratele|sor"),
        (
            Relation.OTHER_RELATIVE,
            "ruda|alta ruda|alte rude|nora|ginere|socru|soacra|cumnat|cumnata|var|verisoara|unchi|matusa",
        ),
        (
            Relation.FOSTER_CHILD,
            "plasament|copil in plasament|minor in plasament|copil plasat|in plasament",
        ),
        (
            Relation.UNRELATED,
            "neinrudit|neinrudita|fara grad de rudenie|chirias|chiriasa|tolerat|fara legatura",
        ),
    )
    for name in names.split("|")
}
_SAYS_YES, _SAYS_NO = {"da", "x", "cap"}, {"nu"}
_NO_PHONE = {"nu are", "fara", "fara telefon", "nu", "lipsa", "nu detine"}
_BETWEEN_PHONES = re.compile(r"[;,\n|]|\s(?:si|și|sau)\s")
_LEAST_OF_PHONE = 9

_PAPER_KINDS = (
    (
        DocumentKind.BIRTH_CERTIFICATE,
        re.compile(r"^(?:certificat(?: de)?(?: nastere| naștere)?|cert\.?|c\.?n\.?)\b", re.I),
    ),
    (DocumentKind.PASSPORT, re.compile(r"^(?:pasaport|pașaport|pasap\.?)\b", re.I)),
    (DocumentKind.RESIDENCE_PERMIT, re.compile(r"^(?:permis(?: de)?(?: sedere| ședere)?)\b", re.I)),
    (
        DocumentKind.IDENTITY_CARD,
        re.compile(r"^(?:carte(?: de)? identitate|buletin|c\.?\s?i\.?p?\.?|b\.?\s?i\.?)(?=[\s,.:]|$)", re.I),
    ),
)  # fmt: skip
_SERIES = re.compile(
    r"(?:seria|serie|ser\.?)?\s*[:.]?\s*([A-Z]{1,3})\s*[,.]?\s*(?:nr\.?|num[aă]r(?:ul)?|no\.?)?\s*[:.]?\s*([0-9]{4,7})",
    re.I,
)
_NUMBER = re.compile(r"(?:nr\.?|num[aă]r(?:ul)?)?\s*([0-9]{3,9})", re.I)
_EXPIRES = re.compile(
    r"[\s,;(]*(?:valabil(?:a|ă)?(?: pana| până)?(?: la)?|exp(?:ir[aă])?(?: la)?|pana la|până la|val\.?)[\s.:]*"
    r"([0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4})\)?$",
    re.I,
)  # fmt: skip
_DIGITS_OF_CARD, _LONGEST_PAPER = 6, 60


def day(cell: Cell) -> dt.date | Guess:
    """A day in any of the ways of `date`, and `12.III.1978`, `12 03 1978`, `19780312`, a number of the workbook.

    A year of two digits is never completed: who wrote it knows which century it is.
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool) and cell == int(cell):
        number = int(cell)
        if number in _YEARS:
            raise Unreadable(_only_a_year(number))
        if _FIRST_SERIAL <= number < _LEAST_OF_DATE:
            found = _FIRST_DAY + dt.timedelta(days=number)
            return Guess(found, Guessed.DAY, f"{found:%d.%m.%Y}")
        cell = str(number) if _TOGETHER.fullmatch(str(number)) else cell
    if isinstance(cell, str):
        cell = _as_date(cell.strip())
    return date(cell)


def _as_date(written: str) -> str:
    if written.isdecimal() and len(written) == len("1978") and int(written) in _YEARS:
        raise Unreadable(_only_a_year(int(written)))
    if together := _TOGETHER.fullmatch(written):
        return f"{together[1]}{together[2]}-{together[3]}-{together[4]}"
    match = _DAY.fullmatch(written)
    if match is None:
        return written
    month, year = match[2], match[3]
    if not month.isdecimal():
        if month.lower() not in _ROMAN:
            return written
        month = str(_ROMAN[month.lower()])
    if len(year) == len("78"):
        raise Unreadable(
            _("“%(text)s”: is the year 19%(year)s or 20%(year)s? Write its four digits.")
            % {"text": shown(written), "year": year}
        )
    return f"{match[1]}.{month}.{year}"


def _only_a_year(year: int) -> str:
    return _(
        "Only the year %(year)s is written. Write the day and the month too, or empty the cell if they are not known."
    ) % {"year": year}


def cnp(cell: Cell) -> str:
    """The 13 digits of a CNP, also kept as a number."""
    try:
        return checked_cnp(plain(cell).lstrip("'"))
    except DomainError as wrong:
        raise Unreadable(str(wrong.message)) from None


def sex(cell: Cell) -> str:
    """`f` or `m`, as people write it."""
    found = _SEXES.get(fold(plain(cell)))
    if found is None:
        raise Unreadable(_("Write “f” or “m”, not “%(text)s”.") % {"text": shown(plain(cell))})
    return str(found)


def relation(cell: Cell) -> str:
    """What somebody is to the head of the household, as people write it."""
    written = fold(plain(cell))
    found = _RELATIONS.get(written) or next(
        (value for value, label in Relation.choices if fold(str(label)) == written), None
    )
    if found is None:
        raise Unreadable(
            _("“%(text)s” is not a relation that Punte knows. Write one of: %(offered)s.")
            % {
                "text": shown(plain(cell)),
                "offered": ", ".join(str(label) for _value, label in Relation.choices),
            }
        )
    return str(found)


def phones(cell: Cell) -> str | Guess:
    """The phone numbers in a cell, apart by commas; empty where the cell says that there is none."""
    written = plain(cell)
    if fold(written) in _NO_PHONE:
        return ""
    found, guess = [], None
    for part in _each_phone(written):
        if not part:
            continue
        if not any(sign.isdigit() for sign in part):
            raise Unreadable(_("“%(text)s” is not a phone number.") % {"text": shown(part)})
        read = one_phone(part)
        if isinstance(read, Guess):
            guess, read = read, read.value
        found.append(read)
    together = ", ".join(dict.fromkeys(found))
    return Guess(together, guess.how, together) if guess else together


def _each_phone(written: str) -> Iterator[str]:
    """The parts of a cell; a slash is between two numbers only where both sides are whole ones."""
    for part in _BETWEEN_PHONES.split(written):
        sides = part.split("/")
        whole = all(sum(sign.isdigit() for sign in side) >= _LEAST_OF_PHONE for side in sides)
        yield from (side.strip(" .") for side in (sides if whole else [part]))


def paper(cell: Cell) -> dict[str, Any] | Guess:
    """A paper by its kind, series and number: „CI seria CJ nr 123456”, „CJ123456”, with its expiry or without.

    An identity card has six digits, of which a program that keeps numbers loses the leading zeros.
    """
    written = " ".join(plain(cell).split())
    found: dict[str, Any] = {"kind": str(DocumentKind.IDENTITY_CARD), "expires_on": None}
    if expiry := _EXPIRES.search(written):
        found["expires_on"] = date(expiry[1])
        written = written[: expiry.start()]
    for kind, named in _PAPER_KINDS:
        if said := named.match(written):
            rest = written[said.end() :].strip(" ,.:")
            if rest:
                found["kind"], written = str(kind), rest
                break
    if series := _SERIES.fullmatch(written):
        whole = series[2]
        if found["kind"] == DocumentKind.IDENTITY_CARD:
            whole = whole.zfill(_DIGITS_OF_CARD)
        found["number"] = f"{series[1].upper()} {whole}"
        return Guess(found, Guessed.ZERO, found["number"]) if whole != series[2] else found
    if alone := _NUMBER.fullmatch(written):
        return {**found, "number": alone[1]}
    if len(written) > _LONGEST_PAPER:
        raise Unreadable(
            _("A series and number have at most %(most)d characters.") % {"most": _LONGEST_PAPER}
        )
    return {**found, "number": written}


def series(cell: Cell) -> str:
    """The letters of an identity paper, where they stand in a column of their own."""
    return re.sub(r"^(?:SERIA|SERIE)\s+", "", plain(cell).upper().strip())


def head_or_mark(written: str) -> bool | None:
    """Whether the column of a household only says who is its head: yes, no; None where it names the household."""
    said = fold(written)
    return True if said in _SAYS_YES else False if said in _SAYS_NO else None


def plain(cell: Cell) -> str:
    """A cell as text; a whole number without decimals."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
