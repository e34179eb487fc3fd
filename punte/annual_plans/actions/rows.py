"""Rows of a plan are added, changed and taken out one by one, so that several people edit it at once."""

from uuid import UUID

from django.db.models import F, Max
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.annual_plans.editing import (
    PLAN_FIELDS,
    StaleRow,
    Values,
    draft_for,
    fields_of,
    put,
    trace,
    values_of,
)
from punte.annual_plans.enums import Section
from punte.annual_plans.models import MODEL_OF, AnnualPlan, PlanRow


@verb
def add_row(
    *, by: User, plan: AnnualPlan, section: Section, values: Values, after: UUID | None = None
) -> PlanRow:
    """Add a row to a section: at its end, or right after another row.

    Args:
        values: by field name (`punte.annual_plans.editing.fields_of`); a link is a row or its key.
        after: the key of the row that it follows.

    Raises:
        NotAllowed: the account does not write plans in the organisation.
        DomainError: the plan is not a draft, or a value cannot be.
    """
    draft = draft_for(by, plan)
    model = MODEL_OF[Section(section)]
    row = model(plan=draft, section=section, position=_place(draft, section, after))
    put(row, values, fields_of(model))
    row.save(force_insert=True)
    _touch(draft)
    trace(by=by, verb="add_row", plan=draft, changes={"section": str(section), "row": str(row.pk)})
    return row


@verb
def change_row(*, by: User, row: PlanRow, revision: int, values: Values) -> PlanRow:
    """Change fields of a row.

    Args:
        revision: that of the row as the account read it.

    Raises:
        NotAllowed: the account does not write plans in the organisation.
        DomainError: the plan is not a draft, or a value cannot be.
        StaleRow: somebody else saved the row since, or took it out; carries both.
    """
    draft = draft_for(by, row.plan)
    held = _held(row, revision, values)
    names = fields_of(type(held))
    before = values_of(held, names)
    put(held, values, names)
    held.revision += 1
    held.save()
    _touch(draft)
    changed = [name for name, value in values_of(held, names).items() if value != before[name]]
    trace(
        by=by, verb="change_row", plan=draft,
        changes={"section": held.section, "row": str(held.pk), "fields": changed},
    )  # fmt: skip
    return held


@verb
def remove_row(*, by: User, row: PlanRow, revision: int) -> None:
    """Take a row out; what it said stays in the versions already approved.

    Raises:
        As `change_row`.
    """
    draft = draft_for(by, row.plan)
    held = _held(row, revision, {})
    key, section = held.pk, held.section
    held.delete()
    _touch(draft)
    trace(by=by, verb="remove_row", plan=draft, changes={"section": section, "row": str(key)})


@verb
def change_plan(*, by: User, plan: AnnualPlan, revision: int, values: Values) -> AnnualPlan:
    """Change the plan's own fields (`PLAN_FIELDS`): title, grants budget, printed total of the subsidies.

    Raises:
        As `change_row`.
    """
    draft = draft_for(by, plan)
    if draft.revision != revision:
        raise StaleRow(
            _stale_message(), theirs=values_of(draft, PLAN_FIELDS), yours=values, revision=draft.revision
        )
    put(draft, values, PLAN_FIELDS)
    draft.revision += 1
    draft.save()
    trace(by=by, verb="change_plan", plan=draft, changes={"fields": sorted(values)})
    return draft


def _held(row: PlanRow, revision: int, values: Values) -> PlanRow:
    held = type(row)._default_manager.select_for_update(no_key=True).filter(pk=row.pk).first()
    if held is None:
        message = _("Somebody else took this row out meanwhile. What you wrote was not saved.")
        raise StaleRow(message, theirs=None, yours=values, revision=None)
    if held.revision != revision:
        theirs = values_of(held, fields_of(type(held)))
        raise StaleRow(_stale_message(), theirs=theirs, yours=values, revision=held.revision)
    return held


def _stale_message() -> str:
    return _("Somebody else changed this meanwhile. Compare the two and save again.")


def _place(plan: AnnualPlan, section: Section, after: UUID | None) -> int:
    rows = MODEL_OF[Section(section)]._default_manager.filter(plan=plan, section=section)
    before = rows.filter(pk=after).first() if after else None
    if before is None:
        last: int | None = rows.aggregate(last=Max("position"))["last"]
        return (last or 0) + 1
    rows.filter(position__gt=before.position).update(position=F("position") + 1)
    return before.position + 1


def _touch(plan: AnnualPlan) -> None:
    plan.save(update_fields=["changed_at"])
