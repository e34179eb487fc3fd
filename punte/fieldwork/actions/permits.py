"""The team of a sealed case lets it be taken along in the field, for a while."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.models import Case
from punte.cases.permission import case_for, open_case_for
from punte.cases.trail import trace
from punte.fieldwork.models import FieldPermit
from punte.kernel.errors import DomainError

LONGEST_DAYS = 30
"""A sealed case is on a tablet only as long as its team remembers that it is."""


@verb
def allow_in_field(*, by: User, case: Case, until: dt.date) -> FieldPermit:
    """Let those who work on a sealed case take it along in Teren.

    Args:
        until: the last day, at most 30 days from today.

    Raises:
        NotAllowed: the account is not of the team of the case, or only reads.
        DomainError: the case is closed or not sealed, is let out already, or the day cannot be.
    """
    case = open_case_for(by, case, Capability.INTERVENE)
    if not case.sealed:
        raise DomainError(_("The case is not sealed: it is taken along without being asked."))
    today = timezone.localdate()
    if not today <= until <= today + dt.timedelta(days=LONGEST_DAYS):
        raise DomainError(
            _("Choose a day from today on, at most %(days)s days ahead.") % {"days": LONGEST_DAYS},
            field="until",
        )
    if FieldPermit.objects.current().filter(case=case).exists():
        raise DomainError(_("The case may already be taken along."))
    permit = FieldPermit.objects.create(case=case, by=by, start=today, end=until + dt.timedelta(days=1))
    trace(
        by=by,
        verb="allow_in_field",
        case=case,
        subject=permit.pk,
        changes={"until": [None, until.isoformat()]},
    )
    return permit


@verb
def end_field_permit(*, by: User, case: Case) -> None:
    """Keep a sealed case in the office from now on; devices forget it at their next contact.

    Raises:
        NotAllowed: as for `allow_in_field`.
        DomainError: it may not be taken along anyway.
    """
    case = case_for(by, case, Capability.INTERVENE)
    permit = FieldPermit.objects.current().filter(case=case).first()
    if permit is None:
        raise DomainError(_("The case stays in the office already."))
    permit.end = timezone.localdate()
    permit.save(update_fields=["end"])
    trace(by=by, verb="end_field_permit", case=case, subject=permit.pk)
