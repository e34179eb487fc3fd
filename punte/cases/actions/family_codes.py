"""Somebody of a family is given a code for their own page, and it is taken back."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import OnceLink, User
from punte.accounts.once_links import give_out, still_open, take_back
from punte.accounts.verbs import verb
from punte.cases.families import is_kept_away, is_old_enough, lives_there, may_have_page, page_consent
from punte.cases.models import Case, FamilyCode
from punte.cases.permission import case_for, open_case_for
from punte.cases.policy import code_days
from punte.cases.trail import trace
from punte.kernel.errors import DomainError
from punte.people.models import Person

FAMILY = "family_page"
"""What the code of a family opens."""


@verb
def give_family_code(*, by: User, case: Case, person: Person) -> OnceLink:
    """Give somebody of the household a code on paper; a former one opens nothing any more.

    Raises:
        NotAllowed: the account does not manage the case.
        DomainError: they did not agree, are too young, do not live there, or nothing may be sent there.
    """
    case = open_case_for(by, case, Capability.MANAGE_CASE)
    if is_kept_away(case.household, case):
        raise DomainError(
            _("Nothing is sent to this household, and there is no page: it is reached in a safe way.")
        )
    if not lives_there(case, person):
        raise DomainError(_("This person is not a member of the household."), field="person")
    if not is_old_enough(person):
        raise DomainError(_("This person is too young for a page of their own, or the age is not known."))
    if page_consent(case, person) is None:
        raise DomainError(_("Ask for the consent to a page of their own first, and record it."))
    code = _row(case, person, by)
    link = give_out(by=by, keeper=case.keeper, purpose=FAMILY, subject=code.pk, for_days=code_days("family"))
    trace(by=by, verb="give_family_code", case=case, person=person.pk, subject=code.pk)
    return link


@verb
def revoke_family_code(*, by: User, code: FamilyCode) -> None:
    """Let nobody in by the code any more: the paper was lost, or is not wanted.

    Raises:
        NotAllowed: the account does not manage the case.
        DomainError: no code stands.
    """
    case = case_for(by, code.case, Capability.MANAGE_CASE)
    if not take_back(purpose=FAMILY, subjects=[code.pk]):
        raise DomainError(_("No code of this person stands any more."))
    trace(by=by, verb="revoke_family_code", case=case, person=code.person_id, subject=code.pk)


def opened_page(link: OnceLink) -> FamilyCode | None:
    """Whose page a link opens now: None once the consent was withdrawn, or anything else stands against it.

    Not a verb: who opens it has no account, and nobody's record is changed.
    """
    related = ("case__household", "case__keeper", "case__responsible", "person")
    code = FamilyCode.objects.select_related(*related).filter(pk=link.subject).first()
    if code is None or not may_have_page(code.case, code.person):
        return None
    FamilyCode.objects.filter(pk=code.pk).update(opened_at=timezone.now())
    return code


def page_still_open(link: object) -> FamilyCode | None:
    """The same, of a link that somebody opened a while ago, by its identifier."""
    found = still_open(link, purposes=[FAMILY])  # type: ignore[arg-type]
    return opened_page(found) if found else None


def _row(case: Case, person: Person, by: User) -> FamilyCode:
    try:
        with transaction.atomic():
            return FamilyCode.objects.create(case=case, person=person, by=by)
    except IntegrityError:
        return FamilyCode.objects.get(case=case, person=person)
