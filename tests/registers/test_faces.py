"""The registers, facets and terms that ship hold together; school, age and disability can be lived through."""

import datetime as dt
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from docx import Document

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.cases.actions import open_case
from punte.cases.content import checked_rulebook
from punte.cases.enums import Regime
from punte.cases.facets import facets
from punte.cases.models import Case, GuestDeadline
from punte.deadlines.calendar import plus_months
from punte.documents.register_paper import register_paper
from punte.people.models import Person
from punte.registers.actions import add_entry, move_entry
from punte.registers.catalogue import definitions
from punte.registers.checking import faults
from punte.registers.definition import Definition, Field
from punte.registers.models import Entry
from tests.factories import HouseholdFactory, family
from tests.factories import worker as worker_as

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
OF_PEOPLE = sorted(
    {key for face in ("education", "disability", "older_people") for key in facets()[face].registers}
)
PLACES = {"until": 20, "due": 40, "hand_in_by": 40, "leave_from": 5, "leave_to": 9}
"""Days after the start; any other day is 60 after it."""


@pytest.fixture
def inside(house):
    return worker_as(Role.CASE_MANAGER, organization=house)


@pytest.fixture
def child(house, inside) -> Person:
    home = HouseholdFactory(keeper=house)
    made: Person = family(34, 12, household=home)[1]
    open_case(by=inside, household=home, regime=Regime.STANDARD, reason="Vizită")
    return made


def example(one: Field, start: dt.date) -> Any:
    return {
        "choice": one.choices[0].key if one.choices else "",
        "choices": [choice.key for choice in one.choices],
        "yesno": True,
        "integer": 1,
        "decimal": Decimal("1.5"),
        "money": Decimal(10),
        "date": start + PLACES.get(one.name, 60) * DAY,
        "text": "Exemplu",
    }.get(one.type)


def filled(definition: Definition, start: dt.date) -> dict[str, Any]:
    said = {name: example(one, start) for name, one in definition.fields.items()}
    if definition.key == "disability_certificate":
        said["permanent"] = False
    return {name: value for name, value in said.items() if value is not None}


def test_every_facet_has_its_registers_and_every_term_its_event() -> None:
    assert faults() == []
    assert {key for one in facets().values() for key in one.registers} <= set(definitions())
    awaited = {event for rule in checked_rulebook().rules for event in rule.awaited}
    ours = {move.event for key in OF_PEOPLE for move in definitions()[key].moves.values()}
    assert {"grade_evaluated", "absence_warned", "transition_applied", "evaluation_refused"} <= awaited & ours


@pytest.mark.parametrize("key", sorted(definitions()))
def test_each_state_of_a_register_can_be_reached(key: str) -> None:
    definition = definitions()[key]
    reached = set(definition.begins)
    while (
        more := {move.to for state in reached for move in definition.moves_from(state) if move.to} - reached
    ):
        reached |= more
    assert set(definition.states) == reached
    assert all(set(move.from_) & reached for move in definition.moves.values())


@pytest.mark.sampled(one_in=4)
@pytest.mark.parametrize("key", OF_PEOPLE)
def test_an_entry_can_be_written_and_go_on(key: str, inside, child) -> None:
    definition = definitions()[key]
    today = timezone.localdate()
    values = filled(definition, today - 30 * DAY)
    about = {"by": inside, "register": key, "subject": child, "start": today - 30 * DAY}
    entry: Entry = add_entry(**about, given=values, confirmed=True)
    for step in definition.moves_from(entry.state)[:1]:
        said = {"given": {name: values[name] for name in step.asks}, "revision": entry.revision}
        moved = move_entry(by=inside, entry=entry, move=step.name, on=today, confirmed=True, **said)
        assert moved.state == (step.to or entry.state)


def standing(case: Case) -> list[tuple[str, dt.date]]:
    return list(GuestDeadline.objects.filter(case=case, met_on=None).values_list("rule", "due_on"))


def test_a_child_with_a_grade_is_evaluated_each_quarter(inside, child) -> None:
    start = timezone.localdate()
    entry = add_entry(by=inside, register="rehabilitation_plan", subject=child, start=start, given={})
    case = Case.objects.get()
    [(rule, first)] = standing(case)
    assert rule == "grade_evaluation"
    said = {"last_result": "better", "last_note": "Merge singur."}
    move_entry(by=inside, entry=entry, move="evaluate", on=timezone.localdate(), given=said, revision=1)
    assert standing(case) == [], "the next quarter has not begun"
    assert GuestDeadline.objects.get(case=case).met_on == timezone.localdate()
    assert first == plus_months(start, 3)


def test_no_grade_may_be_appealed_for_thirty_days(inside, child) -> None:
    about = {"whose": "child", "reason": "first", "commission_on": timezone.localdate()}
    start = timezone.localdate() - 3 * DAY
    entry = add_entry(
        by=inside,
        register="complex_evaluation",
        subject=child,
        start=start,
        given=about,
        state="called",
        confirmed=True,
    )
    entry = move_entry(
        by=inside, entry=entry, move="refuse", on=start, given={}, revision=entry.revision, confirmed=True
    )
    due = timezone.localdate() + 30 * DAY
    assert ("evaluation_appeal", due) in standing(Case.objects.get())
    move_entry(by=inside, entry=entry, move="appeal", on=start, given={}, revision=entry.revision)
    assert standing(Case.objects.get()) == []


def test_the_paper_of_an_adoption_says_where_nobody_lives_and_leaves_out_what_is_not_known(
    inside: User, child: Person
) -> None:
    """The child's address would say who the adopters are."""
    home = child.memberships.get().household
    home.address = "Str. Fântânii nr. 12"
    home.save()
    way = add_entry(by=inside, register="adoption", subject=child, start=timezone.localdate(), given={})
    written = Document(BytesIO(register_paper(inside, way, "adoption_report", "docx")))
    said = "\n".join(one.text for one in written.paragraphs)
    assert str(child) in said and "starea este" in said
    assert "Fântânii" not in said and "De ce s-a oprit" not in said
