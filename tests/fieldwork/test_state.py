"""The mark over all that a tablet may be given: it changes whenever anything does that the tablet would get."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.cases.actions import (
    add_team_member,
    assign_case,
    draft_plan,
    edit_plan,
    open_case,
    plan_visit,
    seal_case,
)
from punte.cases.models import Case
from punte.cases.plan_input import ObjectiveInput, StepInput
from punte.devices.models import Device
from punte.fieldwork.pull import changes, state
from punte.people.actions import change_household
from punte.registers.actions import add_entry
from tests.database import lasting
from tests.factories import worker
from tests.fieldwork.tablet import Said, Tablet, entry, home, tablet_of
from tests.fieldwork.test_pull import assessed, caseload, held, note, permit
from tests.guards.queries import queries_of

pytestmark = pytest.mark.django_db


def told(tablet: Tablet) -> Said:
    """What a tablet says that was told last that nothing is left to bring."""
    known = held(tablet.down())
    return {**known, "whole": tablet.down(**known)["whole"]}


def full_case(by: User, tablet: Tablet) -> Case:
    """A case of which there is something of every kind."""
    case = caseload(by, 34, 9, phone="0722 000 000")
    assessed(by, case, tablet, enrolled="none", family_doctor="no", dwelling="house")
    plan = draft_plan(by=by, case=case)
    steps = [StepInput(text="Înscriere")]
    edit_plan(by=by, plan=plan, revision=1, objectives=[ObjectiveInput(text="La școală.", steps=steps)])
    note(by, case, "Am vorbit cu mama.")
    plan_visit(by=by, case=case, day=timezone.localdate(), hour=dt.time(9, 30), purpose="Acte")
    happened = {"start": timezone.localdate(), "given": {"kind": "debt", "note": "La lumină"}}
    add_entry(by=by, register="household_event", subject=case.household, **happened)
    return case


@pytest.fixture(scope="module")
def at_work(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[User, Tablet, Case]]:
    """A worker with a tablet and a case of which there is something of every kind."""

    def make() -> tuple[User, Tablet, Case]:
        by = worker()
        tablet = tablet_of(by)
        return by, tablet, full_case(by, tablet)

    yield from lasting(django_db_blocker, make)


@pytest.fixture
def by(at_work: tuple[User, Tablet, Case]) -> User:
    return User.objects.get(pk=at_work[0].pk)


@pytest.fixture
def tablet(at_work: tuple[User, Tablet, Case]) -> Tablet:
    return Tablet(at_work[1].made)


@pytest.fixture
def case(at_work: tuple[User, Tablet, Case]) -> Case:
    return Case.objects.get(pk=at_work[2].pk)


def state_now(tablet: Tablet) -> str:
    """The state as a request of the tablet would read it."""
    return state.state_of(
        Device.objects.select_related("owner", "organization").get(pk=tablet.made.device.pk)
    )


@pytest.fixture
def no_bundle_is_made(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What calls it from now on fails where a bundle is made."""

    def forbid() -> None:
        monkeypatch.setattr(changes, "bundles_of", None)

    return forbid


def test_where_nothing_changed_no_bundle_is_made(by: User, tablet: Tablet, no_bundle_is_made: Any) -> None:
    known = told(tablet)
    assert known["whole"]
    no_bundle_is_made()
    again = tablet.down(**known)
    assert (again["households"], again["gone"], again["packs"], again["more"]) == ([], [], [], False)
    assert (again["caseload"], again["reference"], again["whole"]) == (None, None, known["whole"])
    assert again["worker"]["name"] == by.name


def test_an_answer_that_brings_something_tells_no_mark(by: User, case: Case, tablet: Tablet) -> None:
    assert tablet.down()["whole"] == ""
    known = told(tablet)
    change_household(by=by, household=case.household, phone="0733 111 111")
    assert tablet.down(**known)["whole"] == ""


def test_a_tablet_that_lost_something_is_given_it_again(case: Case, tablet: Tablet) -> None:
    known = told(tablet)
    for lost in ({"have": {}}, {"caseload": ""}, {"reference": ""}, {"packs": {}}, {"chosen": []}):
        given = tablet.down(**{**known, **lost})
        brought = (given["households"], given["caseload"], given["reference"], given["packs"], given["gone"])
        assert any(brought), lost
    assert [one["id"] for one in tablet.down(**{**known, "have": {}})["households"]] == [
        str(case.household_id)
    ]


def test_the_mark_of_another_tablet_or_worker_says_nothing(by: User, case: Case, tablet: Tablet) -> None:
    known = told(tablet)
    nurse = worker(Role.COMMUNITY_NURSE, organization=by.appointments.get().organization)
    add_team_member(by=by, case=case, user=nurse)
    assert [one["id"] for one in tablet_of(nurse).down(**known)["households"]] == [str(case.household_id)]


def test_an_application_of_before_asks_without_a_mark(tablet: Tablet) -> None:
    assert tablet.down(**held(tablet.down()))["whole"]


def test_the_mark_reads_all_that_bundles_are_made_of(tablet: Tablet) -> None:
    """Whoever lets a bundle ask the database for more has to let the mark ask it too."""
    device = Device.objects.select_related("owner", "organization").get(pk=tablet.made.device.pk)
    nothing = changes.Baseline({}, None, {}, "", "")
    for_bundles, _given = queries_of(changes._compared, device, nothing)
    for_mark, _mark = queries_of(state.state_of, device)
    reading = [one for one in for_bundles if one.startswith("SELECT")]
    assert set(reading) <= set(for_mark)


def test_a_permit_and_its_end_change_the_mark(by: User, case: Case, tablet: Tablet) -> None:
    seal_case(by=by, case=case, reason="siguranță")
    shut = state_now(tablet)
    permit(case, by)
    assert state_now(tablet) != shut


def test_a_household_begun_on_the_tablet_changes_its_mark_alone(by: User, tablet: Tablet) -> None:
    other = tablet_of(by, "Telefon")
    before, of_other = state_now(tablet), state_now(other)
    tablet.up(entry("household_new", uuid4(), home(by.appointments.get().organization.uat_id)))
    assert state_now(tablet) != before
    assert state_now(other) == of_other


def test_a_new_day_and_a_new_edition_change_the_mark(tablet: Tablet, monkeypatch: pytest.MonkeyPatch) -> None:
    before = state_now(tablet)
    with monkeypatch.context() as changed:
        changed.setattr(state, "edition", lambda: "another")
        assert state_now(tablet) != before
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *_: tomorrow)
    assert state_now(tablet) != before


def test_what_is_not_the_workers_leaves_the_mark(by: User, tablet: Tablet) -> None:
    before = state_now(tablet)
    colleague = worker(organization=by.appointments.get().organization)
    full_case(colleague, tablet_of(colleague))
    User.objects.update(last_login=timezone.now())
    assert state_now(tablet) == before


def test_the_edition_is_of_code_words_and_content() -> None:
    assert state.edition() == state.edition.__wrapped__()


def test_an_assignment_by_its_verb_changes_the_mark(by: User, case: Case, tablet: Tablet) -> None:
    before = state_now(tablet)
    organization = by.appointments.get().organization
    lead, colleague = (
        worker(role, organization=organization) for role in (Role.COORDINATOR, Role.SOCIAL_WORKER)
    )
    assign_case(by=lead, case=case, responsible=colleague)
    assert state_now(tablet) != before


def test_a_case_of_a_person_changes_the_mark(by: User, case: Case, tablet: Tablet) -> None:
    before = state_now(tablet)
    child = case.household.memberships.get(relation="child").person
    open_case(by=by, household=case.household, person=child, regime="intensive", reason="absențe")
    assert state_now(tablet) != before
