"""Records that somebody opened without a tie to the case: for the officer, who asks why. It accuses nobody."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from uuid import UUID

from django.db.models import Count, Max, Q
from django.utils import timezone

from punte.accounts.enums import Capability
from punte.accounts.models import Appointment, TrailEntry, User
from punte.accounts.policy import POWERS
from punte.cases.models import Case, CaseTeamMember, Responsibility
from punte.kernel.office_rules import looking
from punte.people.models import Household, HouseholdSight

_MOST_PAIRS = 20_000
# Who leads or answers for data reads records by office: each of their reads is in the trail all the same.
_BY_OFFICE = [role for role, powers in POWERS.items() if Capability.SEE_ALL_CASES in powers.capabilities]


@dataclass(frozen=True)
class Untied:
    """What one account opened without a tie: how many records, how often, and when last."""

    actor: User
    records: int
    openings: int
    last: dt.datetime


def untied_reads(user: User) -> list[Untied]:
    """By account, who opened most first; of the institutions whose data the account looks after, of the last days.

    A tie: the case's responsible worker or team, whoever of the team that holds it, who was given sight of the record
    or planned a visit, wrote in it, reads by office. Sealed records are in no number.
    """
    keepers = user.standing.organizations(Capability.KEEP_PRIVACY)
    since = timezone.now() - looking("untied_reads")
    reads = _reads(list(keepers), since)
    ties = frozenset(_ties({actor for actor, _home in reads}, {home for _actor, home in reads}, since))
    found: dict[UUID, list[tuple[int, dt.datetime]]] = {}
    for (actor, home), counted in reads.items():
        if (actor, home) not in ties:
            found.setdefault(actor, []).append(counted)
    actors = User.objects.in_bulk(found)
    rows = [
        Untied(
            actors[key], len(read), sum(times for times, _last in read), max(last for _times, last in read)
        )
        for key, read in found.items()
    ]
    return sorted(rows, key=lambda one: (-one.records, one.actor.name, one.actor.pk))


def _reads(keepers: list[UUID], since: dt.datetime) -> dict[tuple[UUID, UUID], tuple[int, dt.datetime]]:
    sealed = Household.objects.filter(sealed=True).values("pk")
    by_office = (
        Appointment.objects.current().filter(role__in=_BY_OFFICE, organization__in=keepers).values("user")
    )
    lines = TrailEntry.objects.filter(
        keeper__in=keepers, reading=True, at__gte=since, household__isnull=False, sealed=False
    ).exclude(Q(household__in=sealed) | Q(actor__in=by_office))
    counted = lines.order_by().values("actor", "household").annotate(times=Count("pk"), last=Max("at"))
    rows = counted.order_by("actor", "household").values_list("actor", "household", "times", "last")
    return {(actor, home): (times, last) for actor, home, times, last in rows[:_MOST_PAIRS] if home}


def _ties(actors: set[UUID], homes: set[UUID], since: dt.datetime) -> Iterator[tuple[UUID, UUID]]:
    """Each account with each household that it is tied to."""
    of_cases = [
        rows.filter(user__in=actors, case__household__in=homes)
        .order_by()
        .values_list("user", "case__household")
        for rows in (Responsibility.objects.all(), CaseTeamMember.objects.all())
    ]
    team = (
        Case.objects.filter(household__in=homes, team__appointments__user__in=actors)
        .order_by()
        .values_list("team__appointments__user", "household")
    )
    given = HouseholdSight.objects.filter(household__in=homes, user__in=actors).order_by()
    wrote = TrailEntry.objects.filter(
        actor__in=actors, household__in=homes, reading=False, at__gte=since - looking("untied_reads")
    ).order_by()
    visits = Household.objects.filter(pk__in=homes, visits__who__in=actors).order_by()
    yield from chain(
        *of_cases,
        team,
        given.values_list("user", "household"),
        wrote.values_list("actor", "household").distinct(),
        visits.values_list("visits__who", "pk"),
    )
