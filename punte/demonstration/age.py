"""Invented stories of school, age and disability: a few children, adults and older people, each some way along."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from punte.cases.models import Case
from punte.demonstration.staff import Keeper
from punte.people.models import Membership, Person
from punte.people.rules import completed_years
from punte.registers.actions import add_entry, move_entry

_SCHOOL_CHILDREN = 6
_OLDER = 4
_ADULTS = 6
_MONTHS = 3
_HOLIDAYS = (7, 8)
_UNEXCUSED = (0, 2, 14, 5, 0, 22, 3, 1)
_TASKS = (["meals", "house"], ["hygiene", "medicine"], ["shopping", "company"])


@dataclass(frozen=True)
class _Step:
    """A step of a story: what was done, on which day, and what was said with it."""

    move: str
    on: dt.date
    given: Mapping[str, Any]


def write_stories(*, city: Keeper, today: dt.date) -> None:
    """Write them by the same verbs that people use, of cases that no seal hides."""
    lived = list(_living(city))
    schooled = [one for one in lived if 7 <= _age(one.person, today) <= 17]
    older = [one for one in lived if _age(one.person, today) >= 65]
    adults = [one for one in lived if 20 <= _age(one.person, today) < 60]
    for number, one in enumerate(schooled[:_SCHOOL_CHILDREN]):
        _at_school(one, today, number)
    for number, one in enumerate(older[:_OLDER]):
        _growing_old(one, today, number)
    for number, one in enumerate(adults[:_ADULTS]):
        _with_a_disability(one, today, number)
    for one in schooled[_SCHOOL_CHILDREN : _SCHOOL_CHILDREN + 2]:
        _child_with_a_grade(one, today)


@dataclass(frozen=True)
class _Lived:
    case: Case
    person: Person


def _living(city: Keeper) -> Iterator[_Lived]:
    """The people of open cases, from the newest case on."""
    cases = Case.objects.filter(
        keeper=city.organization, open=True, sealed=False, responsible__isnull=False, person=None
    )
    homes = {
        case.household_id: case for case in cases.select_related("responsible").order_by("year", "number")
    }
    living = Membership.objects.current().filter(
        household__in=homes, household__sealed=False, person__seals=None, person__died_on=None
    )
    rows = living.exclude(person__birth_date=None).select_related("person", "person__keeper")
    of: dict[Any, list[Person]] = {}
    for row in rows.order_by("person__birth_date", "pk"):
        of.setdefault(row.household_id, []).append(row.person)
    for home in reversed(homes):
        for person in of.get(home, ()):
            yield _Lived(homes[home], person)


def _age(person: Person, today: dt.date) -> int:
    assert person.birth_date is not None
    return completed_years(person.birth_date, on=today)


def _told(
    one: _Lived, register: str, start: dt.date, given: Mapping[str, Any], *steps: _Step, state: str = ""
) -> None:
    """An entry about somebody with the steps that followed."""
    worker = one.case.responsible
    assert worker is not None
    entry = add_entry(
        by=worker,
        register=register,
        subject=one.person,
        start=start,
        given=given,
        state=state,
        confirmed=True,
    )
    for step in steps:
        said: dict[str, Any] = {"on": step.on, "given": step.given, "revision": entry.revision}
        entry = move_entry(by=worker, entry=entry, move=step.move, confirmed=True, **said)


def _at_school(one: _Lived, today: dt.date, number: int) -> None:
    """Sheets of the last months, a file of support, and where a child is away much, what is done about it."""
    first = today.replace(day=1)
    for back in range(_MONTHS):
        last = first - dt.timedelta(days=1)
        first = last.replace(day=1)
        if first.month in _HOLIDAYS:
            continue
        hours = _UNEXCUSED[(number + back) % len(_UNEXCUSED)]
        said = {"until": last, "told_by": "school", "hours": 100, "excused": back, "unexcused": hours}
        talks = [_Step("warn", today, {"cause": "siblings"})] if hours > 9 and not back else []
        _told(one, "school_attendance", first, said, *talks)
    files = {"application": True, "identity": True, "income": number % 2 == 0, "school_paper": True}
    asked = {
        "kind": "social" if number % 3 else "supplies",
        "hand_in_by": today + dt.timedelta(days=9 * number),
    }
    steps = [_Step("hand_in", today, files)] if number % 2 == 0 else []
    _told(one, "school_support", today - dt.timedelta(days=20), asked, *steps)
    words = "Vine obosit, dar învață. Dirigintele cere o discuție cu bunica."
    talk = {"whom": "teacher", "how": "phone", "about_what": ["attendance", "wellbeing"], "said": words}
    _told(one, "school_contact", today - dt.timedelta(days=6 + number), talk)
    if number % 4 == 1:
        wants = {
            "kind": "upper",
            "due": today + dt.timedelta(days=12 + number),
            "wanted": "Liceul cu internat",
        }
        _told(one, "school_transition", today - dt.timedelta(days=30), wants)
    if number % 4 == 2:
        way = {
            "way": "second_chance",
            "level": "secondary",
            "why_left": ["work", "money"],
            "unit": "Școala nr. 3",
        }
        back_again = (
            _Step("enrol", today, {"way": "second_chance", "unit": "Școala nr. 3"}),
            _Step("attend", today, {}),
        )
        _told(one, "school_return", today - dt.timedelta(days=70), way, *back_again)


def _growing_old(one: _Lived, today: dt.date, number: int) -> None:
    """A grade, a carer with hours, and what the carer gave in the last month."""
    begun = today - dt.timedelta(days=90 + 7 * number)
    grade = {
        "grade": ("iic", "iiia", "iib")[number % 3],
        "basic": ["hygiene"],
        "sheet": number % 2 == 0,
        "wish": "Să rămân în casa mea.",
        "review_on": today + dt.timedelta(days=25 + 30 * number),
    }
    _told(one, "dependency_grade", begun, grade, state="set")
    care = {
        "carer_kind": "service" if number % 2 else "relative",
        "carer": "Ileana Exemplu",
        "tasks": _TASKS[number % len(_TASKS)],
        "days": ["mon", "wed", "fri"],
        "hours_week": 6 + number,
        "agreed_until": today + dt.timedelta(days=20 + 40 * number),
    }
    _told(one, "home_care", begun, care, state="running")
    last = today.replace(day=1) - dt.timedelta(days=1)
    month = {"until": last, "given_by": "carer", "planned": 24, "given": 24 - number, "missed": "ill"}
    _told(one, "care_month", last.replace(day=1), month)


def _with_a_disability(one: _Lived, today: dt.date, number: int) -> None:
    """From the papers to the commission, an assistant, a respite stay, a device, work, a home in the community."""
    begun = today - dt.timedelta(days=60 + number)
    papers = {"application": True, "identity": True, "inquiry": number > 0, "medical": True}
    handed = _Step("hand_in", today, {**papers, "handed_in_at": "registratura primăriei"})
    called = _Step("call", today, {"commission_on": today + dt.timedelta(days=2 + number)})
    steps = ((), (handed,), (handed, called))[number % 3]
    _told(one, "complex_evaluation", begun, {"whose": "adult", "reason": "renewal"}, *steps)
    device = {"kind": "walking", "paid_by": "loan", "return_by": today + dt.timedelta(days=10 + number)}
    _told(one, "assistive_device", begun, device, state="in_use")
    if number % 3 == 0:
        helper = {
            "kind": "assistant",
            "assistant": "Dorina Exemplu",
            "relation": "relative",
            "train_by": today + dt.timedelta(days=20),
        }
        away = {"replaced_by": "respite", "leave_from": today, "leave_to": today + dt.timedelta(days=14)}
        _told(one, "personal_assistant", begun, helper, _Step("leave", today, away), state="working")
        stay = {
            "service": "Centrul respiro „Exemplu”",
            "until": today + dt.timedelta(days=13),
            "reason": "leave",
        }
        _told(one, "respite_stay", today, stay, state="staying")
    elif number % 3 == 1:
        wants = {
            "wants": "Ceva cu mâinile, la cald.",
            "can": "Zece clase, a lucrat la croitorie.",
            "hours": "part",
        }
        sought = _Step("seek", today, {"hours": "part"})
        _told(one, "employment_support", begun, wants, sought)
        met = {"employer": "Croitoria Exemplu", "how": "fair", "result": "interview"}
        _told(one, "employer_contact", today - dt.timedelta(days=8), met)
    else:
        wish = {"from_centre": "Centrul „Exemplu”", "wish": "Vreau bucătăria mea.", "to_kind": "protected"}
        ready = _Step("prepare", today, {"to_kind": "protected", "assessed": True})
        _told(one, "community_living", begun, wish, ready)


def _child_with_a_grade(one: _Lived, today: dt.date) -> None:
    """A plan that is evaluated every three months; its first evaluation is due."""
    aims = {"aims": "Să meargă singur la școală.", "services": ["kinetotherapy", "education"]}
    until = {"until": today + dt.timedelta(days=250)}
    _told(one, "rehabilitation_plan", today - dt.timedelta(days=85), {**aims, **until})
