"""An entry seals whom it is about, where its register says so: from its day on, for all but the circle."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry
from punte.cases.actions import add_team_member, open_case, seal_person, unseal_person
from punte.cases.enums import Regime
from punte.cases.models import Case, CaseSeal
from punte.kernel.errors import DomainError, NotAllowed
from punte.methodology.errors import PackError
from punte.people.actions import join_household, leave_household
from punte.people.models import Membership, PersonSeal
from punte.people.sight import hidden_from
from punte.registers.actions import add_entry, move_entry, withdraw_entry
from punte.registers.models import Entry
from punte.registers.sight import Sight
from tests.access.test_behind_a_seal import answered
from tests.factories import HouseholdFactory, family
from tests.factories import worker as worker_as
from tests.registers.test_definitions import SOUND, read

pytestmark = pytest.mark.django_db
CAME = dt.date(2025, 1, 1)
ORDER = {"kind": "order", "until": dt.date(2027, 12, 1), "measures": ["contact"]}


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


@pytest.fixture
def home(house):
    home = HouseholdFactory(keeper=house)
    home.people = family(34, 8, 40, household=home)
    Membership.objects.filter(household=home).update(start=CAME)
    return home


@pytest.fixture
def inside(house, home):
    worker = worker_as(Role.CASE_MANAGER, organization=house)
    open_case(by=worker, household=home, regime=Regime.STANDARD, reason="Vizită")
    return worker


@pytest.fixture
def outside(house):
    return worker_as(Role.SOCIAL_WORKER, organization=house)


def order(by, person, day, **given):
    return add_entry(
        by=by,
        register="protection_order",
        subject=person,
        **{"start": day, "state": "issued", "given": ORDER, **given},
    )


def moves(by, person, day):
    """To a household of their own."""
    shelter = HouseholdFactory(keeper=person.keeper)
    leave_household(by=by, membership=person.memberships.get(end=None), end=day)
    join_household(by=by, person=person, household=shelter, start=day, relation="reference")
    return shelter


def sees(user, person):
    user.__dict__.pop("_hidden_by_seals", None)
    return Sight(user, person).entries()


def test_outside_the_circle_all_is_as_it_was_byte_for_byte(home, inside, outside, client, today) -> None:
    """The order, its seal, the move to a shelter and a breach: none of it is told, nor how it is asked for."""
    mother, _child, other = home.people
    # What stands sealed in an institution is asked for with every page, whomever it is about.
    seal_person(by=inside, person=other, reason="Este căutat")
    moves(inside, other, today)
    client.force_login(outside)
    client.get("/cont/")
    pages = [
        reverse("registers_of", args=["persoane", mother.pk]),
        reverse("registers_of", args=["gospodarii", home.pk]),
        reverse("person", args=[mother.pk]),
        reverse("household", args=[home.pk]),
        reverse("case", args=[home.cases.get().pk]),
        reverse("timeline", args=["gospodarii", home.pk]),
    ]
    before = [answered(client, page) for page in pages]
    entry = order(inside, mother, today - dt.timedelta(days=3))
    move_entry(by=inside, entry=entry, move="breach", on=today, given={}, revision=1)
    moves(inside, mother, today)
    assert [answered(client, page) for page in pages] == before
    for name in ("entry", "entry_correct"):
        assert client.get(reverse(name, args=[entry.pk])).status_code == 404
    assert sees(outside, mother) == []


def test_the_circle_is_the_team_of_the_case_and_reads_it(house, home, inside, client, today) -> None:
    psychologist = worker_as(Role.PSYCHOLOGIST, organization=house)
    add_team_member(by=inside, case=home.cases.get(), user=psychologist)
    entry = order(inside, home.people[0], today)
    for user in (inside, psychologist):
        assert sees(user, home.people[0]) == [entry]
    seal = PersonSeal.objects.get()
    assert (seal.person, seal.by, seal.start) == (home.people[0], inside, today)
    assert seal.stood.household == home
    line = TrailEntry.objects.get(verb="seal_person")
    assert line.sealed and "Ordin" in line.reason


def test_where_somebody_had_moved_by_the_time_it_was_written_is_hidden_too(
    home, inside, outside, today
) -> None:
    mother = home.people[0]
    shelter = moves(inside, mother, today - dt.timedelta(days=10))
    open_case(by=inside, household=shelter, regime=Regime.INTENSIVE, reason="Mutată")
    order(inside, mother, today - dt.timedelta(days=20))
    outside.__dict__.pop("_hidden_by_seals", None)
    hidden = hidden_from(outside)
    assert hidden.lodgings == {shelter.pk}
    [seen] = hidden.as_seen(hidden.living().filter(person=mother))
    assert (seen.household, seen.end) == (home, None)


def test_what_does_not_count_as_true_yet_seals_nobody(home, inside, today) -> None:
    mother = home.people[0]
    entry = order(inside, mother, today, state="requested")
    assert not PersonSeal.objects.exists()
    move_entry(
        by=inside,
        entry=entry,
        move="issue",
        on=today,
        given={"issued_by": "court", "until": ORDER["until"]},
        revision=1,
    )
    assert PersonSeal.objects.get(end=None).person == mother


def test_one_seal_stands_and_only_the_team_lifts_it(home, inside, today) -> None:
    mother = home.people[0]
    first = order(inside, mother, today)
    order(inside, mother, today, given={**ORDER, "kind": "outside_family"})
    seal = PersonSeal.objects.get()
    withdraw_entry(by=inside, entry=first, why="Altă persoană", revision=1)
    assert PersonSeal.objects.get().end is None
    unseal_person(by=inside, person=mother, reason="S-a încheiat")
    order(
        inside, mother, today - dt.timedelta(days=400), given={**ORDER, "kind": "provisional"}, confirmed=True
    )
    second = PersonSeal.objects.get(end=None)
    assert second.pk != seal.pk
    assert second.start >= today


def test_where_nobody_answers_nothing_is_written(house, home, inside, today) -> None:
    member = worker_as(Role.CASE_MANAGER, organization=house)
    case = home.cases.get()
    add_team_member(by=inside, case=case, user=member)
    Case.objects.filter(pk=case.pk).update(responsible=None)
    with pytest.raises(DomainError):
        order(member, home.people[0], today)
    assert not Entry.objects.exists() and not PersonSeal.objects.exists()


def test_who_is_outside_the_circle_seals_nobody_by_an_entry(home, inside, outside, today) -> None:
    with pytest.raises(NotAllowed):
        order(outside, home.people[0], today)
    assert not PersonSeal.objects.exists()


@pytest.fixture
def signals(tmp_path, settings) -> str:
    (tmp_path / "registers").mkdir()
    own = SOUND.replace("about: household", "about: case\nseals: case\ncompartment: violence")
    (tmp_path / "registers" / "loaned_equipment.yaml").write_text(own, encoding="utf-8")
    settings.OWN_CONTENT = tmp_path
    return "loaned_equipment"


def test_an_entry_about_a_case_seals_the_case(home, inside, outside, signals, client, today) -> None:
    case = home.cases.get()
    add_entry(by=inside, register=signals, subject=case, start=today, given={"kind": "bed"})
    case.refresh_from_db()
    assert case.sealed
    assert CaseSeal.objects.get(end=None).by == inside
    for user, status in ((outside, 404), (inside, 200)):
        client.force_login(user)
        assert client.get(reverse("registers_of", args=["cazuri", case.pk])).status_code == status


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("about: household", "about: person\nseals: case\ncompartment: violence", "only whom it is about"),
        ("about: household", "about: person\nseals: person", "of violence or abuse"),
        ("about: household", "about: household\nseals: household", "seals is one of person, case"),
    ],
)
def test_a_file_says_only_what_can_be_sealed(tmp_path, was, now, said) -> None:
    with pytest.raises(PackError, match=said):
        read(tmp_path, SOUND.replace(was, now))
