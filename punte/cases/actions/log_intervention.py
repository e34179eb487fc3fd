"""Something was done for the family."""

import datetime as dt
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability, Compartment
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.actions.progress import mark_done
from punte.cases.actions.refresh_deadlines import refresh_deadlines
from punte.cases.actions.visits import hold_visit
from punte.cases.content import intervention_codes
from punte.cases.enums import InterventionMode, PlanStatus
from punte.cases.models import Case, Intervention, PlannedService, Visit
from punte.cases.permission import case_for, member_of, reads
from punte.cases.rules import MAX_NOTE
from punte.cases.trail import trace
from punte.cases.visits import hold_by_intervention
from punte.kernel.errors import DomainError
from punte.people.models import Person

_MINUTES_OF_A_DAY = 24 * 60


@verb
def log_intervention(
    *,
    by: User,
    case: Case,
    mode: str,
    at: dt.datetime,
    code: str = "",
    minutes: int | None = None,
    person: Person | None = None,
    step: PlannedService | None = None,
    met_family: bool = True,
    compartment: str = Compartment.GENERAL,
    note: str = "",
    visit: Visit | None = None,
    key: UUID | None = None,
) -> Intervention:
    """Note what was done, in an open case or in the follow-up of a closed one; terms move with it (R6, R9).

    A home visit on the day of a planned one, by who was to go, holds that one.

    Args:
        mode: how it happened, of `InterventionMode`.
        at: when; local time where it carries no zone.
        code: what was done, of the nomenclature of interventions.
        minutes: how long it took.
        step: a step of the plan that was thereby done.
        met_family: whether the family was met or spoken to, which meets the term of contact.
        compartment: the part of the record that the note belongs to, one that the author reads.
        visit: the planned visit that this was, on whatever day.
        key: the identifier that a device without a signal already gave it.

    Raises:
        NotAllowed: the account does not work on the case.
        DomainError: the moment has not come, the note is too long, or an argument is not of this case.
    """
    case = case_for(by, case, Capability.INTERVENE)
    at = aware(at)
    check_intervention(mode, at, code, minutes, note)
    reads(by, case, compartment)
    member_of(person, case.household)
    if step is not None:
        _require_step(by, step, case)
    done = Intervention.objects.create(
        case=case,
        mode=mode,
        code=code,
        at=at,
        minutes=minutes,
        by=by,
        person=person,
        step=step,
        met_family=met_family,
        compartment=compartment,
        note=note,
        **({"pk": key} if key else {}),
    )
    if step is not None and step.done_on is None:
        mark_done(step, timezone.localdate(at))
    if visit is not None:
        hold_visit(by=by, visit=visit, intervention=done)
    else:
        hold_by_intervention(done)
    refresh_deadlines(case)
    trace(
        by=by,
        verb="log_intervention",
        case=case,
        person=person.pk if person else None,
        subject=done.pk,
        changes={"mode": [None, mode]},
    )
    return done


def aware(at: dt.datetime) -> dt.datetime:
    """The moment; in local time where it carries no zone."""
    return timezone.make_aware(at) if timezone.is_naive(at) else at


def check_intervention(mode: str, at: dt.datetime, code: str, minutes: int | None, note: str) -> None:
    """Refuse what cannot have been done.

    Raises:
        DomainError: the moment has not come, the note is too long, or a word is not of its list.
    """
    if mode not in InterventionMode.values:
        raise DomainError(_("Choose how the contact happened."), field="mode")
    if at > timezone.now():
        raise DomainError(_("This moment is in the future."), field="at")
    if code and code not in intervention_codes():
        raise DomainError(_("There is no intervention with this code. Choose one of the list."), field="code")
    if minutes is not None and not 1 <= minutes <= _MINUTES_OF_A_DAY:
        raise DomainError(_("The duration is between 1 and 1440 minutes."), field="minutes")
    if len(note) > MAX_NOTE:
        raise DomainError(
            _(
                "The note has %(length)d characters; it may have %(limit)d. Shorten it, or write it as several."
            )
            % {"length": len(note), "limit": MAX_NOTE},
            field="note",
        )


def _require_step(by: User, step: PlannedService, case: Case) -> None:
    plan = step.objective.plan
    if plan.case_id != case.pk or plan.status != PlanStatus.ADOPTED:
        raise DomainError(_("This step is not of the plan in force."), field="step")
    reads(by, case, step.objective.compartment)
