"""Where a sealed person lives: nothing that is done in, found in or written about that household tells of them."""

import io
import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from punte.accounts.enums import Role
from punte.accounts.models import Appointment, TrailEntry, User
from punte.cases.actions import (
    close_case,
    draft_plan,
    open_case,
    reopen_case,
    seal_person,
    unseal_case,
    unseal_person,
)
from punte.cases.models import Case, Objective, PlannedService, SevereChild
from punte.cases.rules import SEVERE_CHILD_CODE
from punte.devices.models import LeftBehind
from punte.documents.enums import DocumentKind
from punte.documents.writing import draft_document
from punte.fieldwork.caseload import households_of
from punte.fieldwork.conflicts import HouseholdConflict
from punte.fieldwork.enums import EntryKind
from punte.fieldwork.left_behind import left_of
from punte.fieldwork.models import FieldConflict, FieldFile, FieldPermit, ReceivedForm
from punte.fieldwork.pull.scope import households_offline
from punte.kernel.errors import NotAllowed
from punte.people.actions import (
    join_household,
    join_people,
    leave_household,
    name_columns,
    send_register,
    take_apart,
    take_in_register,
)
from punte.people.identity import without_numbers
from punte.people.models import (
    Household,
    HouseholdSight,
    Membership,
    Person,
    TakenRow,
)
from punte.people.registers.register import Register
from tests.cases.conftest import assessed
from tests.factories import HouseholdFactory, MembershipFactory, PersonFactory, family, worker
from tests.fieldwork.scene import conflict_on, entry_of, photo_of, tablet
from tests.people.sealed_place import CNP, NEW_PHONE, NEW_STREET, OLD_PHONE, OTHER_CNP, Place, again, by

pytestmark = pytest.mark.django_db
OUTSIDERS = ["colleague", "coordinator"]


@pytest.fixture
def grandmother(place: Place) -> Person:
    """Somebody who is not sealed lives in the new household too, so that everybody sees it."""
    return family(70, household=place.new)[0]


def seen_cases(user: User) -> set[Any]:
    return set(Case.objects.visible_to(again(user)).values_list("pk", flat=True))


def test_nobody_comes_into_the_circle_by_reopening_a_case(place: Place) -> None:
    cases = [home.cases.get() for home in (place.old, place.like)]
    for case in cases:
        close_case(by=place.worker, case=case, outcome="objectives_met", reason="x")
    Appointment.objects.filter(user=place.worker).update(end=timezone.localdate())
    behind, plain = cases
    for who in OUTSIDERS:
        with pytest.raises(NotAllowed):
            reopen_case(by=again(getattr(place, who)), case=behind, regime="standard", reason="x")
    reopen_case(by=again(place.colleague), case=plain, regime="standard", reason="x")
    behind.refresh_from_db()
    assert not behind.open


def test_a_case_that_goes_on_with_its_worker_is_reopened_by_a_colleague(place: Place) -> None:
    close_case(by=place.worker, case=place.case, outcome="objectives_met", reason="x")
    reopened = reopen_case(by=again(place.colleague), case=place.case, regime="standard", reason="x")
    assert reopened.responsible == place.worker


def test_a_case_opened_where_she_lives_is_sealed(place: Place, grandmother: Person) -> None:
    case = open_case(by=again(place.worker), household=place.new, regime="standard", reason="s-a mutat")
    assert case.sealed and case.seals.get().by == place.worker
    assert case.pk in seen_cases(place.worker)
    for who in OUTSIDERS:
        user = getattr(place, who)
        assert case.pk not in seen_cases(user)
        assert not Case.objects.known_to(again(user)).filter(pk=case.pk).exists()


def test_the_cases_of_a_household_to_which_she_comes_are_sealed(place: Place) -> None:
    home = HouseholdFactory(keeper=place.old.keeper, name="Bunica")
    family(70, household=home)
    case = open_case(by=again(place.colleague), household=home, regime="standard", reason="singură")
    closed = open_case(
        by=again(place.colleague), household=home, person=home.memberships.get().person,
        regime="standard", reason="singură",
    )  # fmt: skip
    close_case(by=again(place.colleague), case=closed, outcome="moved", reason="x")
    assert {case.pk, closed.pk} <= seen_cases(place.coordinator)
    _moves(place, home)
    for one in (case, closed):
        one.refresh_from_db()
    assert case.sealed and not closed.sealed
    assert case.pk in seen_cases(place.colleague), "who answers for it works with her now"
    assert case.pk not in seen_cases(place.coordinator)
    assert TrailEntry.objects.filter(verb="seal_case", subject=case.pk, sealed=True).exists()
    reopen_case(by=again(place.colleague), case=closed, regime="standard", reason="x")
    closed.refresh_from_db()
    assert closed.sealed and closed.pk not in seen_cases(place.coordinator)


def test_where_others_see_her_anyway_nothing_is_sealed(place: Place) -> None:
    _moves(place, place.old)
    place.case.refresh_from_db()
    assert not place.case.sealed
    assert place.case.pk in seen_cases(place.coordinator)


def test_who_moved_before_the_seal_on_its_very_day_is_hidden_in_the_new_household(place: Place) -> None:
    unseal_person(by=again(place.worker), person=place.mother, reason="x")
    case = open_case(by=again(place.worker), household=place.new, regime="standard", reason="s-a mutat")
    assert not case.sealed
    seal_person(by=again(place.worker), person=place.mother, reason="x")
    case.refresh_from_db()
    assert case.sealed


def _moves(place: Place, home: Household) -> None:
    today = timezone.localdate()
    lived = Membership.objects.current().get(person=place.mother)
    leave_household(by=again(place.worker), membership=lived, end=today)
    mother = Person.objects.get(pk=place.mother.pk)
    join_household(by=again(place.worker), person=mother, household=home, start=today, relation="not_related")


def test_what_was_found_of_her_is_told_to_the_circle_alone(place: Place, grandmother: Person) -> None:
    """Also of a case that its team opened to others again."""
    case = open_case(by=again(place.worker), household=place.new, regime="standard", reason="s-a mutat")
    unseal_case(by=again(place.worker), case=case, reason="x")
    made = assessed(place.new, place.worker, [(place.mother, "VAI_01"), (grandmother, "VAI_01")])
    found = made.finding_sets.get()
    found.not_assessed = [{"person": str(place.mother.pk), "code": "VAI_01", "missing": []}]
    found.save()
    case = Case.objects.get(pk=case.pk)
    page = reverse("case", args=[case.pk])
    told = by(again(place.worker)).get(page).context["findings"]
    assert {one.person for one in told.shown} == {place.mother, grandmother}
    assert [gap.whose for gap in told.gaps] == [place.mother]
    for who in OUTSIDERS:
        told = by(again(getattr(place, who))).get(page).context["findings"]
        assert [one.person for one in told.shown] == [grandmother]
        assert told.gaps == []
        assert not Case.objects.known_to(again(getattr(place, who))).filter(pk=case.pk).exists()
    draft_plan(by=again(place.colleague), case=case)
    assert Objective.objects.exists()
    meant = {one for step in PlannedService.objects.all() for one in step.people}
    assert meant == {grandmother.pk}


def test_the_inquiry_of_a_case_that_others_see_does_not_name_her(place: Place, grandmother: Person) -> None:
    case = open_case(by=again(place.worker), household=place.new, regime="standard", reason="s-a mutat")
    made = assessed(place.new, place.worker, [(place.mother, "VAI_01"), (grandmother, "VAI_01")])
    for person in (place.mother, grandmother):
        made.members.create(person=person, facts={})
    for row in made.finding_sets.get().findings.all():
        row.explanation = {"ro": "fiindcă", "en": "because"}
        row.save()
    [both] = {one.whom for one in _inquiry(place, case).findings}
    assert set(both.split(", ")) == {str(place.mother), str(grandmother)}
    unseal_case(by=again(place.worker), case=case, reason="x")
    assert {one.whom for one in _inquiry(place, case).findings} == {str(grandmother)}


def _inquiry(place: Place, case: Case) -> Any:
    return draft_document(
        by=again(place.worker),
        case=Case.objects.get(pk=case.pk),
        kind=DocumentKind.SOCIAL_INQUIRY,
        conclusions="x",
        proposals="x",
    )


@pytest.mark.parametrize("who", [*OUTSIDERS, "officer"])
def test_who_saw_the_household_tells_nobody_outside_that_she_lives_there(
    place: Place, grandmother: Person, who: str
) -> None:
    worker_ = by(place.worker)
    for person in (place.mother, grandmother):
        assert worker_.get(reverse("person", args=[person.pk])).status_code == 200
    officer = worker(Role.DATA_PROTECTION_OFFICER, organization=place.old.keeper)
    user = officer if who == "officer" else again(getattr(place, who))
    page = reverse("household_trail", args=[place.new.pk])
    assert {str(place.mother), str(grandmother)} <= _named(worker_, page)
    named = _named(by(user), page)
    assert str(grandmother) in named and str(place.mother) not in named


def _named(client: Client, page: str) -> set[str]:
    return {line["whose"] for line in client.get(page).context["lines"]}


def _remark(place: Place, text: str) -> TakenRow:
    return TakenRow.objects.create(
        row=str(uuid4())[:8],
        keeper=place.old.keeper,
        digest="x",
        person=place.mother,
        is_new=False,
        remarks=text,
    )


def test_what_registers_say_since_the_seal_is_the_circles(place: Place) -> None:
    before = _remark(place, "primește lemne")
    TakenRow.objects.filter(pk=before.pk).update(created_at=place.mother.created_at)
    _remark(place, f"Registrul spune: telefon {NEW_PHONE}, {NEW_STREET}")
    page = reverse("person", args=[place.mother.pk])
    in_circle = by(place.worker).get(page).content.decode()
    assert "primește lemne" in in_circle and f"telefon {NEW_PHONE}, {NEW_STREET}" in in_circle
    for who in OUTSIDERS:
        said = by(again(getattr(place, who))).get(page).content.decode()
        assert "primește lemne" in said
        assert NEW_PHONE not in said and NEW_STREET not in said


@pytest.mark.parametrize("phone", [OLD_PHONE, NEW_PHONE])
def test_a_register_is_compared_with_what_its_sender_sees(place: Place, phone: str) -> None:
    said = []
    for person, cnp in ((place.mother, CNP), (place.like_mother, OTHER_CNP)):
        _take_in(again(place.colleague), place, ["Dinu", "Elena", cnp, phone])
        said.append(TakenRow.objects.get(person=person).remarks)
    assert said[0] == said[1]
    assert ("telefon" in said[0]) == (phone == NEW_PHONE)


def _take_in(user: User, place: Place, *rows: list[str]) -> None:
    made = Workbook()
    for row in (["Nume", "Prenume", "CNP", "Telefon"], *rows):
        made.active.append(row)
    written = io.BytesIO()
    made.save(written)
    keeper = place.old.keeper
    kept = send_register(by=user, keeper=keeper, content=written.getvalue(), filename="r.xlsx")
    name_columns(by=user, kept=kept, meanings=Register.of(kept).meanings)
    take_in_register(by=user, kept=kept)


def test_numbers_in_what_registers_say_are_shown_to_who_asks_and_it_is_noted(place: Place) -> None:
    _remark(
        place, f"Registrul spune: CNP {CNP}, act de identitate CJ 012345, telefon 0700333333, 0264 000 001"
    )
    page, reveal = (reverse(name, args=[place.mother.pk]) for name in ("person", "person_cnp"))
    client = by(place.worker)
    said = client.get(page).content.decode()
    assert "act de identitate CJ ••••••" in said and CNP not in said and "012345" not in said
    assert "telefon 0700333333, 0264 000 001" in said
    assert not TrailEntry.objects.filter(verb="reveal_cnp").exists()
    said = client.post(reveal).content.decode()
    assert f"CNP {CNP}, act de identitate CJ 012345" in said
    assert TrailEntry.objects.filter(verb="reveal_cnp", person=place.mother.pk).exists()
    trainee = worker(Role.TRAINEE, organization=place.old.keeper)
    assert reveal not in by(trainee).get(page).content.decode()


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("CNP 2900517123456", "CNP ••••••"),
        ("2 900517 123456", "2 •••••• ••••••"),
        ("CI seria CJ nr. 123456", "CI seria CJ nr. ••••••"),
        ("pașaport 053456789", "pașaport ••••••"),
        ("0722000111, +40722000111, 17.05.1990, 12 lei", "0722000111, +40722000111, 17.05.1990, 12 lei"),
    ],
)
def test_numbers_of_people_and_papers_are_covered_and_phones_are_not(text: str, covered: str) -> None:
    assert without_numbers(text) == covered


def test_her_address_is_taken_along_by_nobody_outside(place: Place, grandmother: Person) -> None:
    device = tablet(place.colleague)
    entry_of(device, place.new.pk, EntryKind.HOUSEHOLD_NEW)
    own = tablet(place.worker, name="Tableta albastră")
    case = open_case(by=again(place.worker), household=place.new, regime="standard", reason="s-a mutat")
    assert place.new not in households_of(again(place.worker)), "sealed: it never leaves the office"
    assert place.new not in households_offline(own)
    FieldPermit.objects.create(case=case, by=place.worker, start=timezone.localdate())
    assert place.new in households_offline(own)
    unseal_case(by=again(place.worker), case=case, reason="x")
    assert place.new in households_of(again(place.worker))
    Case.objects.filter(pk=case.pk).update(responsible=place.colleague)
    device.owner = own.owner = again(place.colleague)
    assert place.new not in households_of(device.owner)
    assert place.new not in households_offline(device)


def test_the_circle_follows_her_file_into_another(place: Place) -> None:
    """Her other file lives elsewhere: with the files joined, her team works there too, and apart no more."""
    home = HouseholdFactory(keeper=place.old.keeper, name="Bunica")
    family(70, household=home)
    case = open_case(by=again(place.colleague), household=home, regime="standard", reason="singură")
    other = PersonFactory(keeper=place.old.keeper, given_name="Elena", birth_date=place.mother.birth_date)
    MembershipFactory(person=other, household=home, relation="not_related")
    mother = Person.objects.get(pk=place.mother.pk)
    done = join_people(by=again(place.worker), keep=mother, join=other, why="aceeași", household=home)
    case.refresh_from_db()
    assert case.sealed
    assert case.pk not in seen_cases(place.coordinator)
    sights = HouseholdSight.objects.current().filter(user=place.worker, why="case_team")
    assert sights.filter(household=home).exists()
    take_apart(by=again(place.worker), join=done)
    unseal_case(by=again(place.colleague), case=case, reason="s-a desfăcut")
    assert not sights.filter(household=home).exists()


def test_what_came_from_the_field_of_her_household_is_its_senders_and_the_circles(
    place: Place, grandmother: Person
) -> None:
    device = tablet(place.worker)
    form = ReceivedForm.objects.create(
        device=device, instance_id="uuid:1", digest="x", instance="<data/>", household=place.new.pk
    )
    nobodys = ReceivedForm.objects.create(device=device, instance_id="uuid:2", digest="x", instance="<data/>")
    photo = photo_of(device, place.new)
    names = HouseholdConflict({"name": ("Nou", "Nou", "Nou 2")})
    conflict = conflict_on(device, place.new, EntryKind.HOUSEHOLD_CHANGE, names)
    for user, seen in ((place.worker, {form, nobodys}), (place.coordinator, {nobodys})):
        assert set(ReceivedForm.objects.visible_to(again(user))) == seen
        assert set(FieldFile.objects.visible_to(again(user))) == ({photo} if form in seen else set())
        assert set(FieldConflict.objects.visible_to(again(user))) == ({conflict} if form in seen else set())


def test_what_was_left_on_a_device_tells_of_her_to_the_circle_alone(
    place: Place, grandmother: Person
) -> None:
    device = tablet(place.worker)
    for kind, body in (
        (EntryKind.HOUSEHOLD_CHANGE, {"fields": {"phone": "0700 000 171"}}),
        (EntryKind.INTERVENTION, {"compartment": "general", "note": "Elena a plâns."}),
    ):
        content = json.dumps({"kind": kind, "body": body})
        LeftBehind.objects.create(device=device, entry=uuid4(), household=place.new.pk, content=content)
    for user, lines in ((place.worker, 2), (place.colleague, 1), (place.coordinator, 1)):
        left = left_of(again(user), place.new)
        assert len(left) == lines
        assert ("Elena a plâns." in [text for one in left for text in one.texts]) == (lines == 2)


def test_a_severe_child_without_a_case_is_named_where_that_tells_nothing_of_her(place: Place) -> None:
    """The coordinator's list of children at severe risk, and its count, are of households that may be known."""
    made = assessed(place.new, place.worker, [(place.mother, SEVERE_CHILD_CODE)])
    SevereChild.objects.create(household=place.new, keeper=place.new.keeper, since=made.visited_on)
    coordinator = by(again(place.coordinator))

    def told() -> tuple[bool, int]:
        page = coordinator.get(reverse("team_day"))
        listed = coordinator.get(reverse("households"), {"case": "severe"}).context["rows"]
        shown = place.new in page.context["day"].severe_children
        assert (
            shown
            == (place.new in listed)
            == (reverse("household", args=[place.new.pk]) in page.content.decode())
        )
        return shown, page.context["day"].severe_children_total

    assert told() == (False, 0)
    child = family(9, household=place.new)[0]
    assert told() == (False, 0), "somebody else lives there, and is not at risk"
    assessed(place.new, place.worker, [(place.mother, SEVERE_CHILD_CODE), (child, SEVERE_CHILD_CODE)])
    assert told() == (True, 1)
