"""A year of looking after people's data: what they asked, what was answered or refused, two breaches."""

import datetime as dt

from django.utils import timezone

from punte.accounts.actions import follow_breach, log_breach
from punte.accounts.enums import BreachRisk, Role
from punte.accounts.models import User
from punte.demonstration.keeping import adult_of, calm_cases
from punte.demonstration.staff import Keeper
from punte.people.actions import answer_request, take_in_request
from punte.people.enums import AskedBy, RequestKind, RequestState
from punte.people.models import Person

_SEEN = "Carte de identitate, văzută la ghișeu"
# What was asked how many days ago, and what became of it.
_ASKED: tuple[tuple[str, int, dict[str, str], dict[str, str] | None], ...] = (
    (RequestKind.ACCESS, 6, {"text": "Vreau să știu tot ce aveți scris despre mine."}, None),
    (
        RequestKind.RECTIFICATION,
        11,
        {"wrong": "Școala terminată: 4 clase", "should_say": "8 clase, am adeverința"},
        None,
    ),
    (
        RequestKind.ACCESS,
        60,
        {"text": "Cine s-a uitat în fișa mea?"},
        {
            "decision": RequestState.ANSWERED,
            "answer": "Dosarul și lista celor care au deschis fișa, la ghișeu.",
        },
    ),
    (
        RequestKind.ERASURE,
        95,
        {"text": "Ștergeți tot."},
        {
            "decision": RequestState.REFUSED,
            "answer": "Cazul este deschis și legea ne cere să păstrăm dosarul. Puteți face plângere la autoritate.",
            "statement": "Nu mai vreau ajutor, deci nu mai aveți nevoie de date.",
        },
    ),
)


def look_after_data(*, city: Keeper, today: dt.date) -> None:
    """Add them by the same verbs that people use."""
    officer = User.objects.filter(
        appointments__organization=city.organization, appointments__role=Role.DATA_PROTECTION_OFFICER
    ).first()
    if officer is None:
        return
    people = [adult for case in calm_cases(city) if (adult := adult_of(case.household, today))]
    for person, (kind, days, said, answer) in zip(people, _ASKED, strict=False):
        _ask(officer, person, kind, today - dt.timedelta(days=days), said, answer)
    _breaches(officer, city)


def _ask(
    officer: User,
    person: Person,
    kind: str,
    day: dt.date,
    said: dict[str, str],
    answer: dict[str, str] | None,
) -> None:
    asked = take_in_request(
        by=officer,
        person=person,
        kind=kind,
        asked_on=day,
        asked_by=AskedBy.THEMSELVES,
        identity=_SEEN,
        **said,
    )
    if answer is not None:
        answer_request(by=officer, request=asked, **answer)


def _breaches(officer: User, city: Keeper) -> None:
    now = timezone.now()
    letter = log_breach(
        by=officer,
        organization=city.organization,
        happened="Un plan de servicii a fost pus în plicul altei familii și trimis prin poștă.",
        known_at=now - dt.timedelta(days=120),
        risk=BreachRisk.HIGH,
        people=4,
    )
    follow_breach(
        by=officer,
        breach=letter,
        risk=BreachRisk.HIGH,
        people=4,
        measures="Plicul a fost luat înapoi; de atunci doi oameni verifică plicurile.",
        told_authority_at=now - dt.timedelta(days=118),
        told_people_at=now - dt.timedelta(days=118),
        close=True,
    )
    log_breach(
        by=officer,
        organization=city.organization,
        happened="O tabletă încuiată a rămas în autobuz; a fost oprită de la distanță.",
        known_at=now - dt.timedelta(hours=20),
        risk=BreachRisk.RISK,
        people=12,
    )
