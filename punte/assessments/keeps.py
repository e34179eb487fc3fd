"""What assessments keep of somebody, and what a file for their own request tells of it."""

from collections.abc import Collection, Sequence
from typing import Any

from django.utils.translation import get_language, pgettext, pgettext_lazy

from punte.accounts.guests import Told
from punte.accounts.models import User
from punte.assessments.models import AssessedMember, Finding
from punte.assessments.packs import pack_of
from punte.methodology.errors import MethodologyError
from punte.people.keeps import REPEATS, TELLS_OF_OTHERS, day, kept_with_file
from punte.people.models import Person
from punte.people.sight import hidden_from


def _visits(user: User, person: Person, _compartments: Collection[str]) -> Sequence[Told]:
    rows = AssessedMember.objects.filter(person=person).exclude(**_hidden("assessment__", user))
    return [
        {
            pgettext("own file", "Visit of"): day(row.assessment.visited_on),
            pgettext("own file", "Questionnaire"): str(row.assessment.pack),
        }
        for row in rows.select_related("assessment__pack")
        .defer("assessment__instance", "assessment__pack__files")
        .order_by("assessment__visited_on", "pk")
    ]


def _findings(user: User, person: Person, compartments: Collection[str]) -> Sequence[Told]:
    rows = Finding.objects.filter(person=person, compartment__in=compartments)
    rows = rows.exclude(**_hidden("finding_set__assessment__", user))
    found = rows.select_related("finding_set__assessment", "finding_set__pack").defer(
        "finding_set__pack__files", "finding_set__assessment__instance"
    )
    return [
        {
            pgettext("own file", "Visit of"): day(row.finding_set.assessment.visited_on),
            pgettext("own file", "What"): _called(row),
            pgettext("own file", "Severity"): str(row.severity),
            pgettext("own file", "By the rules of"): str(row.finding_set.pack),
        }
        for row in found.order_by("finding_set__assessment__visited_on", "pk")
    ]


def _called(finding: Finding) -> str:
    """What was found, in words, with its code; the code alone where its rules cannot be read any more."""
    try:
        rule = pack_of(finding.finding_set.pack).rules.get(finding.code)
    except (MethodologyError, OSError):
        rule = None
    if rule is None:
        return finding.code
    name: Any = rule.name
    words = name if isinstance(name, str) else name.get(get_language() or "ro") or name["ro"]
    return f"{words} ({finding.code})"


def _hidden(path: str, user: User) -> dict[str, list[object]]:
    """Where it may not be known that a sealed person lives."""
    return {f"{path}household__in": list(hidden_from(user).lodgings)}


KEEPS = (
    kept_with_file(
        pgettext_lazy("own file", "Assessments"), "assessments.AssessedMember", told_to=_visits, plain=True
    ),
    kept_with_file(
        pgettext_lazy("own file", "What was found"),
        "assessments.Finding",
        "assessments.FindingSet",
        told_to=_findings,
        plain=True,
    ),
    kept_with_file(
        pgettext_lazy("own file", "Questionnaires of households"),
        "assessments.Assessment",
        "assessments.AssessmentDraft",
        why_not=TELLS_OF_OTHERS,
    ),
    kept_with_file(pgettext_lazy("own file", "Index of answers"), "assessments.ListedFact", why_not=REPEATS),
)
