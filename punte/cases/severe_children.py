"""Why children stand on the list of those at severe risk: what was found, and at which visit."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import get_language

from punte.accounts.enums import SEALED_COMPARTMENTS
from punte.accounts.models import User
from punte.assessments.models import Finding, PackVersion
from punte.assessments.packs import pack_of
from punte.cases.rules import SEVERE_CHILD_CODE
from punte.kernel.prepared import Prepared, rounded
from punte.methodology.model import Pack
from punte.people.sight import hidden_from


@dataclass(frozen=True)
class SevereReason:
    """The visit at which children of a household were found at severe risk, and each child's age and findings.

    Of what was found about violence and abuse nothing is said here, and nothing of a child who is hidden.
    """

    assessment: UUID
    since: dt.date
    children: list[tuple[int | None, list[str]]] = field(default_factory=list)


_severe = Prepared(
    lambda homes: (
        Finding.objects.of_the_living()
        .filter(code=SEVERE_CHILD_CODE, finding_set__assessment__household__in=homes)
        .filter(finding_set__assessment__pack__sets_severity=True)
        .select_related("person", "finding_set__assessment")
        .defer("finding_set__assessment__instance", "finding_set__assessment__facts")
        .order_by(
            "finding_set__assessment__visited_on",
            "finding_set__assessment__submitted_at",
            "finding_set__created_at",
            "person__birth_date",
            "pk",
        )
    )
)


def severe_reasons(user: User, homes: Collection[UUID]) -> dict[UUID, SevereReason]:
    """The reason of each household, from the newest findings of its newest assessment (two queries)."""
    newest: dict[UUID, list[Finding]] = {}
    for row in _severe(homes=rounded(homes)):
        of_home = newest.setdefault(row.finding_set.assessment.household_id, [])
        if of_home and of_home[0].finding_set_id != row.finding_set_id:
            of_home.clear()
        of_home.append(row)
    packs = _packs({row.finding_set.pack_id for found in newest.values() for row in found})
    hidden = hidden_from(user).people
    return {home: _reason(found, packs, hidden) for home, found in newest.items()}


def _reason(found: list[Finding], packs: dict[UUID, Pack], hidden: Collection[UUID]) -> SevereReason:
    assessment = found[0].finding_set.assessment
    reason = SevereReason(assessment.pk, assessment.visited_on)
    for row in found:
        if row.person_id in hidden:
            continue
        age = row.person.age_on(assessment.visited_on) if row.person else None
        reason.children.append((age, _names(packs[row.finding_set.pack_id], row.because_of)))
    return reason


def _names(pack: Pack, codes: Collection[str]) -> list[str]:
    language = (get_language() or "ro")[:2]
    rules = [pack.rules[code] for code in codes if code in pack.rules]
    return [
        str(rule.name.get(language) or rule.name["ro"])
        for rule in rules
        if rule.compartment not in SEALED_COMPARTMENTS
    ]


def _packs(versions: Collection[UUID]) -> dict[UUID, Pack]:
    kept = PackVersion.objects.filter(pk__in=versions).defer("files").order_by("pk")
    return {version.pk: pack_of(version) for version in kept}
