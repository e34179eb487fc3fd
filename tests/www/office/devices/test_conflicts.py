"""A person settles what was said differently in the field and in the office."""

import datetime as dt
from dataclasses import replace
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry, User
from punte.assessments.models import Assessment
from punte.cases.actions import draft_plan, seal_case
from punte.cases.models import Plan
from punte.cases.plan_input import ObjectiveInput, StepInput
from punte.devices.models import Device
from punte.fieldwork.actions.conflicts import keep_record, take_from_device
from punte.fieldwork.conflicts import (
    AssessmentConflict,
    Conflict,
    HouseholdConflict,
    PlanConflict,
    Sides,
    conflict_of,
)
from punte.fieldwork.enums import EntryKind
from punte.fieldwork.models import FieldConflict
from punte.fieldwork.wire.plans import objectives_of
from punte.kernel.errors import DomainError, EditedMeanwhile, NotAllowed
from punte.people.actions.households import change_household
from tests.documents.households import Setting, setting
from tests.factories import worker
from tests.fieldwork.scene import conflict_on, tablet
from tests.www.office.devices.test_screens import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Setting:
    return setting(violence="risk", name="Dinu", address="Str. Morii nr. 3", phone="0700 000 001")


@pytest.fixture
def device(place: Setting) -> Device:
    return tablet(place.worker)


@pytest.fixture
def leader(place: Setting) -> User:
    return worker(Role.COORDINATOR, organization=place.team.organization)


@pytest.fixture
def moved(place: Setting, device: Device) -> FieldConflict:
    """Address and phone, changed on both sides."""
    said = HouseholdConflict(
        {
            "address": ("Str. Morii nr. 1", place.household.address, "Str. Gării nr. 9"),
            "phone": ("", place.household.phone, "0700 000 009"),
        }
    )
    return conflict_on(device, place.household, EntryKind.HOUSEHOLD_CHANGE, said)


def drafted(place: Setting, device: Device, *mine: ObjectiveInput) -> tuple[Plan, FieldConflict]:
    draft = draft_plan(by=place.worker, case=place.case)
    said = PlanConflict(case=place.case.pk, theirs=objectives_of(draft), mine=mine)
    return draft, conflict_on(device, place.household, EntryKind.PLAN, said, record=draft.pk)


def second_visit(place: Setting) -> Assessment:
    first = place.assessment
    return Assessment.objects.create(
        household=place.household,
        pack=first.pack,
        by=place.worker,
        instance_id=f"uuid:{uuid4()}",
        instance="<data/>",
        digest="1" * 64,
        visited_on=timezone.localdate(),
        facts={**first.facts, "rooms": 5, "violence_signs": "none"},
    )


def url_of(conflict: FieldConflict) -> str:
    return reverse("field_conflict", args=[conflict.pk])


def client_of(user: User) -> Client:
    return signed_in(user)


@pytest.mark.parametrize(
    "said",
    [
        HouseholdConflict({"name": ("Dinu", "Dinu-Pop", "Pop"), "siruta": (54975, 54984, 55008)}),
        AssessmentConflict(theirs=uuid4(), mine=uuid4()),
        PlanConflict(
            case=uuid4(),
            theirs=[],
            mine=[
                ObjectiveInput(
                    id=uuid4(),
                    person_id=uuid4(),
                    text="Merge la școală",
                    codes=["VEC_03"],
                    due_on=dt.date(2026, 12, 1),
                    steps=[StepInput(id=uuid4(), text="Înscriere", worker_id=uuid4(), interventions=["I1"])],
                )
            ],
            reason="S-a mutat",
        ),
    ],
)
def test_both_sides_are_read_as_they_were_kept(said: Conflict) -> None:
    assert type(said).read(said.sides()) == said


def test_a_field_is_taken_from_the_device_and_another_left(place: Setting, moved: FieldConflict) -> None:
    home = place.household
    sent = {"revision": home.revision, "field-address": "device", "field-phone": "record"}
    assert client_of(place.worker).post(url_of(moved), sent).status_code == 302
    home.refresh_from_db()
    assert (home.address, home.phone) == ("Str. Gării nr. 9", "0700 000 001")
    moved.refresh_from_db()
    assert (moved.chosen, moved.settled_by) == ("mine", place.worker)
    assert TrailEntry.objects.filter(verb="settle_conflict", household=home.pk).exists()


def test_keeping_the_record_changes_nothing(place: Setting, moved: FieldConflict) -> None:
    sent = {"revision": place.household.revision, "field-address": "record", "field-phone": "record"}
    assert client_of(place.worker).post(url_of(moved), sent).status_code == 302
    before = place.household.revision
    place.household.refresh_from_db()
    assert place.household.revision == before
    assert FieldConflict.objects.get().chosen == "theirs"


def test_both_sides_stand_on_the_page_in_words(place: Setting, moved: FieldConflict) -> None:
    shown = client_of(place.worker).get(url_of(moved)).content.decode()
    for words in ("Str. Morii nr. 1", "Str. Morii nr. 3", "Str. Gării nr. 9", "Dispozitivul spunea"):
        assert words in shown
    assert TrailEntry.objects.filter(verb="field_conflict", reading=True).exists()


def test_a_record_changed_since_it_was_read_is_shown_again(place: Setting, moved: FieldConflict) -> None:
    revision = place.household.revision
    change_household(by=place.worker, household=place.household, address="Str. Nouă nr. 2")
    answer = client_of(place.worker).post(url_of(moved), {"revision": revision, "field-address": "device"})
    assert answer.status_code == 409
    assert "Str. Nouă nr. 2" in answer.content.decode()
    moved.refresh_from_db()
    assert moved.settled_at is None


def test_a_conflict_is_settled_once(place: Setting, moved: FieldConflict) -> None:
    keep_record(by=place.worker, conflict=moved)
    with pytest.raises(DomainError):
        take_from_device(
            by=place.worker, conflict=moved, revision=place.household.revision, fields=["address"]
        )


def test_a_colleague_does_not_meet_it_and_the_coordinator_settles_it(
    place: Setting, moved: FieldConflict, leader: User
) -> None:
    assert client_of(place.colleague()).get(url_of(moved)).status_code == 404
    with pytest.raises(NotAllowed):
        keep_record(by=place.colleague(), conflict=moved)
    assert client_of(leader).get(reverse("field_conflicts")).context["waiting"].count() == 1
    keep_record(by=leader, conflict=moved)


def test_of_a_sealed_household_only_its_team_settles(
    place: Setting, moved: FieldConflict, leader: User
) -> None:
    seal_case(by=place.worker, case=place.case, reason="Siguranța mamei")
    assert client_of(leader).get(url_of(moved)).status_code == 404
    assert client_of(place.worker).get(url_of(moved)).status_code == 200
    keep_record(by=place.worker, conflict=moved)
    assert TrailEntry.objects.get(verb="settle_conflict").sealed


def test_the_draft_becomes_what_the_device_said(place: Setting, device: Device) -> None:
    mine = ObjectiveInput(
        id=uuid4(), text="Copiii merg la grădiniță", steps=[StepInput(id=uuid4(), text="Înscriere")]
    )
    draft, conflict = drafted(place, device, mine)
    client = client_of(place.worker)
    shown = client.get(url_of(conflict)).content.decode()
    assert "Copiii merg la grădiniță" in shown
    assert objectives_of(draft)[0].text in shown
    sent = {"plan": "device", "revision": draft.revision}
    assert client.post(url_of(conflict), sent).status_code == 302
    (said,) = objectives_of(draft)
    assert said.text == mine.text
    assert [step.text for step in said.steps] == ["Înscriere"]


def test_what_both_say_keeps_its_row(place: Setting, device: Device) -> None:
    draft, conflict = drafted(place, device)
    first = objectives_of(draft)[0]
    said = PlanConflict(case=place.case.pk, theirs=[], mine=[replace(first, text="Altfel spus")])
    conflict.mine = said.sides().mine
    conflict.save(update_fields=["mine"])
    take_from_device(by=place.worker, conflict=conflict, revision=draft.revision)
    (kept,) = objectives_of(draft)
    assert (kept.id, kept.text) == (first.id, "Altfel spus")


def test_leaving_the_draft_leaves_it(place: Setting, device: Device) -> None:
    draft, conflict = drafted(place, device, ObjectiveInput(text="Altceva"))
    before = objectives_of(draft)
    client_of(place.worker).post(url_of(conflict), {"plan": "record", "revision": draft.revision})
    assert objectives_of(draft) == before
    assert FieldConflict.objects.get().chosen == "theirs"


def test_a_draft_changed_since_it_was_read_is_not_overwritten(place: Setting, device: Device) -> None:
    draft, conflict = drafted(place, device, ObjectiveInput(text="Altceva"))
    with pytest.raises(EditedMeanwhile):
        take_from_device(by=place.worker, conflict=conflict, revision=draft.revision + 1)


def test_where_there_is_no_draft_any_more_the_device_brings_one(place: Setting, device: Device) -> None:
    draft, conflict = drafted(place, device, ObjectiveInput(text="Altceva"))
    draft.delete()
    assert "nu mai este ciornă" in client_of(place.worker).get(url_of(conflict)).content.decode()
    take_from_device(by=place.worker, conflict=conflict, revision=0)
    assert [one.text for one in objectives_of(Plan.objects.get())] == ["Altceva"]


def test_parts_that_a_role_does_not_read_are_neither_shown_nor_settled_by_it(place: Setting) -> None:
    nurse = place.colleague(Role.COMMUNITY_NURSE)
    mine = ObjectiveInput(text="Ordin de protecție", compartment="violence")
    _draft, conflict = drafted(place, tablet(nurse), mine)
    shown = client_of(nurse).get(url_of(conflict)).content.decode()
    assert "Ordin de protecție" not in shown
    assert 'value="device"' not in shown
    with pytest.raises(NotAllowed):
        take_from_device(by=nurse, conflict=conflict, revision=1)


def test_two_assessments_are_compared_answer_by_answer(place: Setting, device: Device) -> None:
    later = second_visit(place)
    said = AssessmentConflict(theirs=place.assessment.pk, mine=later.pk)
    conflict = conflict_on(device, place.household, EntryKind.ASSESSMENT, said, record=place.assessment.pk)
    client = client_of(place.worker)
    shown = client.get(url_of(conflict))
    ((about, rows),) = shown.context["assessments"].differing
    assert about is None
    assert shown.context["assessments"].only_record == place.people
    assert {(row.record, row.device) for row in rows} >= {("2", "5")}
    assert "Număr de camere de locuit" in shown.content.decode()
    assert client.post(url_of(conflict)).status_code == 302
    assert FieldConflict.objects.get().settled_at is not None
    with pytest.raises(DomainError):
        take_from_device(by=place.worker, conflict=conflict, revision=1)


def test_answers_about_violence_are_for_who_reads_them(place: Setting) -> None:
    nurse = place.colleague(Role.COMMUNITY_NURSE)
    later = second_visit(place)
    said = AssessmentConflict(theirs=place.assessment.pk, mine=later.pk)
    of_nurse = conflict_on(tablet(nurse), place.household, EntryKind.ASSESSMENT, said)
    of_worker = conflict_on(tablet(place.worker), place.household, EntryKind.ASSESSMENT, said)

    def rows_of(user: User, conflict: FieldConflict) -> int:
        return len(client_of(user).get(url_of(conflict)).context["assessments"].differing[0][1])

    assert rows_of(place.worker, of_worker) == rows_of(nurse, of_nurse) + 1


def test_a_conflict_is_read_by_its_kind(moved: FieldConflict) -> None:
    assert isinstance(conflict_of(moved), HouseholdConflict)
    assert Sides(moved.theirs, moved.mine) == conflict_of(moved).sides()
