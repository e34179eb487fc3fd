"""What refuses a change of a plan: who may, when, and what somebody else saved meanwhile."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record
from punte.annual_plans.enums import PlanStatus
from punte.annual_plans.models import AnnualPlan, PlanRow
from punte.kernel.errors import DomainError, EditedMeanwhile

Values = Mapping[str, Any]
_NOT_TYPED_IN = {"id", "created_at", "plan", "section", "position", "revision", "source_line"}
PLAN_FIELDS = ("title", "grants_budget", "subsidy_budget")


class StaleRow(EditedMeanwhile):
    """Somebody else changed the row, or the plan's own fields, since they were read.

    Attributes:
        theirs: what stands now, by field; None where the row was taken out.
        yours: what was sent and not saved, by field.
        revision: with which to save again over what stands now.
    """

    def __init__(self, message: str, *, theirs: Values | None, yours: Values, revision: int | None) -> None:
        super().__init__(message)
        self.theirs = theirs
        self.yours = yours
        self.revision = revision


def fields_of(model: type[PlanRow]) -> list[str]:
    """The fields of a row that a person fills in, in the order of the printed table."""
    return [field.name for field in model._meta.fields if field.name not in _NOT_TYPED_IN]


def values_of(row: models.Model, names: list[str] | tuple[str, ...]) -> dict[str, Any]:
    """What a row says now, by field; a link is the key of what it points to."""
    return {name: getattr(row, row._meta.get_field(name).attname) for name in names}  # type: ignore[union-attr]


def put(row: models.Model, values: Values, allowed: list[str] | tuple[str, ...]) -> None:
    """Set and check the fields of a row; nothing is saved.

    Raises:
        DomainError: a value cannot be; `field` names the first such.
        KeyError: a name that the row does not have (a mistake of ours).
    """
    for name, value in values.items():
        if name not in allowed:
            raise KeyError(name)
        field = row._meta.get_field(name)
        plain = not field.is_relation or isinstance(value, models.Model)
        setattr(row, name if plain else field.attname, value)  # type: ignore[union-attr]
    if "code" in values and "code_printed" not in values:
        row.code_printed = getattr(row, "code_id", None) or ""  # type: ignore[attr-defined]
    try:
        row.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as refused:
        name, messages = next(iter(refused.message_dict.items()))
        raise DomainError(messages[0], field=name) from refused
    _refuse_negative(row, allowed)


def _refuse_negative(row: models.Model, allowed: list[str] | tuple[str, ...]) -> None:
    for name in allowed:
        if isinstance(row._meta.get_field(name), models.DecimalField) and (getattr(row, name) or 0) < 0:
            raise DomainError(_("This cannot be less than 0."), field=name)


def draft_for(by: User, plan: AnnualPlan) -> AnnualPlan:
    """The plan, held until the change is done, for an account that may write it now.

    Raises:
        NotAllowed: the account does not write plans in the organisation.
        DomainError: the plan is not a draft.
    """
    held = AnnualPlan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    by.standing.require(Capability.PLAN, held.organization_id)
    if held.status != PlanStatus.DRAFT:
        raise DomainError(
            _("The plan is not a draft: it waits for approval or is approved. Reopen it, then change it.")
        )
    return held


def trace(*, by: User, verb: str, plan: AnnualPlan, changes: dict[str, Any], reason: str = "") -> None:
    """The line of a verb in the trail; a plan holds no personal data, so values stand in clear."""
    record(
        by=by, verb=verb, keeper=plan.organization_id, subject=plan.pk, reason=reason,
        changes={"year": plan.year, **changes},
    )  # fmt: skip
