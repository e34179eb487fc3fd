"""What comes to the day of each profession, and how it is said."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from punte.accounts.enums import Compartment, Role
from punte.accounts.guests import DayLine
from punte.accounts.models import User
from punte.cases.actions import add_team_member, refer, seal_case
from punte.cases.enums import PlanStatus
from punte.cases.models import Case, CaseDeadline, Objective, Plan, PlannedService
from punte.petitions.actions import Letter, Sender, send_petition
from punte.petitions.models import Petition
from punte.www.manage.views.day_lines import accounts
from punte.www.office.cases.views import day_lines
from punte.www.office.cases.views.day_lines import families, steps, terms, to_follow
from punte.www.office.day.views.day import _by_time
from punte.www.office.petitions.views.day_lines import petitions
from punte.www.partner.views.day_lines import referrals, services
from tests.cases.conftest import DayCentre, Town, again, make_town
from tests.factories import CapacityFactory, worker
from tests.www.office.cases.conftest import SignIn, text_of

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


def step_for(user: User, case: Case, text: str = "Vaccinare", **of_objective: Any) -> PlannedService:
    plan, _new = Plan.objects.get_or_create(
        case=case, version=1, defaults={"status": PlanStatus.ADOPTED, "by": case.responsible}
    )
    objective = Objective.objects.create(plan=plan, text="Copilul este vaccinat", **of_objective)
    return PlannedService.objects.create(objective=objective, text=text, worker=user, due_on=TODAY())


def test_a_nurse_finds_the_steps_given_to_her_in_cases_of_others(town: Town, sign_in: SignIn) -> None:
    case = town.case(team=town.team)
    step = step_for(town.nurse, case)
    browser = sign_in(town.nurse)
    said = text_of(browser.get(reverse("my_day")))
    assert f"Vaccinare, gospodăria {town.household.name}" in said
    place = f"{reverse('case_interventions', args=[case.pk])}?step={step.pk}&back=my_day"
    assert escape(place) in said
    form = browser.get(place)
    assert form.context["begun"] and form.context["form"]["step"].value() == str(step.pk)
    assert "Nu răspundeți încă de niciun caz." not in said


def test_steps_of_one_objective_are_one_line(town: Town) -> None:
    step = step_for(town.nurse, town.case(team=town.team))
    PlannedService.objects.create(objective=step.objective, position=1, text="Informare", worker=town.nurse)
    [line] = steps(again(town.nurse), TODAY()).lines
    assert line.why.endswith("și încă 1 pas")


def test_a_step_of_a_part_that_one_does_not_read_or_of_a_case_not_seen_is_not_shown(town: Town) -> None:
    case = town.case(team=town.team)
    step_for(town.nurse, case, compartment=Compartment.EDUCATION)
    step_for(town.nurse, make_town().case())
    assert steps(again(town.nurse), TODAY()).lines == []


def test_of_a_sealed_case_only_the_number_is_said(town: Town) -> None:
    case = town.case(regime="intensive", opened_on=TODAY() - dt.timedelta(days=10), team=town.team)
    add_team_member(by=town.worker, case=case, user=town.nurse, part="îngrijiri")
    step_for(town.nurse, case)
    case = seal_case(by=town.worker, case=case, reason="Pericol")
    found = [
        *terms(again(town.worker), TODAY()).lines,
        *steps(again(town.nurse), TODAY()).lines,
        *families(again(town.nurse), TODAY()).lines,
    ]
    assert len(found) >= 3
    for line in found:
        said = f"{line.what} {line.whose} {line.why}"
        assert str(case) in line.what
        for secret in (town.household.name, "Vaccinare", "îngrijiri", "vaccinat"):
            assert secret not in said
    assert steps(again(town.colleague), TODAY()).lines == []


def test_a_case_in_whose_team_one_is_stands_there_until_one_answers_for_it(town: Town) -> None:
    case = town.case(team=town.team)
    add_team_member(by=town.worker, case=case, user=town.nurse, part="îngrijiri")
    [line] = families(again(town.nurse), TODAY()).lines
    assert line.url == reverse("case", args=[case.pk]) and "îngrijiri" in line.why
    assert not families(again(town.worker), TODAY()).lines


def test_a_long_list_says_how_many_are_left(town: Town, monkeypatch: Any) -> None:
    monkeypatch.setattr(day_lines, "_STEPS_SHOWN", 2)
    case = town.case(team=town.team)
    for number in range(5):
        step_for(town.nurse, case, f"Pasul {number}")
    waiting = steps(again(town.nurse), TODAY())
    assert (len(waiting.lines), waiting.more) == (2, 3)


def test_who_learns_is_told_of_visits_and_of_whom_to_ask(town: Town, sign_in: SignIn) -> None:
    case = town.case(regime="intensive", team=town.team)
    trainee = worker(Role.TRAINEE, team=town.team)
    lines = to_follow(trainee, TODAY()).lines
    assert lines and all(line.deed is None for line in lines)
    assert "De însoțit: Vizită" in text_of(sign_in(trainee).get(reverse("my_day")))
    assert str(town.worker) in lines[0].why
    seal_case(by=town.worker, case=case, reason="Pericol")
    assert to_follow(again(trainee), TODAY()).lines == []


def test_late_comes_first_and_what_is_for_later_is_folded() -> None:
    today = dt.date(2026, 11, 23)
    days = {"târziu": 20, "azi": 0, "fără": None, "ieri": -1, "joi": 3, "demult": -30}
    lines = [
        DayLine(what=what, url="/", when=None if ago is None else today + dt.timedelta(days=ago))
        for what, ago in days.items()
    ]
    found = [[line.what for line in stretch.lines] for stretch in _by_time(lines, today)]
    assert found == [["demult", "ieri"], ["azi"], ["joi"], ["fără"], ["târziu"]]
    assert [stretch.folded for stretch in _by_time(lines, today)] == [False, False, False, False, True]


def test_petitions_of_nobody_are_everybodys_until_they_are_given(town: Town) -> None:
    adviser = worker(Role.LEGAL_ADVISER, organization=town.organization)
    letter = Letter("request", "Cer o rampă la intrarea blocului meu")
    petition = send_petition(organization=town.organization, letter=letter, sender=Sender()).petition
    [line] = petitions(adviser, TODAY()).lines
    assert line.deed is None and line.url == reverse("petition", args=[petition.pk])
    Petition.objects.update(assigned_to=adviser)
    [line] = petitions(again(adviser), TODAY()).lines
    assert line.deed and line.deed.url == reverse("petition_answer", args=[petition.pk])
    assert petitions(again(town.worker), TODAY()).lines == []


def test_a_provider_finds_what_waits_and_nobody_of_a_sealed_case(town: Town, day_centre: DayCentre) -> None:
    case = town.case()
    refer(
        by=town.worker,
        case=case,
        person=town.child,
        need="un loc",
        consent_on=TODAY(),
        service=day_centre.service,
    )
    [line] = referrals(day_centre.partner, TODAY()).lines
    assert str(town.child) in line.what and line.when == TODAY() and "răspuns până la" in line.why
    seal_case(by=town.worker, case=case, reason="Pericol")
    [line] = referrals(again(day_centre.partner), TODAY()).lines
    assert str(town.child) not in f"{line.what} {line.whose} {line.why}"


def test_services_that_owe_the_same_are_one_line_where_they_are_many(day_centre: DayCentre) -> None:
    provider = day_centre.service.provider
    two = [CapacityFactory(service__provider=provider, year=2024).service for _again in range(2)]
    apart = services(again(day_centre.partner), TODAY()).lines
    assert [line.whose for line in apart] == sorted(str(one) for one in [day_centre.service, *two])
    CapacityFactory.create_batch(2, service__provider=provider, year=2024)
    [line] = services(again(day_centre.partner), TODAY()).lines
    assert line.what.endswith(": 5 servicii") and line.why.endswith("și încă 3")
    assert line.url == reverse("own_services")


def test_an_administrator_is_told_of_accounts_into_which_nobody_came(town: Town) -> None:
    administrator = worker(Role.ADMINISTRATOR, organization=town.organization)
    [line] = accounts(administrator, TODAY()).lines
    assert line.url == reverse("users")
    User.objects.update(last_login=timezone.now())
    assert not accounts(again(administrator), TODAY()).lines


def test_the_day_of_a_nurse_asks_few_questions_whatever_the_data(
    town: Town, sign_in: SignIn, pinned: Any
) -> None:
    case = town.case(team=town.team)
    add_team_member(by=town.worker, case=case, user=town.nurse)
    for number in range(12):
        step_for(town.nurse, case, f"Pasul {number}")
    pinned(sign_in(town.nurse).get, reverse("my_day"))


@pytest.mark.parametrize(
    "role", [Role.PLANNER, Role.PARTNER, Role.DATA_PROTECTION_OFFICER, Role.ADMINISTRATOR, Role.TRAINEE]
)
def test_the_days_of_those_without_cases_ask_few_questions(
    town: Town, role: Role, sign_in: SignIn, pinned: Any
) -> None:
    CaseDeadline.objects.all().delete()
    pinned(sign_in(worker(role, organization=town.organization)).get, reverse("my_day"))
