"""Findings as a person reads them: by whose they are, then by dimension."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from uuid import UUID

from django.utils.translation import get_language

from punte.accounts.enums import Compartment
from punte.assessments.answers import Answer, answers_in
from punte.assessments.findings import by_person
from punte.assessments.models import Assessment, Finding, FindingSet
from punte.assessments.packs import pack_of
from punte.methodology.explanations import explain_derived
from punte.methodology.model import Pack, Table
from punte.people.models import Person


@dataclass(frozen=True)
class FindingLine:
    """One finding in the reader's language."""

    code: str
    name: str
    because: str
    severity: int
    is_new: bool


@dataclass(frozen=True)
class Dimension:
    """The findings of one dimension of life."""

    name: str
    lines: Sequence[FindingLine]


@dataclass(frozen=True)
class Subject:
    """The household (`person` is None) or one member, with what was found."""

    person: Person | None
    dimensions: Sequence[Dimension]
    described: Sequence[FindingLine]
    worst: int


@dataclass(frozen=True)
class Gap:
    """What could not be established, and the questions without an answer behind it."""

    person: Person | None
    name: str
    questions: Sequence[str]


@dataclass(frozen=True)
class Change:
    """A finding that was not there the last time, or that no longer holds."""

    person: Person | None
    name: str


@dataclass
class Report:
    """All that the findings page says."""

    subjects: list[Subject] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    appeared: list[Change] = field(default_factory=list)
    gone: list[Change] = field(default_factory=list)
    counts: dict[int, int] = field(default_factory=dict)


def report(
    made: FindingSet,
    *,
    people: Sequence[Person],
    before: FindingSet | None,
    readable: Collection[Compartment],
) -> Report:
    """What the reader may see of a finding set, against the set before it."""
    return _Reporter(made, people, readable).report(before)


class _Reporter:
    def __init__(self, made: FindingSet, people: Sequence[Person], readable: Collection[Compartment]) -> None:
        self.made = made
        self.pack: Pack = pack_of(made.pack)
        self.people = {person.pk: person for person in people}
        self.readable = readable
        self.language = "en" if get_language() == "en" else "ro"

    def report(self, before: FindingSet | None) -> Report:
        findings = list(self.made.findings.within(self.readable))
        old = list(before.findings.within(self.readable)) if before else []
        known = {(one.person_id, one.code) for one in old} if before else None
        now = {(one.person_id, one.code) for one in findings}
        made = Report(gaps=self._gaps())
        grouped = by_person(findings)
        order = [None, *self.people]
        made.subjects = sorted(
            (self._subject(key, grouped[key], known) for key in order if key in grouped),
            key=lambda subject: (subject.person is not None and subject.worst < 3, -subject.worst),
        )
        made.counts = {level: sum(one.severity == level for one in findings) for level in (3, 2, 1)}
        if known is not None:
            made.appeared = [
                self._change(one)
                for one in findings
                if one.severity and (one.person_id, one.code) not in known
            ]
            made.gone = [
                self._change(one) for one in old if one.severity and (one.person_id, one.code) not in now
            ]
        return made

    def _subject(
        self, key: UUID | None, findings: list[Finding], known: Collection[tuple[UUID | None, str]] | None
    ) -> Subject:
        calls = sorted(
            (one for one in findings if one.severity), key=lambda one: (one.dimension, -one.severity)
        )
        dimensions = [
            Dimension(self._dimension(name), [self._line(one, known) for one in group])
            for name, group in groupby(calls, key=lambda one: one.dimension)
        ]
        dimensions.sort(key=lambda dimension: -max(line.severity for line in dimension.lines))
        return Subject(
            person=self.people.get(key) if key else None,
            dimensions=dimensions,
            described=[self._line(one, known) for one in findings if not one.severity],
            worst=max(one.severity for one in findings),
        )

    def _line(self, finding: Finding, known: Collection[tuple[UUID | None, str]] | None) -> FindingLine:
        return FindingLine(
            code=finding.code,
            name=self._name(finding.code),
            because=self._because(finding),
            severity=finding.severity,
            is_new=known is not None and (finding.person_id, finding.code) not in known,
        )

    def _because(self, finding: Finding) -> str:
        """The answers behind a finding; for one derived from others, those that the reader may see."""
        if not finding.because_of:
            return str(finding.explanation.get(self.language, ""))
        readable = [code for code in finding.because_of if self.pack.rules[code].compartment in self.readable]
        return explain_derived(self.pack, finding.code, readable, self.language)

    def _gaps(self) -> list[Gap]:
        gaps = []
        for gap in self.made.not_assessed:
            rule = self.pack.rules.get(gap["code"])
            if rule is None or rule.compartment not in self.readable:
                continue
            person = next((one for key, one in self.people.items() if str(key) == gap["person"]), None)
            questions = [
                self.pack.facts[name].label[self.language]
                for name in gap["missing"]
                if name in self.pack.facts and self.pack.facts[name].compartment in self.readable
            ]
            gaps.append(Gap(person, rule.name[self.language], questions))
        return gaps

    def _change(self, finding: Finding) -> Change:
        return Change(
            self.people.get(finding.person_id) if finding.person_id else None, self._name(finding.code)
        )

    def _name(self, code: str) -> str:
        rule = self.pack.rules.get(code)
        return rule.name[self.language] if rule else code

    def _dimension(self, key: str) -> str:
        return self.pack.dimensions[key][self.language] if key in self.pack.dimensions else key


def answers(
    assessment: Assessment,
    *,
    people: Sequence[tuple[Person, dict[str, object]]],
    readable: Collection[Compartment],
) -> list[tuple[Person | None, list[Answer]]]:
    """Questions and answers of the household, then of each member, within the compartments the reader may see."""

    def answers(facts: dict[str, object], table: Table) -> list[Answer]:
        return list(answers_in(assessment, facts, table, readable=readable).values())

    return [
        (None, answers(assessment.facts, "household")),
        *((person, answers(facts, "member")) for person, facts in people),
    ]
