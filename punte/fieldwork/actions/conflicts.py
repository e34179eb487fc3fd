"""A person settles what differs on a device and in the record."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.cases.actions import draft_plan, edit_plan
from punte.cases.enums import PlanStatus
from punte.cases.models import Case
from punte.cases.plan_input import ObjectiveInput
from punte.cases.trail import case_of
from punte.fieldwork.conflicts import (
    AssessmentConflict,
    GuestConflict,
    HouseholdConflict,
    PlanConflict,
    conflict_of,
)
from punte.fieldwork.kinds import guest_of
from punte.fieldwork.models import FieldConflict
from punte.fieldwork.wire.households import household_from_wire
from punte.fieldwork.wire.plans import as_rows_of, objectives_of
from punte.kernel.errors import DomainError, EditedMeanwhile, NotAllowed
from punte.people.actions.households import change_household
from punte.people.compartments import compartments_of
from punte.people.models import Household

THEIRS, MINE = "theirs", "mine"


@verb
def keep_record(*, by: User, conflict: FieldConflict) -> FieldConflict:
    """Leave the record as it is; of two assessments, both of which stand, say that the difference was seen.

    Raises:
        NotAllowed: the conflict is not among those that the account settles, or it does not read what differs.
        DomainError: it is settled already.
    """
    conflict = _open(by, conflict)
    both = conflict_of(conflict)
    if isinstance(both, GuestConflict) and both.told_to(by) is None:
        raise NotAllowed(_("This is not among what you settle. Ask your coordinator."))
    return _settled(by, conflict, THEIRS)


@verb
def take_from_device(
    *, by: User, conflict: FieldConflict, revision: int, fields: Collection[str] = ()
) -> FieldConflict:
    """Make the record say what the device says.

    Args:
        revision: of the household, the draft of the plan or the row of a guest as the account read it; 0 where there
            was no draft.
        fields: those of the household to take, by their names on the wire; a plan is taken whole.

    Raises:
        NotAllowed: the conflict is not among those that the account settles, or its role does not change this.
        EditedMeanwhile: the record was changed since it was read.
        DomainError: it is settled already, or what the device says cannot be.
    """
    conflict = _open(by, conflict)
    both = conflict_of(conflict)
    if isinstance(both, AssessmentConflict):
        raise DomainError(_("Both assessments stand; there is nothing to choose."))
    if isinstance(both, HouseholdConflict):
        _change(by, conflict.household, both, revision, fields)
    elif isinstance(both, GuestConflict):
        _take(by, both, revision)
    else:
        _draft(by, conflict.entry.device.owner, both, revision)
    return _settled(by, conflict, MINE)


def _open(by: User, conflict: FieldConflict) -> FieldConflict:
    seen = FieldConflict.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
    locked = seen.select_related("entry__device__owner", "household").filter(pk=conflict.pk).first()
    if locked is None:
        raise NotAllowed(_("This is not among what you settle. Ask your coordinator."))
    if locked.settled_at is not None:
        raise DomainError(_("This was settled already."))
    return locked


def _settled(by: User, conflict: FieldConflict, chosen: str) -> FieldConflict:
    conflict.chosen, conflict.settled_by, conflict.settled_at = chosen, by, timezone.now()
    conflict.save(update_fields=["chosen", "settled_by", "settled_at"])
    record(
        by=by,
        verb="settle_conflict",
        keeper=conflict.household.keeper_id,
        household=conflict.household_id,
        subject=conflict.pk,
        case=case_of(conflict.household_id),
        sealed=conflict.household.sealed,
        changes={"kind": conflict.entry.kind, "chosen": chosen},
    )
    return conflict


def _change(
    by: User, household: Household, both: HouseholdConflict, revision: int, fields: Collection[str]
) -> None:
    if not fields or set(fields) - set(both.fields):
        raise DomainError(_("Choose what to take from the device."), field="fields")
    household = Household.objects.select_for_update(no_key=True).get(pk=household.pk)
    if household.revision != revision:
        raise EditedMeanwhile(_("Somebody changed the household meanwhile. Look once more and choose again."))
    chosen = {name: mine for name, (_before, _theirs, mine) in both.fields.items() if name in fields}
    change_household(by=by, household=household, **household_from_wire(chosen))


def _take(by: User, both: GuestConflict, revision: int) -> None:
    guest = guest_of(both.kind)
    if guest is None or guest.take is None:
        raise DomainError(_("What the device says can be read here no more."))
    guest.take(by, both.mine, revision)


def _draft(by: User, owner: User, both: PlanConflict, revision: int) -> None:
    case = Case.objects.visible_to(by).select_related("household").filter(pk=both.case).first()
    if case is None:
        raise NotAllowed(_("This case is not among those you see. Ask your coordinator."))
    readable = compartments_of(by, case.household)
    if not {each.compartment for each in both.mine} <= readable:
        raise NotAllowed(
            _("The plan of the device has parts that your role does not read. Whoever reads them settles it.")
        )
    draft = case.plans.filter(status=PlanStatus.DRAFT).first()
    if (draft.revision if draft else 0) != revision:
        raise EditedMeanwhile(_("Somebody changed the plan meanwhile. Look once more and choose again."))
    if draft is None:
        draft = draft_plan(by=by, case=case, reason=both.reason or _("Drafted in the field"))
    written = compartments_of(owner, case.household)
    # What the device could not know of is no part of what it took out.
    beyond = [each for each in objectives_of(draft) if each.compartment in readable - written]
    objectives = [*as_rows_of(draft, list(_named_once(both.mine))), *beyond]
    edit_plan(by=by, plan=draft, revision=draft.revision, objectives=objectives)


def _named_once(objectives: Iterable[ObjectiveInput]) -> Iterator[ObjectiveInput]:
    """Objectives in their order; what bears the identifier of one before it is a new one."""
    named: set[UUID | None] = set()
    for each in objectives:
        yield replace(each, id=None) if each.id in named else each
        named.add(each.id)
