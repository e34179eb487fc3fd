"""What questionnaires about one person say on the paper of a household: scores with their bands, and findings."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import pgettext

from punte.accounts.enums import Compartment
from punte.assessments.models import AssessedMember, Assessment, FindingSet
from punte.assessments.packs import pack_of
from punte.assessments.rows import typed
from punte.cases.models import Case
from punte.documents.paper import Chapter, PersonText
from punte.documents.romanian import answer_in_words, clean, short_date
from punte.kernel.papers import LANGUAGE
from punte.methodology.explanations import explain_derived, in_sentence
from punte.methodology.model import Pack, Score
from punte.people.models import Membership


def chapters_about_people(
    case: Case,
    members: Sequence[Membership],
    allowed: frozenset[Compartment],
    *,
    left_out: Collection[UUID],
    minimum_severity: int,
) -> tuple[list[Chapter], set[Compartment]]:
    """One chapter for each kind of questionnaire, of the newest of each member; and the compartments that they tell of.

    Args:
        allowed: the compartments that the paper may tell of; a questionnaire that opens with another is left out.
        left_out: the people of whom it tells nothing.
        minimum_severity: of the findings that it names.
    """
    used: set[Compartment] = set()
    told: dict[str, list[PersonText]] = {}
    shown = [one for one in members if one.person_id not in left_out]
    newest = _newest(case, [one.person_id for one in shown])
    for membership in shown:
        for made in newest.get(membership.person_id, ()):
            pack = pack_of(made.pack)
            if Compartment(pack.opens_with) not in allowed:
                continue
            sentences = _Told(made, pack, allowed, used).sentences(minimum_severity)
            text = PersonText(clean(str(membership.person)), " ".join(sentences))
            told.setdefault(pack.title[LANGUAGE], []).append(text)
    return [Chapter(title, "", people) for title, people in told.items()], used


def _newest(case: Case, people: Sequence[UUID]) -> Mapping[UUID, list[Assessment]]:
    """Of each person the newest of each kind of questionnaire, by its name."""
    made = Assessment.objects.filter(household=case.household_id, person__in=people).select_related("pack")
    newest: dict[tuple[str, UUID], Assessment] = {}
    for one in made.order_by("-visited_on", "-submitted_at", "-pk"):
        if one.person_id:
            newest.setdefault((one.pack.name, one.person_id), one)
    of: dict[UUID, list[Assessment]] = {}
    for (_name, person), one in sorted(newest.items(), key=lambda item: item[0][0]):
        of.setdefault(person, []).append(one)
    return of


class _Told:
    """One questionnaire about a person, within some compartments; keeps count of those it met."""

    def __init__(
        self, made: Assessment, pack: Pack, allowed: frozenset[Compartment], used: set[Compartment]
    ) -> None:
        self.made = made
        self.pack = pack
        self.allowed = allowed
        self.used = used
        self.found: FindingSet | None = made.finding_sets.select_related("pack").first()
        member = AssessedMember.objects.filter(assessment=made, person=made.person_id).first()
        self.answers: Mapping[str, Any] = typed(pack, member.facts, "member") if member else {}

    def sentences(self, minimum_severity: int) -> Iterator[str]:
        yield pgettext("paper", "Visit of %(day)s.") % {"day": short_date(self.made.visited_on)}
        for kept in self.found.scores if self.found else ():
            score = self.pack.scores.get(kept["name"])
            if score and self._may_tell(score.compartment):
                yield self._scored(score, kept["value"])
        if findings := "; ".join(self._findings(minimum_severity)):
            yield pgettext("paper", "It was found: %(what)s.") % {"what": findings}

    def _may_tell(self, compartment: str) -> bool:
        if Compartment(compartment) not in self.allowed:
            return False
        self.used.add(Compartment(compartment))
        return True

    def _scored(self, score: Score, value: str | None) -> str:
        label = score.label[LANGUAGE]
        if value is None:
            return pgettext("paper", "%(score)s: not known, as answers are missing.") % {"score": label}
        band = score.band_of(Decimal(value))
        said = f"{label}: {band.name[LANGUAGE]}, {band.meaning[LANGUAGE]}"
        if score.is_proposal:
            said += pgettext("paper", " (by the proposed bands; the commission decides the degree)")
        behind = "; ".join(self._behind(score))
        if behind:
            said += pgettext("paper", ", from the answers: %(answers)s") % {"answers": behind}
        return f"{said}."

    def _behind(self, score: Score) -> Iterator[str]:
        """The answers that are not the first that is offered: those that weigh."""
        for name in score.facts:
            fact, value = self.pack.facts[name], self.answers.get(name)
            if value is None or (fact.choices and value == next(iter(fact.choices))):
                continue
            if self._may_tell(fact.compartment):
                yield f"{in_sentence(fact.label[LANGUAGE])}: {in_sentence(answer_in_words(fact, value))}"

    def _findings(self, minimum_severity: int) -> Iterator[str]:
        if self.found is None:
            return
        by = pack_of(self.found.pack)
        for one in self.found.findings.filter(severity__gte=max(minimum_severity, 1)):
            if not self._may_tell(one.compartment):
                continue
            readable = [
                code for code in one.because_of if Compartment(by.rules[code].compartment) in self.allowed
            ]
            why = (
                explain_derived(by, one.code, readable, LANGUAGE)
                if one.because_of
                else one.explanation[LANGUAGE]
            )
            yield f"{in_sentence(by.rules[one.code].name[LANGUAGE])} ({clean(why)})"
