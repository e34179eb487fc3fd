"""A messy workbook of a commune: every one is in, joined or asked about; none twice, none lost."""

import datetime as dt
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from punte.people.actions import join_sure_lines, name_columns, send_register, take_in_register
from punte.people.models import Membership, Person, TakenRow
from punte.people.registers.plan import ASKED, counts_of
from punte.people.registers.register import Register
from tests import WHOLE
from tests.factories import OrganizationFactory, PersonFactory, UatFactory, invented_cnp, worker
from tests.people.register_book import APAHIDA, messy_book

pytestmark = [pytest.mark.django_db, pytest.mark.long]
LINES = 2_000 if WHOLE else 500
"""`make test-all` takes a whole commune in."""


@pytest.fixture
def keeper():
    return OrganizationFactory(uat=UatFactory(siruta=APAHIDA, name="Apahida"))


def on_record(keeper):
    """People who are there already, half of them without a CNP."""
    born = [dt.date(1950 + at % 40, at % 12 + 1, at % 27 + 1) for at in range(120)]
    return [
        PersonFactory(
            keeper=keeper,
            family_name="Aflat",
            given_name=f"{'Zamfira' if at % 2 else 'Lucreția'} {chr(97 + at % 26)}{chr(97 + at // 26)}lina",
            birth_date=day,
            sex="f",
            cnp=invented_cnp(day, sex="f", order=900) if at % 2 else "",
        )
        for at, day in enumerate(born)
    ]


def test_every_line_is_in_joined_or_asked_about(keeper):
    by = worker(organization=keeper)
    known = on_record(keeper)
    book = messy_book(lines=LINES, known=known)
    assert len(book.kinds) == LINES
    kept = send_register(by=by, keeper=keeper, content=book.content, filename="registru.xlsx")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        name_columns(by=by, kept=kept, meanings=Register.of(kept).meanings)
    assert len(queries) < 100, "no query for each line"
    register = Register.of(kept)
    planned = {(one.sheet, one.line): one for one in register.planned}
    assert planned.keys() == book.kinds.keys(), "none lost, none invented"
    found = {
        kind: Counter((planned[place].state, planned[place].why) for place in book.of(kind))
        for kind in set(book.kinds.values())
    }
    assert set(found.pop("repeat")) <= {("joined", "repeat"), ("asked", "likely"), ("asked", "problem")}
    assert {kind: set(ways) for kind, ways in found.items()} == {
        "plain": {("new", "")},
        "twin": {("new", "")},
        "dead": {("new", "")},
        "bad_cnp": {("asked", "problem")},
        "two_digits": {("asked", "problem")},
        "bad_relation": {("asked", "problem")},
        "other_sex": {("asked", "problem")},
        "known_cnp": {("joined", "same_cnp")},
        "known_name": {("asked", "likely")},
    }
    before = Person.objects.count()
    counts = take_in_register(by=by, kept=kept)
    assert counts["new"] + counts["joined"] + counts["asked"] == counts["lines"] == LINES
    assert counts["waiting"] == 0
    assert Person.objects.count() == before + counts["taken_new"]
    assert TakenRow.objects.count() == counts["taken_new"] + counts["taken_joined"]
    assert not Membership.objects.current().exclude(person__died_on=None).exists()
    assert Person.objects.exclude(died_on=None).count() == len(book.of("dead"))

    join_sure_lines(by=by, kept=kept)
    counts = take_in_register(by=by, kept=kept)
    assert Person.objects.count() == before + counts["taken_new"]
    in_or_joined = set(TakenRow.objects.values_list("row", flat=True))
    asked = {one.key for one in Register.of(kept).planned if one.state == ASKED}
    assert not in_or_joined & asked
    assert len(in_or_joined) + len(asked) == LINES

    again = send_register(by=by, keeper=keeper, content=book.content, filename="registru.xlsx")
    name_columns(by=by, kept=again, meanings=Register.of(again).meanings)
    people = Person.objects.count()
    assert counts_of(Register.of(again).planned)["new"] == 0
    take_in_register(by=by, kept=again)
    assert Person.objects.count() == people
