"""Each page of a case against each kind of account."""

import pytest
from django.test import Client
from django.urls import reverse

from punte.accounts.enums import Role
from punte.cases.enums import PlanStatus
from punte.cases.models import Case
from tests.cases.conftest import Town
from tests.factories import worker
from tests.www.office.cases.conftest import SignIn
from tests.www.office.cases.test_case_pages import PAGES

OF_A_CASE = [*PAGES, "case_plan_draft", "case_assign", "case_team_add", "case_seal"]


@pytest.fixture
def case(town: Town) -> Case:
    return town.case()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.SOCIAL_WORKER, 403),
        (Role.COMMUNITY_NURSE, 403),
        (Role.TRAINEE, 403),
        (Role.PLANNER, 404),
        (Role.ADMINISTRATOR, 404),
        (Role.DATA_PROTECTION_OFFICER, 404),
        (Role.PARTNER, 404),
    ],
)
def test_pages_of_a_case_for_those_of_the_organisation_who_do_not_share_it(
    town: Town, case: Case, sign_in: SignIn, role: Role, status: int
) -> None:
    browser = sign_in(worker(role, organization=town.organization))
    for page in OF_A_CASE:
        url = reverse(page, args=[case.pk])
        post_only = page not in PAGES
        assert (browser.post(url) if post_only else browser.get(url)).status_code == status, page


def test_pages_of_a_case_for_another_organisation(case: Case, sign_in: SignIn) -> None:
    for role in (Role.SOCIAL_WORKER, Role.COORDINATOR, Role.ADMINISTRATOR):
        browser = sign_in(worker(role))
        for page in PAGES:
            assert browser.get(reverse(page, args=[case.pk])).status_code == 404, (role, page)


def test_nobody_without_an_account(case: Case) -> None:
    for url in (
        *(reverse(page, args=[case.pk]) for page in PAGES),
        *(reverse(page) for page in ("cases", "my_day", "team_day", "referrals_received")),
    ):
        response = Client().get(url)
        assert response.status_code == 302
        assert "/conturi/" in response.url


def test_who_reads_but_does_not_manage_is_told_so_and_nothing_changes(
    town: Town, case: Case, sign_in: SignIn
) -> None:
    trainee = sign_in(worker(Role.TRAINEE, team=town.team))
    assert trainee.get(reverse("case", args=[case.pk])).status_code == 200
    assert trainee.post(reverse("case_plan_offer", args=[case.pk])).status_code == 403
    closing = {"outcome": "moved", "reason": "x"}
    assert trainee.post(reverse("case_close", args=[case.pk]), closing).status_code == 403
    assert trainee.get(reverse("case_open", args=[town.household.pk])).status_code == 403
    case.refresh_from_db()
    assert case.open
    assert not case.plans.exists()
    # Who learns writes a plan, which others put in force (test_approvals).
    assert trainee.post(reverse("case_plan_draft", args=[case.pk])).status_code == 302
    assert [plan.status for plan in case.plans.all()] == [PlanStatus.DRAFT]


@pytest.mark.parametrize(
    "page",
    ["case_plan_draft", "case_plan_discard", "case_assign", "case_team_add", "case_seal", "case_unseal"],
)
def test_what_changes_something_is_never_a_link(town: Town, case: Case, sign_in: SignIn, page: str) -> None:
    assert sign_in(town.worker).get(reverse(page, args=[case.pk])).status_code == 405
