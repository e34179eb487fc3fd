"""What people agreed to is recorded, and taken back."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from punte.accounts.enums import Capability, Compartment
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.kernel.errors import DomainError, NotAllowed
from punte.organizations.models import Organization
from punte.people.actions.checks import check_choice, check_lengths, check_not_future, check_present, tidy
from punte.people.compartments import in_case_team
from punte.people.enums import ConsentGiver
from punte.people.models import Consent, Household, Membership, Person, PersonSeal
from punte.people.purposes import agreements
from punte.people.sight import hidden_from, team_households
from punte.people.signals import consent_withdrawn


@verb
def record_consent(
    *,
    by: User,
    subject: Person | Household,
    purpose: str,
    way: str,
    giver: str,
    start: dt.date,
    last_day: dt.date | None = None,
    organization: Organization | None = None,
    receiver: str = "",
    given_by: str = "",
    note: str = "",
) -> Consent:
    """Record that a person or a household agreed to something.

    Args:
        purpose: a key of `content/consents.yaml`.
        last_day: on which it still holds; without one until it is withdrawn.
        organization: for whom; `receiver` the same in words, where it is nobody whom Punte knows.
        given_by: who gave it, where it was not the person themselves.

    Raises:
        NotAllowed: the account does not see them, or does not work with them.
        DomainError: on the field that is missing or cannot be.
    """
    _require_work_with(by, subject)
    receiver, given_by = tidy(receiver), tidy(given_by)
    _check_receiver(purpose, organization, receiver)
    check_choice(Consent, "way", way)
    check_choice(Consent, "giver", giver)
    if giver != ConsentGiver.THEMSELVES:
        check_present("given_by", given_by)
    elif isinstance(subject, Household):
        raise DomainError(_("For a household say which of its adults agreed."), field="giver")
    check_lengths(Consent, receiver=receiver, given_by=given_by, note=note)
    return note_consent(
        by=by,
        subject=subject,
        purpose=purpose,
        start=start,
        last_day=last_day,
        organization=organization,
        receiver=receiver,
        way=way,
        giver=giver,
        given_by=given_by,
        note=note.strip(),
    )


def note_consent(
    *,
    by: User,
    subject: Person | Household,
    purpose: str,
    start: dt.date,
    last_day: dt.date | None = None,
    organization: Organization | None = None,
    compartment: str = Compartment.GENERAL,
    **said: Any,
) -> Consent:
    """Write a consent down within another verb, which asked whether the account may.

    Raises:
        DomainError: it begins in the future, or ends before it begins.
    """
    check_not_future("start", start)
    if last_day is not None and last_day < start:
        raise DomainError(_("It cannot end before it begins."), field="last_day")
    whose = {"household": subject} if isinstance(subject, Household) else {"person": subject}
    consent = Consent.objects.create(
        keeper_id=subject.keeper_id,
        purpose=purpose,
        start=start,
        end=last_day + dt.timedelta(days=1) if last_day else None,
        organization=organization,
        compartment=compartment,
        by=by,
        **whose,
        **said,
    )
    _trace(by, "record_consent", consent, changes={"purpose": [None, purpose]})
    return consent


@verb
def withdraw_consent(*, by: User, consent: Consent, on: dt.date, who: str, why: str = "") -> Consent:
    """Record that a consent was taken back; what rested on it alone ends with it.

    Args:
        who: who took it back, in words.

    Raises:
        NotAllowed: the account does not read it, or does not work with them.
        DomainError: it was withdrawn already, or on a day that cannot be.
    """
    found = Consent.objects.visible_to(by).filter(pk=consent.pk)
    locked = (
        Consent.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=found.values("pk")).first()
    )
    if locked is None:
        raise NotAllowed(_("This consent is not among those you see."))
    _require_work_with(by, locked.person or locked.household)
    if locked.withdrawn_on is not None:
        raise DomainError(_("This consent was withdrawn already."))
    check_not_future("on", on)
    if on < locked.start:
        raise DomainError(_("It was given only later."), field="on")
    who = tidy(who)
    check_present("who", who)
    check_lengths(Consent, withdrawn_by=who, withdrawn_why=why)
    locked.withdrawn_on, locked.withdrawn_by, locked.withdrawn_why = on, who, why.strip()
    locked.withdrawal_by = by
    locked.save(update_fields=["withdrawn_on", "withdrawn_by", "withdrawn_why", "withdrawal_by"])
    consent_withdrawn.send(Consent, consent=locked, by=by)
    _trace(by, "withdraw_consent", locked)
    return locked


def may_record_consent(by: User, subject: Person | Household) -> bool:
    """Whether an account that sees a person or household works with them: where they are kept, or in their team."""
    if by.standing.may(Capability.INTERVENE, subject.keeper_id):
        return True
    if not by.standing.may(Capability.INTERVENE):
        return False
    if isinstance(subject, Household):
        return in_case_team(by, subject)
    living = hidden_from(by).living().filter(person=subject, household__in=team_households(by))
    return bool(living.exists())


def _require_work_with(by: User, subject: Person | Household | None) -> None:
    if isinstance(subject, Household):
        seen = Household.objects.visible_to(by).filter(pk=subject.pk).exists()
    else:
        seen = subject is not None and Person.objects.visible_to(by).filter(pk=subject.pk).exists()
    if not seen or subject is None or not may_record_consent(by, subject):
        raise NotAllowed(_("Your role does not allow this. Ask your coordinator."))


def _check_receiver(purpose: str, organization: Organization | None, receiver: str) -> None:
    known = agreements().purposes.get(purpose)
    if known is None or known.retired:
        raise DomainError(_("Choose what the consent is for."), field="purpose")
    if known.receiver == "required" and organization is None and not receiver:
        raise DomainError(_("Say who receives it."), field="organization")
    if known.receiver == "none" and (organization is not None or receiver):
        raise DomainError(
            _("Nobody receives anything by this consent. Leave this empty."), field="organization"
        )


def _trace(by: User, verb: str, consent: Consent, *, changes: dict[str, Any] | None = None) -> None:
    """The line in the trail: of somebody behind a seal only the circle reads what the circle wrote."""
    record(
        by=by,
        verb=verb,
        keeper=consent.keeper_id,
        household=consent.household_id,
        person=consent.person_id,
        subject=consent.pk,
        sealed=_is_of_circle(by, consent),
        changes=changes,
    )


def _is_of_circle(by: User, consent: Consent) -> bool:
    if consent.household is not None:
        return consent.household.sealed and in_case_team(by, consent.household)
    lives = Membership.objects.filter(person=consent.person_id, household__sealed=True)
    inside = lives.filter(household__in=team_households(by)).exists()
    sealed = PersonSeal.objects.filter(person=consent.person_id, end=None).exists()
    return inside or (sealed and consent.person_id not in hidden_from(by).people)
