"""The rows behind the bundles of many households, read at once: a number of queries that does not grow with them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import F, Model, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from punte.accounts.enums import Compartment
from punte.accounts.models import User
from punte.assessments.models import AssessedMember, Assessment, Finding, FindingSet
from punte.cases.enums import PlanStatus
from punte.cases.models import Case, CaseDeadline, Intervention, Objective, Plan, PlannedService, Visit
from punte.devices.models import Device
from punte.fieldwork.pull import scope
from punte.kernel.prepared import Prepared, rounded
from punte.people.asked import Asked
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
        members = hidden_from(device.owner).as_seen(members_of(device.owner, households=keys))
        cases = scope.cases(device.owner, households=keys)
        return cls(
            members=_by(members, lambda row: row.household_id),
            cases=_by(cases, lambda row: row.household_id),
            deadlines=_by(deadlines_of(cases=rounded([case.pk for case in cases])), lambda row: row.case_id),
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
        case_keys = rounded([case.pk for case in cases])
        homes = rounded([household.pk for household in households])
        last = last_of(households=homes)
        _read_of(last, "members", assessed_of(assessments=_keys(last)), lambda row: row.assessment_id)
        newest = {found.assessment_id: found for found in reversed(sets_of(assessments=_keys(last)))}
        findings = findings_of(sets=_keys(newest.values()))
        plans = plans_of(cases=case_keys)
        objectives = objectives_of(plans=_keys(plans))
        _read_of(objectives, "steps", steps_of(objectives=_keys(objectives)), lambda row: row.objective_id)
        _read_of(plans, "objectives", objectives, lambda row: row.plan_id)
        done = interventions_of(cases=case_keys, readable=readable_of(device))
        return cls(
            readable=compartments_of_each(device.owner, households),
            last=_by(last, lambda row: row.household_id),
            sets=_by(newest.values(), lambda row: row.assessment_id),
            findings=_by(findings, lambda row: row.finding_set_id),
            plans=_by(plans, lambda row: row.case_id),
            interventions=_by(done, lambda row: row.case_id),
            visits=_by(planned_visits_of(households=homes, cases=case_keys), lambda row: row.household_id),
        )


def _by(rows: Iterable[Row], key: Callable[[Row], Key]) -> Mapping[Key, Sequence[Row]]:
    grouped: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[key(row)].append(row)
    return grouped


def _keys(rows: Iterable[Model]) -> list[UUID]:
    return rounded([row.pk for row in rows])


def _read_of(rows: Iterable[Any], name: str, others: Iterable[Row], key: Callable[[Row], UUID]) -> None:
    """Let each of the rows have those of the others that are of it, as if Django had prefetched them."""
    each = _by(others, key)
    for row in rows:
        known = getattr(row, name).all()
        known._result_cache, known._prefetch_done = list(each.get(row.pk, ())), True
        row._prefetched_objects_cache = {**getattr(row, "_prefetched_objects_cache", {}), name: known}


def _members(worker: User, households: Keys) -> QuerySet[Membership]:
    living: QuerySet[Membership] = hidden_from(worker).living().filter(household__in=households)
    return living.select_related("person").order_by("start", "id")


def _deadlines(cases: Keys) -> QuerySet[CaseDeadline]:
    return CaseDeadline.objects.not_met().filter(case__in=cases).order_by("due_on", "rule", "id")


def _last(households: Keys) -> QuerySet[Assessment]:
    place = Window(
        RowNumber(),
        partition_by=[F("household"), F("person"), F("pack__name")],
        order_by=[F("visited_on").desc(), F("submitted_at").desc(), F("id").desc()],
    )
    found = Assessment.objects.filter(household__in=households).annotate(place=place).filter(place=1)
    return found.defer("instance", "pack__files", *_OF_SIGN_IN).select_related("pack", "by").order_by("id")


def _sets(assessments: Keys) -> QuerySet[FindingSet]:
    found = FindingSet.objects.filter(assessment__in=assessments).select_related("pack")
    return found.defer("pack__files").order_by("-created_at", "-id")


def _findings(sets: Keys) -> QuerySet[Finding]:
    return Finding.objects.filter(finding_set__in=sets).of_the_living().order_by("-severity", "code", "id")


def _planned_visits(households: Keys, cases: Keys) -> QuerySet[Visit]:
    of_case = Q(case__in=cases) | Q(case=None)
    planned = Visit.objects.planned().filter(of_case, household__in=households).select_related("who")
    return planned.defer("who__password", "who__last_login").in_order()


def _plans(cases: Keys) -> QuerySet[Plan]:
    plans = Plan.objects.filter(case__in=cases, status__in=(PlanStatus.DRAFT, PlanStatus.ADOPTED))
    return plans.order_by("version", "id")


def _interventions(cases: Keys, readable: Collection[str]) -> QuerySet[Intervention]:
    place = Window(RowNumber(), partition_by=F("case"), order_by=[F("at").desc(), F("id").desc()])
    found = Intervention.objects.filter(case__in=cases, compartment__in=readable).annotate(place=place)
    newest = found.filter(place__lte=NEWEST).select_related("by").defer(*_OF_SIGN_IN)
    return newest.order_by("-at", "-id")


def readable_of(device: Device) -> list[str]:
    """The parts of the record that the worker's roles read anywhere."""
    return sorted(map(str, device.owner.standing.every_compartment()))


members_of = Asked(_members)
"""Who lives in the households, as far as the worker may know."""

deadlines_of = Prepared(_deadlines)
"""The terms of the cases that are not met."""

last_of = Prepared(_last)
"""The newest assessment of each pack and household or person; the questionnaire that was sent stays where it is."""

assessed_of = Prepared(
    lambda assessments: AssessedMember.objects.filter(assessment__in=assessments).order_by("id")
)
"""Of whom the assessments are."""

sets_of = Prepared(_sets)
"""What was found in the assessments, the newest first."""

findings_of = Prepared(_findings)
"""The findings of the sets, of who lives."""

planned_visits_of = Prepared(_planned_visits)
"""The visits that are planned in these households: in these cases, and those of before there was one."""

plans_of = Prepared(_plans)
"""The plans of the cases that are in force or still written."""

objectives_of = Prepared(lambda plans: Objective.objects.filter(plan__in=plans).order_by("position", "id"))
"""What the plans are to reach."""

steps_of = Prepared(
    lambda objectives: PlannedService.objects.filter(objective__in=objectives).order_by("position", "id")
)
"""What is to be done for it."""

interventions_of = Prepared(_interventions)
"""The newest interventions of each case, of these parts of the record."""
