"""A family is looked for; the search is made wider, or given up."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.models import Case
from punte.cases.permission import open_case_for, required_reason
from punte.cases.trail import trace
from punte.deadlines.model import ADULT_AT
from punte.kernel.errors import DomainError, EditedMeanwhile, NotAllowed
from punte.people.models import Person
from punte.people.sight import hidden_from
from punte.protection.criteria import criteria
from punte.protection.enums import SearchState
from punte.protection.models import FamilySearch, holding
from punte.protection.roster import needs_offered


@verb
def begin_search(
    *, by: User, case: Case, children: Sequence[Person], needs: Collection[str] = ()
) -> FamilySearch:
    """Look for one family for a child, or for siblings together.

    Args:
        needs: as the attestation of a family names what it can care for.

    Raises:
        NotAllowed: the account does not manage the case.
        DomainError: nobody is named, somebody is no child of the household, is looked a family for already, or has one
            that the commission or the court is still to decide about.
    """
    locked = open_case_for(by, case, Capability.MANAGE_CASE)
    living = set(
        hidden_from(by).living().filter(household=locked.household_id).values_list("person", flat=True)
    )
    if not children or any(child.pk not in living for child in children):
        raise DomainError(_("Choose children of this household."), field="children")
    if any((child.age_on() or 0) >= ADULT_AT for child in children):
        raise DomainError(_("A family is looked for a child, not for an adult."), field="children")
    if any(child.pk in hidden_from(by).people for child in children):
        raise DomainError(_("This cannot be recorded now. Ask your coordinator."))
    known = {one.key for one in needs_offered().choices if not one.retired}
    if not set(needs) <= known:
        raise DomainError(_("Choose one of the values in the list."), field="needs")
    under_way = FamilySearch.objects.filter(children__in=children, state=SearchState.OPEN)
    if under_way.exists():
        raise DomainError(_("A family is already looked for one of them."), field="children")
    if holding().filter(measure__person__in=children, measure__state=criteria().registers.proposed).exists():
        raise DomainError(
            _("A family was chosen for one of them, and the commission or the court decides first."),
            field="children",
        )
    made = FamilySearch.objects.create(case=locked, needs=sorted(needs), by=by)
    made.children.set(children)
    trace(by=by, verb="begin_search", case=locked, subject=made.pk)
    return made


@verb
def widen_search(*, by: User, search: FamilySearch, why: str) -> FamilySearch:
    """Look also at families that miss what may be passed over, and say why.

    Raises:
        NotAllowed: the account does not manage the case.
        DomainError: no reason is given, or the search is over.
    """
    held = locked_search(by, search)
    held.wider, held.why_wider = True, required_reason(why)
    held.save(update_fields=["wider", "why_wider"])
    trace(by=by, verb="widen_search", case=held.case, subject=held.pk, reason=held.why_wider)
    return held


@verb
def give_up_search(*, by: User, search: FamilySearch, why: str) -> FamilySearch:
    """Look no more, and say why: the child stays with the family, goes to relatives, has another measure.

    Raises:
        NotAllowed: the account does not manage the case.
        DomainError: no reason is given, or the search is over.
    """
    held = locked_search(by, search)
    held.state, held.reason = SearchState.GIVEN_UP, required_reason(why)
    held.save(update_fields=["state", "reason"])
    trace(by=by, verb="give_up_search", case=held.case, subject=held.pk, reason=held.reason)
    return held


def locked_search(by: User, search: FamilySearch) -> FamilySearch:
    """The search as it is now, locked, for an account that manages its case.

    Raises:
        NotAllowed: the account does not see it, or does not manage the case.
        EditedMeanwhile: it is over.
    """
    seen = FamilySearch.objects.visible_to(by).filter(pk=search.pk).values("pk")
    held = (
        FamilySearch.objects.filter(pk__in=seen)
        .select_for_update(of=("self",), no_key=True)
        .select_related("case__household__uat")
        .first()
    )
    if held is None:
        raise NotAllowed(_("This record is not among those you see. Ask your coordinator."))
    held.case = open_case_for(by, held.case, Capability.MANAGE_CASE)
    if held.state != SearchState.OPEN:
        raise EditedMeanwhile(_("This search is over. Look at what was decided."))
    return held
