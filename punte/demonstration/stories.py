"""What chance does not bring: a sealed case, a sealed person, an emergency, a questionnaire begun, work shared."""

import datetime as dt
from collections.abc import Sequence
from urllib.parse import urlencode

from punte.accounts.actions.kept_views import keep_view
from punte.accounts.enums import Compartment, Role
from punte.accounts.models import User
from punte.assessments.actions import start_assessment
from punte.assessments.models import Finding
from punte.cases.actions import (
    add_team_member,
    adopt_plan,
    draft_plan,
    edit_plan,
    give_back,
    seal_case,
    seal_person,
)
from punte.cases.enums import AgreementWay, PlanStatus
from punte.cases.models import Case, Plan, PlannedService
from punte.cases.plan_input import ObjectiveInput
from punte.demonstration.staff import Keeper
from punte.fieldwork.wire.plans import objectives_of
from punte.people.actions import create_household, join_household, leave_household, open_in_emergency
from punte.people.enums import Relation, Sex
from punte.people.models import Household, Membership

_SEALED_AT_MOST = 3
_STEPS = 12
_WHOSE_STEPS = {
    Compartment.HEALTH: (Role.COMMUNITY_NURSE, Role.HEALTH_MEDIATOR),
    Compartment.EDUCATION: (Role.SCHOOL_MEDIATOR, Role.SCHOOL_COUNSELLOR),
}
_OF_LAW = ("judecătorie", "starea civilă", "pentru locuință", "pentru o locuință")
"""By which words of a step it is the legal adviser's."""


def tell(*, keepers: Sequence[Keeper], today: dt.date) -> None:
    """Add the stories, by the same verbs that people use."""
    city = keepers[0]
    _seal(city)
    _seal_person(city, today)
    _emergency(city)
    _begun(city)
    _share_work(city)
    _keep_views(city)
    _learn(city, today)


def _seal(city: Keeper) -> None:
    """Cases with signs of violence are sealed by their worker; the psychologist joins the team."""
    psychologist = _with_role(city, Role.PSYCHOLOGIST)
    violent = Finding.objects.filter(code__in=["VFV_03", "VFV_04"]).values(
        "finding_set__assessment__household"
    )
    cases = Case.objects.filter(
        keeper=city.organization, open=True, household__in=violent, responsible__isnull=False
    )
    for case in cases.select_related("responsible").order_by("year", "number")[:_SEALED_AT_MOST]:
        worker = case.responsible
        assert worker is not None
        if psychologist:
            add_team_member(by=worker, case=case, user=psychologist, part="consiliere psihologică")
        seal_case(
            by=worker, case=case, reason="Siguranța victimei cere ca dosarul să fie văzut doar de echipa lui."
        )


def _seal_person(city: Keeper, today: dt.date) -> None:
    """A woman whom somebody looks for is sealed, then lives with a relative; others see her where she was."""
    case = (
        Case.objects.filter(
            keeper=city.organization, open=True, sealed=False, responsible__isnull=False, person=None
        )
        .select_related("responsible", "household")
        .order_by("-year", "-number")
        .first()
    )
    if case is None or case.responsible is None:
        return
    women = Membership.objects.current().filter(
        household=case.household, person__sex=Sex.FEMALE, start__lt=today
    )
    lived = women.select_related("person", "household").order_by("person__birth_date", "pk").first()
    if lived is None:
        return
    worker = case.responsible
    seal_person(by=worker, person=lived.person, reason="Fostul partener o caută și a amenințat-o.")
    leave_household(by=worker, membership=lived, end=today)
    home = create_household(
        by=worker,
        keeper=city.organization,
        name=f"{lived.person.family_name} (la o rudă)",
        uat=lived.household.uat,
        address="Str. Livezii nr. 4",
    )
    join_household(by=worker, person=lived.person, household=home, start=today, relation=Relation.REFERENCE)


def _emergency(city: Keeper) -> None:
    nurse = _with_role(city, Role.COMMUNITY_NURSE)
    household = Household.objects.filter(keeper=city.organization, sealed=False).order_by("pk").first()
    if nurse and household:
        open_in_emergency(
            by=nurse, household=household, reason="Apel la 112 de la vecini; asistentul social nu răspundea."
        )


def _begun(city: Keeper) -> None:
    worker = city.workers[0][0]
    household = (
        Household.objects.visible_to(worker)
        .filter(keeper=city.organization, sealed=False, assessments=None, cases=None)
        .order_by("pk")
        .first()
    )
    if household:
        start_assessment(by=worker, household=household)


def _keep_views(city: Keeper) -> None:
    """Two questions that come back each month, kept by who asks them."""
    if coordinator := _with_role(city, Role.COORDINATOR):
        for listing in ("cases", "households"):
            asked = urlencode({"aged": "child", "facts": "family_doctor.no,absences_30d.1-"})
            name = "Copii fără medic de familie, cu absențe"
            keep_view(by=coordinator, listing=listing, name=name, asked=asked)
    if nurse := _with_role(city, Role.COMMUNITY_NURSE):
        asked = urlencode({"facts": "VSC_01"})
        keep_view(by=nurse, listing="households", name="Copii de vaccinat", asked=asked)


def _learn(city: Keeper, today: dt.date) -> None:
    """A trainee revised two plans: one waits for the coordinator, the other came back with what is missing."""
    trainee, coordinator = _with_role(city, Role.TRAINEE), _with_role(city, Role.COORDINATOR)
    if trainee is None or coordinator is None:
        return
    planned = Plan.objects.filter(status=PlanStatus.ADOPTED, agreed_with__isnull=False).values("case")
    free = Case.objects.filter(
        team=city.teams[0], open=True, sealed=False, household__sealed=False, pk__in=planned
    )
    hidden = Membership.objects.filter(person__seals__isnull=False).values("household")
    written = free.exclude(plans__status=PlanStatus.DRAFT).exclude(household__in=hidden)
    written = written.order_by("-year", "-number")
    for number, case in enumerate(written[:2]):
        adult = case.plans.get(status=PlanStatus.ADOPTED).agreed_with
        assert adult is not None
        plan = draft_plan(
            by=trainee, case=case, reason="Familia a spus la vizită ce s-a schimbat de la planul trecut."
        )
        read = [each for each in objectives_of(plan) if each.compartment == Compartment.GENERAL]
        said = [*read[1:], ObjectiveInput(text="Copiii merg la grădiniță sau la școală în fiecare zi.")]
        edit_plan(by=trainee, plan=plan, revision=plan.revision, objectives=said)
        adopt_plan(by=trainee, plan=plan, agreed_with=adult, agreed_on=today, agreed_how=AgreementWay.SPOKEN)
        if number:
            asked = plan.approvals.get()
            give_back(
                by=coordinator,
                asked=asked,
                answer="Spuneți în plan și cine vorbește cu școala, și până când.",
            )


def _with_role(keeper: Keeper, role: Role) -> User | None:
    return (
        User.objects.filter(appointments__organization=keeper.organization, appointments__role=role)
        .order_by("pk")
        .first()
    )


def _share_work(city: Keeper) -> None:
    """Steps about health, about school and before the law go to those professions of the first team."""
    team = city.teams[0]
    open_steps = PlannedService.objects.filter(
        done_on=None,
        objective__later=False,
        objective__plan__status=PlanStatus.ADOPTED,
        objective__plan__case__in=Case.objects.filter(team=team, open=True, sealed=False),
    ).order_by("due_on", "pk")
    for compartment, roles in _WHOSE_STEPS.items():
        steps = list(
            open_steps.filter(objective__compartment=compartment).values_list("pk", flat=True)[:_STEPS]
        )
        for turn, role in enumerate(roles):
            colleague = _with_role(city, role)
            if colleague:
                mine = steps[turn :: len(roles)]
                PlannedService.objects.filter(pk__in=mine).update(worker=colleague)
    if lawyer := _with_role(city, Role.LEGAL_ADVISER):
        general = open_steps.filter(objective__compartment=Compartment.GENERAL)
        mine = [step.pk for step in general if any(word in step.text for word in _OF_LAW)][: _STEPS // 2]
        PlannedService.objects.filter(pk__in=mine).update(worker=lawyer)
