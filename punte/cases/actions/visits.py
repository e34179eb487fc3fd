"""A home visit is planned, moved, held, or does not take place."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability, Compartment
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.cases.enums import VisitStatus
from punte.cases.models import Case, Intervention, Visit
from punte.cases.permission import case_for, household_for, may_with, reads, required_reason
from punte.cases.rules import MAX_NOTE
from punte.cases.trail import trace
from punte.cases.visits import settle
from punte.kernel.errors import DomainError
from punte.people.compartments import compartments_of
from punte.people.models import Household

LONGEST_AHEAD = dt.timedelta(days=366)
_MINUTES_OF_A_DAY = 24 * 60


@verb
def plan_visit(
    *,
    by: User,
    day: dt.date,
    case: Case | None = None,
    household: Household | None = None,
    hour: dt.time | None = None,
    minutes: int | None = None,
    who: User | None = None,
    purpose: str = "",
    compartment: str = Compartment.GENERAL,
) -> Visit:
    """Say that a family is to be visited: in a case, or in a household before there is one.

    Args:
        day: today or later, a year ahead at most; hour: on the clock on the wall, where it is settled.
        minutes: about how long.
        who: who goes; `by` unless given.
        purpose: why, in the part of the record that `compartment` names.

    Raises:
        NotAllowed: the account does not work on the case, or does not assess the household.
        DomainError: the day has passed or is too far, the text too long, or `who` does not read this record.
    """
    case, home = _record(by, case, household)
    _check(day, minutes, purpose)
    visit = Visit(
        case=case,
        household=home,
        keeper_id=case.keeper_id if case else home.keeper_id,
        who=who or by,
        by=by,
        day=day,
        hour=hour,
        minutes=minutes,
        purpose=purpose.strip(),
        compartment=compartment,
    )
    _check_part(by, visit)
    _check_who(visit)
    visit.save(force_insert=True)
    _trace(by, "plan_visit", visit, changes={"day": [None, str(day)]})
    return visit


@verb
def move_visit(
    *,
    by: User,
    visit: Visit,
    day: dt.date,
    hour: dt.time | None = None,
    minutes: int | None = None,
    who: User | None = None,
    reason: str = "",
) -> Visit:
    """Plan a visit for another day or hour, or for somebody else; what was planned first stays on record.

    Args:
        reason: why, where there is something to say.

    Returns:
        The visit that takes its place.

    Raises:
        NotAllowed: as `plan_visit`.
        DomainError: as `plan_visit`, nothing differs, or the visit is no longer planned.
    """
    former = _planned(by, visit)
    _check(day, minutes, reason)
    said = {"day": day, "hour": hour, "minutes": minutes, "who": who or former.who}
    if all(getattr(former, name) == value for name, value in said.items()):
        raise DomainError(_("Nothing differs from what was planned."))
    later = Visit(
        case=former.case,
        household=former.household,
        keeper_id=former.keeper_id,
        by=by,
        purpose=former.purpose,
        compartment=former.compartment,
        **said,
    )
    _check_who(later)
    later.save(force_insert=True)
    settle(former, by=by, status=VisitStatus.MOVED, moved_to=later, reason=reason.strip())
    _trace(by, "move_visit", former, reason=reason, changes={"day": [str(former.day), str(day)]})
    return later


@verb
def hold_visit(*, by: User, visit: Visit, intervention: Intervention | None = None) -> Visit:
    """Say that a visit took place; `intervention` is what was noted of it.

    Raises:
        NotAllowed: as `plan_visit`.
        DomainError: it is no longer planned, its day has not come, or the intervention is of another case.
    """
    held = _planned(by, visit)
    if intervention is None and held.day > timezone.localdate():
        raise DomainError(_("The day of this visit has not come. Move it first."))
    if intervention is not None and intervention.case_id != held.case_id:
        raise DomainError(_("What was noted is of another case."))
    settle(held, by=by, status=VisitStatus.HELD, intervention=intervention)
    _trace(by, "hold_visit", held, changes={"day": [None, str(held.day)]})
    return held


@verb
def miss_visit(*, by: User, visit: Visit, reason: str) -> Visit:
    """Say that a visit did not take place, and why.

    Raises:
        NotAllowed: as `plan_visit`.
        DomainError: there is no reason, or it is no longer planned.
    """
    missed = _planned(by, visit)
    reason = required_reason(reason)
    settle(missed, by=by, status=VisitStatus.NOT_HELD, reason=reason)
    _trace(by, "miss_visit", missed, reason=reason, changes={"day": [None, str(missed.day)]})
    return missed


def _record(by: User, case: Case | None, household: Household | None) -> tuple[Case | None, Household]:
    """The record as it is now, locked, for who may plan in it."""
    if case is not None:
        case = case_for(by, case, Capability.INTERVENE)
        return case, case.household
    if household is None:
        raise DomainError(_("Choose which family is to be visited."), field="case")
    return None, household_for(by, household, Capability.ASSESS)


def _planned(by: User, visit: Visit) -> Visit:
    case, home = _record(by, visit.case, visit.household)
    held = Visit.objects.select_for_update(of=("self",), no_key=True).select_related("who").get(pk=visit.pk)
    held.case, held.household = case, home
    _check_part(by, held)
    if not held.is_planned:
        raise DomainError(_("This visit is no longer planned. Look at it as it is now."))
    return held


def _check(day: dt.date, minutes: int | None, text: str) -> None:
    today = timezone.localdate()
    if day < today:
        raise DomainError(_("This day has passed. Note what was done instead."), field="day")
    if day > today + LONGEST_AHEAD:
        raise DomainError(_("A visit is planned a year ahead at most."), field="day")
    if minutes is not None and not 1 <= minutes <= _MINUTES_OF_A_DAY:
        raise DomainError(_("The duration is between 1 and 1440 minutes."), field="minutes")
    if len(text) > MAX_NOTE:
        raise DomainError(_("The text may have %(limit)d characters at most.") % {"limit": MAX_NOTE})


def _check_part(by: User, visit: Visit) -> None:
    if visit.case is not None:
        reads(by, visit.case, visit.compartment)
    elif visit.compartment not in compartments_of(by, visit.household):
        raise DomainError(_("Your role does not read this part of the record."), field="compartment")


def _check_who(visit: Visit) -> None:
    """Refuse to send somebody who would not find the visit in their day."""
    who = User.objects.get(pk=visit.who_id)
    if visit.case is not None:
        seen = Case.objects.visible_to(who).filter(pk=visit.case.pk).exists()
        goes = seen and may_with(who, visit.case, Capability.INTERVENE)
    else:
        seen = Household.objects.visible_to(who).filter(pk=visit.household.pk).exists()
        goes = seen and who.standing.may(Capability.ASSESS, visit.household.keeper_id)
    if not goes or visit.compartment not in compartments_of(who, visit.household):
        raise DomainError(
            _("This colleague does not work on this record, or does not read this part of it."), field="who"
        )


def _trace(by: User, verb: str, visit: Visit, *, reason: str = "", changes: dict[str, object]) -> None:
    if visit.case is not None:
        trace(by=by, verb=verb, case=visit.case, subject=visit.pk, reason=reason, changes=changes)
        return
    record(
        by=by,
        verb=verb,
        keeper=visit.keeper_id,
        household=visit.household_id,
        subject=visit.pk,
        reason=reason,
        changes=changes,
    )
