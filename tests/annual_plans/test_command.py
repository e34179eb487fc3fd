"""`punte plan`."""

import csv
import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from punte.accounts.models import User
from punte.annual_plans.actions import add_row, prepare_plan
from punte.annual_plans.enums import Section
from punte.annual_plans.models import AnnualPlan
from punte.organizations.models import Organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(town: Organization, planner: User) -> AnnualPlan:
    made = prepare_plan(by=planner, organization=town, year=2027)
    values = {"provider": "Asociația Exemplu", "name": "Centrul de zi", "capacity": 0}
    add_row(by=planner, plan=made, section=Section.EXISTING, values=values)
    return made


def said(*arguments: str) -> str:
    out = io.StringIO()
    call_command("plan", *arguments, stdout=out)
    return out.getvalue()


def test_check_prints_kind_place_and_message(plan: AnnualPlan) -> None:
    rows = list(csv.DictReader(io.StringIO(said("check", "2027", "--format", "csv"))))
    found = next(row for row in rows if row["kind"] == "capacity_zero")
    assert list(found)[:3] == ["kind", "place", "message"]
    assert "I.A" in found["place"]
    assert found["message"]
    text = said("check", "2027")
    assert found["place"] in text
    assert found["message"] in text


@pytest.mark.parametrize(("file_format", "begins"), [("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")])
def test_export_writes_the_file(plan: AnnualPlan, tmp_path: Path, file_format: str, begins: bytes) -> None:
    target = tmp_path / f"plan.{file_format}"
    said("export", "2027", "--format", file_format, "--output", str(target))
    assert target.read_bytes().startswith(begins)


def test_a_plan_that_is_not_there_or_not_one_is_refused(
    plan: AnnualPlan, planner: User, tmp_path: Path
) -> None:
    with pytest.raises(CommandError):
        said("check", "2020")
    with pytest.raises(CommandError):
        said("check", "2027", "--organization", "Altcineva")
    assert said("check", "2027", "--organization", plan.organization.name)
    with pytest.raises(CommandError):
        said("export", "2027", "--format", "pdf", "--output", str(tmp_path / "nowhere" / "plan.pdf"))
