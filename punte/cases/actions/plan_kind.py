"""What kind of plan it is, what it says beside its steps, and the decision that approves it."""

import datetime as dt
import json
from collections.abc import Mapping

from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.enums import PlanStatus
from punte.cases.models import Plan
from punte.cases.permission import draft_for, not_in_future, of_plan_in_use, required
from punte.cases.plan_kinds import plan_kinds
from punte.cases.trail import trace
from punte.kernel.errors import DomainError


@verb
def describe_plan(*, by: User, plan: Plan, kind: str, said: Mapping[str, str]) -> Plan:
    """Say what kind of plan a draft is, and what its sections say.

    Args:
        said: by the keys of the sections; of no other kind.

    Raises:
        NotAllowed: the account does not write plans of the case, or not this one.
        DomainError: the plan is not a draft, or the kind or a section is not known.
    """
    draft = draft_for(by, plan)
    known = plan_kinds().get(kind)
    if known is None or not set(said) <= set(known.sections):
        raise DomainError(_("Choose one of the values in the list."), field="kind")
    former = draft.kind
    draft.kind = kind
    draft.said = json.dumps({key: text.strip() for key, text in said.items() if text.strip()})
    draft.save(update_fields=["kind", "said"])
    trace(by=by, verb="describe_plan", case=draft.case, subject=draft.pk, changes={"kind": [former, kind]})
    return draft


@verb
def note_plan_decision(*, by: User, plan: Plan, number: str, decided_on: dt.date) -> Plan:
    """Note the decision by which a plan in force is approved: the mayor's disposition, the commission's decision.

    Raises:
        NotAllowed: the account does not manage the case.
        DomainError: the plan is not in force, is of a kind without a decision, or the day is missing or to come.
    """
    case = of_plan_in_use(by, plan, Capability.MANAGE_CASE)
    locked = Plan.objects.select_for_update(of=("self",), no_key=True).get(pk=plan.pk)
    if locked.status != PlanStatus.ADOPTED or not (locked.of_kind and locked.of_kind.decision):
        raise DomainError(_("A decision is noted of a plan in force whose kind asks for one."))
    locked.decision = required(number, _("Write the number of the decision."), field="number")
    not_in_future(decided_on, field="decided_on")
    if locked.agreed_on and decided_on < locked.agreed_on:
        raise DomainError(_("The decision is before the family's agreement."), field="decided_on")
    locked.decided_on = decided_on
    locked.save(update_fields=["decision", "decided_on"])
    trace(by=by, verb="note_plan_decision", case=case, subject=locked.pk)
    return locked
