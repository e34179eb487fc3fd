"""From facts to findings that are kept."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from punte.assessments.listed import list_anew
from punte.assessments.models import AssessedMember, Assessment, Finding, FindingSet, PackVersion
from punte.assessments.packs import pack_of
from punte.assessments.precomputed import assess_one
from punte.assessments.rows import typed
from punte.kernel.in_bulk import add
from punte.methodology.assess import Assessed, assess
from punte.methodology.model import Pack


def find(
    assessments: Sequence[Assessment],
    *,
    version: PackVersion,
    members: Mapping[UUID, Sequence[AssessedMember]] | None = None,
    precomputed: Mapping[str, Assessed] | None = None,
) -> list[FindingSet]:
    """Compute and keep, with one pack version, a finding set for each of the assessments; lists are narrowed by it.

    Args:
        assessments: with their members prefetched; all of the same pack.
        members: those of each assessment, where they are at hand.
        precomputed: what `assessments.precomputed` worked out ahead of it.

    Returns:
        The new sets, in the order of the assessments.
    """
    pack = pack_of(version)
    households, people = [], []
    for assessment in assessments:
        households.append({**typed(pack, assessment.facts, "household"), "household_id": str(assessment.pk)})
        there = members[assessment.pk] if members else assessment.members.all()
        people += [member_row(pack, assessment, member) for member in there]
    alone = len(households) == 1
    if alone:
        found = assess_one(pack, households[0], people, precomputed=precomputed or {})
    else:
        found = assess(pack, households, people)
    sets = _keep(found, assessments, version, pack)
    list_anew({assessment.household_id for assessment in assessments})
    return sets


def member_row(pack: Pack, assessment: Assessment, member: AssessedMember) -> dict[str, Any]:
    """The facts about one person of an assessment as the rules take them, the assessment standing for the household."""
    facts = typed(pack, member.facts, "member")
    return {**facts, "household_id": str(assessment.pk), "member_id": f"{assessment.pk}/{member.person_id}"}


def _keep(
    assessed: Assessed, assessments: Sequence[Assessment], version: PackVersion, pack: Pack
) -> list[FindingSet]:
    gaps: dict[str, list[dict[str, Any]]] = {}
    for gap in assessed.not_assessed:
        gaps.setdefault(gap.household_id, []).append(
            {"person": _person(gap.member_id), "code": gap.code, "missing": list(gap.missing)}
        )
    scores: dict[str, list[dict[str, Any]]] = {}
    for one in assessed.scores:
        value = None if one.value is None else str(one.value)
        scores.setdefault(one.household_id, []).append(
            {"person": _person(one.member_id), "name": one.name, "value": value, "missing": list(one.missing)}
        )
    sets = {
        str(assessment.pk): FindingSet(
            assessment=assessment,
            pack=version,
            not_assessed=gaps.get(str(assessment.pk), []),
            scores=scores.get(str(assessment.pk), []),
        )
        for assessment in assessments
    }
    add(*sets.values())
    add(
        *(
            Finding(
                finding_set=sets[found.household_id],
                person_id=_person(found.member_id),
                code=found.code,
                severity=found.severity,
                dimension=pack.rules[found.code].dimension,
                compartment=pack.rules[found.code].compartment,
                explanation=dict(found.explanation),
                because_of=list(found.because_of),
            )
            for found in assessed.findings
        )
    )
    return list(sets.values())


def _person(member_id: str | None) -> str | None:
    return member_id.rpartition("/")[2] if member_id else None


def by_person(findings: Iterable[Finding]) -> Mapping[UUID | None, list[Finding]]:
    """Findings grouped by whose they are; those of the household under None."""
    grouped: dict[UUID | None, list[Finding]] = {}
    for finding in findings:
        grouped.setdefault(finding.person_id, []).append(finding)
    return grouped
