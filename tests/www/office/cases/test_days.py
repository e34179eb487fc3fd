"""The first page of a worker, and that of who coordinates."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Compartment, Role
from punte.assessments.models import AssessmentDraft
from punte.assessments.packs import current_version
from punte.cases.actions import adopt_plan, draft_plan, open_case
from punte.cases.models import Case, CaseDeadline, PlannedService, Responsibility
from tests.cases.conftest import Town
from tests.factories import HouseholdFactory, worker
from tests.www.office.cases.conftest import SignIn, text_of


def many(town: Town, number: int) -> None:
    """As many cases of the worker, each with an overdue term."""
    for place in range(number):
        household = HouseholdFactory(keeper=town.organization, name=f"Familia{place}")
        open_case(by=town.worker, household=household, regime="intensive", reason="x")
    CaseDeadline.objects.update(due_on=timezone.localdate() - dt.timedelta(days=4))


def test_a_worker_finds_what_is_late_with_its_rule_and_household(town: Town, sign_in: SignIn) -> None:
    many(town, 1)
    said = text_of(sign_in(town.worker).get(reverse("my_day")))
    assert "Vizită la gospodăria Familia0" in said
    assert "La 7 zile de la ultima întâlnire cu familia, în regim intensiv" in said
    assert "acum 4 zile" in said


def test_a_worker_finds_what_is_unfinished(town: Town, sign_in: SignIn) -> None:
    AssessmentDraft.objects.create(
        household=town.household,
        by=town.worker,
        pack=current_version("sci"),
        instance_id="x",
        answered=31,
        asked=46,
    )
    case = town.case()
    draft_plan(by=town.worker, case=case)
    said = text_of(sign_in(town.worker).get(reverse("my_day")))
    assert "31 din 46 de răspunsuri" in said
    assert reverse("assess", args=[town.household.pk]) in said
    assert reverse("case_plan_edit", args=[case.pk]) in said
    of_colleague = text_of(sign_in(town.colleague).get(reverse("my_day")))
    assert "31 din 46" not in of_colleague
    assert reverse("case_plan_edit", args=[case.pk]) not in of_colleague


def test_an_empty_day_says_what_to_do_next(town: Town, sign_in: SignIn) -> None:
    said = text_of(sign_in(town.worker).get(reverse("my_day")))
    assert "Nu răspundeți încă de niciun caz." in said
    assert reverse("households") in said


def test_a_day_asks_few_questions_whatever_the_data(town: Town, sign_in: SignIn, pinned: Any) -> None:
    many(town, 30)
    draft_plan(by=town.worker, case=Case.objects.first())
    browser = sign_in(town.worker)
    pinned(browser.get, reverse("my_day"))


def test_a_coordinator_shares_the_work(town: Town, sign_in: SignIn) -> None:
    many(town, 3)
    orphan = Case.objects.first()
    Responsibility.objects.filter(case=orphan).delete()
    Case.objects.filter(pk=orphan.pk).update(responsible=None)
    browser = sign_in(town.coordinator)
    page = browser.get(reverse("team_day"))
    assert page.context["day"].without_worker == [orphan]
    assert str(town.worker) in text_of(page)
    given = browser.post(
        reverse("case_assign", args=[orphan.pk]),
        {"responsible": str(town.colleague.pk), "next": reverse("team_day")},
    )
    assert given.url == reverse("team_day")
    orphan.refresh_from_db()
    assert orphan.responsible == town.colleague
    assert browser.get(reverse("team_day")).context["day"].without_worker == []


def test_a_child_at_severe_risk_without_a_case_is_seen(town: Town, sign_in: SignIn) -> None:
    from punte.cases.actions import follow_assessment

    follow_assessment(assessment=town.assessed((town.child, "LEVEL_SEVERE")), by=town.worker)
    browser = sign_in(town.coordinator)
    assert reverse("case_open", args=[town.household.pk]) in text_of(browser.get(reverse("team_day")))
    town.case()
    assert reverse("case_open", args=[town.household.pk]) not in text_of(browser.get(reverse("team_day")))


def test_the_team_page_asks_few_questions_whatever_the_data(town: Town, sign_in: SignIn, pinned: Any) -> None:
    many(town, 20)
    Case.objects.filter(pk__in=list(Case.objects.values_list("pk", flat=True)[:8])).update(responsible=None)
    browser = sign_in(town.coordinator)
    pinned(browser.get, reverse("team_day"))


def test_only_who_assigns_has_the_team_page(town: Town, sign_in: SignIn) -> None:
    assert sign_in(town.worker).get(reverse("team_day")).status_code == 403
    planner = worker(Role.PLANNER, organization=town.organization)
    assert sign_in(planner).get(reverse("team_day")).status_code == 403


def test_the_day_of_who_works_on_no_case_shows_nothing_of_cases(town: Town, sign_in: SignIn) -> None:
    many(town, 1)
    planner = worker(Role.PLANNER, organization=town.organization)
    said = text_of(sign_in(planner).get(reverse("my_day")))
    assert "Familia0" not in said
    for part in ("answers", "load", "unfinished", "emergencies"):
        assert f'aria-labelledby="{part}"' not in said


def test_what_is_offered_to_a_profession_is_on_the_day_of_who_has_it(town: Town, sign_in: SignIn) -> None:
    """Of the parts of the record that the profession reads; what waits for later is nobody's yet."""
    town.assessed((town.child, "VSC_01"), (None, "VFV_01"))
    case = town.case()
    plan = draft_plan(by=town.worker, case=case)
    soon = timezone.localdate() + dt.timedelta(days=2)
    PlannedService.objects.update(due_on=soon)
    adopt_plan(
        by=town.worker,
        plan=plan,
        agreed_with=town.mother,
        agreed_on=timezone.localdate(),
        agreed_how="signed",
    )
    vaccines = "Toți din casă au medic de familie"
    assert vaccines in text_of(sign_in(town.nurse).get(reverse("my_day")))
    PlannedService.objects.update(worker=town.nurse)
    said = text_of(sign_in(town.nurse).get(reverse("my_day")))
    assert "siguranță" not in said
    plan.objectives.update(later=True)
    assert vaccines not in text_of(sign_in(town.nurse).get(reverse("my_day")))


def test_the_day_says_nothing_of_violence_also_to_who_reads_it(town: Town, sign_in: SignIn) -> None:
    """A day is read over the shoulder: the step has only the number of its case."""
    town.assessed((None, "VFV_01"))
    case = town.case()
    plan = draft_plan(by=town.worker, case=case)
    PlannedService.objects.update(worker=town.worker, due_on=timezone.localdate())
    adopt_plan(
        by=town.worker,
        plan=plan,
        agreed_with=town.mother,
        agreed_on=timezone.localdate(),
        agreed_how="signed",
    )
    assert plan.objectives.filter(compartment=Compartment.VIOLENCE, later=False).exists()
    said = text_of(sign_in(town.worker).get(reverse("my_day")))
    assert f"Pas din plan, cazul {case}" in said
    for objective in plan.objectives.filter(compartment=Compartment.VIOLENCE):
        assert objective.text not in said
        assert not [step.text for step in objective.steps.all() if step.text in said]
