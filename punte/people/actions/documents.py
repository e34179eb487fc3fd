"""Papers that prove who a person is, with their expiry (R54)."""

import datetime as dt

from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.kernel.errors import DomainError
from punte.people.actions.checks import check_choice, check_not_future, tidy
from punte.people.models import IdentityDocument, Person

_LONGEST_NUMBER = 60


@verb
def add_document(
    *,
    by: User,
    person: Person,
    kind: str,
    number: str,
    issued_on: dt.date | None = None,
    expires_on: dt.date | None = None,
) -> IdentityDocument:
    """Record a paper of a person; its number is kept encrypted.

    Raises:
        NotAllowed: the account does not record people there.
        DomainError: on a field that cannot be so.
    """
    by.standing.require(Capability.EDIT_PEOPLE, person.keeper_id)
    check_choice(IdentityDocument, "kind", kind)
    check_not_future("issued_on", issued_on)
    if len(tidy(number)) > _LONGEST_NUMBER:
        raise DomainError(
            _("A series and number have at most %(most)d characters.") % {"most": _LONGEST_NUMBER},
            field="number",
        )
    if issued_on and expires_on and expires_on <= issued_on:
        raise DomainError(_("The paper expires before it was issued. Check both dates."), field="expires_on")
    document = IdentityDocument.objects.create(
        person=person, kind=kind, number=tidy(number), issued_on=issued_on, expires_on=expires_on
    )
    record(
        by=by,
        verb="add_document",
        keeper=person.keeper_id,
        person=person.pk,
        subject=document.pk,
        changes={"kind": kind},
    )
    return document


@verb
def remove_document(*, by: User, document: IdentityDocument) -> None:
    """Take away a paper that was recorded by mistake or is replaced.

    Raises:
        NotAllowed: the account does not record people there.
    """
    person = document.person
    by.standing.require(Capability.EDIT_PEOPLE, person.keeper_id)
    record(
        by=by,
        verb="remove_document",
        keeper=person.keeper_id,
        person=person.pk,
        subject=document.pk,
        changes={"kind": document.kind},
    )
    document.delete()
