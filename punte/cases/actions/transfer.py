"""A case is handed over to another institution: offered with a summary, taken over as a copy, or not."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import SEALED_COMPARTMENTS, Capability, Compartment
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.actions.close_case import end_case
from punte.cases.actions.handing_over import refuse_sealed, right_of, trace_transfer
from punte.cases.actions.open_case import open_case
from punte.cases.approvals import rule_for
from punte.cases.enums import CaseDeed, Outcome, TransferState
from punte.cases.models import Case, Objective, Plan, PlannedService, Transfer
from punte.cases.permission import case_for, open_case_for, required, required_reason
from punte.cases.trail import trace
from punte.cases.transfers import LONGEST_SUMMARY, handed_over, open_objectives
from punte.kernel.errors import DomainError, NotAllowed
from punte.organizations.models import Organization
from punte.people.actions import create_household, create_person, join_household
from punte.people.models import Household, Kinship, Membership, Person, PersonSeal
from punte.people.purposes import TRANSFER


@verb
def offer_transfer(
    *, by: User, case: Case, organization: Organization, summary: str, ground: str = ""
) -> Transfer:
    """Offer a case to another institution.

    Args:
        summary: all that goes over in words, read to the family before.
        ground: a law of `content/consents.yaml`; empty where a consent of the household for the other stands.

    Raises:
        NotAllowed: the account does not manage the case, or may not close one without a second person.
        DomainError: nobody works there, something is sealed, or something is missing or offered already.
    """
    case = open_case_for(by, case, Capability.MANAGE_CASE)
    if rule_for(by, case, CaseDeed.CLOSE_CASE) is not None:
        raise NotAllowed(_("Who may close the case without asking offers it. Ask your coordinator."))
    summary = required(summary, _("Write the summary; it is all that goes over."), field="summary")
    if len(summary) > LONGEST_SUMMARY:
        raise DomainError(_("The summary is too long. Shorten it."), field="summary")
    if organization.pk == case.keeper_id:
        raise DomainError(_("This institution keeps the case itself."), field="organization")
    refuse_sealed(case.household)
    right = right_of(TRANSFER, case.household, organization, ground)
    offered = Transfer(case=case, organization=organization, summary=summary, by=by, **right)
    try:
        with transaction.atomic():
            offered.save()
    except IntegrityError:
        raise DomainError(_("The case is offered already. Withdraw that offer first.")) from None
    trace_transfer(by, "offer_transfer", offered)
    return offered


@verb
def withdraw_transfer(*, by: User, transfer: Transfer, reason: str) -> Transfer:
    """Take an offer back.

    Raises:
        NotAllowed: the account does not manage the case.
        DomainError: it was answered already, or no reason is given.
    """
    transfer = _locked(transfer)
    case_for(by, transfer.case, Capability.MANAGE_CASE)
    _settle(transfer, by, TransferState.WITHDRAWN, required_reason(reason))
    trace_transfer(by, "withdraw_transfer", transfer)
    return transfer


@verb
def decline_transfer(*, by: User, transfer: Transfer, reason: str) -> Transfer:
    """Do not take a case over; who offered it is told why.

    Raises:
        NotAllowed: the account does not answer what is offered there.
        DomainError: it does not wait any more, or no reason is given.
    """
    transfer = _received(by, transfer)
    _settle(transfer, by, TransferState.DECLINED, required_reason(reason))
    trace_transfer(by, "decline_transfer", transfer)
    return transfer


@verb
def accept_transfer(*, by: User, transfer: Transfer, answer: str = "") -> Transfer:
    """Take a case over: a household, people and a case of one's own; the old case closes as taken over.

    The open objectives come as the draft of a plan, without those of violence or abuse. Whom the institution knows by
    CNP already is not recorded twice.

    Raises:
        NotAllowed: the account does not answer what is offered there.
        DomainError: it does not wait any more, its consent does not stand, something is sealed on either side, or the
            institution has an open case there already.
    """
    transfer = _received(by, transfer)
    case = Case.objects.select_for_update(of=("self",), no_key=True).get(pk=transfer.case_id)
    if transfer.consent is not None and not transfer.consent.stands:
        raise DomainError(_("The consent that it rests on does not stand any more."))
    refuse_sealed(case.household)
    people = handed_over(case)
    known = _known_there(transfer.organization, [one.person for one in people])
    home = _home(by, transfer, case, known)
    new = {one.person_id: _settled(by, one, home, known) for one in people}
    _copy_kinship(new)
    transfer.new_case = open_case(
        by=by,
        household=home,
        person=new[case.person_id] if case.person_id else None,
        regime=case.regime,
        reason=_("Taken over from %(keeper)s.") % {"keeper": case.keeper},
    )
    _copy_objectives(by, case, transfer.new_case, new)
    _settle(transfer, by, TransferState.ACCEPTED, answer.strip())
    end_case(
        case,
        by=by,
        outcome=Outcome.TRANSFERRED,
        reason=_("Taken over by %(organization)s.") % {"organization": transfer.organization},
    )
    trace_transfer(by, "accept_transfer", transfer)
    return transfer


def _locked(transfer: Transfer) -> Transfer:
    rows = Transfer.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("case__household", "case__keeper", "organization", "consent").get(
        pk=transfer.pk
    )


def _received(by: User, transfer: Transfer) -> Transfer:
    if not Transfer.objects.received_by(by).filter(pk=transfer.pk).exists():
        raise NotAllowed(_("This was answered already, or it is not yours to answer."))
    return _locked(transfer)


def _settle(transfer: Transfer, by: User, state: TransferState, answer: str) -> None:
    if not transfer.is_offered:
        raise DomainError(_("This was answered or ended meanwhile."))
    transfer.state, transfer.answered_by, transfer.answered_at = state, by, timezone.now()
    transfer.answer = answer
    transfer.save()


def _known_there(organization: Organization, people: Collection[Person]) -> dict[str, Person]:
    """By blind index those whom the institution has on record already.

    Raises:
        DomainError: one of them is sealed there, which it does not tell.
    """
    indexes = [one.cnp_index for one in people if one.cnp_index]
    found = {one.cnp_index: one for one in Person.objects.filter(keeper=organization, cnp_index__in=indexes)}
    mine = [one.pk for one in found.values()]
    lives_sealed = Membership.objects.filter(person__in=mine, household__sealed=True)
    if lives_sealed.exists() or PersonSeal.objects.filter(person__in=mine, end=None).exists():
        raise DomainError(_("This cannot be taken over now. Ask your coordinator."))
    return found


def _home(by: User, transfer: Transfer, case: Case, known: Mapping[str, Person]) -> Household:
    """Where one of them lives on record already, else a household as it was."""
    people = [one.pk for one in known.values()]
    lives = (
        Membership.objects.current()
        .filter(person__in=people)
        .select_related("household")
        .order_by("start", "pk")
    )
    there = lives.first()
    if there is not None:
        return there.household
    old = case.household
    return create_household(
        by=by,
        keeper=transfer.organization,
        name=old.name,
        uat=old.uat,
        locality=old.locality,
        address=old.address,
        phone=old.phone,
    )


def _settled(by: User, lived: Membership, home: Household, known: Mapping[str, Person]) -> Person:
    """The person as the new keeper has them, living in the household unless they live elsewhere on record."""
    old = lived.person
    person = known.get(old.cnp_index) if old.cnp_index else None
    if person is None:
        person = create_person(
            by=by,
            keeper=home.keeper,
            family_name=old.family_name,
            given_name=old.given_name,
            birth_date=old.birth_date,
            sex=old.sex,
            cnp=old.cnp,
            phone=old.phone,
        )
    if not Membership.objects.current().filter(person=person).exists():
        today = timezone.localdate()
        join_household(by=by, person=person, household=home, start=today, relation=lived.relation)
    return person


def _copy_kinship(new: Mapping[UUID, Person]) -> None:
    for tie in Kinship.objects.filter(person__in=new, relative__in=new).order_by("pk"):
        Kinship.objects.get_or_create(person=new[tie.person_id], relative=new[tie.relative_id], kind=tie.kind)


def _copy_objectives(by: User, old: Case, case: Case, new: Mapping[UUID, Person]) -> None:
    aims = open_objectives(old, frozenset(Compartment) - SEALED_COMPARTMENTS)
    if not aims:
        return
    reason = _("What was aimed at before the case was taken over.")
    plan = Plan.objects.create(case=case, version=1, by=by, reason=reason)
    for place, aim in enumerate(aims):
        copied = Objective.objects.create(
            plan=plan,
            person=new.get(aim.person_id) if aim.person_id else None,
            position=place,
            text=aim.text,
            codes=aim.codes,
            compartment=aim.compartment,
            due_on=aim.due_on,
        )
        PlannedService.objects.bulk_create(
            PlannedService(objective=copied, position=number, text=step.text, service=step.service)
            for number, step in enumerate(step for step in aim.steps.all() if step.done_on is None)
        )
    trace(by=by, verb="draft_plan", case=case, subject=plan.pk, changes={"version": [None, 1]})
