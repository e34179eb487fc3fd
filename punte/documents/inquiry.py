"""The social inquiry: the situation of a household as the last assessment found it, and what its author concludes."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy, pgettext

from punte.accounts.enums import Compartment
from punte.assessments.models import AssessedMember, Assessment, Finding, FindingSet
from punte.assessments.packs import pack_of
from punte.assessments.rows import typed
from punte.cases.models import Case
from punte.documents.content import (
    Asked,
    Built,
    allowed_compartments,
    hidden_on_papers,
    members_of,
    profession_of,
    shared_parts,
    subject_of,
)
from punte.documents.paper import Chapter, FindingLine, Line, PersonText, SocialInquiry
from punte.documents.romanian import answer_in_words, clean, long_date, paragraphs
from punte.documents.templates import ChapterTemplate, PaperTemplate
from punte.kernel.errors import DomainError
from punte.kernel.papers import LANGUAGE
from punte.methodology.explanations import explain_derived, in_sentence
from punte.methodology.model import Fact, Pack, Table


def build_inquiry(case: Case, template: PaperTemplate, asked: Asked, on: dt.date) -> Built:
    """The social inquiry of a case, from the newest assessment of its household.

    Raises:
        DomainError: the household was never assessed, or the conclusions or proposals are missing.
    """
    _require_texts(asked)
    assessment = newest_assessment(case)
    hidden = hidden_on_papers(case).people_in(case.household_id)
    situation = _Situation(assessment, allowed_compartments(case, template, asked), left_out=hidden)
    chapters = [chapter for part in template.chapters if (chapter := situation.chapter(part))]
    findings = situation.findings(template)
    not_assessed = situation.not_assessed(template)
    members = members_of(case)
    subject = subject_of(case, members)
    if asked.purpose.strip():
        subject.append(Line(pgettext("paper", "Purpose"), clean(asked.purpose)))
    paper = SocialInquiry(
        **shared_parts(case, template, asked.by, members=members, subject=subject, on=on),
        grounds=_grounds(assessment, case),
        chapters=chapters,
        findings=findings,
        not_assessed=not_assessed,
        conclusions=paragraphs(asked.conclusions),
        proposals=paragraphs(asked.proposals),
    )
    return Built(paper, frozenset(situation.used | {Compartment.GENERAL}))


def newest_assessment(case: Case) -> Assessment:
    """The assessment that the inquiry tells.

    Raises:
        DomainError: there is none.
    """
    found = Assessment.objects.filter(household=case.household).select_related("pack", "by").first()
    if found is None:
        raise DomainError(
            gettext_lazy("The household has no assessment yet. Assess it first, then write the inquiry.")
        )
    return found


def _require_texts(asked: Asked) -> None:
    for field, text in (("conclusions", asked.conclusions), ("proposals", asked.proposals)):
        if not clean(text):
            raise DomainError(
                gettext_lazy("Write this part: the inquiry cannot be issued without it."), field=field
            )


def _grounds(assessment: Assessment, case: Case) -> str:
    """On what the inquiry stands: the visit, and who made it."""
    author = profession_of(assessment.by, case.keeper)
    return pgettext("paper", "Written on the basis of the home visit of %(day)s, made by %(who)s.") % {
        "day": long_date(assessment.visited_on),
        "who": f"{clean(assessment.by.name)}, {in_sentence(author)}" if author else clean(assessment.by.name),
    }


class _Situation:
    """One assessment, read within some compartments and without some people; keeps count of those it met."""

    def __init__(
        self, assessment: Assessment, allowed: frozenset[Compartment], *, left_out: Collection[UUID]
    ) -> None:
        self.allowed = allowed
        self.used: set[Compartment] = set()
        self.pack: Pack = pack_of(assessment.pack)
        self.household = typed(self.pack, assessment.facts, "household")
        self.people: Sequence[AssessedMember] = sorted(
            assessment.members.exclude(person__in=left_out).select_related("person"),
            key=lambda one: (str(one.person.birth_date), one.pk),
        )
        self.names = {one.person_id: clean(str(one.person)) for one in self.people}
        self.finding_set: FindingSet | None = assessment.finding_sets.select_related("pack").first()
        self.found_by: Pack = pack_of(self.finding_set.pack) if self.finding_set else self.pack
        rows = self.finding_set.findings.exclude(person__in=left_out) if self.finding_set else ()
        self.found: dict[tuple[UUID | None, str], Finding] = {(one.person_id, one.code): one for one in rows}

    def chapter(self, template: ChapterTemplate) -> Chapter | None:
        """A chapter, or nothing where all of it lies outside the compartments."""
        household = self._readable(template.household, "household")
        member = self._readable(template.member, "member")
        if not household and not member:
            return None
        lines = [Line(label, value) for label, value in self._answers(household, self.household)]
        people = [
            PersonText(self.names[one.person_id], text)
            for one in self.people
            if (text := self._told(member, one))
        ]
        return Chapter(template.title, lines, people)

    def findings(self, template: PaperTemplate) -> list[FindingLine]:
        """The findings that the paper needs, the most severe first, each with what is behind it."""
        needed = [one for one in self.found.values() if one.severity >= template.minimum_severity]
        return [
            self._told_finding(one)
            for one in needed
            if one.code not in template.left_out and self._may_show(one.person_id, one.code)
        ]

    def not_assessed(self, template: PaperTemplate) -> list[PersonText]:
        """The questions of the chapters without an answer, that kept a rule from being applied, by person."""
        asked = {name for part in template.chapters for name in (*part.household, *part.member)}
        missing: dict[str, dict[str, str]] = {}
        for gap in self.finding_set.not_assessed if self.finding_set else ():
            whom = (
                self.names.get(UUID(gap["person"]), "")
                if gap["person"]
                else pgettext("paper", "The household")
            )
            for name in gap["missing"]:
                fact = self.pack.facts.get(name)
                if fact and name in asked and fact.compartment in self.allowed:
                    missing.setdefault(whom, {})[name] = in_sentence(fact.label[LANGUAGE])
        return [PersonText(whom, "; ".join(labels.values())) for whom, labels in missing.items() if whom]

    def _readable(self, names: Iterable[str], table: Table) -> list[Fact]:
        facts = (self.pack.facts[name] for name in names if name in self.pack.facts)
        return [fact for fact in facts if fact.table == table and fact.compartment in self.allowed]

    def _answers(self, facts: Iterable[Fact], row: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        for fact in facts:
            value = row.get(fact.name)
            home = Compartment(fact.choice_compartments.get(str(value), fact.compartment))
            if value is None or home not in self.allowed:
                continue
            self.used |= {Compartment(fact.compartment), home}
            yield fact.label[LANGUAGE], in_sentence(answer_in_words(fact, value))

    def _told(self, facts: Iterable[Fact], member: AssessedMember) -> str:
        row = typed(self.pack, member.facts, "member")
        return "; ".join(f"{in_sentence(label)}: {value}" for label, value in self._answers(facts, row))

    def _may_show(self, person: UUID | None, code: str) -> bool:
        """Whether a finding may stand on the paper.

        A derived finding may rest on others that the paper does not show. Those are not named, and where it rests on
        nothing else, it would itself tell of them.
        """
        finding = self.found.get((person, code)) or self.found.get((None, code))
        if finding is None or finding.compartment not in self.allowed:
            return False
        return not finding.because_of or any(self._may_show(person, behind) for behind in finding.because_of)

    def _told_finding(self, finding: Finding) -> FindingLine:
        rule = self.found_by.rules[finding.code]
        why = finding.explanation[LANGUAGE]
        named = [code for code in finding.because_of if self._may_show(finding.person_id, code)]
        if finding.because_of:
            why = explain_derived(self.found_by, finding.code, named, LANGUAGE)
        self.used |= {Compartment(self.found_by.rules[code].compartment) for code in (finding.code, *named)}
        return FindingLine(
            name=rule.name[LANGUAGE],
            whom=self.names.get(finding.person_id, "")
            if finding.person_id
            else pgettext("paper", "The household"),
            why=clean(why),
            severity=_severity(finding.severity),
        )


def _severity(severity: int) -> str:
    return {
        1: pgettext("paper", "to be watched"),
        2: pgettext("paper", "moderate"),
        3: pgettext("paper", "severe"),
    }.get(severity, "")
