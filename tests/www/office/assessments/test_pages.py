"""What a worker sees of a filled questionnaire."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from punte.assessments.actions import submit_assessment
from tests.assessments.conftest import Fill, card
from tests.factories import HouseholdFactory, family, worker

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("answers", "offered"), [({"violence_signs": "violence"}, True), ({}, False)])
@pytest.mark.parametrize("page", ["assessment", "assessment_answers"])
def test_what_tells_of_violence_can_be_left_at_once(
    fill: Fill, client: Client, page: str, answers: dict[str, Any], offered: bool
) -> None:
    by = worker()
    home = HouseholdFactory(keeper=by.appointments.get().organization)
    (mother,) = family(34, household=home)
    made = submit_assessment(by=by, household=home, instance=fill(home, [card(mother)], rooms=2, **answers))
    client.force_login(by, backend="punte.accounts.backend.OpenAccounts")
    shown = client.get(reverse(page, args=[made.pk])).content.decode()
    assert ("data-leave" in shown) is offered


def test_risks_are_told_as_of_the_conditions_of_life_or_of_now(fill: Fill, client: Client) -> None:
    by = worker()
    home = HouseholdFactory(keeper=by.appointments.get().organization)
    (mother,) = family(34, household=home)
    poor = fill(home, [card(mother, family_doctor=False)], dwelling="improvised", child_allowance=True)
    made = submit_assessment(by=by, household=home, instance=poor)
    client.force_login(by, backend="punte.accounts.backend.OpenAccounts")
    page = client.get(reverse("assessment", args=[made.pk]))
    natures = {one.code: one.nature for one in page.context["findings"].shown}
    assert (natures["VLP_03"], natures["VSA_02"]) == ("structural", "situațional")
    described = {one.code: one.nature for one in page.context["findings"].described}
    assert described["VCV_05"] == ""
    assert "· situațional" in " ".join(page.content.decode().split())
