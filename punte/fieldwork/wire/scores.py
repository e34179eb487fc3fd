"""Scores of an assessment on the wire (`Scored` of wire-subject.ts), within what a worker reads."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import override

from punte.accounts.enums import Compartment
from punte.assessments.answers import Answer, answers_in
from punte.assessments.models import Assessment, FindingSet
from punte.assessments.packs import pack_of
from punte.methodology.model import LANGUAGES, Pack, Score

Wire = dict[str, Any]


def scores_to_wire(found: FindingSet, made: Assessment, readable: Collection[Compartment]) -> list[Wire]:
    """The scores of what was found in an assessment, each with the answers behind it; no query of its own.

    Args:
        made: the assessment, with its members read before.
    """
    pack = pack_of(found.pack)
    facts: dict[UUID | None, Any] = {None: made.facts}
    facts |= {one.person_id: one.facts for one in made.members.all()}
    rows = ((pack.scores.get(kept["name"]), kept) for kept in found.scores)
    return [
        _score(pack, score, kept, _answers(made, facts.get(_key(kept), {}), score, readable))
        for score, kept in rows
        if score is not None and score.compartment in readable
    ]


def _answers(
    made: Assessment, facts: Mapping[str, object], score: Score, readable: Collection[Compartment]
) -> dict[str, dict[str, Answer]]:
    """By language."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = answers_in(made, facts, score.table, readable=readable)
    return found


def _score(
    pack: Pack, score: Score, kept: Mapping[str, Any], said: Mapping[str, Mapping[str, Answer]]
) -> Wire:
    band = score.band_of(Decimal(kept["value"])) if kept["value"] is not None else None
    answered = [name for name in score.facts if name in said[LANGUAGES[0]]]
    return {
        "person": kept["person"],
        "label": dict(score.label),
        "band": dict(band.name) if band else None,
        "meaning": dict(band.meaning) if band else None,
        "proposal": score.is_proposal,
        "source": score.source,
        "answers": [
            {
                "question": {language: said[language][name].question for language in LANGUAGES},
                "answer": {language: said[language][name].answer for language in LANGUAGES},
            }
            for name in answered
        ],
        "missing": [dict(pack.facts[name].label) for name in kept["missing"] if name in pack.facts],
    }


def _key(kept: Mapping[str, Any]) -> UUID | None:
    return UUID(kept["person"]) if kept["person"] else None
