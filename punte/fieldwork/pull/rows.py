"""The rows behind the bundles of many households, read at once: a number of queries that does not grow with them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from punte.accounts.enums import Compartment
from punte.assessments.models import AssessedMember, Assessment, Finding, FindingSet
from punte.cases.enums import PlanStatus
from punte.cases.models import Case, CaseDeadline, Intervention, Objective, Plan, PlannedService, Visit
from punte.devices.models import Device
from punte.fieldwork.pull.scope import cases_offline
from punte.people.compartments import compartments_of_each
from punte.people.models import Household, Membership
from punte.people.sight import hidden_from

NEWEST = 20
"""How many interventions of a case go into its household's bundle."""

# Of a colleague only the name goes down, and nothing changes because they sign in.
_OF_SIGN_IN = ("by__password", "by__last_login")

Keys = Collection[UUID]
Row = TypeVar("Row")
Key = TypeVar("Key")


@dataclass(frozen=True)
class CaseloadRows:
    """Who lives in each household, its open cases, and the terms of each case: what a list shows."""

    members: Mapping[UUID, Sequence[Membership]]
    cases: Mapping[UUID, Sequence[Case]]
    deadlines: Mapping[UUID, Sequence[CaseDeadline]]

    @classmethod
    def read(cls, device: Device, households: Collection[Household]) -> "CaseloadRows":
        """Of these households; three queries."""
        keys = [household.pk for household in households]
        members = hidden_from(device.owner).as_seen(members_of(device, keys))
        cases = list(cases_offline(device, keys))
        return cls(
            members=_by(members, lambda row: row.household_id),
            cases=_by(cases, lambda row: row.household_id),
            deadlines=_by(deadlines_of([case.pk for case in cases]), lambda row: row.case_id),
        )


@dataclass(frozen=True)
class BundleRows:
    """The rest of what a household's bundle says, within what the worker reads."""

    readable: Mapping[UUID, frozenset[Compartment]]
    last: Mapping[UUID, Sequence[Assessment]]
    sets: Mapping[UUID, Sequence[FindingSet]]
    findings: Mapping[UUID, Sequence[Finding]]
    plans: Mapping[UUID, Sequence[Plan]]
    interventions: Mapping[UUID, Sequence[Intervention]]
    visits: Mapping[UUID, Sequence[Visit]]

    @classmethod
    def read(cls, device: Device, households: Collection[Household], cases: Iterable[Case]) -> "BundleRows":
        """Of these households and cases; eleven queries at most."""
        case_keys = [case.pk for case in cases]
        members = Prefetch("members", queryset=AssessedMember.objects.order_by("id"))
        homes = [household.pk for household in households]
        last = list(last_of(homes).prefetch_related(members))
        sets = sets_of([assessment.pk for assessment in last])
        newest = {found.assessment_id: found for found in reversed(sets)}
        findings = findings_of([found.pk for found in newest.values()])
        steps = Prefetch("steps", queryset=PlannedService.objects.order_by("position", "id"))
        objectives = Objective.objects.order_by("position", "id").prefetch_related(steps)
        plans = plans_of(case_keys).prefetch_related(Prefetch("objectives", queryset=objectives))
        return cls(
            readable=compartments_of_each(device.owner, households),
            last=_by(last, lambda row: row.household_id),
            sets=_by(newest.values(), lambda row: row.assessment_id),
            findings=_by(findings, lambda row: row.finding_set_id),
            plans=_by(plans, lambda row: row.case_id),
            interventions=_by(interventions_of(case_keys, device), lambda row: row.case_id),
            visits=_by(planned_visits_of(homes, case_keys), lambda row: row.household_id),
        )


def _by(rows: Iterable[Row], key: Callable[[Row], Key]) -> Mapping[Key, Sequence[Row]]:
    grouped: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[key(row)].append(row)
    return grouped


def members_of(device: Device, households: Keys) -> QuerySet[Membership]:
    """Who lives in the households, as far as the worker may know."""
    living: QuerySet[Membership] = hidden_from(device.owner).living().filter(household__in=households)
    return living.select_related("person").order_by("start", "id")


def deadlines_of(cases: Keys) -> QuerySet[CaseDeadline]:
    """The terms of the cases that are not met."""
    return CaseDeadline.objects.not_met().filter(case__in=cases).order_by("due_on", "rule", "id")


def last_of(households: Keys) -> QuerySet[Assessment]:
    """The newest assessment of each pack and household or person; the questionnaire that was sent stays where it is."""
    place = Window(
        RowNumber(),
        partition_by=[F("household"), F("person"), F("pack__name")],
        order_by=[F("visited_on").desc(), F("submitted_at").desc(), F("id").desc()],
    )
    found = Assessment.objects.filter(household__in=households).annotate(place=place).filter(place=1)
    return found.defer("instance", "pack__files", *_OF_SIGN_IN).select_related("pack", "by").order_by("id")


def sets_of(assessments: Keys) -> QuerySet[FindingSet]:
    """What was found in the assessments, the newest first."""
    found = FindingSet.objects.filter(assessment__in=assessments).select_related("pack")
    return found.defer("pack__files").order_by("-created_at", "-id")


def findings_of(sets: Keys) -> QuerySet[Finding]:
    """The findings of the sets, of who lives."""
    return Finding.objects.filter(finding_set__in=sets).of_the_living().order_by("-severity", "code", "id")


def planned_visits_of(households: Keys, cases: Keys) -> QuerySet[Visit]:
    """The visits that are planned in these households: in these cases, and those of before there was one."""
    of_case = Q(case__in=cases) | Q(case=None)
    planned = Visit.objects.planned().filter(of_case, household__in=households).select_related("who")
    return planned.defer("who__password", "who__last_login").in_order()


def plans_of(cases: Keys) -> QuerySet[Plan]:
    """The plans of the cases that are in force or still written."""
    plans = Plan.objects.filter(case__in=cases, status__in=(PlanStatus.DRAFT, PlanStatus.ADOPTED))
    return plans.order_by("version", "id")


def interventions_of(cases: Keys, device: Device) -> QuerySet[Intervention]:
    """The newest interventions of each case, of the parts of the record that the worker's roles read anywhere."""
    readable = sorted(device.owner.standing.every_compartment())
    place = Window(RowNumber(), partition_by=F("case"), order_by=[F("at").desc(), F("id").desc()])
    found = Intervention.objects.filter(case__in=cases, compartment__in=readable).annotate(place=place)
    newest = found.filter(place__lte=NEWEST).select_related("by").defer(*_OF_SIGN_IN)
    return newest.order_by("-at", "-id")
