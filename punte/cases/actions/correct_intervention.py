"""What was noted about an intervention is corrected; what it said before stays beside it."""

import datetime as dt
import json

from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.actions.log_intervention import aware, check_intervention
from punte.cases.actions.refresh_deadlines import refresh_deadlines
from punte.cases.models import Intervention, InterventionBefore
from punte.cases.permission import case_for, may_with, member_of, reads, required_reason
from punte.cases.trail import trace
from punte.kernel.errors import DomainError, EditedMeanwhile, NotAllowed
from punte.people.models import Person

_CORRECTED = ("mode", "at", "code", "minutes", "person_id", "met_family", "note")


def may_correct(by: User, intervention: Intervention) -> bool:
    """Whether the account may correct it: its author, and who manages the case."""
    return intervention.by_id == by.pk or may_with(by, intervention.case, Capability.MANAGE_CASE)


@verb
def correct_intervention(
    *,
    by: User,
    intervention: Intervention,
    seen: int,
    why: str,
    mode: str,
    at: dt.datetime,
    code: str = "",
    minutes: int | None = None,
    person: Person | None = None,
    met_family: bool = True,
    note: str = "",
) -> Intervention:
    """Put right what was noted; the part of the record and the step of the plan stay. Terms follow.

    Args:
        seen: how many corrections it had when its author began to write this one.
        why: what was wrong.

    Raises:
        NotAllowed: it is neither the account's own nor of a case that it manages.
        EditedMeanwhile: somebody corrected it meanwhile.
        DomainError: no reason, nothing that differs, or what cannot have been done.
    """
    case = case_for(by, intervention.case, Capability.INTERVENE)
    held = Intervention.objects.select_for_update(of=("self",), no_key=True).get(pk=intervention.pk)
    held.case = case
    reads(by, case, held.compartment)
    if not may_correct(by, held):
        raise NotAllowed(_("Only who noted it, or who manages the case, may correct it."))
    why = required_reason(why)
    if held.before.count() != seen:
        raise EditedMeanwhile(_("Somebody corrected it meanwhile. Look at it as it is now, then correct it."))
    at = aware(at)
    check_intervention(mode, at, code, minutes, note)
    member_of(person, case.household)
    before = said_of(held)
    held.mode, held.at, held.code, held.minutes = mode, at, code, minutes
    held.person, held.met_family, held.note = person, met_family, note
    if said_of(held) == before:
        raise DomainError(_("Nothing differs from what was noted."))
    InterventionBefore.objects.create(intervention=held, by=by, why=why, said=json.dumps(before))
    held.save(update_fields=[name.removesuffix("_id") for name in _CORRECTED])
    refresh_deadlines(case)
    trace(
        by=by,
        verb="correct_intervention",
        case=case,
        person=held.person_id,
        subject=held.pk,
        reason=why,
        changes={"fields": [name for name, was in said_of(held).items() if was != before[name]]},
    )
    return held


def said_of(intervention: Intervention) -> dict[str, object]:
    """What may be corrected of it, as it is kept."""
    said = {name: getattr(intervention, name) for name in _CORRECTED}
    person = said["person_id"]
    return {**said, "at": intervention.at.isoformat(), "person_id": person and str(person)}
