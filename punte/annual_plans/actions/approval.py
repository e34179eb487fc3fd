"""From a draft to a plan in force, and back to a draft when it must be corrected."""

import datetime as dt

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.annual_plans.content import to_json
from punte.annual_plans.editing import draft_for, trace
from punte.annual_plans.enums import PlanStatus
from punte.annual_plans.models import AnnualPlan, ExistingService, PlanVersion
from punte.annual_plans.queries import content_of
from punte.annual_plans.remarks import remarks_in
from punte.kernel.errors import DomainError


@verb
def submit_for_approval(*, by: User, plan: AnnualPlan, note: str = "") -> AnnualPlan:
    """Say that the plan was checked and may be approved; remarks may remain, they go along with it.

    Args:
        note: what those who approve should know, such as why a remark stays.

    Raises:
        NotAllowed: the account does not write plans in the organisation.
        DomainError: the plan is not a draft, or has no service.
    """
    draft = draft_for(by, plan)
    if not ExistingService.objects.filter(plan=draft).exists():
        raise DomainError(_("The plan has no service yet. Fill in chapter I.A first."))
    draft.status, draft.note, draft.prepared_by = PlanStatus.CHECKED, note.strip(), by
    draft.save()
    trace(by=by, verb="submit_for_approval", plan=draft, changes={"status": draft.status})
    return draft


@verb
def approve_plan(
    *, by: User, plan: AnnualPlan, decision: str, decided_on: dt.date | None = None
) -> PlanVersion:
    """Freeze the plan as its next version, with what the check still finds.

    Args:
        decision: number of the decision of the council.

    Raises:
        NotAllowed: the account does not approve plans in the organisation.
        DomainError: the plan does not wait for approval, or no decision is named.
    """
    held = AnnualPlan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    by.standing.require(Capability.APPROVE_PLAN, held.organization_id)
    if held.status != PlanStatus.CHECKED:
        raise DomainError(_("The plan does not wait for approval. It must be submitted first."))
    if not decision.strip():
        raise DomainError(_("Write the number of the decision."), field="decision")
    version = freeze(held, by=by, decision=decision.strip(), decided_on=decided_on)
    trace(
        by=by, verb="approve_plan", plan=held,
        changes={"version": version.number, "decision": version.decision},
    )  # fmt: skip
    return version


def freeze(plan: AnnualPlan, *, by: User | None, decision: str, decided_on: dt.date | None) -> PlanVersion:
    """Write the next version of a plan and mark the plan as approved; `by` is None when an installation does it."""
    content = content_of(plan)
    newest = PlanVersion.objects.filter(plan=plan).first()
    with translation.override(settings.LANGUAGE_CODE):
        remarks = [
            {**remark.as_json(), "answer": plan.answers.get(remark.key, "")}
            for remark in remarks_in(plan, content)
        ]
    version = PlanVersion.objects.create(
        plan=plan,
        number=newest.number + 1 if newest else 1,
        content=to_json(content),
        remarks=remarks,
        decision=decision,
        decided_on=decided_on,
        by=by,
    )
    plan.status = PlanStatus.APPROVED
    plan.save()
    return version


@verb
def reopen_plan(*, by: User, plan: AnnualPlan, reason: str) -> AnnualPlan:
    """Make the plan a draft again; the version in force stays in force until the next one is approved.

    Raises:
        NotAllowed: the account does not write plans in the organisation.
        DomainError: the plan is a draft already, or no reason is given.
    """
    held = AnnualPlan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    by.standing.require(Capability.PLAN, held.organization_id)
    if held.status == PlanStatus.DRAFT:
        raise DomainError(_("The plan is a draft already."))
    if not reason.strip():
        raise DomainError(_("Say why the plan is changed again."), field="reason")
    before, held.status = held.status, PlanStatus.DRAFT
    held.save()
    trace(
        by=by, verb="reopen_plan", plan=held, reason=reason.strip(),
        changes={"status": [before, held.status]},
    )  # fmt: skip
    return held
