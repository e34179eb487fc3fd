"""Whatever changes of what a tablet is sent, its mark changes; one case for all that is tried."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, models, transaction
from django.utils import timezone

from punte.accounts.enums import Compartment, Role
from punte.accounts.models import User
from punte.assessments.models import AssessedMember, Assessment, Finding, FindingSet
from punte.cases.actions import close_case, seal_case, seal_person
from punte.cases.models import Case, CaseDeadline, Intervention, Objective, Plan, PlannedService, Visit
from punte.people.models import Household, HouseholdSight, Membership, Person
from punte.registers.models import Entry
from punte.territory.models import Uat
from tests import is_drawn
from tests.factories import MembershipFactory, PersonFactory, worker
from tests.fieldwork import test_state
from tests.fieldwork.tablet import Tablet
from tests.fieldwork.test_pull import caseload, note
from tests.fieldwork.test_state import state_now, told

pytestmark = pytest.mark.django_db
at_work, by, case, tablet = test_state.at_work, test_state.by, test_state.case, test_state.tablet

SENT_DOWN: tuple[type[models.Model], ...] = (
    *(Household, Person, Membership, Case, CaseDeadline, Assessment, AssessedMember, FindingSet, Finding),
    *(Plan, Objective, PlannedService, Intervention, Visit, Entry),
)
# The questionnaire as it was sent stays in the office.
NOT_SENT_DOWN = {("Assessment", "instance")}


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


@pytest.mark.sampled(one_in=2)
@pytest.mark.parametrize("model", SENT_DOWN, ids=lambda model: model.__name__)
def test_no_value_of_a_row_changes_without_the_mark(model: Any, tablet: Tablet) -> None:
    """In `make test` two fields of each model and one in four of the others; in `make test-all` every field."""
    before = state_now(tablet)
    # A term that was met does not go down.
    row = (model.objects.not_met() if model is CaseDeadline else model.objects).first()
    tried = 0
    for field in model._meta.concrete_fields:
        value = other_value(field, row)
        if field.primary_key or field.is_relation or value is None:
            continue
        if tried >= 2 and not is_drawn(f"{model.__name__} {field.name}", one_in=4):
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


@pytest.mark.sampled(one_in=2)
@pytest.mark.parametrize(
    "change",
    [
        *(_seal, _person_sealed, _close, _assign, _role, _part_of_the_record, _child_born, _moved_out, _died),
        *(_second_household, _name_of_the_colleague, _name_of_the_institution, _language, _place),
        *(_withdrawn_sight, _one_step_less, _finding_gone),
    ],
)
def test_rights_seals_people_and_words_change_the_mark(
    change: Any, by: User, case: Case, tablet: Tablet
) -> None:
    known = told(tablet)
    change(by, case)
    assert tablet.down(**known)["whole"] != known["whole"]
