"""A supervisor opens parts of a case for a student or a volunteer to read, and closes them again (R73)."""

import datetime as dt
from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.models import Case
from punte.cases.trail import trace
from punte.gatherings.groups_content import groups
from punte.gatherings.models import Opened, Placement
from punte.kernel.errors import DomainError, NotAllowed
from punte.people.actions.checks import check_lengths, check_present
from punte.people.enums import SharedPart


@verb
def open_to_student(
    *, by: User, placement: Placement, case: Case, parts: Collection[str], until: dt.date, why: str
) -> Opened:
    """Let a student or a volunteer read parts of the general record of a case, until a day.

    Raises:
        NotAllowed: somebody else supervises them, or the account does not see the case.
        DomainError: they have no account for it, it is sealed or closed, opened already, nothing is chosen, or the day
            is past, after the placement, or further than content allows.
    """
    held = _supervised(by, placement)
    if held.user is None or not held.user.standing.may(Capability.READ_OPENED):
        raise DomainError(_("They have no account of a student or volunteer yet."), field="case")
    found = Case.objects.visible_to(by).filter(pk=case.pk, keeper=held.keeper_id).first()
    if found is None:
        raise NotAllowed(_("This case is not among those you see. Ask your coordinator."))
    if found.sealed:
        raise DomainError(_("A sealed case is never opened to a student or a volunteer."), field="case")
    if not found.open:
        raise DomainError(_("The case is closed."), field="case")
    chosen = [part for part in SharedPart.values if part in set(parts)]
    if not chosen:
        raise DomainError(_("Choose what they read."), field="parts")
    _check_until(held, until)
    check_present("why", why.strip())
    check_lengths(Opened, why=why)
    try:
        with transaction.atomic():
            made = Opened.objects.create(
                placement=held, case=found, parts=chosen, until=until, why=why.strip()
            )
    except IntegrityError as error:
        raise DomainError(_("This case is open to them already."), field="case") from error
    trace(by=by, verb="open_to_student", case=found, subject=made.pk, changes={"until": [None, str(until)]})
    return made


@verb
def close_to_student(*, by: User, opened: Opened) -> Opened:
    """Say that they read it no more; ended already, it stays as it is.

    Raises:
        NotAllowed: the account neither supervises them nor gives work to others there.
    """
    placement = opened.placement
    if placement.supervisor_id != by.pk and not by.standing.may(Capability.ASSIGN, placement.keeper_id):
        raise NotAllowed(_("Only the supervisor opens and closes what they read."))
    held = (
        Opened.objects.select_for_update(of=("self",), no_key=True).select_related("case").get(pk=opened.pk)
    )
    held.ended_at = held.ended_at or timezone.now()
    held.save(update_fields=["ended_at"])
    trace(by=by, verb="close_to_student", case=held.case, subject=held.pk)
    return held


def _supervised(by: User, placement: Placement) -> Placement:
    held = Placement.objects.select_for_update(of=("self",), no_key=True).get(pk=placement.pk)
    if held.supervisor_id != by.pk or not by.standing.may(Capability.MEET, held.keeper_id):
        raise NotAllowed(_("Only the supervisor opens and closes what they read."))
    return held


def _check_until(placement: Placement, until: dt.date) -> None:
    today = timezone.localdate()
    latest = today + dt.timedelta(days=groups().opened_days)
    if until < today or not placement.holds_on(until):
        raise DomainError(_("Choose a day within the placement."), field="until")
    if until > latest:
        raise DomainError(
            _("At most until %(day)s; then it may be opened again.") % {"day": latest.strftime("%d.%m.%Y")},
            field="until",
        )
