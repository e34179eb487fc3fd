"""Scores of an assessment as one account reads them, each with the answers behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from punte.accounts.models import User
from punte.assessments.answers import Answer, answers_in
from punte.assessments.models import FindingSet
from punte.assessments.packs import pack_of
from punte.methodology.model import Pack, Score
from punte.people.compartments import compartments_of
from punte.people.models import Person
from punte.people.sight import hidden_from
from punte.www.frame.findings import in_language


@dataclass(frozen=True)
class ShownScore:
    """A score in words; without a band where answers are missing, which are then named.

    Attributes:
        proposal: whether its bands are still to be confirmed.
    """

    label: str
    whose: Person | None
    band: str
    meaning: str
    proposal: bool
    source: str
    answers: Sequence[Answer]
    missing: Sequence[str]


def scores_of(user: User, found: FindingSet) -> list[ShownScore]:
    """The scores of a finding set, within the compartments that the account reads; of nobody whom a seal hides."""
    if not found.scores:
        return []
    pack, assessment = pack_of(found.pack), found.assessment
    readable = compartments_of(user, assessment.household)
    hidden = hidden_from(user).people_in(assessment.household_id)
    members = {one.person_id: one for one in assessment.members.select_related("person")}
    shown = []
    for kept in found.scores:
        score, key = pack.scores.get(kept["name"]), _key(kept)
        if score is None or score.compartment not in readable or key in hidden:
            continue
        member = members.get(key) if key else None
        facts = member.facts if member else assessment.facts
        answers = answers_in(assessment, facts, score.table, readable=readable)
        shown.append(_shown(pack, score, kept, member.person if member else None, answers))
    return shown


def _shown(
    pack: Pack, score: Score, kept: Mapping[str, Any], person: Person | None, answers: Mapping[str, Answer]
) -> ShownScore:
    band = score.band_of(Decimal(kept["value"])) if kept["value"] is not None else None
    return ShownScore(
        label=in_language(score.label),
        whose=person,
        band=in_language(band.name) if band else "",
        meaning=in_language(band.meaning) if band else "",
        proposal=score.is_proposal,
        source=score.source,
        answers=[answers[name] for name in score.facts if name in answers],
        missing=[in_language(pack.facts[name].label) for name in kept["missing"] if name in pack.facts],
    )


def _key(kept: Mapping[str, Any]) -> UUID | None:
    return UUID(kept["person"]) if kept["person"] else None
