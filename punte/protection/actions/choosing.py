"""A family is chosen: the measure of each child is proposed, and its place is kept."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.permission import required
from punte.cases.trail import trace
from punte.kernel.errors import DomainError
from punte.protection.actions.searching import locked_search
from punte.protection.criteria import criteria
from punte.protection.enums import SearchState
from punte.protection.models import FamilySearch, Placement
from punte.protection.roster import code_of, fits_of, free_in, held_in
from punte.registers.actions import add_entry
from punte.registers.models import Entry


@verb
def choose_family(
    *, by: User, search: FamilySearch, code: str, start: dt.date, reason: str = ""
) -> FamilySearch:
    """Choose a family of the list, by its code; its name is told from now on.

    For each child a placement with a foster carer is proposed from that day, which the commission or the court decides.

    Args:
        reason: why, where the family is not the first of the list or the search was made wider.

    Raises:
        NotAllowed: the account does not manage the case, or does not write measures.
        DomainError: the family is not on the list any more, has no room, or a reason is missing.
    """
    held = locked_search(by, search)
    fits = fits_of(by, held)
    rank = next((at for at, one in enumerate(fits, 1) if code_of(held, one.family.key) == code), None)
    if rank is None:
        raise DomainError(_("This family is not on the list any more. Look at the list again."))
    chosen = fits[rank - 1]
    if rank > 1 or chosen.widened:
        reason = required(reason, _("Say why this family is chosen."), field="reason")
    family = Entry.objects.select_for_update(of=("self",), no_key=True).get(pk=chosen.family.key)
    children = list(held.children.order_by("birth_date", "pk"))
    if free_in(family, held_in([family.pk]).get(family.pk, 0)) < len(children):
        raise DomainError(_("The last place there was taken meanwhile. Look at the list again."))
    named = criteria().registers
    said = {**named.values, named.family: str(family.person)}
    for child in children:
        measure = add_entry(
            by=by,
            register=named.measure,
            subject=child,
            start=start,
            state=named.proposed,
            given=said,
            confirmed=True,
        )
        Placement.objects.create(measure=measure, attestation=family, search=held)
    held.state, held.chosen, held.rank = SearchState.DECIDED, family, rank
    held.decided_by, held.decided_on, held.reason = by, timezone.localdate(), reason.strip()
    held.save()
    trace(by=by, verb="choose_family", case=held.case, subject=held.pk, reason=held.reason)
    return held
