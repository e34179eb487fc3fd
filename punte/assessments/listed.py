"""What lists are narrowed by, made anew for a household whenever what it repeats has changed."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import QuerySet

from punte.accounts.enums import SEALED_COMPARTMENTS
from punte.assessments.packs import pack_of
from punte.assessments.rows import typed
from punte.methodology.model import Fact, Listed, Table
from punte.methodology.packs import available_packs

_AT_ONCE = 500
_LARGEST = Decimal(1_000_000_000)

Marks = Mapping[str, Mapping[str, Listed]]
"""What the packs in use list, by pack and question."""

GetModel = Callable[[str, str], Any]
"""How a model is got by room and name; a migration gives the shape that it had."""


def list_anew(households: Iterable[UUID], *, get_model: GetModel = apps.get_model) -> int:
    """Replace what lists know of households by what their newest assessments say now, some hundred at a time.

    Who lists the same household at once waits.

    Returns:
        How many households.
    """
    keys = sorted(households)
    for start in range(0, len(keys), _AT_ONCE):
        _list_portion(keys[start : start + _AT_ONCE], get_model)
    return len(keys)


def list_all_anew(*, get_model: GetModel = apps.get_model) -> int:
    """As `list_anew`, of every household that was assessed: after other answers were marked as listed."""
    assessed = get_model("assessments", "Assessment").objects.order_by()
    return list_anew(assessed.values_list("household", flat=True).distinct(), get_model=get_model)


@transaction.atomic
def _list_portion(keys: Sequence[UUID], get_model: GetModel) -> None:
    homes = get_model("people", "Household").objects.filter(pk__in=keys).order_by("pk")
    list(homes.select_for_update(of=("self",), no_key=True).values("pk"))
    facts = get_model("assessments", "ListedFact").objects
    facts.filter(household__in=keys).delete()
    assessments = get_model("assessments", "Assessment").objects
    newest = newest_of(assessments.filter(household__in=keys))
    facts.bulk_create(facts_of(newest, get_model=get_model), batch_size=_AT_ONCE)


def newest_of(assessments: QuerySet[Any]) -> list[Any]:
    """The newest of each household or person and pack among these, without what was sent."""
    by_day = assessments.order_by("visited_on", "submitted_at", "pk")
    # Migrations from before questionnaires about a person ask this too.
    about = ["person"] if hasattr(assessments.model, "person") else []
    rows = by_day.values_list("pk", "household", "pack__name", *about)
    newest = {tuple(subject): pk for pk, *subject in rows}
    kept = assessments.model._default_manager.filter(pk__in=newest.values())
    light = kept.select_related("pack", "household").defer(
        "instance", "pack__files", "household__safe_contact"
    )
    return list(light.order_by("pk"))


def facts_of(assessments: Collection[Any], *, get_model: GetModel = apps.get_model) -> list[Any]:
    """What lists know of households by these assessments, one of each subject: rows of `ListedFact`, not saved."""
    marks = {pack.name: pack.listed for pack in available_packs()}
    of = {assessment.pk: assessment for assessment in assessments}
    members = get_model("assessments", "AssessedMember").objects.filter(assessment__in=of)
    living = members.filter(person__died_on=None).order_by("pk")
    told = [
        *(fact for one in assessments for fact in _answers(one, None, one.facts, "household", marks)),
        *(
            fact
            for one in living
            for fact in _answers(of[one.assessment_id], one.person_id, one.facts, "member", marks)
        ),
        *_findings(of, get_model),
    ]
    row = get_model("assessments", "ListedFact")
    return [row(**fact) for fact in told]


def _answers(
    assessment: Any, person: UUID | None, kept: Mapping[str, Any], table: Table, marks: Marks
) -> Iterator[dict[str, Any]]:
    """What was answered of what the pack in use lists; its compartment is that of the version it was asked by."""
    pack = pack_of(assessment.pack)
    values = typed(pack, kept, table)
    for name, mark in marks.get(pack.name, {}).items():
        fact, value = pack.facts.get(name), values.get(name)
        if (
            fact is None
            or value is None
            or fact.compartment in SEALED_COMPARTMENTS
            or fact.choice_compartments
        ):
            continue
        if told := _told(fact, value, mark):
            yield _listed(assessment, person, name, fact.compartment, **told)


def _told(fact: Fact, value: Any, mark: Listed) -> dict[str, Any] | None:
    if fact.type in ("integer", "decimal"):
        # Nobody means more, and the column holds it.
        number = min(Decimal(str(value)), _LARGEST)
        over = mark.at_least and number >= min(mark.at_least)
        under = mark.at_most and number <= max(mark.at_most)
        return {"number": number} if over or under else None
    choice = {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
    return {"choice": choice} if choice in mark.choices else None


def _findings(of: Mapping[UUID, Any], get_model: GetModel) -> Iterator[dict[str, Any]]:
    """What was found, by the newest version of the methodology; codes that only describe are left out."""
    sets = (
        get_model("assessments", "FindingSet").objects.filter(assessment__in=of).order_by("created_at", "pk")
    )
    newest = dict(sets.values_list("assessment", "pk"))
    whose = {pk: of[assessment] for assessment, pk in newest.items()}
    found = get_model("assessments", "Finding").objects.filter(
        finding_set__in=whose, severity__gt=0, person__died_on=None
    )
    told = found.exclude(compartment__in=SEALED_COMPARTMENTS).order_by("pk")
    for key, person, code, compartment in told.values_list("finding_set", "person", "code", "compartment"):
        yield _listed(whose[key], person, code, compartment)


def _listed(assessment: Any, person: UUID | None, name: str, compartment: str, **told: Any) -> dict[str, Any]:
    return {
        "keeper_id": assessment.household.keeper_id,
        "household_id": assessment.household_id,
        "person_id": person,
        "assessment_id": assessment.pk,
        "name": name,
        "compartment": compartment,
        **told,
    }
