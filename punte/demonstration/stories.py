"""A few things that chance does not bring: a sealed case, an emergency opening, a questionnaire begun."""

import datetime as dt
from collections.abc import Sequence

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.assessments.actions import start_assessment
from punte.assessments.models import Finding
from punte.cases.actions import add_team_member, seal_case
from punte.cases.models import Case
from punte.demonstration.staff import Keeper
from punte.people.actions import open_in_emergency
from punte.people.models import Household

_SEALED_AT_MOST = 3


def tell(*, keepers: Sequence[Keeper], today: dt.date) -> None:
    """Add the stories, by the same verbs that people use."""
    city = keepers[0]
    _seal(city)
    _emergency(city)
    _begun(city)


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
        Household.objects.filter(keeper=city.organization, sealed=False, assessments=None, cases=None)
        .order_by("pk")
        .first()
    )
    if household:
        start_assessment(by=worker, household=household)


def _with_role(keeper: Keeper, role: Role) -> User | None:
    return (
        User.objects.filter(appointments__organization=keeper.organization, appointments__role=role)
        .order_by("pk")
        .first()
    )
