"""Invented visits: what each worker planned in the past two weeks and plans for the next three."""

import datetime as dt
import random
from collections.abc import Iterator, Sequence

from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import Appointment, User
from punte.cases.enums import VisitStatus
from punte.cases.models import Case, Visit
from punte.deadlines.calendar import is_working_day

_BEFORE, _AHEAD = 14, 21
_HOURS = (dt.time(9), dt.time(10, 30), dt.time(12, 30), dt.time(14))
_CASES_OF_ONE = 30
_PURPOSES = (
    "Vedem împreună actele pentru alocație",
    "Cum merge la școală de când are ghiozdan și caiete",
    "Reevaluarea locuinței după reparații",
    "Pașii din plan: ce s-a făcut și ce urmează",
    "Programul de vizite al tatălui",
    "Dosarul pentru ajutorul de încălzire",
    "",
)
_OF_NURSE = (
    "Vaccinările celor mici",
    "Cântărire și sfaturi de alimentație",
    "Tensiunea și rețeta bunicii",
    "",
)
_REASONS = ("Nu era nimeni acasă.", "Drumul era închis de zăpadă.", "Mama a fost chemată la serviciu.")


def plan_rounds(chance: random.Random, today: dt.date) -> None:
    """Give everybody who answers for cases, and every community nurse, a few visits on each working day."""
    answering = Case.objects.filter(open=True, responsible__isnull=False)
    for user in User.objects.filter(pk__in=answering.values("responsible")).order_by("email"):
        own = answering.filter(responsible=user).select_related("household")
        _plan(chance, today, user, list(own.order_by("pk")[:_CASES_OF_ONE]), _PURPOSES, most=3)
    nurses = Appointment.objects.current().filter(role=Role.COMMUNITY_NURSE, team__isnull=False)
    for post in nurses.select_related("user").order_by("user__email"):
        of_team = answering.filter(team=post.team_id, sealed=False).select_related("household")
        _plan(chance, today, post.user, list(of_team.order_by("-pk")[:_CASES_OF_ONE]), _OF_NURSE, most=4)


def _plan(
    chance: random.Random,
    today: dt.date,
    user: User,
    cases: Sequence[Case],
    purposes: Sequence[str],
    *,
    most: int,
) -> None:
    if cases:
        Visit.objects.bulk_create(_visits(chance, today, user, cases, purposes, most))
    if len(cases) > 1:
        _forget_one(today, user)


def _visits(
    chance: random.Random,
    today: dt.date,
    user: User,
    cases: Sequence[Case],
    purposes: Sequence[str],
    most: int,
) -> Iterator[Visit]:
    for number in range(-_BEFORE, _AHEAD + 1):
        day = today + dt.timedelta(days=number)
        # Whoever looks at the demonstration on a Sunday finds a day at work too.
        if not is_working_day(day) and number:
            continue
        some = chance.sample(cases, min(len(cases), chance.randint(2, most) if number else most))
        for case, hour in zip(some, sorted(chance.sample(_HOURS, len(some))), strict=True):
            yield Visit(
                case=case,
                household=case.household,
                keeper_id=case.keeper_id,
                who=user,
                by=user,
                day=day,
                hour=None if chance.random() < 0.1 else hour,
                minutes=chance.choice((30, 45, 60, 90)),
                purpose=chance.choice(purposes),
                **(_became(chance, user, day) if number < 0 else {}),
            )


def _became(chance: random.Random, user: User, day: dt.date) -> dict[str, object]:
    evening = timezone.make_aware(dt.datetime.combine(day, dt.time(16)))
    settled: dict[str, object] = {"settled_at": evening, "settled_by": user}
    if chance.random() < 0.15:
        return {**settled, "status": VisitStatus.NOT_HELD, "reason": chance.choice(_REASONS)}
    return {**settled, "status": VisitStatus.HELD}


def _forget_one(today: dt.date, user: User) -> None:
    """One of the last visits of which nobody said yet what became of it."""
    last = (
        Visit.objects.filter(who=user, day__lt=today, status=VisitStatus.HELD).order_by("-day", "-pk").first()
    )
    if last:
        Visit.objects.filter(pk=last.pk).update(status=VisitStatus.PLANNED, settled_at=None, settled_by=None)
