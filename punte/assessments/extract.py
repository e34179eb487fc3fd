"""The tables of an extract: what questionnaires besides that of the household say of people, and their scores."""

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from punte.accounts.enums import SEALED_COMPARTMENTS
from punte.assessments.models import AssessedMember, Assessment, FindingSet
from punte.assessments.packs import pack_of
from punte.kernel.extracts import PORTION, Pseudonyms, Table, month_of
from punte.methodology.model import Fact

_ABOUT = dict.fromkeys(("household", "person", "keeper", "questionnaire", "methodology", "month"), "VARCHAR")
_ASKED = frozenset({"yesno", "choice", "integer", "decimal"})


def tables(as_of: dt.date | None) -> Sequence[Table]:
    """The answers and the scores of the newest questionnaire of each person and kind, by its month.

    Answers of closed compartments and texts are left out, and so is what is said of the dead.

    Args:
        as_of: a day after which no visit counts.
    """
    answer = {
        "question": "VARCHAR",
        "answer": "VARCHAR",
        "number": "DECIMAL(18, 4)",
        "compartment": "VARCHAR",
    }
    score = {"score": "VARCHAR", "value": "DECIMAL(18, 4)", "band": "VARCHAR", "compartment": "VARCHAR"}
    return (
        Table("person_answers", _ABOUT | answer, partial(_answers, as_of)),
        Table("person_scores", _ABOUT | score, partial(_scores, as_of)),
    )


def _newest(as_of: dt.date | None, moment: dt.datetime) -> set[UUID]:
    made = Assessment.objects.filter(person__isnull=False, person__died_on=None, submitted_at__lte=moment)
    if as_of:
        made = made.filter(visited_on__lte=as_of)
    in_time = made.order_by("visited_on", "submitted_at", "pk")
    rows = in_time.values_list("person", "pack__name", "pk")
    return set({(person, pack): pk for person, pack, pk in rows}.values())


def _portions(as_of: dt.date | None, moment: dt.datetime) -> Iterator[QuerySet[Any]]:
    keys = sorted(_newest(as_of, moment))
    for start in range(0, len(keys), PORTION):
        portion = Assessment.objects.filter(pk__in=keys[start : start + PORTION])
        yield portion.select_related("pack", "household").defer("instance", "pack__files").order_by()


def _about(one: Assessment, pseudonyms: Pseudonyms) -> tuple[str, ...]:
    return (
        pseudonyms.of("household", one.household_id),
        pseudonyms.of("person", one.person_id),
        pseudonyms.of("organization", one.household.keeper_id),
        one.pack.name,
        one.pack.version,
        month_of(one.visited_on),
    )


def _answers(as_of: dt.date | None, pseudonyms: Pseudonyms, moment: dt.datetime) -> Iterator[tuple[Any, ...]]:
    for portion in _portions(as_of, moment):
        of = {one.pk: one for one in portion}
        for member in AssessedMember.objects.filter(assessment__in=of).order_by():
            made = of[member.assessment_id]
            for fact in pack_of(made.pack).facts_of("member"):
                value = member.facts.get(fact.name)
                if fact.type in _ASKED and value is not None and fact.compartment not in SEALED_COMPARTMENTS:
                    yield (*_about(made, pseudonyms), fact.name, *_told(fact, value), fact.compartment)


def _told(fact: Fact, value: Any) -> tuple[str, str | None]:
    """The answer as a word or as a number."""
    if fact.type in ("integer", "decimal"):
        return "", str(value)
    return ("yes" if value else "no") if fact.type == "yesno" else str(value), None


def _scores(as_of: dt.date | None, pseudonyms: Pseudonyms, moment: dt.datetime) -> Iterator[tuple[Any, ...]]:
    for portion in _portions(as_of, moment):
        of = {one.pk: one for one in portion}
        sets = FindingSet.objects.filter(assessment__in=of, created_at__lte=moment).order_by(
            "created_at", "pk"
        )
        newest = {one.assessment_id: one for one in sets.select_related("pack").defer("pack__files")}
        for key, found in newest.items():
            scores = pack_of(found.pack).scores
            for kept in found.scores:
                score = scores.get(kept["name"])
                if score is None or kept["value"] is None or score.compartment in SEALED_COMPARTMENTS:
                    continue
                band = score.band_of(Decimal(kept["value"])).name["ro"]
                yield (*_about(of[key], pseudonyms), score.name, kept["value"], band, score.compartment)
