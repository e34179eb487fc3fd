"""A plan that was drafted or edited on a device."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext as _

from punte.accounts.models import TrailEntry
from punte.cases.actions import draft_plan, edit_plan
from punte.cases.enums import PlanStatus
from punte.cases.models import Case, Plan
from punte.cases.plan_input import ObjectiveInput
from punte.fieldwork.applying.entry import Applied, Deed
from punte.fieldwork.applying.finding import case_named
from punte.fieldwork.conflicts import PlanConflict
from punte.fieldwork.enums import EntryKind
from punte.fieldwork.models import FieldEntry
from punte.fieldwork.plan_wire import objectives_from_wire, objectives_of
from punte.fieldwork.said import Said


def apply_plan(deed: Deed) -> Applied:
    """Make the draft of a case say what the device says, unless another hand wrote one meanwhile.

    Raises:
        DomainError: on a field; the case is closed, or is not the worker's to plan.
    """
    body = deed.entry.body
    case = case_named(body.key("case"), device=deed.device, household=deed.entry.household)
    base = Said(body.object("base")) if body.values.get("base") is not None else None
    body.key_or_none("inForce")
    reason = body.text("reason")
    mine = objectives_from_wire(body.values.get("objectives"))
    # Whoever edits or drafts holds the case: what stands now stands until this is done.
    Case.objects.select_for_update().filter(pk=case.pk).first()
    draft = Plan.objects.filter(case=case, status=PlanStatus.DRAFT).select_related("case__household").first()
    if draft is None:
        draft = draft_plan(by=deed.by, case=case, reason=reason or _reason(base))
        return _written(deed, draft, mine)
    known = base is not None and base.key("plan") == draft.pk and base.whole("revision") == draft.revision
    if known or _is_its_own(deed, draft):
        return _written(deed, draft, mine)
    theirs = objectives_of(draft)
    if _content(theirs) == _content(mine):
        return Applied(record=draft.pk)
    return Applied(
        message=_("Somebody else drafted the plan meanwhile. Both drafts wait in the office to be settled."),
        record=draft.pk,
        conflict=PlanConflict(case=case.pk, theirs=theirs, mine=mine, reason=reason),
        beside=draft.pk,
    )


def _reason(base: Said | None) -> str:
    """Why there is a new version where the device edited a draft that was put into force or discarded meanwhile."""
    return _("Written in the field while the draft was settled in the office.") if base is not None else ""


def _written(deed: Deed, draft: Plan, mine: Sequence[ObjectiveInput]) -> Applied:
    edit_plan(by=deed.by, plan=draft, revision=draft.revision, objectives=_of_draft(draft, mine))
    return Applied(record=draft.pk)


def _of_draft(draft: Plan, mine: Sequence[ObjectiveInput]) -> list[ObjectiveInput]:
    """The objectives with the identifiers that the draft has; those of another version are new ones here."""
    known = {each.id: {step.id for step in each.steps} for each in objectives_of(draft)}
    return [_as_known(each, known) for each in mine]


def _as_known(said: ObjectiveInput, known: dict[UUID | None, set[UUID | None]]) -> ObjectiveInput:
    steps_known = known.get(said.id, set()) if said.id else set()
    steps = [step if step.id in steps_known else replace(step, id=None) for step in said.steps]
    return replace(said, id=said.id if said.id in known else None, steps=steps)


def _is_its_own(deed: Deed, draft: Plan) -> bool:
    """Whether the draft is as this device last sent it, which it may not have heard of yet."""
    sent = FieldEntry.objects.filter(
        device=deed.device, kind=EntryKind.PLAN, record=draft.pk, conflict=None
    ).order_by("-created_at")
    last = sent.values_list("created_at", flat=True).first()
    if last is None:
        return False
    since = TrailEntry.objects.filter(subject=draft.pk, verb="edit_plan", at__gt=last)
    return not since.exists()


def _content(objectives: Sequence[ObjectiveInput]) -> list[ObjectiveInput]:
    """What objectives say, whatever their identifiers."""
    return [
        replace(
            each,
            id=None,
            text=each.text.strip(),
            steps=[replace(step, id=None, text=step.text.strip()) for step in each.steps],
        )
        for each in objectives
    ]
