"""A plan that was drafted or edited on a device."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from punte.cases.actions import draft_plan, edit_plan
from punte.cases.enums import PlanStatus
from punte.cases.models import Case, Plan
from punte.cases.plan_input import ObjectiveInput, StepInput
from punte.cases.professions import people_by_role
from punte.fieldwork.conflicts import PlanConflict
from punte.fieldwork.enums import EntryKind
from punte.fieldwork.models import FieldEntry
from punte.fieldwork.push.entry import Applied, Entry
from punte.fieldwork.wire.objects import WireObject
from punte.fieldwork.wire.plans import as_rows_of, objectives_from_wire, objectives_of


def apply_plan(entry: Entry) -> Applied:
    """Make the draft of a case say what the device says, unless another hand wrote one meanwhile.

    Raises:
        DomainError: on a field; the case is closed, or is not the worker's to plan.
    """
    body = entry.body
    case = entry.visible_case()
    base = WireObject(body.object("base")) if body.values.get("base") is not None else None
    body.key_or_none("inForce")
    reason = body.text("reason")
    mine = objectives_from_wire(body.values.get("objectives"))
    # Whoever edits or drafts holds the case: what stands now stands until this is done.
    Case.objects.select_for_update(no_key=True).filter(pk=case.pk).first()
    mine = _on_people(mine, case)
    draft = Plan.objects.filter(case=case, status=PlanStatus.DRAFT).select_related("case__household").first()
    if draft is None:
        draft = draft_plan(by=entry.by, case=case, reason=reason or _reason(base))
        return _written(entry, draft, mine)
    begun_on = base is not None and base.key("plan") == draft.pk and base.whole("revision") == draft.revision
    if begun_on or _as_last_sent(entry, draft):
        return _written(entry, draft, mine)
    theirs = objectives_of(draft)
    if _content(theirs) == _content(mine):
        return Applied(record=draft.pk, revision=draft.revision)
    return Applied(
        message=_("Somebody else drafted the plan meanwhile. Both drafts wait in the office to be settled."),
        record=draft.pk,
        conflict=PlanConflict(case=case.pk, theirs=theirs, mine=mine, reason=reason),
        beside=draft.pk,
    )


def _on_people(objectives: Sequence[ObjectiveInput], case: Case) -> list[ObjectiveInput]:
    """With a person named for what is offered to a profession, as the office does; a device knows no colleagues."""
    people = people_by_role(case)

    def named(step: StepInput) -> StepInput:
        worker = people.get(step.role) if step.worker_id is None else None
        return replace(step, worker_id=worker.pk) if worker else step

    return [replace(each, steps=[named(step) for step in each.steps]) for each in objectives]


def _reason(base: WireObject | None) -> str:
    """Why there is a new version where the device edited a draft that was put into force or discarded meanwhile."""
    return _("Written in the field while the draft was settled in the office.") if base is not None else ""


def _written(entry: Entry, draft: Plan, mine: Sequence[ObjectiveInput]) -> Applied:
    message = _asked_again() if draft.agreed_on and draft.approvals.asked().exists() else ""
    edited = edit_plan(by=entry.by, plan=draft, revision=draft.revision, objectives=as_rows_of(draft, mine))
    return Applied(message=message, record=edited.pk, revision=edited.revision)


def _asked_again() -> str:
    return _(
        "The plan was waiting for approval: as it says something else now, it is asked for again in the office."
    )


def _as_last_sent(entry: Entry, draft: Plan) -> bool:
    """Whether the draft is as this device last wrote it, which it may not have heard of yet."""
    sent = FieldEntry.objects.filter(device=entry.device, kind=EntryKind.PLAN, record=draft.pk, conflict=None)
    last = sent.order_by("-created_at").values_list("revision", flat=True).first()
    return last == draft.revision


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
