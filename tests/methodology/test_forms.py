"""The form of sci: accepted by ODK, asked of whom it concerns, filled in advance, and read back with care."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from punte.methodology.assess import columns_for
from punte.methodology.database import connect, sql_type
from punte.methodology.errors import InstanceError
from punte.methodology.forms import (
    compile_form,
    form_warnings,
    instance_for,
    instance_header,
    rows_from_instance,
)
from punte.methodology.model import Pack
from punte.methodology.plan import plan_of

from .collect import opened
from .tables import EXAMPLES, typed_rows

VISIT = date(2026, 10, 15)
HOUSEHOLD = {"household_id": "g-1", "dwelling": "house", "rooms": 2, "monthly_income_lei": Decimal("1200.50")}
CHILD = {
    "member_id": "p-1", "family_name": "Lunca-Brad", "given_name": "Ștefana & Iris", "birth_date": date(2016, 2, 29),
    "sex": "f", "kinship": "child", "enrolled": "school", "repeated_year": False, "absences_30d": 12,
}  # fmt: skip
GRANDFATHER = {"member_id": "p-2", "family_name": "Lunca", "given_name": "Avram", "kinship": "reference"}
GOOD_CNP = "6160229123450"


def filled(pack: Pack, *members: dict[str, Any], instance_id: str = "uuid:1", **household: Any) -> str:
    return instance_for(pack, HOUSEHOLD | household, list(members), instance_id, visit_date=VISIT)


def test_odk_validate_accepts_the_form_without_remarks(sci: Pack) -> None:
    assert form_warnings(sci) == []


def test_the_form_speaks_romanian_by_default_and_english(sci: Pack) -> None:
    form = compile_form(sci)
    assert '<translation lang="Română (ro)" default="true()">' in form
    assert '<translation lang="English (en)">' in form


def test_what_is_filled_in_is_read_back(sci: Pack) -> None:
    submission = rows_from_instance(sci, filled(sci, CHILD, GRANDFATHER).encode())
    assert (submission.instance_id, submission.form_id, submission.version) == ("uuid:1", "sci", sci.version)
    assert submission.household | HOUSEHOLD | {"visit_date": VISIT} == submission.household
    assert set(submission.household) == {fact.name for fact in sci.facts_of("household")}
    child, grandfather = submission.members
    assert child["repeated_year"] is False and child["absences_30d"] == 12 and child["household_id"] == "g-1"
    assert grandfather["birth_date"] is None
    assert submission.identities[0]["given_name"] == "Ștefana & Iris"
    assert submission.identities[1]["kinship"] == "reference"


def test_a_new_household_takes_the_identifier_of_its_form(sci: Pack) -> None:
    submission = rows_from_instance(sci, filled(sci, CHILD, household_id=None).encode())
    assert submission.household["household_id"] == "uuid:1" == submission.members[0]["household_id"]


def test_an_earlier_visit_does_not_date_the_new_form(sci: Pack) -> None:
    form = instance_for(
        sci, HOUSEHOLD | {"visit_date": date(2020, 1, 1)}, [CHILD], "uuid:2", visit_date=VISIT
    )
    assert rows_from_instance(sci, form.encode()).household["visit_date"] == VISIT


def test_the_header_says_which_pack_to_ask(sci: Pack) -> None:
    header = instance_header(filled(sci, CHILD).encode())
    assert (header.form_id, header.version, header.instance_id) == ("sci", sci.version, "uuid:1")


BOMB = '<!DOCTYPE data [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("old", "new", "field", "said"),
    [
        ("</safety>", "", "", "damaged"),
        ('id="sci"', 'id="altul"', "", "another form"),
        ('version="2026.6"', 'version="1999"', "", "unknown version"),
        ("uuid:1", "", "", "no identifier"),
        (">house<", ">castle<", "dwelling", "castle"),
        ("<rooms>2", "<rooms>two", "rooms", "two"),
        ("<rooms>2", "<rooms>-2", "rooms", "-2"),
        ("1200.50", "a lot", "monthly_income_lei", "a lot"),
        ("2016-02-29", "2015-02-29", "birth_date", "2015-02-29"),
        ("2016-02-29", "2026-10-16", "birth_date", "after the visit"),
        ("2016-02-29", "1899-12-31", "birth_date", "1900"),
        ("2026-10-15", "", "visit_date", "date of the visit"),
        (">child<", ">dragon<", "kinship", "dragon"),
        (">p-1<", "><", "member_id", "no identifier"),
        ("p-2", "p-1", "member_id", "twice"),
        ("<data ", BOMB + "<data ", "", "document type"),
    ],
)
def test_what_cannot_be_taken_is_said_plainly(sci: Pack, old: str, new: str, field: str, said: str) -> None:
    form = filled(sci, CHILD, GRANDFATHER)
    assert old in form
    with pytest.raises(InstanceError, match=said) as refused:
        rows_from_instance(sci, form.replace(old, new, 1).encode())
    assert refused.value.field == field


BORN = date(2016, 2, 29)
CNP_CASES: list[tuple[str | None, date | None, str | None, str | None]] = [
    (GOOD_CNP[:-1] + "1", BORN, "f", "cnp"),
    ("616022912345", BORN, "f", "cnp"),
    ("６160229123450", BORN, "f", "cnp"),
    (GOOD_CNP, date(2016, 2, 28), "f", "birth_date"),
    (GOOD_CNP, date(1916, 2, 29), "f", "birth_date"),
    (GOOD_CNP, BORN, "m", "sex"),
    (GOOD_CNP, BORN, "f", None),
    (GOOD_CNP, None, None, None),
    ("7160229123452", BORN, "m", None),
    (None, None, None, None),
]


def test_a_cnp_agrees_with_its_digit_the_birth_and_the_sex(sci: Pack, tmp_path: Path) -> None:
    """On the server and, by the form's own constraints, in ODK Collect."""
    forms = [
        filled(sci, CHILD | {"cnp": cnp, "birth_date": birth, "sex": sex}) for cnp, birth, sex, _ in CNP_CASES
    ]
    for case, form, answers in zip(CNP_CASES, forms, opened(tmp_path, compile_form(sci), forms), strict=True):
        invalid = {
            place.rsplit("/", 1)[-1]
            for place, answer in answers.items()
            if answer.relevant and not answer.valid
        }
        assert invalid == ({case[3]} if case[3] else set()), case
        assert _refused_field(sci, form) == case[3], case


def _refused_field(pack: Pack, form: str) -> str | None:
    try:
        rows_from_instance(pack, form.encode())
    except InstanceError as refused:
        return refused.field
    return None


def test_empty_and_enormous_bodies_are_refused(sci: Pack) -> None:
    for body in (b"", b"not xml", b"\xff\xfe\x00", b"<data>" + b" " * 5_000_001):
        with pytest.raises(InstanceError):
            rows_from_instance(sci, body)


@pytest.mark.whole
def test_questions_are_asked_of_whom_the_rules_say(sci: Pack, tmp_path: Path) -> None:
    """Collect's relevance and the rules' ``asked`` agree, on the examples and on every boundary of age."""
    households = typed_rows(sci, EXAMPLES / "households.csv")
    members = typed_rows(sci, EXAMPLES / "members.csv")
    for number, (visit, births) in enumerate(BOUNDARIES.items()):
        key = f"B{number}"
        households.append({"household_id": key, "visit_date": visit, "dwelling": None})
        members += [
            {"member_id": f"{key}-{sex}{index}", "household_id": key, "birth_date": birth, "sex": sex}
            for index, birth in enumerate(births)
            for sex in ("f", "m", None)
        ]
    forms = [
        instance_for(
            sci, household, [named for named in members if named["household_id"] == household["household_id"]],
            "uuid:1", visit_date=household["visit_date"],
        )
        for household in households
    ]  # fmt: skip
    asked = _asked(sci, households, members)
    for household, answers in zip(households, opened(tmp_path, compile_form(sci), forms), strict=True):
        key = household["household_id"]
        people = [member["member_id"] for member in members if member["household_id"] == key]
        for name, question in sci.questions.items():
            if name not in sci.facts:
                continue
            if question.table == "household":
                assert answers[f"/data/{question.path}"].relevant == asked[key, name], (key, name)
            for index, member in enumerate(people if question.table == "member" else [], start=1):
                place = f"/data/member[{index}]/{question.path.removeprefix('member/')}"
                assert answers[place].relevant == asked[member, name], (member, name)


BOUNDARIES = {
    date(2026, 2, 28): [
        date(2008, 2, 28),
        date(2008, 2, 29),
        date(2008, 3, 1),
        date(2016, 2, 29),
        date(2025, 2, 28),
    ],
    date(2026, 3, 1): [
        date(2008, 2, 29),
        date(2016, 2, 29),
        date(2025, 3, 1),
        date(2025, 8, 30),
        date(2025, 8, 31),
    ],
    date(2024, 2, 29): [date(2006, 2, 28), date(2006, 3, 1), date(2023, 2, 28), date(2023, 3, 1), None],
    date(2026, 11, 1): [
        date(1971, 11, 1),
        date(1971, 11, 2),
        date(2026, 5, 2),
        date(2026, 5, 1),
        date(2026, 11, 1),
    ],
}


def _asked(
    pack: Pack, households: list[dict[str, Any]], members: list[dict[str, Any]]
) -> dict[tuple[str, str], bool]:
    """For each row and fact, whether it is asked by the rules' own condition."""
    connection = connect()
    for table, rows in (("household", households), ("member", members)):
        facts = columns_for(pack, table)  # type: ignore[arg-type]
        connection.execute(
            f"CREATE TABLE {table} ({', '.join(f'{fact.name} {sql_type(fact)}' for fact in facts)})"
        )
        places = ", ".join("?" for _ in facts)
        connection.executemany(
            f"INSERT INTO {table} VALUES ({places})", [[row.get(fact.name) for fact in facts] for row in rows]
        )
    for name, select in plan_of(pack).stages.items():
        connection.execute(f"CREATE VIEW {name} AS {select}")
    asked = {}
    for fact in pack.facts.values():
        source = "households" if fact.table == "household" else "members"
        condition = fact.asked.sql if fact.asked else "TRUE"
        query = f"SELECT {fact.table}_id, coalesce({condition}, FALSE) FROM {source}"
        for key, value in connection.execute(query).fetchall():
            asked[key, fact.name] = value
    return asked
