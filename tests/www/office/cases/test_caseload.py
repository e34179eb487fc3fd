"""What each worker carries beside the norm: told where cases are given, never a reason to refuse."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from punte.cases import caseload
from punte.cases.actions import close_case, open_case, seal_case
from punte.cases.caseload import Loads, warning_of_load
from punte.cases.enums import Regime
from punte.cases.models import Case
from punte.cases.policy import CaseloadNorm
from tests.cases.conftest import Town
from tests.factories import HouseholdFactory, family
from tests.www.office.cases.conftest import SignIn, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_norm(monkeypatch: pytest.MonkeyPatch) -> None:
    norm = CaseloadNorm({Regime.INTENSIVE: 3, Regime.STANDARD: 2, Regime.MONITORING: 1}, norm=4)
    monkeypatch.setattr(caseload, "caseload_norm", lambda: norm)


def another(town: Town, regime: str = "standard") -> Case:
    home = HouseholdFactory(keeper=town.organization)
    family(30, household=home)
    return open_case(by=town.worker, household=home, regime=regime, reason="x")


def test_open_cases_weigh_by_their_regime_sealed_ones_too(town: Town) -> None:
    case = town.case(regime="intensive")
    seal_case(by=town.worker, case=case, reason="Pericol")
    gone = another(town)
    carried = Loads.read([town.organization.pk]).of_worker(town.worker.pk)
    assert (carried.cases, carried.weight, carried.is_over) == (2, 5, True)
    close_case(by=town.worker, case=gone, outcome="moved", reason="x")
    carried = Loads.read([town.organization.pk]).of_worker(town.worker.pk)
    assert (carried.weight, carried.beside_norm()) == (3, "încărcare 3 din 4")
    assert carried.beside_norm(more=2) == "încărcare 3 din 4, cu acest caz trece peste normă"
    assert Loads.read([town.organization.pk]).of_worker(town.nurse.pk).weight == 0


def test_giving_one_more_warns_in_words_and_refuses_nothing(town: Town, sign_in: SignIn) -> None:
    case = town.case()
    for _ in range(2):
        another(town)
    Case.objects.exclude(pk=case.pk).update(responsible=town.colleague)
    browser = sign_in(town.coordinator)
    offered = text_of(browser.get(reverse("case_team", args=[case.pk])))
    assert "încărcare 4 din 4, cu acest caz trece peste normă" in offered
    given = browser.post(
        reverse("case_assign", args=[case.pk]), {"responsible": str(town.colleague.pk)}, follow=True
    )
    assert "ajunge la o încărcare de 6, peste norma de 4" in text_of(given)
    case.refresh_from_db()
    assert case.responsible == town.colleague


def test_giving_several_warns_too_also_of_days_to_come(town: Town, sign_in: SignIn) -> None:
    cases = [another(town) for _ in range(3)]
    later = timezone.localdate() + dt.timedelta(days=3)
    assert warning_of_load(town.colleague, cases) == ""
    assert "6, peste norma de 4" in warning_of_load(town.colleague, cases, start=later)
    browser = sign_in(town.coordinator)
    sent = {
        "do": "assign",
        "chosen": [str(case.pk) for case in cases],
        "assign-responsible": str(town.colleague.pk),
    }
    done = browser.post(reverse("cases"), sent, follow=True)
    assert "peste norma de 4" in text_of(done)
    assert set(Case.objects.values_list("responsible", flat=True)) == {town.colleague.pk}


def test_opening_a_case_for_a_colleague_shows_the_load_and_warns(town: Town, sign_in: SignIn) -> None:
    for _ in range(2):
        another(town)
    browser = sign_in(town.coordinator)
    page = reverse("case_open", args=[town.household.pk])
    assert "încărcare 4 din 4" in text_of(browser.get(page))
    sent = {"regime": "standard", "reason": "x", "responsible": str(town.worker.pk)}
    assert "peste norma de 4" in text_of(browser.post(page, sent, follow=True))


def test_the_team_page_shows_load_beside_the_norm(town: Town, sign_in: SignIn) -> None:
    town.case(regime="intensive")
    another(town)
    said = text_of(sign_in(town.coordinator).get(reverse("team_day")))
    assert "Norma unei persoane este 4" in said and "peste normă" in said
    # Who does not assign learns no load.
    assert "încărcare" not in text_of(
        sign_in(town.worker).get(reverse("case_open", args=[town.household.pk]))
    )
