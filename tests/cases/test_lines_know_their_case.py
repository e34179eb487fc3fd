"""A line of the trail that tells of a case names it, whatever it was about; also those from before."""

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from punte.accounts.models import TrailEntry
from punte.cases.actions import open_case
from punte.cases.trail import CASE_TO_BE
from punte.kernel.append_only import lifted
from tests.cases.conftest import Town
from tests.www.frame.test_veiled import signed_in

pytestmark = pytest.mark.django_db


def cases_told(**about: Any) -> set[Any]:
    return set(TrailEntry.objects.filter(**about).values_list("case", flat=True))


def test_verbs_and_pages_name_the_case(town: Town) -> None:
    browser = signed_in(town.worker)
    browser.get(f"/gospodarii/{town.household.pk}/deschide-caz/")
    case = town.case()
    browser.get(f"/cazuri/{case.pk}/")
    for verb in ("open_case", "case"):
        assert cases_told(verb=verb) == {case.pk}, verb
    assert cases_told(verb="case_open") == {CASE_TO_BE}
    browser.get(f"/gospodarii/{town.household.pk}/")
    assert cases_told(verb="household") == {None}


@pytest.mark.whole
@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_lines_from_before_name_the_case_that_was_there(town: Town) -> None:
    now = timezone.now()
    first = open_case(by=town.worker, household=town.household, regime="standard", reason="x")
    first.open = False
    first.created_at = now - dt.timedelta(days=400)
    first.save(update_fields=["open", "created_at"])
    second = town.case()
    said = {"actor": town.worker, "household": town.household.pk, "keeper": town.organization.pk}
    days = {
        "of_the_row": TrailEntry.objects.create(**said, verb="refer", subject=first.pk, at=now),
        "before": TrailEntry.objects.create(**said, verb="case_open", at=now - dt.timedelta(days=500)),
        "then": TrailEntry.objects.create(**said, verb="case_plan", at=now - dt.timedelta(days=300)),
        "now": TrailEntry.objects.create(**said, verb="case_plan", at=now + dt.timedelta(hours=1)),
        "of_no_case": TrailEntry.objects.create(**said, verb="household", at=now),
    }
    with lifted(TrailEntry):
        TrailEntry.objects.update(case=None)
    call_command("migrate", "cases", "0014", verbosity=0)
    call_command("migrate", "cases", verbosity=0)
    told = {name: TrailEntry.objects.get(pk=line.pk).case for name, line in days.items()}
    assert told == {
        "of_the_row": first.pk,
        "before": first.pk,
        "then": first.pk,
        "now": second.pk,
        "of_no_case": None,
    }
