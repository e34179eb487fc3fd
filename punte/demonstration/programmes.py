"""Programmes in the demonstration: PASSUS held as its report prints it, the county's strategy reported in part."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Count, Q

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.annual_plans.models import AnnualPlan
from punte.annual_plans.queries import plans_in_force
from punte.demonstration.staff import Keeper
from punte.kernel.models import during
from punte.organizations.enums import OrganizationKind
from punte.organizations.models import Organization
from punte.people.enums import Sex
from punte.people.models import Household, Membership, PersonSeal
from punte.programmes.actions import (
    answer_recommendation,
    answer_report,
    count_indicators,
    follow_annual_plan,
    load_programme,
    open_round,
    recommend,
    report_action,
    state_need,
)
from punte.programmes.counting import extracts
from punte.programmes.enums import ActionState
from punte.programmes.models import Participation, Programme
from punte.programmes.reading import programme_folders, read_programme
from punte.territory.models import County

_OF_THE_CITY = ("passus", "protectie")
_FAMILIES, _CHILDREN, _WOMEN = 113, 49, 15
_SAID = (
    (ActionState.DONE, None, "Acțiunile planificate au avut loc.", "Proces-verbal, liste de prezență"),
    (ActionState.UNDER_WAY, 60, "Prima acțiune a avut loc; a doua este programată.", ""),
    (ActionState.LATE, 20, "Postul vacant nu s-a ocupat încă.", ""),
    (ActionState.UNDER_WAY, 40, "Am discutat cu școala și cu medicul de familie.", "Adresa 120"),
)
_NEEDS = (
    ("home_care", 30, "Vârstnici singuri în satele din deal; cel mai apropiat serviciu e la oraș."),
    ("child_day", 45, "Copii fără loc liniștit pentru teme după școală."),
)


def follow_programmes(*, keepers: Sequence[Keeper], today: dt.date) -> None:
    """Take them in, and report, by the verbs that people use; who takes part is written at once."""
    city = keepers[0]
    county = (
        Organization.objects.filter(kind=OrganizationKind.COUNTY_DIRECTORATE).order_by("created_at").first()
    )
    methodologist = User.objects.filter(appointments__role=Role.COUNTY_METHODOLOGIST).first()
    if county is None or methodologist is None:
        return
    loaded = {
        key: load_programme(
            read_programme(folder), organization=city.organization if key in _OF_THE_CITY else county
        )[0]
        for key, folder in programme_folders().items()
    }
    _passus(loaded["passus"], city)
    _strategy(loaded["strategie_cluj"], keepers, county, methodologist)
    _needs(keepers, county, methodologist, today)
    planner = planner_of(city)
    for version in plans_in_force(city.organization.pk)[:1]:
        follow_annual_plan(by=planner, plan=AnnualPlan.objects.get(pk=version.plan_id))


def count_what_is_counted(today: dt.date) -> None:
    """Count the indicators that have a query on the extract that was just made."""
    folder = next(extracts(), None)
    for programme in Programme.objects.filter(key="passus") if folder else ():
        count_indicators(programme, folder, today=today)  # type: ignore[arg-type]


def _passus(programme: Programme, city: Keeper) -> None:
    """The families, children and women of the report; the largest families first, to be more than 500 people."""
    day, worker = programme.start, city.workers[0][0]
    lives = Count("memberships", filter=during(day + dt.timedelta(days=600), "memberships__"))
    homes = Household.objects.filter(keeper=city.organization, sealed=False).annotate(people=lives)
    families = list(homes.order_by("-people", "pk")[:_FAMILIES])
    sealed = PersonSeal.objects.filter(end=None).values("person")
    members = Membership.objects.current().filter(household__in=families).exclude(person__in=sealed)
    members = (
        members.exclude(person__birth_date=None)
        .select_related("person")
        .defer("person__cnp", "person__ethnicity")
    )
    ages = [(row, row.person.age_on(day) or 0) for row in members.order_by("pk")]
    children = [row for row, age in ages if 6 <= age < 15][:_CHILDREN]
    women = [row for row, age in ages if age >= 18 and row.person.sex == Sex.FEMALE][:_WOMEN]
    common = {"programme": programme, "start": day, "end": programme.end + dt.timedelta(days=1), "by": worker}
    rows = [Participation(part="I.1", household=home, whole=home, **common) for home in families]
    for part, chosen in (("II.1", children), ("II.4", children), ("III.1", women)):
        compartment = programme.tree.by_code[part].compartment
        rows += [
            Participation(
                part=part, compartment=compartment, household_id=row.household_id, person=row.person, **common
            )
            for row in chosen
        ]
    Participation.objects.bulk_create(rows)


def _strategy(
    programme: Programme, keepers: Sequence[Keeper], county: Organization, methodologist: User
) -> None:
    work = programme.tree.work
    for at, node in enumerate(work[:40:2]):
        state, percent, narrative, evidence = _SAID[at % len(_SAID)]
        report_action(
            by=methodologist, programme=programme, node=node.code, organization=county, state=state, percent=percent,
            narrative=narrative, evidence=evidence, spent=Decimal(1500 * (at % 4)) or None,
        )  # fmt: skip
    fall = [node for node in work if node.of_uats]
    for at, keeper in enumerate(keepers[:-1]):
        for turn, node in enumerate(fall[: 9 - 2 * at]):
            state, percent, narrative, evidence = _SAID[(at + turn) % len(_SAID)]
            made = report_action(
                by=planner_of(keeper), programme=programme, node=node.code, organization=keeper.organization,
                state=state, percent=percent, narrative=narrative, evidence=evidence,
            )  # fmt: skip
            if turn == 0:
                answer_report(
                    by=methodologist, report=made, text="Mulțumim. Trimiteți și procesul-verbal, vă rugăm."
                )


def _needs(keepers: Sequence[Keeper], county: Organization, methodologist: User, today: dt.date) -> None:
    place = County.objects.get(pk=keepers[0].uat.county_id)
    asked = open_round(
        by=methodologist,
        organization=county,
        county=place,
        year=today.year + 1,
        until=today + dt.timedelta(days=30),
    )
    for at, (keeper, (kind, people, why)) in enumerate(zip(keepers[1:], _NEEDS, strict=False)):
        planner = planner_of(keeper)
        need = state_need(
            by=planner, round=asked, organization=keeper.organization, kind=kind, people=people, why=why
        )
        if at == 0:
            words = "Un serviciu comun cu comuna vecină; DGASPC ajută la dosarul de licențiere."
            need = recommend(by=methodologist, need=need, recommendation=words)
            answer_recommendation(
                by=planner, need=need, answer="De acord; supunem asocierea consiliului local."
            )


def planner_of(keeper: Keeper) -> User:
    found = User.objects.filter(
        Q(appointments__role=Role.PLANNER) | Q(appointments__role=Role.COORDINATOR),
        appointments__organization=keeper.organization,
    )
    return found.order_by("-appointments__role", "pk")[0]
