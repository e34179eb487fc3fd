"""A person is sent to a service or an institution."""

import datetime as dt

from django.utils.translation import gettext as _

from punte.accounts.enums import SEALED_COMPARTMENTS, Capability, Compartment
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.actions.refresh_deadlines import refresh_deadlines
from punte.cases.enums import PlanStatus, ReferralStatus
from punte.cases.models import Case, PlannedService, Referral
from punte.cases.permission import member_of, not_in_future, open_case_for, reads, required
from punte.cases.rules import MAX_NEED
from punte.cases.trail import trace
from punte.directory.enums import ServiceStatus
from punte.directory.help.need import is_about_violence
from punte.directory.models import Service
from punte.kernel.errors import DomainError
from punte.organizations.models import Organization
from punte.people.actions.consents import note_consent
from punte.people.consents import consent_for
from punte.people.models import Consent, Person
from punte.people.purposes import REFERRAL


@verb
def refer(
    *,
    by: User,
    case: Case,
    person: Person,
    need: str,
    consent_on: dt.date | None = None,
    service: Service | None = None,
    organization: Organization | None = None,
    step: PlannedService | None = None,
) -> Referral:
    """Send a person to a service of the directory, or to an institution that has none there.

    Args:
        need: all that the partner reads about the person besides the name; nothing else of the record goes along.
        consent_on: when the person, or who answers for them, agreed to be referred; needed where no consent on record
            stands for this institution.
        step: the step of the plan that it serves.

    Raises:
        NotAllowed: the account does not refer in this case.
        DomainError: no consent, no place to go to, a service that is not active, or an unanswered referral there.
    """
    case = open_case_for(by, case, Capability.REFER)
    member_of(person, case.household)
    need = _need(need)
    not_in_future(consent_on, field="consent_on")
    receiver = _receiver(service, organization)
    _refuse_second(person, service, receiver)
    if step is not None:
        _require_step(by, step, case)
    consent = _consent(by, person, receiver, consent_on, about=_part(service, step))
    referral = Referral.objects.create(
        case=case,
        person=person,
        service=service,
        organization=receiver,
        step=step,
        need=need,
        consent=consent,
        by=by,
    )
    refresh_deadlines(case)
    trace(
        by=by,
        verb="refer",
        case=case,
        person=person.pk,
        subject=referral.pk,
        changes={"organization": [None, str(receiver.pk)]},
    )
    return referral


def _consent(
    by: User, person: Person, receiver: Organization, given_on: dt.date | None, *, about: Compartment
) -> Consent:
    """The consent that stands, or the one that was given on a day, recorded where it is not yet."""
    known = consent_for(REFERRAL, person, receiver)
    if known is not None and given_on in (None, known.start):
        return known
    if given_on is None:
        raise DomainError(_("Write the day on which the person agreed."), field="consent_on")
    return note_consent(
        by=by, subject=person, purpose=REFERRAL, organization=receiver, start=given_on, compartment=about
    )


def _part(service: Service | None, step: PlannedService | None) -> Compartment:
    """The part of the record to which it belongs that somebody is sent there."""
    if step is not None and step.objective.compartment in SEALED_COMPARTMENTS:
        return Compartment(step.objective.compartment)
    if service is not None and is_about_violence(service.code_id or ""):
        return Compartment.VIOLENCE
    return Compartment.GENERAL


def _need(text: str) -> str:
    text = required(text, _("Write what the person needs; the partner reads it."), field="need")
    if len(text) > MAX_NEED:
        raise DomainError(
            _("The text has %(length)d characters; it may have %(limit)d. Shorten it.")
            % {"length": len(text), "limit": MAX_NEED},
            field="need",
        )
    return text


def _receiver(service: Service | None, organization: Organization | None) -> Organization:
    if service is None and organization is None:
        raise DomainError(_("Choose a service or an institution."), field="service")
    if service is None:
        assert organization is not None
        return organization
    if service.status != ServiceStatus.ACTIVE:
        raise DomainError(_("This service does not receive people now. Choose another."), field="service")
    if organization is not None and organization.pk != service.provider_id:
        raise DomainError(_("This service is of another organisation."), field="organization")
    return service.provider


def _refuse_second(person: Person, service: Service | None, receiver: Organization) -> None:
    waiting = Referral.objects.filter(
        person=person, service=service, organization=receiver, status=ReferralStatus.SENT
    )
    if waiting.exists():
        raise DomainError(
            _("The person is already referred there and the answer has not come."), field="service"
        )


def _require_step(by: User, step: PlannedService, case: Case) -> None:
    plan = step.objective.plan
    if plan.case_id != case.pk or plan.status != PlanStatus.ADOPTED:
        raise DomainError(_("This step is not of the plan in force."), field="step")
    reads(by, case, step.objective.compartment)
