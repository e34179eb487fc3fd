"""A person is sealed: from that day only who works with them knows where they live and how they are reached."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.cases.actions.handing_over import end_behind_seal
from punte.cases.actions.sealing import seal_around
from punte.cases.models import Case
from punte.cases.permission import required_reason
from punte.cases.refresh import refresh_sights
from punte.kernel.errors import DomainError, NotAllowed
from punte.people.asked import Asked
from punte.people.models import Household, Membership, Person, PersonSeal
from punte.people.sight import forget_households_in_sight, hidden_from


def may_seal_person(by: User, person: Person) -> bool:
    """Whether the account answers for a case of the person or of where they live, or sees all cases of the keeper."""
    if by.standing.may(Capability.SEE_ALL_CASES, person.keeper_id):
        return True
    return bool(_own_cases(by, person=person.pk))


def _cases_of_worker(by: User, person: UUID) -> QuerySet[Case, Any]:
    lived = Membership.objects.current().filter(person=person).values("household")
    stood = PersonSeal.objects.filter(person=person, end=None).values("stood__household")
    own = Case.objects.of_worker(by)
    found = own.filter(household__in=lived) | own.filter(household__in=stood) | own.filter(person=person)
    return found.order_by().values_list("pk")[:1]


_own_cases = Asked(_cases_of_worker)


@verb
def seal_person(*, by: User, person: Person, reason: str) -> PersonSeal:
    """Hide from the day on where a person lives and how they are reached; what stood that day stays to be seen.

    Who is outside the circle of a sealed person seals once more without learning that it was done before.

    Raises:
        NotAllowed: the account neither answers for a case of theirs nor sees all cases of the keeper.
        DomainError: nobody answers for a case of the household, the person is sealed, or the reason is missing.
    """
    person = _locked(by, person)
    reason = required_reason(reason)
    standing = person.seals.filter(end=None).first()
    if standing is not None and person.pk not in hidden_from(by).people:
        raise DomainError(_("The person is sealed already."))
    if standing is None:
        standing = _begin(by, person, reason, since=timezone.localdate())
    _trace(by, "seal_person", standing, reason)
    return standing


def keep_person_sealed(*, by: User, person: Person, reason: str, since: dt.date) -> None:
    """Seal a person for what was written of them, unless they are sealed; who may is for the verb to settle.

    Args:
        since: the day from which where the person lives is hidden, be it past: where they had moved by the time that
            it was written is hidden too. Of a day to come, from today.

    Raises:
        DomainError: nobody answers for a case of the household.
    """
    if person.seals.filter(end=None).exists():
        return
    former = person.seals.order_by("-end").values_list("end", flat=True).first()
    since = min(max(since, former or since), timezone.localdate())
    _trace(by, "seal_person", _begin(by, person, reason, since=since), reason)


@verb
def unseal_person(*, by: User, person: Person, reason: str) -> PersonSeal:
    """Let everybody who sees the person know again where they live.

    Raises:
        NotAllowed: as for `seal_person`.
        DomainError: the person is not sealed as far as the account may know, or the reason is missing.
    """
    person = _locked(by, person)
    reason = required_reason(reason)
    standing = person.seals.filter(end=None).first()
    if standing is None or person.pk in hidden_from(by).people:
        raise DomainError(_("The person is not sealed."))
    standing.end, standing.ended_by, standing.ended_reason = timezone.localdate(), by, reason
    standing.save(update_fields=["end", "ended_by", "ended_reason"])
    _follow(by, standing)
    _trace(by, "unseal_person", standing, reason)
    return standing


def _locked(by: User, person: Person) -> Person:
    locked = Person.objects.select_for_update(of=("self",), no_key=True).filter(pk=person.pk).first()
    seen = Person.objects.visible_to(by).filter(pk=person.pk).exists()
    if locked is None or not seen or not may_seal_person(by, locked):
        raise NotAllowed(_("Only the responsible worker or the coordinator may do this."))
    return locked


def _begin(by: User, person: Person, reason: str, *, since: dt.date) -> PersonSeal:
    stood = _stood(person, since)
    home = [stood.household_id] if stood else []
    answered = Case.objects.filter(open=True, responsible__isnull=False)
    of_theirs = answered.filter(household__in=home) | answered.filter(person=person)
    if not of_theirs.exists():
        raise DomainError(
            _("Nobody answers for a case of this person or household. Open or assign one first.")
        )
    seal = PersonSeal.objects.create(
        person=person,
        by=by,
        reason=reason,
        start=since,
        stood=stood,
        phone=person.phone,
        email=person.email,
    )
    _follow(by, seal)
    end_behind_seal(home, by=by)
    return seal


def _stood(person: Person, day: dt.date) -> Membership | None:
    """Where the person lived on a day, before a move of the same day."""
    lived = Membership.objects.filter(person=person, start__lte=day).exclude(end__lt=day)
    return lived.order_by("start", "created_at").select_related("household").first()


def _follow(by: User, seal: PersonSeal) -> None:
    lives = Household.objects.filter(
        memberships__in=Membership.objects.current().filter(person=seal.person_id)
    )
    homes = {home.pk: home for home in lives}
    if seal.stood is not None:
        homes[seal.stood.household_id] = seal.stood.household
    for home in homes.values():
        seal_around(home, by=by)
        refresh_sights(home, by=by)
    forget_households_in_sight(by)


def _trace(by: User, verb: str, seal: PersonSeal, reason: str) -> None:
    record(
        by=by,
        verb=verb,
        keeper=seal.person.keeper_id,
        household=seal.stood.household_id if seal.stood else None,
        person=seal.person_id,
        subject=seal.pk,
        sealed=True,
        reason=reason,
    )
