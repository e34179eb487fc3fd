"""What the database and the disk hold in clear is decided column by column; the rest is encrypted."""

import pytest
from django.apps import apps
from django.db import connection, models

from punte.cases.actions import draft_plan, open_case
from punte.cases.models import Case, CaseTeamMember, Objective, PlannedService
from punte.kernel.encryption import EncryptedTextField, is_encrypted
from tests.factories import HouseholdFactory, UserFactory, worker
from tests.kernel.readable import readable_columns

_TEXT = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField)
OBJECTIVES = [f"Ana merge la școală, anul {number}" for number in range(5)]


def test_every_column_of_text_is_encrypted_or_says_why_it_is_readable() -> None:
    """Whoever adds one decides: `EncryptedTextField`, or a line in `tests/kernel/readable.py`."""
    in_clear = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, _TEXT) and not isinstance(field, EncryptedTextField) and not field.choices
    }
    assert in_clear == readable_columns()


@pytest.fixture
def case() -> Case:
    """A case with a plan in which something is written about a child, and somebody on its team."""
    by = worker()
    home = HouseholdFactory(keeper=by.appointments.get().organization)
    case = open_case(by=by, household=home, regime="standard", reason="o situație grea")
    plan = draft_plan(by=by, case=case)
    objectives = [Objective.objects.create(plan=plan, text=text) for text in OBJECTIVES]
    PlannedService.objects.create(objective=objectives[0], text="Înscriere")
    PlannedService.objects.create(objective=objectives[0], text="")
    CaseTeamMember.objects.create(
        case=case, user=UserFactory(), part="psiholog", start=home.created_at.date()
    )
    return case


def _raw(model: type[models.Model], column: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM "{model._meta.db_table}" ORDER BY id')
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.django_db
@pytest.mark.both
def test_what_is_written_of_a_case_is_unreadable_in_the_database(case: Case) -> None:
    assert all(map(is_encrypted, _raw(Objective, "text")))
    assert all(map(is_encrypted, _raw(CaseTeamMember, "part")))
