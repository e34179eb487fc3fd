import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.ro import cnp as code

from punte.kernel.errors import DomainError
from punte.people.identity import (
    agreed_identity,
    birth_date_of,
    checked_cnp,
    digits_apart,
    looks_like_cnp,
    sex_of,
)
from tests.factories import invented_cnp

pytestmark = pytest.mark.both

TODAY = dt.date(2026, 11, 20)


def identity(cnp="", birth_date=None, sex=""):
    return agreed_identity(cnp=cnp, birth_date=birth_date, sex=sex, today=TODAY)


def test_a_cnp_fills_in_birth_date_and_sex():
    found = identity(invented_cnp(dt.date(2015, 2, 28), sex="f"))
    assert (found.birth_date, found.sex) == (dt.date(2015, 2, 28), "f")


def test_nothing_known_is_normal():
    assert identity() == identity(cnp="   ")


@pytest.mark.parametrize(
    "pasted",
    [
        "\u200e1900101120013",
        "1900101\u00ad120013",
        "1900101\u200b120013\ufeff",
        "\u20661900101120013\u2069",
        "1900101\u00a0120013",
        "1900101\u2009120\u2028013",
        "1900101\u2013120013",
        "1900101\u2060\u034f120013\ufe0f",
        "\t1900101120013\r\n",
        "１９００１０１１２００１３",
        "١٩٠٠١٠١١٢٠٠١٣",
        "1900101 120013",
    ],
)
def test_signs_that_nobody_sees_are_no_part_of_a_cnp(pasted):
    assert checked_cnp(pasted) == identity(pasted).cnp == "1900101120013"
    assert looks_like_cnp(pasted)


@pytest.mark.parametrize("blank", ["\u200e", "\u00a0 \u00ad", "\ufeff"])
def test_signs_that_nobody_sees_alone_are_no_cnp(blank):
    assert identity(blank) == identity()


@pytest.mark.parametrize(
    ("cnp", "birth_date", "sex", "field"),
    [
        ("163061512345", None, "", "cnp"),
        ("16306151234a7", None, "", "cnp"),
        ("1632215123457", None, "", "cnp"),
        ("1630615123458", None, "", "cnp"),
        ("٣630615123457", None, "", "cnp"),
        (invented_cnp(dt.date(2027, 1, 1), sex="f"), None, "", "cnp"),
        ("1630615123457", dt.date(1963, 6, 16), "", "birth_date"),
        ("1630615123457", None, "f", "sex"),
        ("", dt.date(2026, 11, 21), "", "birth_date"),
        ("", dt.date(1899, 12, 31), "", "birth_date"),
    ],
)
def test_what_cannot_be_is_refused_on_its_field(cnp, birth_date, sex, field):
    with pytest.raises(DomainError) as refused:
        identity(cnp, birth_date, sex)
    assert refused.value.field == field


@given(st.dates(dt.date(1900, 1, 1), dt.date(2026, 11, 20)), st.sampled_from("mf"), st.integers(1, 999))
def test_every_cnp_says_when_its_bearer_was_born(born, sex, order):
    number = invented_cnp(born, sex=sex, order=order)
    assert birth_date_of(checked_cnp(number), today=TODAY) == born
    assert sex_of(number) == sex


@given(st.integers(0, 12), st.integers(1, 9))
def test_no_wrong_digit_passes_as_the_same_person(place, more):
    number = "1630615123457"
    digit = str((int(number[place]) + more) % 10)
    wrong = number[:place] + digit + number[place + 1 :]
    # The weighted sum modulo 11 catches a wrong digit, but for 10 being written as 1.
    assert not looks_like_cnp(wrong) or sum_is_ten_or_one(number, wrong)


def sum_is_ten_or_one(one, other):
    return {code.calc_check_digit(one[:-1]), code.calc_check_digit(other[:-1])} == {"1"}


@pytest.mark.parametrize(
    ("stated", "born"),
    [
        (None, dt.date(2004, 3, 7)),
        (dt.date(1904, 3, 7), dt.date(1904, 3, 7)),
        (dt.date(2004, 3, 7), dt.date(2004, 3, 7)),
    ],
)
def test_the_century_of_a_foreign_resident_follows_the_stated_date(stated, born):
    number = invented_cnp(dt.date(2004, 3, 7), sex="f", first="8")
    assert birth_date_of(number, today=TODAY, stated=stated) == born


def test_a_foreign_resident_is_not_born_in_the_future():
    number = invented_cnp(dt.date(1984, 3, 7), sex="m", first="7")
    assert birth_date_of(number, today=TODAY) == dt.date(1984, 3, 7)


def test_a_foreign_resident_may_be_born_on_a_leap_day_of_2000():
    number = invented_cnp(dt.date(2000, 2, 29), sex="m", first="7")
    assert identity(number).birth_date == dt.date(2000, 2, 29)


def test_digits_apart():
    assert digits_apart("1630615123457", "1630615123475") == 2
