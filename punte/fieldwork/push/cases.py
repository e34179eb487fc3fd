"""A case opened at the door, and what was done there."""

import datetime as dt
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.assessments.models import Assessment
from punte.cases.actions import log_intervention, open_case
from punte.cases.enums import PlanStatus
from punte.cases.models import Case, Intervention, PlannedService
from punte.fieldwork.push.entry import Applied, Entry
from punte.kernel.errors import DomainError

CLOCKS_DIFFER = dt.timedelta(minutes=15)
"""A tablet without a signal may be ahead by this much; what it dates a little later than now was done now."""


def apply_case_open(entry: Entry) -> Applied:
    """Open a case under the identifier that the device gave it.

    Where one was opened meanwhile that the worker sees, it is that one, and what follows goes into it.

    Raises:
        DomainError: on a field; a case that the worker does not see stands against it.
    """
    body = entry.body
    home = entry.visible_household(lock=True)
    person = entry.person()
    given = body.key("case")
    there = Case.objects.visible_to(entry.by).filter(open=True, household=home, person=person).first()
    if there is not None:
        message = _("A case was open already: %(case)s. What you wrote is there.") % {"case": there}
        return Applied(message=message, given=given, record=there.pk)
    if Case.objects.filter(pk=given).exists():
        raise DomainError(_("This identifier is of another case."), field="case")
    case = open_case(
        by=entry.by,
        household=home,
        regime=body.text("regime"),
        reason=body.text("reason"),
        person=person,
        assessment=Assessment.objects.setting_severity().filter(household=home).defer("instance").first(),
        key=given,
    )
    return Applied(given=given, record=case.pk)


def apply_intervention(entry: Entry) -> Applied:
    """Note what was done, under the identifier of the entry.

    Raises:
        DomainError: on a field; the identifier is of another intervention.
    """
    body = entry.body
    case = entry.visible_case()
    named = body.key_or_none("step")
    step = _step(case, named)
    if Intervention.objects.filter(pk=entry.id).exists():
        raise DomainError(_("This identifier is of another intervention."))
    done = log_intervention(
        by=entry.by,
        case=case,
        mode=body.text("mode"),
        code=body.text("code"),
        at=_not_ahead(body.moment("at")),
        minutes=body.whole_or_none("minutes", least=1),
        person=entry.person(),
        step=step,
        met_family=body.yes("metFamily"),
        compartment=body.text("compartment"),
        note=body.text("note", longest=100_000),
        key=entry.id,
    )
    gone = named is not None and step is None
    message = _("The plan was changed meanwhile: its step is not marked as done.") if gone else ""
    return Applied(message=message, record=done.pk)


def _step(case: Case, named: UUID | None) -> PlannedService | None:
    """The step that was done, if it still is of the plan in force; what was done is noted in any case."""
    if named is None:
        return None
    steps = PlannedService.objects.filter(
        objective__plan__case=case, objective__plan__status=PlanStatus.ADOPTED
    )
    return steps.select_related("objective__plan").filter(pk=named).first()


def _not_ahead(at: dt.datetime) -> dt.datetime:
    now = timezone.now()
    return now if now < at <= now + CLOCKS_DIFFER else at
