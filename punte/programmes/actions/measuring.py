"""Values of indicators that are typed in."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.kernel.errors import DomainError
from punte.programmes.enums import FigureSource
from punte.programmes.models import IndicatorFigure, Programme


@verb
def write_figure(
    *,
    by: User,
    programme: Programme,
    indicator: str,
    value: Decimal,
    start: dt.date,
    end: dt.date,
    said: str,
    bound: str = "",
) -> IndicatorFigure:
    """Write the value of an indicator for a period, with where it comes from.

    Args:
        end: the last day of the period.
        bound: `>` or `>=` where no exact number is known.

    Raises:
        NotAllowed: the account does not write in the programme's institution.
        DomainError: a value below 0, a period turned round or outside the programme, no source.
    """
    by.standing.require(Capability.PLAN, programme.organization_id)
    if programme.tree.indicator(indicator) is None:
        raise DomainError(_("The programme has no such indicator."))
    if value < 0:
        raise DomainError(_("This cannot be less than 0."), field="value")
    if end < start:
        raise DomainError(_("The period ends before it begins."), field="end")
    if end < programme.start or start > programme.end:
        raise DomainError(_("The period lies outside the programme."), field="start")
    if not said.strip():
        raise DomainError(_("Say where the value comes from: a list, a register, a report."), field="said")
    made = IndicatorFigure.objects.create(
        programme=programme, indicator=indicator, start=start, end=end, value=value, bound=bound,
        source=FigureSource.HAND, said=said.strip(), by=by,
    )  # fmt: skip
    record(
        by=by, verb="write_figure", keeper=programme.organization_id, subject=made.pk,
        changes={"programme": programme.key, "indicator": indicator, "value": f"{value:f}"},
    )  # fmt: skip
    return made
