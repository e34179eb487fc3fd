"""A version of a methodology tried on answers that were given: whose findings would appear and whose would go.

Nothing is kept. Compared is what the rules of the version say of the newest assessment of each household or person with
what was found in it by the newest version so far.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import duckdb
from django.utils.translation import gettext as _

from punte.assessments.findings import member_row
from punte.assessments.listed import newest_of
from punte.assessments.models import AssessedMember, Assessment, Finding, FindingSet
from punte.assessments.rows import typed
from punte.kernel.errors import DomainError
from punte.methodology.assess import Assessed, assess
from punte.methodology.model import Pack

_AT_ONCE = 500

Found = tuple[UUID | None, str]
"""Of whom, and which code; None for the household."""


@dataclass
class Trial:
    """What a version would change.

    Attributes:
        assessments: how many were tried.
        appear, go: by code, the households where a finding would appear or would be no more, once for each of whom it
            is.
        unknown: by code, how many could be decided before and no more: an answer that the version asks for is missing.
    """

    assessments: int = 0
    appear: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    go: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    unknown: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def codes(self) -> list[str]:
        """All codes of which something would change."""
        return sorted({*self.appear, *self.go, *self.unknown})


def try_version(pack: Pack, *, at_most: int | None = None) -> Trial:
    """Try a version on the newest answers of each household or person that a version of the same name asked.

    Args:
        at_most: among how many assessments, the newest of all; all of them if none is given.

    Raises:
        DomainError: an old answer is not of the type that the version asks for.
    """
    trial = Trial()
    made = Assessment.objects.filter(pack__name=pack.name)
    if at_most is not None:
        in_time = made.order_by("-visited_on", "-submitted_at", "-pk")
        made = made.filter(pk__in=list(in_time.values_list("pk", flat=True)[:at_most]))
    newest = newest_of(made)
    try:
        for start in range(0, len(newest), _AT_ONCE):
            _try_portion(pack, newest[start : start + _AT_ONCE], trial)
    except (duckdb.Error, ValueError, ArithmeticError) as unfit:
        raise DomainError(
            _("An answer given before is not of the kind that this version asks for: %(problem)s")
            % {"problem": str(unfit).splitlines()[0] if str(unfit) else type(unfit).__name__}
        ) from unfit
    return trial


def _try_portion(pack: Pack, made: Sequence[Assessment], trial: Trial) -> None:
    trial.assessments += len(made)
    kept, open_before = _kept(made)
    now, open_now = _would_be(pack, made)
    for assessment in made:
        key, home = str(assessment.pk), assessment.household_id
        before, after = kept.get(key, set()), now.get(key, set())
        for _person, code in sorted(after - before, key=str):
            trial.appear[code].append(home)
        for _person, code in sorted(before - after, key=str):
            trial.go[code].append(home)
        for _person, code in open_now.get(key, set()) - open_before.get(key, set()):
            trial.unknown[code] += 1


_ByAssessment = Mapping[str, set[Found]]


def _kept(made: Sequence[Assessment]) -> tuple[_ByAssessment, _ByAssessment]:
    """What was found in each assessment by the newest version so far, and what could not be decided."""
    sets = FindingSet.objects.filter(assessment__in=made).order_by("created_at", "pk")
    newest = {one.assessment_id: one for one in sets}
    of = {one.pk: str(assessment) for assessment, one in newest.items()}
    found: dict[str, set[Found]] = defaultdict(set)
    rows = Finding.objects.filter(finding_set__in=of).order_by("pk")
    for finding_set, person, code in rows.values_list("finding_set", "person", "code"):
        found[of[finding_set]].add((person, code))
    gaps = {
        str(assessment): {(_key(gap["person"]), gap["code"]) for gap in one.not_assessed}
        for assessment, one in newest.items()
    }
    return found, gaps


def _would_be(pack: Pack, made: Sequence[Assessment]) -> tuple[_ByAssessment, _ByAssessment]:
    """The same by the version that is tried."""
    members: dict[UUID, list[AssessedMember]] = defaultdict(list)
    for one in AssessedMember.objects.filter(assessment__in=made).order_by("pk"):
        members[one.assessment_id].append(one)
    homes = [{**_fitting(pack, one.facts, "household"), "household_id": str(one.pk)} for one in made]
    people = [member_row(pack, one, member) for one in made for member in members[one.pk]]
    assessed: Assessed = assess(pack, homes, [_known(pack, row) for row in people])
    found: dict[str, set[Found]] = defaultdict(set)
    gaps: dict[str, set[Found]] = defaultdict(set)
    for each in assessed.findings:
        found[each.household_id].add((_person(each.member_id), each.code))
    for gap in assessed.not_assessed:
        gaps[gap.household_id].add((_person(gap.member_id), gap.code))
    return found, gaps


def _fitting(pack: Pack, facts: Mapping[str, Any], table: Any) -> dict[str, Any]:
    return _known(pack, typed(pack, facts, table))


def _known(pack: Pack, row: Mapping[str, Any]) -> dict[str, Any]:
    """The answers, but for those that the version does not offer any more."""
    return dict(_offered(pack, row))


def _offered(pack: Pack, row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in row.items():
        fact = pack.facts.get(name)
        gone = fact is not None and fact.type == "choice" and value not in (None, *fact.choices)
        yield name, None if gone else value


def _person(member_id: str | None) -> UUID | None:
    return _key(member_id.rpartition("/")[2]) if member_id else None


def _key(text: str | None) -> UUID | None:
    return UUID(text) if text else None
