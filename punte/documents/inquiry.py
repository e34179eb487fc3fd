"""The social inquiry: the situation of a household as the last assessment found it, and what its author concludes."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy, pgettext

from punte.accounts.enums import Compartment
from punte.assessments.models import AssessedMember, Assessment, Finding, FindingSet
from punte.assessments.packs import pack_of
from punte.assessments.rows import typed
from punte.cases.models import Case
from punte.documents.about_people import chapters_about_people
from punte.documents.content import (
    Asked,
    Built,
    allowed_compartments,
    built,
    held_by,
    hidden_on_papers,
    members_of,
    profession_of,
    shared_parts,
    subject_of,
    tells_of_violence,
)
from punte.documents.from_registers import Told, people_told, told_by_registers
from punte.documents.paper import (
    Chapter,
    FindingLine,
    IdentifiedMember,
    Line,
    Member,
    PersonText,
    SocialInquiry,
)
from punte.documents.purposes import SEEN, Purpose, line_key, narrowed, person_told
from punte.documents.romanian import answer_in_words, clean, listed, paragraphs, short_date
from punte.documents.templates import ChapterTemplate, PaperTemplate, answer_key
from punte.kernel.errors import DomainError
from punte.kernel.papers import LANGUAGE
from punte.methodology.explanations import explain_derived, in_sentence
from punte.methodology.model import Fact, Pack, Table
from punte.people.enums import DocumentKind
from punte.people.models import IdentityDocument, Membership, Person
from punte.registers.catalogue import definitions

_WHO_ONE_IS = (DocumentKind.IDENTITY_CARD, DocumentKind.BIRTH_CERTIFICATE)
_MOST_NAMED = 4
"""More findings behind another are not said again: each has its own line."""


def build_inquiry(case: Case, template: PaperTemplate, asked: Asked, on: dt.date) -> Built:
    """The social inquiry of a case, from the newest assessment of its household.

    Raises:
        DomainError: the household was never assessed, or the conclusions or proposals are missing.
    """
    template, asked, purpose = narrowed(template, asked)
    _require_texts(asked)
    assessment = newest_assessment(case)
    members = members_of(case)
    whom = person_told(purpose, asked, case, members)
    others = {one.person_id for one in members if whom and one.person_id != whom.pk}
    hidden = {*hidden_on_papers(case).people_in(case.household_id), *others}
    allowed = allowed_compartments(case, template, asked)
    registers = told_by_registers(
        asked.by,
        members,
        {key for part in template.chapters for key in part.registers},
        allowed=allowed,
        left_out=hidden,
    )
    situation = _Situation(
        assessment, template, allowed, members=members, left_out=hidden, said=asked.said, registers=registers
    )
    shared = shared_parts(
        case,
        template,
        asked,
        members=members,
        subject=_subject(case, members, _aim(purpose, asked), assessment.visited_on, whom),
        on=on,
        as_of=assessment.visited_on,
    )
    shared["members"] = situation.members(members, shared["members"])
    chapters = [chapter for part in template.chapters if (chapter := situation.chapter(part))]
    findings = situation.findings() if template.tells_findings else []
    of_people, used = chapters_about_people(
        case,
        members if template.about_people else (),
        allowed,
        left_out=hidden,
        minimum_severity=template.minimum_severity,
    )
    held = held_by(situation.used | used, template, asked)
    paper = SocialInquiry(
        **shared,
        grounds=_grounds(assessment, case),
        sources=_sources(asked, guarded=tells_of_violence(held)),
        chapters=[*chapters, *of_people],
        findings=findings,
        not_assessed=situation.not_assessed() if template.tells_findings else [],
        conclusions=paragraphs(asked.conclusions),
        proposals=listed(asked.proposals),
        tells_findings=template.tells_findings,
    )
    return built(paper, held, template)


def _aim(purpose: Purpose | None, asked: Asked) -> str:
    """What the inquiry is for, and what its author adds."""
    label = "" if purpose is None or purpose.choose else purpose.label
    return "; ".join(part for part in (label, clean(asked.purpose)) if part)


def _subject(
    case: Case, members: Sequence[Membership], aim: str, visited_on: dt.date, whom: Person | None
) -> list[Line]:
    subject = subject_of(case, members, on=visited_on, whom=whom)
    more = [
        (
            pgettext("paper", "Responsible for the case"),
            clean(case.responsible.name) if case.responsible else "",
        ),
        (pgettext("paper", "Purpose"), aim),
    ]
    return subject + [Line(label, value) for label, value in more if value]


def _sources(asked: Asked, *, guarded: bool) -> list[Line]:
    """Who was heard and what was seen; empty to be written by hand, but no name is asked for beside violence."""
    lines = [
        Line(pgettext("paper", "Who was heard"), clean(asked.heard)),
        Line(pgettext("paper", "Documents seen"), clean(asked.said.get(SEEN, ""))),
    ]
    return [line for line in lines if line.value] if guarded else lines


def newest_assessment(case: Case) -> Assessment:
    """The assessment that the inquiry tells.

    Raises:
        DomainError: there is none.
    """
    of_household = Assessment.objects.setting_severity().filter(household=case.household)
    found = of_household.select_related("pack", "by").first()
    if found is None:
        raise DomainError(
            gettext_lazy("The household has no assessment yet. Assess it first, then write the inquiry.")
        )
    return found


def _require_texts(asked: Asked) -> None:
    for field, written in (("conclusions", clean(asked.conclusions)), ("proposals", listed(asked.proposals))):
        if not written:
            raise DomainError(
                gettext_lazy("Write this part: the inquiry cannot be issued without it."), field=field
            )


def _grounds(assessment: Assessment, case: Case) -> str:
    """On what the inquiry stands: the visit, and who made it."""
    author = profession_of(assessment.by, case.keeper)
    return pgettext("paper", "Written on the basis of the home visit of %(day)s, made by %(who)s.") % {
        "day": short_date(assessment.visited_on),
        "who": f"{clean(assessment.by.name)}, {in_sentence(author)}" if author else clean(assessment.by.name),
    }


class _Situation:
    """One assessment, read within some compartments and without some people; keeps count of those it met."""

    def __init__(
        self,
        assessment: Assessment,
        template: PaperTemplate,
        allowed: frozenset[Compartment],
        *,
        members: Sequence[Membership],
        left_out: Collection[UUID],
        said: Mapping[str, str],
        registers: Told,
    ) -> None:
        self.members_told, self.said, self.registers = members, said, registers
        place = {one.person_id: at for at, one in enumerate(members)}
        self.template = template
        self.allowed = allowed
        self.used: set[Compartment] = set()
        self.pack: Pack = pack_of(assessment.pack)
        self.household = typed(self.pack, assessment.facts, "household")
        self.people: Sequence[AssessedMember] = sorted(
            assessment.members.exclude(person__in=left_out).select_related("person"),
            key=lambda one: (place.get(one.person_id, len(place)), str(one.person.birth_date), one.pk),
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
        of_registers = people_told(self.registers, template.registers, self.members_told)
        lines = self._lines(template)
        if not household and not member and not lines and not of_registers:
            return None
        self.used |= {
            Compartment(definitions()[key].compartment) for key in template.registers if key in self.registers
        }
        same: dict[str, list[UUID | None]] = {}
        for one in self.people:
            if text := self._told(member, typed(self.pack, one.facts, "member")):
                same.setdefault(text, []).append(one.person_id)
        people = [PersonText(self._whom(whom), text) for text, whom in same.items()]
        text = self._told(household, self.household)
        return Chapter(template.title, text, [*people, *of_registers], list(template.by_hand), lines)

    def _lines(self, template: ChapterTemplate) -> list[Line]:
        """What the author says to the lines of a chapter."""
        if not template.lines or template.compartment not in self.allowed:
            return []
        self.used.add(template.compartment)
        return [
            Line(label, clean(self.said.get(line_key(template, at), "")))
            for at, label in enumerate(template.lines)
        ]

    def _whom(self, people: Sequence[UUID | None]) -> str:
        """Whom something is said of, when it is said once of several; None is the household."""
        if len(people) > 2 and set(people) == set(self.names):
            return pgettext("paper", "All members")
        names = (self.names.get(one, "") if one else pgettext("paper", "The household") for one in people)
        return ", ".join(name for name in names if name)

    def members(self, members: Sequence[Membership], lines: Sequence[Member]) -> list[IdentifiedMember]:
        """The table of the household with the identity document, where the record has its number."""
        people = [one.person_id for one in members]
        # The later replaces the earlier: a card stands before a certificate, and a newer before an older.
        documents = IdentityDocument.objects.filter(person__in=people, kind__in=_WHO_ONE_IS).order_by(
            "kind", "expires_on", "created_at"
        )
        numbers = {one.person_id: clean(one.number) for one in documents if one.number}
        return [
            IdentifiedMember(**asdict(line), identity=numbers.get(person, ""))
            for person, line in zip(people, lines, strict=True)
        ]

    def findings(self) -> list[FindingLine]:
        """The findings that the paper needs, the most severe first, each with what is behind it, said once."""
        told: dict[tuple[str, str, int], list[UUID | None]] = {}
        for one in self.found.values():
            if self._is_needed(one) and self._may_show(one.person_id, one.code):
                told.setdefault((one.code, self._why(one), one.severity), []).append(one.person_id)
        return [
            FindingLine(
                name=self.found_by.rules[code].name[LANGUAGE],
                whom=self._whom(people),
                why=why,
                severity=_severity(severity),
            )
            for (code, why, severity), people in told.items()
        ]

    def _is_needed(self, finding: Finding) -> bool:
        template = self.template
        return finding.severity >= template.minimum_severity and finding.code not in template.left_out

    def not_assessed(self) -> list[PersonText]:
        """The questions of the chapters without an answer, that kept a rule from being applied, by person."""
        asked = {name for part in self.template.chapters for name in (*part.household, *part.member)}
        missing: dict[UUID | None, dict[str, str]] = {}
        for gap in self.finding_set.not_assessed if self.finding_set else ():
            whom = UUID(gap["person"]) if gap["person"] else None
            for name in gap["missing"]:
                fact = self.pack.facts.get(name)
                if fact and name in asked and fact.compartment in self.allowed:
                    missing.setdefault(whom, {})[name] = in_sentence(fact.label[LANGUAGE])
        same: dict[str, list[UUID | None]] = {}
        for whom, labels in missing.items():
            if whom is None or whom in self.names:
                same.setdefault("; ".join(labels.values()), []).append(whom)
        return [PersonText(self._whom(people), text) for text, people in same.items()]

    def _readable(self, names: Iterable[str], table: Table) -> list[Fact]:
        facts = (self.pack.facts[name] for name in names if name in self.pack.facts)
        return [fact for fact in facts if fact.table == table and fact.compartment in self.allowed]

    def _told(self, facts: Iterable[Fact], row: Mapping[str, Any]) -> str:
        """The answers of one row in sentences."""
        return " ".join(self._sentences(facts, row))

    def _sentences(self, facts: Iterable[Fact], row: Mapping[str, Any]) -> Iterable[str]:
        for fact in facts:
            value = row.get(fact.name)
            home = Compartment(fact.choice_compartments.get(str(value), fact.compartment))
            if value is None or home not in self.allowed:
                continue
            self.used |= {Compartment(fact.compartment), home}
            words = self.template.sentences.get(fact.table, {}).get(fact.name, {})
            answer = in_sentence(answer_in_words(fact, value))
            said = words.get(answer_key(value)) or words.get("any") or f"{fact.label[LANGUAGE]}: {{answer}}."
            yield said.replace("{answer}", answer)

    def _may_show(self, person: UUID | None, code: str) -> bool:
        """Whether a finding may stand on the paper.

        A derived finding may rest on others that the paper does not show. Those are not named, and where it rests on
        nothing else, it would itself tell of them.
        """
        finding = self.found.get((person, code)) or self.found.get((None, code))
        if finding is None or finding.compartment not in self.allowed:
            return False
        return not finding.because_of or any(self._may_show(person, behind) for behind in finding.because_of)

    def _why(self, finding: Finding) -> str:
        """What is behind a finding; of a derived one, the findings of the paper, by name where they are few."""
        self.used.add(Compartment(self.found_by.rules[finding.code].compartment))
        if not finding.because_of:
            return clean(finding.explanation[LANGUAGE])
        named = [code for code in finding.because_of if self._stands(finding.person_id, code)]
        if len(named) > _MOST_NAMED:
            return pgettext("paper", "it follows from the other findings on this paper")
        self.used |= {Compartment(self.found_by.rules[code].compartment) for code in named}
        return clean(explain_derived(self.found_by, finding.code, named, LANGUAGE))

    def _stands(self, person: UUID | None, code: str) -> bool:
        """Whether a finding of somebody, or of the household, stands on the paper."""
        finding = self.found.get((person, code)) or self.found.get((None, code))
        return finding is not None and self._is_needed(finding) and self._may_show(person, code)


def _severity(severity: int) -> str:
    return {
        1: pgettext("paper", "to be watched"),
        2: pgettext("paper", "moderate"),
        3: pgettext("paper", "severe"),
    }.get(severity, "")
