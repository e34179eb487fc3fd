"""Two files of one person become one, by a person, and are taken apart again; nothing is lost on either way."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry, User
from punte.assessments.actions import submit_assessment
from punte.assessments.models import AssessedMember, Finding, FindingSet
from punte.cases.actions import draft_plan, open_case
from punte.cases.models import Case, PlannedService
from punte.fieldwork.caseload import entity_lists
from punte.kernel.errors import DomainError, NotAllowed
from punte.people.actions import (
    add_document,
    change_person,
    create_person,
    join_people,
    say_different,
    set_kinship,
    take_apart,
)
from punte.people.enums import PairState
from punte.people.joining.homes import Span, outside
from punte.people.models import (
    Household,
    HouseholdSight,
    Kinship,
    LikelyPair,
    Membership,
    OtherName,
    Person,
    PersonJoin,
    PersonName,
    PersonSeal,
)
from punte.people.search import find_people, likely_same
from tests.assessments.conftest import card, fill  # noqa: F401
from tests.cases.conftest import assessed
from tests.factories import HouseholdFactory, MembershipFactory, PersonFactory, invented_cnp, worker

pytestmark = [pytest.mark.django_db, pytest.mark.both]
BORN = dt.date(1980, 3, 4)
WHY = "Aceeași persoană, scrisă de două ori la două vizite."
CNP = invented_cnp(BORN, sex="f")


@pytest.fixture
def by():
    return worker()


@pytest.fixture
def keeper(by):
    return by.appointments.get().organization


def a_file(keeper, given_name="Elena", *, home=None, start=dt.date(2020, 1, 1), end=None, **fields):
    person = PersonFactory(keeper=keeper, given_name=given_name, **{"birth_date": BORN, **fields})
    if home is not None:
        MembershipFactory(person=person, household=home, start=start, end=end, relation="child")
    return person


def both(keeper, **fields):
    """Two files of Elena: one without a home, one spelled otherwise, in a household."""
    home = HouseholdFactory(keeper=keeper)
    return (
        a_file(keeper),
        a_file(keeper, "Ileana", home=home, cnp=CNP, sex="f", phone="0722 000 111", **fields),
        home,
    )


def spans(person):
    return [
        (row.household.name, row.start.year, row.end and row.end.year)
        for row in Membership.objects.filter(person=person).order_by("start", "end")
    ]


def test_everything_that_hangs_on_a_file_hangs_on_the_kept_one(by, keeper):
    kept, joined, home = both(keeper)
    child = a_file(keeper, "Ana", birth_date=dt.date(2010, 1, 1))
    set_kinship(by=by, person=child, relative=joined, kind="mother")
    paper = add_document(by=by, person=joined, kind="passport", number="123")
    case = open_case(by=by, household=home, person=joined, regime="standard", reason="Sesizare")
    was = home.revision
    join_people(by=by, keep=kept, join=joined, why=WHY)
    for row in (paper, case):
        row.refresh_from_db()
        assert row.person_id == kept.pk
    assert Kinship.objects.get().relative_id == kept.pk
    assert spans(kept) == [("Dinu", 2020, None)]
    kept = Person.objects.get(pk=kept.pk)
    assert (kept.cnp, kept.sex, kept.phone) == (CNP, "f", "0722 000 111")
    assert [str(name) for name in kept.other_names.all()] == ["Dinu Ileana"]
    assert Household.objects.get(pk=home.pk).revision == was + 1
    entry = TrailEntry.objects.get(verb="join_people")
    assert (entry.person, entry.subject, entry.household) == (kept.pk, joined.pk, home.pk)


def test_the_joined_file_is_in_no_list_search_or_check_and_leads_to_the_kept_one(by, keeper):
    kept, joined, home = both(keeper)
    open_case(by=by, household=home, regime="standard", reason="Sesizare")
    before = Person.objects.count()
    join_people(by=by, keep=kept, join=joined, why=WHY)
    assert Person.objects.count() == before - 1
    assert [one.person.pk for one in find_people(by, "Ileana Dinu")] == [kept.pk]
    assert [one.person.pk for one in find_people(by, CNP)] == [kept.pk]
    assert [one.person.pk for one in likely_same(by, "Dinu", "Ileana", BORN, "")] == [kept.pk]
    assert not PersonName.objects.filter(person=joined).exists()
    assert entity_lists(by)[1].keys == {kept.pk}
    assert Person.everyone.kept_key(joined.pk) == Person.everyone.kept_key(kept.pk) == kept.pk
    with pytest.raises(DomainError):
        create_person(by=by, keeper=keeper, family_name="X", given_name="Y", cnp=CNP)


def test_files_joined_one_after_the_other_lead_to_the_last(by, keeper):
    one, other, third = (a_file(keeper, name) for name in ("Elena", "Ileana", "Lenuța"))
    first = join_people(by=by, keep=other, join=one, why=WHY)
    second = join_people(by=by, keep=third, join=other, why=WHY)
    assert Person.everyone.kept_key(one.pk) == Person.everyone.kept_key(other.pk) == third.pk
    with pytest.raises(DomainError):
        take_apart(by=by, join=first)
    take_apart(by=by, join=second)
    take_apart(by=by, join=first)
    assert Person.objects.filter(pk__in=(one.pk, other.pk, third.pk)).count() == 3


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"cnp": CNP}, {"cnp": invented_cnp(BORN, sex="f", order=2)}),
        ({"birth_date": dt.date(1980, 1, 1)}, {"birth_date": dt.date(1992, 1, 1)}),
    ],
    ids=["two CNPs", "parent and child"],
)
def test_who_cannot_be_one_person_is_not_joined(by, keeper, ours, theirs):
    kept, joined = a_file(keeper, **ours), a_file(keeper, **theirs)
    with pytest.raises(DomainError) as refused:
        join_people(by=by, keep=kept, join=joined, why=WHY)
    assert refused.value.field == "join"
    assert not PersonJoin.objects.exists()


def test_a_file_is_not_joined_with_itself_nor_twice_nor_without_a_reason(by, keeper):
    kept, joined = a_file(keeper), a_file(keeper)
    for wrong in ({"join": kept, "why": WHY}, {"join": joined, "why": " "}):
        with pytest.raises(DomainError):
            join_people(by=by, keep=kept, **wrong)
    join_people(by=by, keep=kept, join=joined, why=WHY)
    with pytest.raises(DomainError):
        join_people(by=by, keep=kept, join=joined, why=WHY)
    with pytest.raises(DomainError):
        join_people(by=by, keep=joined, join=a_file(keeper), why=WHY)


def test_two_homes_of_today_ask_where_the_person_lives(by, keeper):
    here, there = HouseholdFactory(keeper=keeper, name="Aici"), HouseholdFactory(keeper=keeper, name="Acolo")
    kept = a_file(keeper, home=here, start=dt.date(2022, 1, 1))
    joined = a_file(keeper, home=there, start=dt.date(2018, 1, 1))
    for wrong in (None, HouseholdFactory(keeper=keeper)):
        with pytest.raises(DomainError) as refused:
            join_people(by=by, keep=kept, join=joined, why=WHY, household=wrong)
        assert refused.value.field == "household"
    done = join_people(by=by, keep=kept, join=joined, why=WHY, household=here)
    assert spans(kept) == [("Acolo", 2018, 2022), ("Aici", 2022, None)]
    take_apart(by=by, join=done)
    assert spans(kept) == [("Aici", 2022, None)]
    assert spans(joined) == [("Acolo", 2018, None)]


def test_the_home_of_the_joined_file_may_be_the_one(by, keeper):
    here, there = HouseholdFactory(keeper=keeper, name="Aici"), HouseholdFactory(keeper=keeper, name="Acolo")
    kept = a_file(keeper, home=here, start=dt.date(2018, 1, 1))
    joined = a_file(keeper, home=there, start=dt.date(2022, 1, 1))
    join_people(by=by, keep=kept, join=joined, why=WHY, household=there)
    assert spans(kept) == [("Aici", 2018, 2022), ("Acolo", 2022, None)]


def test_a_stay_within_another_parts_it_and_one_that_is_all_known_stays_empty(by, keeper):
    here, there = HouseholdFactory(keeper=keeper, name="Aici"), HouseholdFactory(keeper=keeper, name="Acolo")
    kept = a_file(keeper, home=here, start=dt.date(2015, 1, 1), end=dt.date(2016, 1, 1))
    joined = a_file(keeper, home=there, start=dt.date(2010, 1, 1))
    MembershipFactory(person=joined, household=here, start=dt.date(2009, 1, 1), end=dt.date(2009, 6, 1))
    done = join_people(by=by, keep=kept, join=joined, why=WHY)
    assert spans(kept) == [
        ("Aici", 2009, 2009),
        ("Acolo", 2010, 2015),
        ("Aici", 2015, 2016),
        ("Acolo", 2016, None),
    ]
    take_apart(by=by, join=done)
    assert (spans(kept), spans(joined)) == (
        [("Aici", 2015, 2016)],
        [("Aici", 2009, 2009), ("Acolo", 2010, None)],
    )


def test_in_one_household_the_longer_stay_is_known(by, keeper):
    home = HouseholdFactory(keeper=keeper)
    kept, joined = a_file(keeper, home=home), a_file(keeper, home=home, start=dt.date(2012, 1, 1))
    join_people(by=by, keep=kept, join=joined, why=WHY)
    assert spans(kept) == [("Dinu", 2012, 2020), ("Dinu", 2020, None)]
    assert Membership.objects.current().filter(household=home).count() == 1


def test_a_death_that_one_file_knows_is_the_persons(by, keeper):
    home = HouseholdFactory(keeper=keeper)
    kept, joined = a_file(keeper, home=home), a_file(keeper)
    died = dt.date(2026, 6, 1)
    change_person(by=by, person=Person.objects.get(pk=joined.pk), died_on=died)
    done = join_people(by=by, keep=kept, join=joined, why=WHY)
    assert Person.objects.get(pk=kept.pk).died_on == Membership.objects.get(person=kept).end == died
    take_apart(by=by, join=done)
    assert Person.objects.get(pk=kept.pk).died_on is None
    assert Membership.objects.get(person=kept).end is None


def test_what_both_files_say_is_said_once_and_comes_back(by, keeper):
    kept, joined, _home = both(keeper)
    parent = a_file(keeper, "Maria", birth_date=dt.date(1950, 1, 1))
    for person in (kept, joined):
        set_kinship(by=by, person=person, relative=parent, kind="mother")
        OtherName.objects.create(person=person, kind="nickname", family_name="", given_name="Lena")
    Kinship.objects.create(person=kept, relative=joined, kind="sibling")
    done = join_people(by=by, keep=kept, join=joined, why=WHY)
    assert [(one.person_id, one.relative_id) for one in Kinship.objects.all()] == [(kept.pk, parent.pk)]
    assert kept.other_names.count() == 2
    take_apart(by=by, join=done)
    assert Kinship.objects.count() == 3
    assert [name.given_name for name in kept.other_names.all()] == ["Lena"]
    assert [name.given_name for name in joined.other_names.all()] == ["Lena"]


def test_an_assessment_that_names_both_keeps_what_it_says_of_the_kept_one(by, keeper, fill):  # noqa: F811
    kept, joined, home = both(keeper)
    MembershipFactory(person=kept, household=home)
    made = submit_assessment(by=by, household=home, instance=fill(home, [card(kept), card(joined)]))
    done = join_people(by=by, keep=kept, join=joined, why=WHY)
    assert [one.person_id for one in made.members.all()] == [kept.pk]
    take_apart(by=by, join=done)
    assert {one.person_id for one in made.members.all()} == {kept.pk, joined.pk}


def test_what_was_assessed_of_the_joined_file_is_of_the_person(by, keeper, fill):  # noqa: F811
    kept, joined, home = both(keeper)
    submit_assessment(by=by, household=home, instance=fill(home, [card(joined, family_doctor=False)]))

    def names():
        gaps = {gap["person"] for made in FindingSet.objects.all() for gap in made.not_assessed}
        found = Finding.objects.exclude(person=None).values_list("person", flat=True)
        return {*AssessedMember.objects.values_list("person", flat=True), *found, *gaps} - {None}

    assert names() == {joined.pk, str(joined.pk)}
    done = join_people(by=by, keep=kept, join=joined, why=WHY)
    assert names() == {kept.pk, str(kept.pk)}
    take_apart(by=by, join=done)
    assert names() == {joined.pk, str(joined.pk)}


def test_the_steps_of_a_plan_know_the_person_after_joining_and_parting(by, keeper):
    kept, joined, home = both(keeper)
    third = PersonFactory(keeper=keeper)
    for person in (kept, third):
        MembershipFactory(person=person, household=home)
    case = open_case(by=by, household=home, regime="standard", reason="Sesizare")
    assessed(home, by, [(joined, "VAI_01"), (third, "VAI_01"), (kept, "VSA_02"), (joined, "VSA_02")])
    draft_plan(by=by, case=case)

    def named() -> dict[str, set[Any]]:
        called: dict[str, set[Any]] = {}
        for step in PlannedService.objects.all():
            for person, code in step.findings:
                called.setdefault(code, set()).add(person)
        return called

    before = named()
    assert before["VAI_01"] == {str(joined.pk), str(third.pk)}
    done = join_people(by=by, keep=kept, join=joined, why=WHY)
    assert named()["VAI_01"] == {str(kept.pk), str(third.pk)}
    assert named()["VSA_02"] == {str(kept.pk)}
    assert all(
        len(step.findings) == len({tuple(one) for one in step.findings})
        for step in PlannedService.objects.all()
    )
    take_apart(by=by, join=done)
    assert named() == before


def test_two_open_cases_are_settled_by_a_person_first(by, keeper):
    kept, joined, home = both(keeper)
    MembershipFactory(person=kept, household=home)
    for person in (kept, joined):
        open_case(by=by, household=home, person=person, regime="standard", reason="Sesizare")
    numbers = [str(case) for case in Case.objects.all()]
    with pytest.raises(DomainError) as refused:
        join_people(by=by, keep=kept, join=joined, why=WHY)
    assert all(number in str(refused.value.message) for number in numbers)
    assert not PersonJoin.objects.exists()


def test_a_questionnaire_on_an_old_paper_names_the_kept_person(by, keeper, fill):  # noqa: F811
    kept, joined, home = both(keeper)
    paper = fill(home, [card(joined)])
    join_people(by=by, keep=kept, join=joined, why=WHY)
    made = submit_assessment(by=by, household=home, instance=paper)
    assert made.members.get().person_id == kept.pk


def test_taking_apart_leaves_what_was_changed_since(by, keeper):
    kept, joined, home = both(keeper)
    paper = add_document(by=by, person=joined, kind="passport", number="123")
    done = join_people(by=by, keep=kept, join=joined, why=WHY)
    change_person(by=by, person=Person.objects.get(pk=kept.pk), phone="0733 000 222")
    Membership.objects.filter(person=kept).update(end=timezone.localdate())
    parted = take_apart(by=by, join=done)
    assert (dict(parted.stays), parted.fields) == ({"people.Membership": 1}, ["phone"])
    paper.refresh_from_db()
    assert paper.person_id == joined.pk
    again = Person.objects.get(pk=joined.pk)
    kept = Person.objects.get(pk=kept.pk)
    assert (again.cnp, kept.cnp, kept.phone, kept.also_named) == (CNP, "", "0733 000 222", "")
    assert [one.person.pk for one in find_people(by, CNP)] == [joined.pk]
    assert [one.person.pk for one in find_people(by, "Ileana")] == [joined.pk]
    assert LikelyPair.objects.get().state == PairState.REFUSED
    with pytest.raises(DomainError):
        take_apart(by=by, join=done)


def test_only_who_records_people_there_and_sees_both_joins(by, keeper):
    kept, joined, home = both(keeper)
    done = join_people(by=by, keep=a_file(keeper, "X"), join=a_file(keeper, "Y"), why=WHY)
    for stranger in (worker(Role.TRAINEE, organization=keeper), worker()):
        with pytest.raises(NotAllowed):
            join_people(by=stranger, keep=kept, join=joined, why=WHY)
        with pytest.raises(NotAllowed):
            take_apart(by=stranger, join=done)
        with pytest.raises(NotAllowed):
            say_different(by=stranger, one=kept, other=joined)


def test_of_another_keeper_and_of_a_sealed_household_the_words_are_the_same(by, keeper):
    kept, joined, home = both(keeper)
    elsewhere = a_file(worker().appointments.get().organization)
    Household.objects.filter(pk=home.pk).update(sealed=True)
    said = set()
    for other in (elsewhere, joined):
        with pytest.raises(DomainError) as refused:
            join_people(by=by, keep=kept, join=other, why=WHY)
        said.add(str(refused.value.message))
    assert len(said) == 1
    HouseholdSight.objects.create(
        household=home, user=by, why="case_team", start=timezone.localdate() - dt.timedelta(days=1)
    )
    join_people(by=User.objects.get(pk=by.pk), keep=kept, join=joined, why=WHY)


def test_what_is_left_of_a_span():
    day = lambda year: dt.date(year, 1, 1)  # noqa: E731
    whole = Span(day(2000), None)
    assert outside(whole, []) == [whole]
    assert outside(whole, [Span(day(2005), day(2010))]) == [Span(day(2000), day(2005)), Span(day(2010), None)]
    assert outside(Span(day(2001), day(2002)), [whole]) == []
    assert outside(whole, [Span(day(1990), day(2001)), Span(day(2003), None)]) == [Span(day(2001), day(2003))]


def test_the_file_of_a_sealed_person_is_joined_by_nobody_outside_the_circle(by, keeper):
    kept, joined = a_file(keeper), a_file(keeper)
    PersonSeal.objects.create(person=joined, by=worker(organization=keeper), start=timezone.localdate())
    for pair in ((kept, joined), (joined, kept)):
        with pytest.raises(DomainError) as refused:
            join_people(by=by, keep=pair[0], join=pair[1], why=WHY)
        assert refused.value.field == "join"
