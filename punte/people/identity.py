"""The personal numeric code (CNP) and what it says about its bearer.

Source: Law 105/1996 and Government Emergency Ordinance 97/2005 on the records of persons; check digit by python-stdnum.
"""

import datetime as dt
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from stdnum.ro import cnp as code

from punte.kernel.errors import DomainError
from punte.kernel.text import plain_number
from punte.people.enums import Sex

OLDEST = dt.date(1900, 1, 1)
_LENGTH = 13
COVERED = "••••••"
# Six digits and more, as a card has, but for a phone: it begins with a plus, or with a zero and has ten.
_LONG_NUMBER = re.compile(r"(?<![\d+])(?!0\d{9}(?!\d))\d{6,}")
_CENTURIES = {"1": 1900, "2": 1900, "3": 1800, "4": 1800, "5": 2000, "6": 2000}
_SEXES = {
    "1": Sex.MALE,
    "2": Sex.FEMALE,
    "3": Sex.MALE,
    "4": Sex.FEMALE,
    "5": Sex.MALE,
    "6": Sex.FEMALE,
    "7": Sex.MALE,
    "8": Sex.FEMALE,
}


@dataclass(frozen=True)
class Identity:
    """Who a person is by number, birth date and sex, in agreement; empty or None where not known."""

    cnp: str
    birth_date: dt.date | None
    sex: str


def agreed_identity(*, cnp: str, birth_date: dt.date | None, sex: str, today: dt.date) -> Identity:
    """Check a CNP, a birth date and a sex against each other, and fill in what the CNP says.

    Args:
        cnp: as typed, perhaps with spaces; empty where there is none, which is normal.

    Raises:
        DomainError: on `cnp`, `birth_date` or `sex`, whichever cannot be.
    """
    if birth_date:
        check_birth_date(birth_date, today=today)
    if not plain_number(cnp):
        return Identity("", birth_date, sex)
    number = checked_cnp(cnp)
    born = birth_date_of(number, stated=birth_date, today=today)
    if birth_date and born != birth_date:
        raise DomainError(
            _("The CNP says born on %(born)s. Check the CNP and the birth date; one of them is wrong.")
            % {"born": born.strftime("%d.%m.%Y")},
            field="birth_date",
        )
    written = sex_of(number)
    if sex and written and sex != written:
        raise DomainError(_("The first digit of the CNP is of the other sex. Check both."), field="sex")
    return Identity(number, born, sex or (written or ""))


def checked_cnp(text: str) -> str:
    """The 13 digits of a CNP as typed, or pasted with signs that nobody sees.

    Raises:
        DomainError: on `cnp`, saying which part cannot be right.
    """
    number = code.compact(plain_number(text))
    if len(number) != _LENGTH or not (number.isascii() and number.isdigit()):
        raise DomainError(
            _("A CNP has 13 digits; this has %(count)d characters.") % {"count": len(number)}, field="cnp"
        )
    if number[0] == "0" or number[7:9] not in code._COUNTIES or not _dates(number):
        raise DomainError(
            _("This cannot be a CNP: its first digit, date or county does not exist. Check it on the paper."),
            field="cnp",
        )
    if code.calc_check_digit(number[:-1]) != number[-1]:
        raise DomainError(
            _("The last digit does not fit the others, so one digit is wrong. Check the CNP on the paper."),
            field="cnp",
        )
    return number


def looks_like_cnp(text: str) -> bool:
    """Whether a text is a whole CNP without a mistake."""
    try:
        checked_cnp(text)
    except DomainError:
        return False
    return True


def birth_date_of(number: str, *, today: dt.date, stated: dt.date | None = None) -> dt.date:
    """The birth date in a checked CNP.

    The first digits 7, 8 and 9 (foreign residents) name no century: then the stated date decides if it is one of the
    two that the code can mean, else the latest that is not in the future.

    Raises:
        DomainError: on `cnp`, if it is in the future or before 1900.
    """
    possible = [born for born in _dates(number) if OLDEST <= born <= today]
    if not possible:
        raise DomainError(
            _("By this CNP the person was born in the future or before 1900. Check it on the paper."),
            field="cnp",
        )
    return stated if stated in possible else max(possible)


def sex_of(number: str) -> Sex | None:
    """The sex in a checked CNP; a code that begins with 9 names none."""
    return _SEXES.get(number[0])


def check_birth_date(born: dt.date, *, today: dt.date) -> None:
    """Refuse a birth date that cannot be.

    Raises:
        DomainError: on `birth_date`, if it is in the future or before 1900.
    """
    if born > today:
        raise DomainError(_("The birth date is in the future. Check the year."), field="birth_date")
    if born < OLDEST:
        raise DomainError(_("The birth date is before 1900. Check the year."), field="birth_date")


def without_numbers(text: str) -> str:
    """A text in which CNPs and numbers of identity papers are covered; phones, dates and small numbers stay."""
    return _LONG_NUMBER.sub(COVERED, text)


def digits_apart(one: str, other: str) -> int:
    """In how many places two CNPs differ."""
    return sum(left != right for left, right in zip(one, other, strict=True))


def _dates(number: str) -> list[dt.date]:
    """The dates that a CNP can mean, by its century digit."""
    named = _CENTURIES.get(number[0])
    dates = []
    for century in [named] if named else [1900, 2000]:
        try:
            dates.append(dt.date(century + int(number[1:3]), int(number[3:5]), int(number[5:7])))
        except ValueError:
            continue
    return dates
