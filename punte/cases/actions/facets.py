"""A case is given a facet for a while."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.actions.sealing import keep_case_sealed
from punte.cases.case_facets import may_set
from punte.cases.facets import facets
from punte.cases.models import Case, CaseFacet
from punte.cases.permission import not_in_future, open_case_for
from punte.cases.trail import trace
from punte.kernel.errors import DomainError, NotAllowed


@verb
def add_facet(*, by: User, case: Case, facet: str, start: dt.date | None = None) -> CaseFacet:
    """Say that a case is worked on in a field; the trail does not name it, for not everybody may know.

    A field that seals has the case sealed from then on; the seal does not end with it, its team lifts it.

    Args:
        facet: its key.
        start: since when; today where nothing is said.

    Raises:
        NotAllowed: the account does not manage the case, or may not set this facet.
        DomainError: there is no such facet, the day is to come, or the case has it then already.
    """
    case = open_case_for(by, case, Capability.MANAGE_CASE)
    _require(by, case, facet)
    start = start or timezone.localdate()
    not_in_future(start, field="start")
    try:
        with transaction.atomic():
            row = CaseFacet.objects.create(case=case, facet=facet, start=start, by=by)
    except IntegrityError:
        raise DomainError(
            _("The case has this field of work already, or has it since a later day."), field="facet"
        ) from None
    if facets()[facet].seals:
        keep_case_sealed(by=by, case=case, reason=_("The case is worked on in a field that is sealed."))
    trace(by=by, verb="add_facet", case=case, subject=row.pk)
    return row


@verb
def end_facet(*, by: User, case: Case, row: CaseFacet, end: dt.date | None = None) -> CaseFacet:
    """Say that a case is worked on in a field no more.

    Args:
        end: the first day on which it is not; today where nothing is said.

    Raises:
        NotAllowed: the account does not manage the case, or may not set this facet.
        DomainError: it has ended, or the day is to come or lies before it began.
    """
    case = open_case_for(by, case, Capability.MANAGE_CASE)
    locked = CaseFacet.objects.select_for_update(of=("self",), no_key=True).get(pk=row.pk)
    if locked.case_id != case.pk or locked.end is not None:
        raise DomainError(_("The case does not have this field of work any more."))
    _require(by, case, locked.facet)
    end = end or timezone.localdate()
    not_in_future(end, field="end")
    if end < locked.start:
        raise DomainError(_("It cannot end before it began."), field="end")
    locked.end, locked.ended_by = end, by
    locked.save(update_fields=["end", "ended_by"])
    trace(by=by, verb="end_facet", case=case, subject=locked.pk)
    return locked


def _require(by: User, case: Case, key: str) -> None:
    found = facets().get(key)
    if found is None:
        raise DomainError(_("There is no such field of work here."), field="facet")
    if not may_set(by, case, found):
        raise NotAllowed(_("Only the responsible worker and the team may do this."))
