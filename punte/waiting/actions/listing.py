"""Somebody begins to wait for a place."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.models import Case
from punte.cases.permission import member_of, open_case_for
from punte.cases.trail import trace
from punte.directory.models import Service
from punte.kernel.errors import DomainError
from punte.people.actions.checks import check_lengths
from punte.people.models import Person
from punte.waiting.models import WaitingEntry
from punte.waiting.reasons import points_of, reasons


@verb
def put_on_list(
    *,
    by: User,
    case: Case,
    person: Person,
    service: Service,
    declared: Sequence[str] = (),
    note: str = "",
) -> WaitingEntry:
    """Put a person of the household on the waiting list of a service.

    Args:
        declared: the keys of the reasons for which they come before others.
        note: what the case team should know of it; the provider does not read it.

    Raises:
        NotAllowed: the account does not refer in this case.
        DomainError: the service takes nobody in, an unknown reason, or they wait there already.
    """
    case = open_case_for(by, case, Capability.REFER)
    member_of(person, case.household)
    if not service.is_active:
        raise DomainError(_("This service is not active. Choose another."), field="service")
    if not set(declared) <= set(reasons()):
        raise DomainError(_("Choose one of the values in the list."), field="declared")
    check_lengths(WaitingEntry, note=note)
    chosen = [key for key in reasons() if key in declared]
    entry = WaitingEntry(
        service=service,
        case=case,
        person=person,
        by=by,
        since=timezone.localdate(),
        reasons=chosen,
        points=points_of(chosen),
        note=note.strip(),
    )
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError as error:
        raise DomainError(
            _("This person is on the list of this service already."), field="service"
        ) from error
    trace(by=by, verb="put_on_list", case=case, person=person.pk, subject=entry.pk)
    return entry
