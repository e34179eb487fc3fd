"""Older people of the city who were asked how they manage, and one questionnaire that is still being filled."""

import datetime as dt
import random
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from punte.assessments.actions import start_assessment, submit_assessment
from punte.assessments.packs import current_version, pack_of
from punte.cases.actions import follow_assessment
from punte.cases.models import Case
from punte.demonstration.staff import Keeper
from punte.methodology.forms import instance_for
from punte.methodology.model import Pack
from punte.people.models import Membership
from punte.people.rules import born_between

_ASKED = 12
_PACK = "older_person"
_BASIC = ("washing", "dressing", "eating", "continence", "getting_up", "walking")
_TASKS = ("cooking", "housework", "shopping", "money", "treatment", "phone", "transport", "leisure")
_ALONE = {**dict.fromkeys((*_BASIC, *_TASKS), "alone"), "mind": "clear"}

_HOW_THEY_MANAGE: tuple[Mapping[str, Any], ...] = (
    {**_ALONE, "helper": "family", "help_often": "weekly", "contact": "daily", "lonely": "never"},
    {**_ALONE, "shopping": "help", "transport": "cannot", "helper": "neighbour", "help_often": "weekly",
     "contact": "weekly", "lonely": "sometimes", "fall_risks": True},
    {**_ALONE, "cooking": "cannot", "washing": "help", "housework": "cannot", "helper": "nobody",
     "contact": "seldom", "lonely": "often", "fell": True, "shut_in": True},
    {**_ALONE, "getting_up": "help", "walking": "help", "washing": "help", "dressing": "help", "cooking": "cannot",
     "helper": "family", "help_often": "daily", "contact": "daily", "lonely": "sometimes", "fell": True},
    {**_ALONE, "mind": "lost", "money": "cannot", "treatment": "cannot", "cooking": "cannot",
     "helper": "family", "help_often": "weekly", "contact": "weekly", "money_taken": True},
    {"getting_up": "cannot", "walking": "cannot", "washing": "cannot", "helper": "family", "help_often": "daily",
     "contact": "weekly", "fire_risk": True},
)  # fmt: skip


def ask_older_people(city: Keeper, chance: random.Random, today: dt.date) -> None:
    """Let workers of open cases ask people of 65 or over who live there; the last of them is begun alone."""
    pack = pack_of(current_version(_PACK))
    asked = _older(city, pack, today)[:_ASKED]
    for turn, (case, lived) in enumerate(asked[:-1]):
        worker = case.responsible
        facts = _HOW_THEY_MANAGE[turn % len(_HOW_THEY_MANAGE)]
        day = max(lived.start, today - dt.timedelta(days=chance.randint(1, 60)))
        made = submit_assessment(
            by=worker, household=case.household, instance=_filled(pack, case, lived.person_id, facts, day)
        )
        follow_assessment(by=worker, assessment=made)
    for case, lived in asked[-1:]:
        start_assessment(by=case.responsible, household=case.household, pack_name=_PACK, person=lived.person)


def _older(city: Keeper, pack: Pack, today: dt.date) -> list[tuple[Any, Membership]]:
    """Who is of the age at which it is put forward, one of each open case that is not sealed."""
    _earliest, latest = born_between(pack.offered_from_age, None, on=today)
    cases = Case.objects.filter(
        keeper=city.organization, open=True, sealed=False, household__sealed=False, responsible__isnull=False
    )
    homes = {
        case.household_id: case
        for case in cases.select_related("responsible", "household").order_by("-year", "-number")
    }
    living = Membership.objects.current().filter(
        household__in=homes, person__seals=None, person__died_on=None
    )
    older = living.filter(person__birth_date__lte=latest).order_by("person__birth_date", "pk")
    first: dict[UUID, Membership] = {}
    for lived in older.select_related("person"):
        first.setdefault(lived.household_id, lived)
    return [(case, first[home]) for home, case in homes.items() if home in first]


def _filled(pack: Pack, case: Any, person: UUID, facts: Mapping[str, Any], day: dt.date) -> bytes:
    told = {**facts, "member_id": str(person), "alone_now": True}
    known = {"household_id": str(case.household_id)}
    # The identifier follows from whom it is about, so that the same year is made each time.
    return instance_for(pack, known, [told], f"uuid:{UUID(int=person.int ^ 1)}", visit_date=day).encode()
