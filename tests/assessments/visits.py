"""Assessments with given answers, as they are kept after a visit, and what a plain reading of them lists."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from punte.accounts.enums import SEALED_COMPARTMENTS
from punte.accounts.models import User
from punte.assessments.findings import find
from punte.assessments.models import AssessedMember, Assessment, Finding, ListedFact
from punte.assessments.packs import current_version, pack_of
from punte.assessments.rows import plain
from punte.methodology.packs import load_pack
from punte.people.models import Household, Person

Listed = set[tuple[UUID, UUID | None, str, str, str]]


def visit(
    household: Household,
    by: User,
    people: Mapping[Person, Mapping[str, Any]],
    *,
    days_ago: int = 0,
    **home: Any,
) -> Assessment:
    """An assessment of the household with answers about it (`home`) and about each of its people."""
    version = current_version("sci")
    pack = pack_of(version)
    day = timezone.localdate() - dt.timedelta(days=days_ago)
    made = Assessment.objects.create(
        household=household, pack=version, by=by, instance_id=f"uuid:{uuid4()}", digest="", visited_on=day,
        facts=plain(pack, {"visit_date": day, **home}, "household"),
    )  # fmt: skip
    for person, facts in people.items():
        told = {"birth_date": person.birth_date, "sex": person.sex or None, **facts}
        AssessedMember.objects.create(assessment=made, person=person, facts=plain(pack, told, "member"))
    find([Assessment.objects.prefetch_related("members").get(pk=made.pk)], version=version)
    return made


def told_by(assessment: Assessment) -> Listed:
    """What a list should know of a household by one assessment, read plainly."""
    home = assessment.household_id
    rows = [(None, assessment.facts)]
    rows += [(one.person_id, one.facts) for one in assessment.members.filter(person__died_on=None)]
    told: Listed = set()
    for person, facts in rows:
        for name, mark in load_pack("sci").listed.items():
            value = facts.get(name)
            if isinstance(value, bool):
                value = "yes" if value else "no"
            if mark.choices and value in mark.choices:
                told.add((home, person, name, value, ""))
            at_least = [low for low in mark.at_least if value is not None and float(value) >= low]
            at_most = [top for top in mark.at_most if value is not None and float(value) <= top]
            if at_least or at_most:
                told.add((home, person, name, "", f"{min(float(value), 1e9):.2f}"))
    newest = assessment.finding_sets.order_by("created_at").last()
    for found in Finding.objects.filter(finding_set=newest):
        alive = found.person is None or found.person.died_on is None
        if found.severity and found.compartment not in SEALED_COMPARTMENTS and alive:
            told.add((home, found.person_id, found.code, "", ""))
    return told


def told_today() -> Listed:
    """The same of every household by its newest assessment."""
    newest: dict[UUID, Assessment] = {}
    for one in Assessment.objects.order_by("visited_on", "submitted_at", "pk"):
        newest[one.household_id] = one
    return {fact for one in newest.values() for fact in told_by(one)}


def listed_today() -> Listed:
    """What the table says; each row of it once."""
    rows = [
        (
            row.household_id,
            row.person_id,
            row.name,
            row.choice,
            "" if row.number is None else f"{row.number:.2f}",
        )
        for row in ListedFact.objects.order_by("pk")
    ]
    assert len(rows) == len(set(rows))
    return set(rows)
