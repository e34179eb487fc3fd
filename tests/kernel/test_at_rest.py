"""What the database and the disk hold in clear is decided column by column; the rest is encrypted."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models

from punte.cases.actions import draft_plan, open_case
from punte.cases.models import Case, CaseTeamMember, Objective, PlannedService
from punte.kernel import encrypting, keyring
from punte.kernel.encryption import EncryptedTextField, is_encrypted
from punte.operations.doctor import examine
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


@pytest.mark.django_db(transaction=True)
@pytest.mark.both
def test_what_was_written_before_is_encrypted_in_portions_and_given_back(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encrypting, "_AT_ONCE", 2)
    call_command("migrate", "cases", "0005", verbosity=0)
    assert _raw(Objective, "text") == OBJECTIVES
    assert _raw(PlannedService, "text") == ["Înscriere", ""]
    assert _raw(CaseTeamMember, "part") == ["psiholog"]

    # The doctor and the first connection meet the old column before it is migrated.
    assert {one.what: one.state for one in examine(thorough=False)}["keys"] == "ok"
    keyring._require_readable("default")

    call_command("migrate", "cases", verbosity=0)
    assert all(map(is_encrypted, _raw(Objective, "text")))
    assert [row.text for row in Objective.objects.order_by("id")] == OBJECTIVES
    assert [row.text for row in PlannedService.objects.order_by("id")] == ["Înscriere", ""]
    assert CaseTeamMember.objects.get(case=case).part == "psiholog"
