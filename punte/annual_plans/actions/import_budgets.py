"""A table of budgets taken over into chapter I.A of a draft after it was looked at: all of it, or nothing."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.annual_plans.actions.rows import add_row, change_row
from punte.annual_plans.editing import draft_for, trace
from punte.annual_plans.enums import Section
from punte.annual_plans.importing import judge_budgets
from punte.annual_plans.models import AnnualPlan, ExistingService
from punte.kernel.tables import TableRow
from punte.kernel.tables.preview import NEW, SAME, Outcome, require_seen
from punte.kernel.text import fold


@verb
def import_budgets(*, by: User, plan: AnnualPlan, rows: Sequence[TableRow], seen: str) -> list[Outcome]:
    """Write what a table says of the existing services into a draft; new rows come after those of their provider.

    Args:
        seen: the mark (`mark_of`) of what was shown.

    Raises:
        NotAllowed: the account does not write plans in the organisation.
        DomainError: the plan is not a draft.
        DamagedTable: a line is wrong or unclear.
        EditedMeanwhile: something else would come of it than what was shown.
    """
    draft = draft_for(by, plan)
    outcomes = judge_budgets(rows, plan=draft)
    require_seen(outcomes, seen)
    for outcome in outcomes:
        meant = outcome.values
        if outcome.kind == NEW:
            beside = _beside(draft, meant.values["provider"])
            add_row(
                by=by,
                plan=draft,
                section=Section.EXISTING,
                values={**meant.values, **beside},
                after=_last_of(draft, meant.values["provider"]),
            )
        elif outcome.kind != SAME:
            change_row(by=by, row=meant.row, revision=meant.row.revision, values=meant.values)
    written = sum(outcome.kind != SAME for outcome in outcomes)
    trace(by=by, verb="import_budgets", plan=draft, changes={"lines": len(outcomes), "written": written})
    return outcomes


def _of_provider(plan: AnnualPlan, provider: str) -> list[ExistingService]:
    rows = ExistingService.objects.filter(plan=plan).order_by("position", "id")
    return [row for row in rows if fold(row.provider) == fold(provider)]


def _last_of(plan: AnnualPlan, provider: str) -> UUID | None:
    found = _of_provider(plan, provider)
    return found[-1].pk if found else None


def _beside(plan: AnnualPlan, provider: str) -> dict[str, Any]:
    """What a new row shares with those of its provider; of a new provider, the next number."""
    found = _of_provider(plan, provider)
    if found:
        return {
            "number": found[-1].number,
            "provider": found[-1].provider,
            "organization": found[-1].organization_id,
        }
    numbers = ExistingService.objects.filter(plan=plan).values_list("number", flat=True)
    return {"number": max((number or 0 for number in numbers), default=0) + 1}
