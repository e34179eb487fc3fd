"""The mark over all that a tablet may be given: it changes whenever anything does that the tablet would get."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, models, transaction
from django.utils import timezone

from punte.accounts.enums import Compartment, Role
from punte.accounts.models import User
from punte.assessments.models import AssessedMember, Assessment, Finding, FindingSet
from punte.cases.actions import (
    add_team_member,
    assign_case,
    close_case,
    draft_plan,
    edit_plan,
    open_case,
    plan_visit,
    seal_case,
    seal_person,
)
from punte.cases.models import Case, CaseDeadline, Intervention, Objective, Plan, PlannedService, Visit
from punte.cases.plan_input import ObjectiveInput, StepInput
from punte.devices.models import Device
from punte.fieldwork.pull import changes, state
from punte.people.actions import change_household
from punte.people.models import Household, HouseholdSight, Membership, Person
from punte.territory.models import Uat
from tests.factories import MembershipFactory, PersonFactory, worker
from tests.fieldwork.tablet import Said, Tablet, entry, home, tablet_of
from tests.fieldwork.test_pull import assessed, caseload, held, note, permit
from tests.guards.queries import queries_of

pytestmark = pytest.mark.django_db

SENT_DOWN: tuple[type[models.Model], ...] = (
    *(Household, Person, Membership, Case, CaseDeadline, Assessment, AssessedMember, FindingSet, Finding),
    *(Plan, Objective, PlannedService, Intervention, Visit),
)
# The questionnaire as it was sent stays in the office.
NOT_SENT_DOWN = {("Assessment", "instance")}


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
    return case


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
    full_case(by, tablet)
    known = told(tablet)
    assert known["whole"]
    no_bundle_is_made()
    again = tablet.down(**known)
    assert (again["households"], again["gone"], again["packs"], again["more"]) == ([], [], [], False)
    assert (again["caseload"], again["reference"], again["whole"]) == (None, None, known["whole"])
    assert again["worker"]["name"] == by.name


def test_an_answer_that_brings_something_tells_no_mark(by: User, tablet: Tablet) -> None:
    case = full_case(by, tablet)
    assert tablet.down()["whole"] == ""
    known = told(tablet)
    change_household(by=by, household=case.household, phone="0733 111 111")
    assert tablet.down(**known)["whole"] == ""


def test_a_tablet_that_lost_something_is_given_it_again(by: User, tablet: Tablet) -> None:
    case = full_case(by, tablet)
    known = told(tablet)
    for lost in ({"have": {}}, {"caseload": ""}, {"reference": ""}, {"packs": {}}, {"chosen": []}):
        given = tablet.down(**{**known, **lost})
        brought = (given["households"], given["caseload"], given["reference"], given["packs"], given["gone"])
        assert any(brought), lost
    assert [one["id"] for one in tablet.down(**{**known, "have": {}})["households"]] == [
        str(case.household_id)
    ]


def test_the_mark_of_another_tablet_or_worker_says_nothing(by: User, tablet: Tablet) -> None:
    case = full_case(by, tablet)
    known = told(tablet)
    nurse = worker(Role.COMMUNITY_NURSE, organization=by.appointments.get().organization)
    add_team_member(by=by, case=case, user=nurse)
    assert [one["id"] for one in tablet_of(nurse).down(**known)["households"]] == [str(case.household_id)]


def test_an_application_of_before_asks_without_a_mark(by: User, tablet: Tablet) -> None:
    full_case(by, tablet)
    assert tablet.down(**held(tablet.down()))["whole"]


def test_the_mark_reads_all_that_bundles_are_made_of(by: User, tablet: Tablet) -> None:
    """Whoever lets a bundle ask the database for more has to let the mark ask it too."""
    full_case(by, tablet)
    device = Device.objects.select_related("owner", "organization").get(pk=tablet.made.device.pk)
    nothing = changes.Baseline({}, None, {}, "", "")
    for_bundles, _given = queries_of(changes._compared, device, nothing)
    for_mark, _mark = queries_of(state.state_of, device)
    reading = [one for one in for_bundles if one.startswith("SELECT")]
    assert set(reading) <= set(for_mark)


def other_value(field: models.Field[Any, Any], row: models.Model) -> Any:
    """Another value of a field than the row has; None where none is known."""
    value = getattr(row, field.attname)
    if field.choices:
        return next((key for key, _label in field.flatchoices if key != value), None)
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.JSONField):
        return {"x": 1} if isinstance(value, dict) else [{"code": "x"}]
    if isinstance(field, models.DateTimeField):
        return (value or timezone.now()) - dt.timedelta(seconds=1)
    if isinstance(field, models.DateField):
        return (value or timezone.localdate()) - dt.timedelta(days=1)
    if isinstance(field, models.IntegerField | models.FloatField):
        return (value or 0) + 1
    if isinstance(field, models.CharField | models.TextField):
        return f"{value or ''}x"[-(field.max_length or 100) :]
    return None


class _Undone(Exception):
    pass


@pytest.mark.parametrize("model", SENT_DOWN, ids=lambda model: model.__name__)
def test_no_value_of_a_row_changes_without_the_mark(model: Any, by: User, tablet: Tablet) -> None:
    full_case(by, tablet)
    before = state_now(tablet)
    # A term that was met does not go down.
    row = (model.objects.not_met() if model is CaseDeadline else model.objects).first()
    tried = 0
    for field in model._meta.concrete_fields:
        value = other_value(field, row)
        if field.primary_key or field.is_relation or value is None:
            continue
        try:
            with transaction.atomic():
                model.objects.filter(pk=row.pk).update(**{field.attname: value})
                seen = state_now(tablet) != before
                raise _Undone
        except _Undone:
            assert seen or (model.__name__, field.name) in NOT_SENT_DOWN, field.name
            tried += 1
        except DatabaseError:
            # The database lets nobody change it so.
            continue
    assert tried >= 2
    assert state_now(tablet) == before


def _seal(by: User, case: Case) -> None:
    seal_case(by=by, case=case, reason="siguranță")


def _person_sealed(by: User, case: Case) -> None:
    person = case.household.memberships.get(relation="child").person
    seal_person(by=by, person=person, reason="amenințări")


def _close(by: User, case: Case) -> None:
    close_case(by=by, case=case, outcome="moved", reason="s-au mutat")


def _assign(by: User, case: Case) -> None:
    colleague = worker(organization=case.keeper)
    Case.objects.filter(pk=case.pk).update(responsible=colleague)
    case.responsibilities.update(user=colleague)


def _role(by: User, _case: Case) -> None:
    by.appointments.update(role=Role.COMMUNITY_NURSE)


def _part_of_the_record(by: User, case: Case) -> None:
    note(by, case, "altceva", Compartment.HEALTH)


def _child_born(_by: User, case: Case) -> None:
    MembershipFactory(person=PersonFactory(keeper=case.keeper), household=case.household, relation="child")


def _moved_out(_by: User, case: Case) -> None:
    today = timezone.localdate()
    case.household.memberships.filter(relation="child").update(end=today)


def _died(_by: User, case: Case) -> None:
    person = case.household.memberships.get(relation="child").person
    Person.objects.filter(pk=person.pk).update(died_on=timezone.localdate())


def _second_household(by: User, _case: Case) -> None:
    caseload(by)


def _name_of_the_colleague(by: User, _case: Case) -> None:
    User.objects.filter(pk=by.pk).update(name="Ana-Maria Câmpeanu")


def _name_of_the_institution(_by: User, case: Case) -> None:
    type(case.keeper).objects.filter(pk=case.keeper_id).update(name="Direcția nouă")


def _language(by: User, _case: Case) -> None:
    User.objects.filter(pk=by.pk).update(language="en")


def _place(by: User, case: Case) -> None:
    Uat.objects.filter(pk=case.keeper.uat_id).update(name="Alt nume")


def _withdrawn_sight(by: User, case: Case) -> None:
    start = timezone.localdate() - dt.timedelta(days=1)
    HouseholdSight.objects.create(household=case.household, user=by, why="emergency", start=start)


def _one_step_less(_by: User, _case: Case) -> None:
    PlannedService.objects.all().delete()


def _finding_gone(_by: User, _case: Case) -> None:
    Finding.objects.order_by("pk").last().delete()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "change",
    [
        *(_seal, _person_sealed, _close, _assign, _role, _part_of_the_record, _child_born, _moved_out, _died),
        *(_second_household, _name_of_the_colleague, _name_of_the_institution, _language, _place),
        *(_withdrawn_sight, _one_step_less, _finding_gone),
    ],
)
def test_rights_seals_people_and_words_change_the_mark(change: Any, by: User, tablet: Tablet) -> None:
    case = full_case(by, tablet)
    known = told(tablet)
    change(by, case)
    assert tablet.down(**known)["whole"] != known["whole"]


def test_a_permit_and_its_end_change_the_mark(by: User, tablet: Tablet) -> None:
    case = full_case(by, tablet)
    seal_case(by=by, case=case, reason="siguranță")
    shut = state_now(tablet)
    permit(case, by)
    assert state_now(tablet) != shut


def test_a_household_begun_on_the_tablet_changes_its_mark_alone(by: User, tablet: Tablet) -> None:
    full_case(by, tablet)
    other = tablet_of(by, "Telefon")
    before, of_other = state_now(tablet), state_now(other)
    tablet.up(entry("household_new", uuid4(), home(by.appointments.get().organization.uat_id)))
    assert state_now(tablet) != before
    assert state_now(other) == of_other


def test_a_new_day_and_a_new_edition_change_the_mark(
    by: User, tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    full_case(by, tablet)
    before = state_now(tablet)
    with monkeypatch.context() as changed:
        changed.setattr(state, "edition", lambda: "another")
        assert state_now(tablet) != before
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *_: tomorrow)
    assert state_now(tablet) != before


def test_what_is_not_the_workers_leaves_the_mark(by: User, tablet: Tablet) -> None:
    full_case(by, tablet)
    before = state_now(tablet)
    colleague = worker(organization=by.appointments.get().organization)
    full_case(colleague, tablet_of(colleague))
    User.objects.update(last_login=timezone.now())
    assert state_now(tablet) == before


def test_the_edition_is_of_code_words_and_content() -> None:
    assert state.edition() == state.edition.__wrapped__()


def test_an_assignment_by_its_verb_changes_the_mark(by: User, tablet: Tablet) -> None:
    case = full_case(by, tablet)
    before = state_now(tablet)
    organization = by.appointments.get().organization
    lead, colleague = (
        worker(role, organization=organization) for role in (Role.COORDINATOR, Role.SOCIAL_WORKER)
    )
    assign_case(by=lead, case=case, responsible=colleague)
    assert state_now(tablet) != before


def test_a_case_of_a_person_changes_the_mark(by: User, tablet: Tablet) -> None:
    case = full_case(by, tablet)
    before = state_now(tablet)
    child = case.household.memberships.get(relation="child").person
    open_case(by=by, household=case.household, person=child, regime="intensive", reason="absențe")
    assert state_now(tablet) != before
