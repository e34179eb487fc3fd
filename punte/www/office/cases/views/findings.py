"""What was found in a household, put in words for the page of its case."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.utils.translation import get_language

from punte.accounts.enums import Compartment
from punte.assessments.models import Finding, FindingSet, PackVersion
from punte.assessments.packs import pack_of
from punte.methodology.explanations import explain_derived
from punte.methodology.model import Pack
from punte.people.models import Person
from punte.people.sight import hidden_from
from punte.www.frame.case_page import CasePage

_AT_ONCE = 8


@dataclass(frozen=True)
class ShownFinding:
    """A finding with its name and the sentence that explains it."""

    code: str
    name: str
    why: str
    severity: int
    compartment: str
    person: Person | None


@dataclass(frozen=True)
class ShownGap:
    """A code that could not be decided, and whose."""

    name: str
    whose: Person | None


@dataclass(frozen=True)
class Findings:
    """The newest finding set of a household, within the compartments that an account reads."""

    finding_set: FindingSet
    shown: Sequence[ShownFinding]
    gaps: Sequence[ShownGap]

    @property
    def first(self) -> Sequence[ShownFinding]:
        """The worst, as many as are read at once."""
        return self.shown[:_AT_ONCE]

    @property
    def rest(self) -> Sequence[ShownFinding]:
        """Those after the first."""
        return self.shown[_AT_ONCE:]

    def marks(self) -> dict[UUID, tuple[int, int]]:
        """For each person with findings: the worst severity, and how many there are of it."""
        worst: dict[UUID, tuple[int, int]] = {}
        for finding in self.shown:
            if finding.person is None or not finding.severity:
                continue
            severity, count = worst.get(finding.person.pk, (0, 0))
            if finding.severity > severity:
                worst[finding.person.pk] = (finding.severity, 1)
            elif finding.severity == severity:
                worst[finding.person.pk] = (severity, count + 1)
        return worst


def newest_findings(page: CasePage) -> Findings | None:
    """The findings of the newest assessment by the newest pack version; None before the first assessment.

    Codes of severity 0 only describe and are left out; so is what is said of somebody whom a seal hides there.
    """
    household, compartments = page.case.household_id, page.compartments
    newest = (
        FindingSet.objects.filter(assessment__household=household)
        .order_by("-assessment__visited_on", "-assessment__submitted_at", "-created_at")
        .select_related("assessment")
        .defer("assessment__instance", "assessment__facts")
        .first()
    )
    if newest is None:
        return None
    rows = (
        Finding.objects.within(compartments)
        .known_to(page.user, household)
        .of_the_living()
        .filter(finding_set=newest, severity__gt=0)
        .select_related("person")
    )
    pack = _pack(newest.pack_id)
    shown = [_shown(pack, row, compartments) for row in rows]
    hidden = hidden_from(page.user).people_in(household)
    gaps = [
        gap for gap in _gaps(pack, newest, compartments) if gap.whose is None or gap.whose.pk not in hidden
    ]
    return Findings(newest, shown, gaps)


def name_of(found: FindingSet, code: str) -> str:
    """What a code of a finding set is called, in the language of the page."""
    rule = _pack(found.pack_id).rules.get(code)
    return _in_language(rule.name) if rule else code


def _shown(pack: Pack, row: Finding, compartments: Collection[Compartment]) -> ShownFinding:
    rule = pack.rules.get(row.code)
    return ShownFinding(
        code=row.code,
        name=_in_language(rule.name) if rule else row.code,
        why=_why(pack, row, compartments),
        severity=row.severity,
        compartment=row.compartment,
        person=row.person,
    )


def _why(pack: Pack, row: Finding, compartments: Collection[Compartment]) -> str:
    """The answers behind a finding; of those behind a derived one, only those that the reader may see are named."""
    if not row.because_of:
        return _in_language(row.explanation)
    readable = [code for code in row.because_of if pack.rules[code].compartment in compartments]
    return explain_derived(pack, row.code, readable, (get_language() or "ro")[:2])


def _gaps(pack: Pack, found: FindingSet, compartments: Collection[Compartment]) -> list[ShownGap]:
    read = [
        (rule, UUID(gap["person"]) if gap.get("person") else None)
        for gap in found.not_assessed
        if (rule := pack.rules.get(gap["code"])) and rule.severity and rule.compartment in compartments
    ]
    people = Person.objects.in_bulk({key for _rule, key in read if key})
    return [ShownGap(_in_language(rule.name), people.get(key) if key else None) for rule, key in read]


def _in_language(text: object) -> str:
    if not isinstance(text, dict) and not hasattr(text, "get"):
        return str(text)
    language = (get_language() or "ro")[:2]
    return str(text.get(language) or text.get("ro") or "")  # type: ignore[attr-defined]


@lru_cache(maxsize=32)
def _pack(version_id: UUID) -> Pack:
    """The pack of a version; a version never changes."""
    return pack_of(PackVersion.objects.get(pk=version_id))
