"""Planned visits: which of them an account reads, who may go, and which of them something that was done has held."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone

from punte.accounts.enums import SEALED_COMPARTMENTS, Capability
from punte.accounts.models import Appointment, User
from punte.accounts.policy import POWERS
from punte.assessments.models import Assessment
from punte.cases.enums import InterventionMode, VisitStatus
from punte.cases.models import Case, CaseTeamMember, Intervention, Visit
from punte.cases.models.visits import VisitQuerySet
from punte.cases.permission import may_with
from punte.kernel.prepared import Prepared
from punte.people.asked import Asked
from punte.people.compartments import compartments_of_each
from punte.people.models import Household, Membership
from punte.people.sight import hidden_from

LONGEST_LIST = 300
"""How many visits are read at once: more than anybody makes in a month."""

OFF_THE_DAYS = (VisitStatus.MOVED, VisitStatus.CALLED_OFF)
"""What of visits no calendar shows."""
"""What of visits stands in no calendar."""


def visits_of(user: User, first: dt.date, last: dt.date) -> list[Visit]:
    """The visits that the account is to make or has made from `first` to `last`, as far as it reads them now."""
    own = Visit.objects.filter(who=user, day__gte=first, day__lte=last).exclude(status__in=OFF_THE_DAYS)
    return readable(user, _with_names(own))


def planned_of(user: User, last: dt.date) -> list[Visit]:
    """The visits that the account still is to make up to `last`, those whose day has passed among them."""
    return readable(user, _planned(user, last=last))


# Only what a line of a day says, and by what it is decided who reads it.
_planned = Asked(
    lambda user, last: (
        Visit.objects.planned()
        .filter(who=user, day__lte=last)
        .select_related("case", "household")
        .only(
            *("keeper", "day", "hour", "purpose", "compartment", "status"),
            *(f"case__{name}" for name in ("keeper", "year", "number", "sealed")),
            *(f"household__{name}" for name in ("keeper", "name", "locality", "sealed")),
        )
        .in_order()[:LONGEST_LIST]
    )
)


def visits_of_keepers(user: User, first: dt.date, last: dt.date) -> list[Visit]:
    """The visits of everybody for whom the account assigns work, as far as it reads them."""
    keepers = user.standing.organizations(Capability.ASSIGN)
    kept = Visit.objects.filter(keeper__in=keepers, day__gte=first, day__lte=last)
    return readable(user, _with_names(kept.exclude(status__in=OFF_THE_DAYS)))


def planned_with(user: User, household: Household, case: Case | None = None) -> list[Visit]:
    """The visits to a household that still are to take place: of one of its cases, and those before there was one."""
    rows = _of_case(household=household.pk, case=case.pk) if case else _of_none(household=household.pk)
    return readable(user, rows)


def _planned_at(household: UUID, case: UUID | None = None) -> VisitQuerySet:
    of_case = Q(case=case) | Q(case=None) if case else Q(case=None)
    return _named(Visit.objects.planned().filter(of_case, household=household))


_of_case, _of_none = Prepared(_planned_at), Prepared(_planned_at)


def _with_names(visits: VisitQuerySet) -> list[Visit]:
    return list(_named(visits))


def _named(visits: VisitQuerySet) -> VisitQuerySet:
    named = visits.select_related("case", "household__uat", "who").defer("household__safe_contact")
    return named.in_order()[:LONGEST_LIST]


def readable(user: User, visits: Collection[Visit]) -> list[Visit]:
    """Those of the visits that the account sees, in the parts of the record that it reads.

    Asked by the few rows that are meant: a join against all that one sees grows with the register.
    """
    if not visits:
        return []
    seen = {key for (key,) in _seen(user, visits=[visit.pk for visit in visits])}
    reads = compartments_of_each(user, [visit.household for visit in visits])
    return [visit for visit in visits if visit.pk in seen and visit.compartment in reads[visit.household_id]]


_seen = Asked(
    lambda user, visits: Visit.objects.visible_to(user).filter(pk__in=visits).order_by().values_list("pk")
)


def is_discreet(visit: Visit) -> bool:
    """Whether a page that is read over the shoulder says nothing of the visit but its hour and case."""
    return bool(visit.case and visit.case.sealed) or visit.compartment in SEALED_COMPARTMENTS


def hidden_addresses(user: User, visits: Iterable[Visit]) -> frozenset[UUID]:
    """The visits whose address no list and no map shows: whoever lives there is hidden, and the account knows it."""
    rows = list(visits)
    living = Membership.objects.current().filter(
        household__in={visit.household_id for visit in rows},
        person__seals__end=None,
        person__seals__isnull=False,
    )
    known = living.exclude(person__in=list(hidden_from(user).people))
    hidden = set(known.values_list("household", flat=True))
    return frozenset(visit.pk for visit in rows if is_discreet(visit) or visit.household_id in hidden)


def who_may_go(by: User, *, keeper: UUID, case: Case | None = None) -> list[User]:
    """Who may be sent, by name: who answers for the case, its case team and, unless it is sealed, the team that holds
    it; to a household without a case, the teams of who asks. Oneself always."""
    capability = Capability.INTERVENE if case else Capability.ASSESS
    who = Q(pk=by.pk)
    if case:
        who |= Q(pk=case.responsible_id)
        who |= Q(pk__in=CaseTeamMember.objects.current().filter(case=case).values("user"))
    if not (case and case.sealed):
        roles = [role for role, powers in POWERS.items() if capability in powers.capabilities]
        teams = {case.team_id} if case else by.standing.teams(capability)
        posts = Appointment.objects.current().filter(organization=keeper, role__in=roles, team__in=teams)
        who |= Q(pk__in=posts.values("user"))
    return list(User.objects.filter(who, is_active=True).order_by("name", "pk"))


def settle(visit: Visit, *, by: User, status: VisitStatus, **what: object) -> Visit:
    """Write what became of a visit; not a verb."""
    visit.status, visit.settled_at, visit.settled_by = status, timezone.now(), by
    for name, value in what.items():
        setattr(visit, name, value)
    visit.save(update_fields=["status", "settled_at", "settled_by", *what])
    return visit


def call_off(case: Case, *, by: User, reason: str) -> None:
    """Let the visits fall away that are planned in a case; not a verb."""
    Visit.objects.planned().filter(case=case).update(
        status=VisitStatus.CALLED_OFF, settled_at=timezone.now(), settled_by=by, reason=reason
    )


def planned_in(user: User, case: Case) -> list[Visit]:
    """The visits of a case that still are to take place, as far as the account reads them."""
    return readable(user, _with_names(Visit.objects.planned().filter(case=case)))


def hold_by_intervention(done: Intervention) -> Visit | None:
    """Of the visits that were planned, the one that a home visit on the same day by who was to go has held."""
    if done.mode != InterventionMode.HOME_VISIT or not done.met_family:
        return None
    asked: dict[str, Any] = {"case": done.case_id, "who": done.by_id, "day": timezone.localdate(done.at)}
    # Most days there is none, which is known without putting together a question that locks.
    if not _of_that_day(**asked):
        return None
    visit = (
        Visit.objects.planned()
        .filter(**asked)
        .select_for_update(of=("self",), no_key=True)
        .order_by(F("hour").asc(nulls_last=True), "pk")
        .first()
    )
    return settle(visit, by=done.by, status=VisitStatus.HELD, intervention=done) if visit else None


_of_that_day = Prepared(
    lambda case, who, day: (
        Visit.objects.planned().filter(case=case, who=who, day=day).order_by().values_list("pk")[:1]
    )
)


def hold_by_assessment(assessment: Assessment) -> list[Visit]:
    """The visits to a household that an assessment on the same day by who was to go has held."""
    planned = Visit.objects.planned().filter(
        household=assessment.household_id, who=assessment.by_id, day=assessment.visited_on
    )
    visits = list(planned.select_for_update(of=("self",), no_key=True).order_by("pk"))
    return [
        settle(visit, by=assessment.by, status=VisitStatus.HELD, assessment=assessment) for visit in visits
    ]


def may_settle(user: User, visit: Visit) -> bool:
    """Whether an account that reads a visit may move it and say what became of it; the verbs ask the same."""
    if visit.case is not None:
        return may_with(user, visit.case, Capability.INTERVENE)
    return user.standing.may(Capability.ASSESS, visit.keeper_id)
