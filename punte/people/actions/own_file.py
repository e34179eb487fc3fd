"""A file of what is on record about somebody, for their own request to see it (GDPR, art. 15)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from punte.accounts.enums import SEALED_COMPARTMENTS, Capability, Compartment
from punte.accounts.guests import Told, guests
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.kernel.errors import DomainError, NotAllowed
from punte.people.models import Membership, Person, PersonSeal

GIVEN_OUT = frozenset(Compartment) - SEALED_COMPARTMENTS
"""What the officer gives out. Of violence and abuse the team of the case decides: the aggressor may be who asks."""


@dataclass(frozen=True)
class Part:
    """One kind of thing that is on record about the person."""

    title: str
    how_long: str
    rows: Sequence[Told]


@verb
def make_own_file(*, by: User, person: Person, reason: str) -> list[Part]:
    """Gather what is on record about a person that may be given out, from every room that keeps something.

    Behind a seal it tells what whoever is outside the circle sees: who asks in the person's name may be who looks for
    them.

    Args:
        reason: whose request it is, and how it is known that it is theirs.

    Raises:
        NotAllowed: the account does not answer for data protection with the keeper.
        DomainError: no reason is given.
    """
    if not by.standing.may(Capability.SEE_AUDIT, person.keeper_id):
        raise NotAllowed(_("Your role does not allow this. Ask your coordinator."))
    if not reason.strip():
        raise DomainError(_("Write a reason. It stays on record."), field="reason")
    parts = [
        Part(str(kept.title), str(kept.how_long), rows)
        for guest in guests()
        for kept in guest.keeps
        if kept.told_to is not None and (rows := kept.told_to(by, person, GIVEN_OUT))
    ]
    sealed = PersonSeal.objects.filter(person=person, end=None).exists()
    lives = Membership.objects.current().filter(person=person, household__sealed=True)
    record(
        by=by,
        verb="make_own_file",
        keeper=person.keeper_id,
        person=person.pk,
        reason=reason.strip(),
        sealed=sealed or lives.exists(),
        changes={"parts": len(parts)},
    )
    return parts
