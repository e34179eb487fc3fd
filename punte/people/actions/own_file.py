"""A file of what is on record about somebody, for their own request to see it (GDPR, art. 15)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from punte.accounts.enums import SEALED_COMPARTMENTS, Capability, Compartment
from punte.accounts.guests import Kept, Told, guests
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.kernel.errors import DomainError, NotAllowed
from punte.people.enums import AskedBy, RequestKind
from punte.people.masking import Mask
from punte.people.models import Membership, Person, PersonSeal, SubjectRequest

GIVEN_OUT = frozenset(Compartment) - SEALED_COMPARTMENTS
"""What the officer gives out. Of violence and abuse the team of the case decides: the aggressor may be who asks."""


@dataclass(frozen=True)
class Part:
    """One kind of thing that is on record about the person."""

    title: str
    how_long: str
    rows: Sequence[Told]


@verb
def make_own_file(*, by: User, person: Person, reason: str, asked_by: str = AskedBy.THEMSELVES) -> list[Part]:
    """Gather what is on record about a person that may be given out, from every room that keeps something.

    Behind a seal it tells what whoever is outside the circle sees: who asks in the person's name may be who looks for
    them. Third persons are masked in what was written freely.

    Args:
        reason: whose request it is, and how it is known that it is theirs.
        asked_by: by which right it is asked (see `make_file_asked_for`).

    Raises:
        NotAllowed: the account does not answer for data protection with the keeper.
        DomainError: no reason is given.
    """
    return _gathered(by, person, reason, asked_by)


@verb
def make_file_asked_for(*, by: User, request: SubjectRequest) -> list[Part]:
    """The file that a request asks for; its reason is the request, with how it was seen who asks.

    Who asks in somebody's name - a parent too - is not told where the person lives, goes to school or is reached: the
    parent from whom a child was taken to safety asks by the same right as any other.

    Raises:
        NotAllowed: the account does not answer for data protection with the keeper.
        DomainError: it asks for something else, or has its answer.
    """
    request = SubjectRequest.objects.select_related("person").get(pk=request.pk)
    if request.kind != RequestKind.ACCESS:
        raise DomainError(_("This request does not ask to see what is on record."))
    if not request.is_open:
        raise DomainError(_("It has its answer already."))
    reason = f"{request.get_asked_by_display()}: {request.identity}"
    return _gathered(by, request.person, reason, request.asked_by, request=request)


def _gathered(
    by: User, person: Person, reason: str, asked_by: str, *, request: SubjectRequest | None = None
) -> list[Part]:
    if not by.standing.may(Capability.KEEP_PRIVACY, person.keeper_id):
        raise NotAllowed(_("Your role does not allow this. Ask your coordinator."))
    if not reason.strip():
        raise DomainError(_("Write a reason. It stays on record."), field="reason")
    mask = Mask(person)
    parts = [
        Part(str(kept.title), str(kept.how_long), _masked(kept, rows, mask))
        for guest in guests()
        for kept in guest.keeps
        if kept.told_to is not None and (asked_by == AskedBy.THEMSELVES or not kept.tells_where)
        if (rows := kept.told_to(by, person, GIVEN_OUT))
    ]
    record(
        by=by,
        verb="make_own_file",
        keeper=person.keeper_id,
        person=person.pk,
        subject=request.pk if request else None,
        reason=reason.strip(),
        sealed=is_behind_a_seal(person),
        changes={"parts": len(parts)},
    )
    return parts


def is_behind_a_seal(person: Person) -> bool:
    """Whether the person, or the household where they live, is sealed."""
    if PersonSeal.objects.filter(person=person, end=None).exists():
        return True
    return Membership.objects.current().filter(person=person, household__sealed=True).exists()


def _masked(kept: Kept, rows: Sequence[Told], mask: Mask) -> Sequence[Told]:
    if kept.plain:
        return rows
    return [{label: mask.text(said) for label, said in row.items()} for row in rows]
