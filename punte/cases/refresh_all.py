"""Bring everything that is kept beside the cases in step at once, after rows were brought in without the verbs.

For loads of many thousand rows (a migration from another system, the demonstration); not a verb, it changes nothing
that a person decided.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from punte.assessments.models import Finding, FindingSet
from punte.cases.actions.refresh_deadlines import ASKED_OF_CASES, refresh_deadlines_of
from punte.cases.approvals import held_severities
from punte.cases.models import Case, Responsibility, SevereChild
from punte.cases.refresh import keep_severity
from punte.cases.rules import SEVERE_CHILD_CODE, worst
from punte.cases.severity import keep_severities
from punte.kernel.collecting import uncollected
from punte.kernel.prepared import Prepared, rounded
from punte.people.models import Household

_BATCH = 500
_FOLLOWED_UP = dt.timedelta(days=800)
"""How long after its closing a case may still have terms."""
Item = TypeVar("Item")


def refresh_everything() -> None:
    """Make responsible workers, severities, children at severe risk and terms say what the rows beneath them say."""
    last = Responsibility.objects.filter(case=OuterRef("pk")).order_by("-start", "-id")
    Case.objects.filter(open=True).update(responsible=Subquery(last.current().values("user")[:1]))
    Case.objects.filter(open=False).update(responsible=Subquery(last.values("user")[:1]))
    SevereChild.objects.all().delete()
    for households in _batches(Household.objects.order_by("pk").values_list("pk", "keeper").iterator()):
        _refresh_households(dict(households))
    for cases in _batches(Case.objects.order_by("pk").iterator()):
        refresh_deadlines_of(cases)


def refresh_terms() -> int:
    """Make the terms of all cases that may still have any say what is so today; each batch for itself.

    Time alone moves terms: one that comes again has its next time, a child grows up, a rule was switched on.

    Returns:
        how many cases there are of which that is so.
    """
    long_closed = Case.objects.filter(open=False).exclude(
        episodes__end__gte=timezone.localdate() - _FOLLOWED_UP
    )
    followed = Case.objects.exclude(pk__in=long_closed.values("pk"))
    keys = list(followed.order_by("pk").values_list("pk", flat=True))
    for batch in _batches(keys):
        with uncollected(), transaction.atomic():
            refresh_deadlines_of(_cases(keys=rounded(batch)))
    return len(keys)


_cases = Prepared(
    lambda keys: Case.objects.filter(pk__in=keys).only(*ASKED_OF_CASES).select_for_update(no_key=True)
)


def _refresh_households(keepers: dict[UUID, UUID]) -> None:
    latest = _latest_sets(list(keepers))
    found: dict[UUID, list[tuple[UUID | None, str, int]]] = {}
    rows = Finding.objects.filter(finding_set__in=list(latest.values())).of_the_living()
    household_of = {finding_set.pk: household for household, finding_set in latest.items()}
    for finding_set, *finding in rows.values_list("finding_set", "person", "code", "severity"):
        found.setdefault(household_of[finding_set], []).append(tuple(finding))  # type: ignore[arg-type]
    cases = list(Case.objects.filter(household__in=keepers))
    held = held_severities(cases)
    for case in cases:
        own = [
            row
            for row in found.get(case.household_id, [])
            if case.person_id in (None, row[0]) or row[0] is None
        ]
        case.severity = worst(severity for _, _, severity in own)
        case.severe_child = any(code == SEVERE_CHILD_CODE for _, code, _ in own)
        if (last := latest.get(case.household_id)) and (waits := held.get((case.pk, last.assessment_id))):
            keep_severity(case, waits.severity or 0, severe_child=waits.severe_child)
    keep_severities(cases, found_by={home: one.assessment for home, one in latest.items()})
    covered = {case.household_id for case in cases if case.open}
    SevereChild.objects.bulk_create(
        SevereChild(
            household_id=household,
            keeper_id=keepers[household],
            since=latest[household].assessment.visited_on,
            covered=household in covered,
        )
        for household, findings in found.items()
        if any(code == SEVERE_CHILD_CODE for _, code, _ in findings)
    )


def _latest_sets(households: Sequence[UUID]) -> dict[UUID, FindingSet]:
    sets = (
        FindingSet.objects.filter(assessment__household__in=households, assessment__pack__sets_severity=True)
        .select_related("assessment")
        .defer("assessment__instance", "assessment__facts", "not_assessed")
        .order_by("assessment__visited_on", "assessment__submitted_at", "created_at")
    )
    return {row.assessment.household_id: row for row in sets}


def _batches(rows: Iterable[Item]) -> Iterator[list[Item]]:
    rows = iter(rows)
    while batch := list(islice(rows, _BATCH)):
        yield batch
