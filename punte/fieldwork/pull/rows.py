"""The rows behind the bundles of many households, read at once: a number of queries that does not grow with them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import F, OuterRef, Prefetch, Subquery, Window
from django.db.models.functions import RowNumber

from punte.accounts.enums import Compartment
from punte.assessments.models import AssessedMember, Assessment, Finding, FindingSet
from punte.cases.enums import PlanStatus
from punte.cases.models import Case, CaseDeadline, Intervention, Objective, Plan, PlannedService
from punte.devices.models import Device
from punte.fieldwork.pull.scope import cases_offline
from punte.people.compartments import compartments_of_each
from punte.people.models import Household, Membership
from punte.people.sight import hidden_from

NEWEST = 20
"""How many interventions of a case go into its household's bundle."""

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
        hidden = hidden_from(device.owner)
        members = hidden.living().filter(household__in=keys).select_related("person")
        cases = cases_offline(device, keys)
        deadlines = CaseDeadline.objects.not_met().filter(case__in=[case.pk for case in cases])
        return cls(
            members=_by(hidden.as_seen(members.order_by("start", "id")), lambda row: row.household_id),
            cases=_by(cases, lambda row: row.household_id),
            deadlines=_by(deadlines.order_by("due_on", "rule", "id"), lambda row: row.case_id),
        )


@dataclass(frozen=True)
class BundleRows:
    """The rest of what a household's bundle says, within what the worker reads."""

    readable: Mapping[UUID, frozenset[Compartment]]
    last: Mapping[UUID, Assessment]
    sets: Mapping[UUID, Sequence[FindingSet]]
    findings: Mapping[UUID, Sequence[Finding]]
    plans: Mapping[UUID, Sequence[Plan]]
    interventions: Mapping[UUID, Sequence[Intervention]]

    @classmethod
    def read(cls, device: Device, households: Collection[Household], cases: Iterable[Case]) -> "BundleRows":
        """Of these households and cases; ten queries at most."""
        case_keys = [case.pk for case in cases]
        last = _last_of(households)
        sets = (
            FindingSet.objects.filter(assessment__in=list(last))
            .select_related("pack")
            .defer("pack__files")
            .order_by("-created_at", "-id")
        )
        newest = {found.assessment_id: found for found in reversed(sets)}
        sets_now = [found.pk for found in newest.values()]
        findings = Finding.objects.filter(finding_set__in=sets_now).of_the_living()
        return cls(
            readable=compartments_of_each(device.owner, households),
            last={assessment.household_id: assessment for assessment in last.values()},
            sets=_by(newest.values(), lambda row: row.assessment_id),
            findings=_by(findings.order_by("-severity", "code", "id"), lambda row: row.finding_set_id),
            plans=_by(_plans_of(case_keys), lambda row: row.case_id),
            interventions=_by(_newest_of(case_keys, device), lambda row: row.case_id),
        )


def _by(rows: Iterable[Row], key: Callable[[Row], Key]) -> Mapping[Key, Sequence[Row]]:
    grouped: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[key(row)].append(row)
    return grouped


def _last_of(households: Collection[Household]) -> dict[UUID, Assessment]:
    """The newest assessment of each household, by its key; the questionnaire as it was sent stays where it is."""
    of_household = Assessment.objects.filter(household=OuterRef("pk")).order_by(
        "-visited_on", "-submitted_at"
    )
    keys = [household.pk for household in households]
    newest = Household.objects.filter(pk__in=keys).annotate(last=Subquery(of_household.values("pk")[:1]))
    members = Prefetch("members", queryset=AssessedMember.objects.order_by("id"))
    found = Assessment.objects.filter(pk__in=newest.order_by().values("last")).defer(
        "instance", "pack__files"
    )
    return {each.pk: each for each in found.select_related("pack", "by").prefetch_related(members)}


def _plans_of(cases: Sequence[UUID]) -> Iterable[Plan]:
    steps = Prefetch("steps", queryset=PlannedService.objects.order_by("position", "id"))
    objectives = Prefetch(
        "objectives", queryset=Objective.objects.order_by("position", "id").prefetch_related(steps)
    )
    plans = Plan.objects.filter(case__in=cases, status__in=(PlanStatus.DRAFT, PlanStatus.ADOPTED))
    return plans.order_by("version", "id").prefetch_related(objectives)


def _newest_of(cases: Sequence[UUID], device: Device) -> Iterable[Intervention]:
    """The newest interventions of each case, of the parts of the record that the worker's roles read anywhere."""
    readable = device.owner.standing.every_compartment()
    place = Window(RowNumber(), partition_by=F("case"), order_by=[F("at").desc(), F("id").desc()])
    found = Intervention.objects.filter(case__in=cases, compartment__in=readable).annotate(place=place)
    return found.filter(place__lte=NEWEST).select_related("by").order_by("-at", "-id")
