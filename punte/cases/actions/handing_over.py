"""What sharing and handing over have in common: by which right, never behind a seal, and how what is open ends."""

from collections.abc import Collection, Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import record
from punte.cases.enums import TransferState
from punte.cases.models import Transfer
from punte.cases.trail import trace
from punte.kernel.errors import DomainError
from punte.organizations.models import Organization
from punte.people.consents import consent_for
from punte.people.enums import SharingState
from punte.people.models import Consent, Household, PersonSeal, Sharing
from punte.people.purposes import agreements
from punte.people.sight import lives_in


def end_sharings(
    sharings: Iterable[Sharing],
    *,
    by: User,
    state: SharingState,
    why: str,
    verb: str = "end_sharing",
    sealed: bool = False,
) -> None:
    """End what is shared or asked for, within a verb: from this moment nobody reads by it."""
    for sharing in sharings:
        sharing.state, sharing.ended_by, sharing.ended_at, sharing.ended_why = state, by, timezone.now(), why
        sharing.save(update_fields=["state", "ended_by", "ended_at", "ended_why"])
        trace_sharing(by, verb, sharing.household, sharing, sealed=sealed, reason=why)


def end_with_consent(consent: Consent, *, by: User) -> None:
    """End what rests on a consent that was withdrawn: what is shared, asked for or offered."""
    open_still = Sharing.objects.filter(consent=consent, state__in=(SharingState.ASKED, SharingState.GRANTED))
    rows = open_still.select_related("household").order_by("pk")
    end_sharings(rows, by=by, state=SharingState.ENDED, why=_("The consent was withdrawn."))
    end_offers(Transfer.objects.filter(consent=consent), by=by)


def end_behind_seal(households: Collection[Any], *, by: User) -> None:
    """End what others read, or are offered, of households where something or somebody was sealed; no row says why."""
    granted = Sharing.objects.filter(household__in=households, state=SharingState.GRANTED)
    rows = granted.select_related("household").order_by("pk")
    end_sharings(rows, by=by, state=SharingState.ENDED, why="", sealed=True)
    end_offers(Transfer.objects.filter(case__household__in=households), by=by, sealed=True)


def right_of(purpose: str, household: Household, receiver: Organization, ground: str) -> dict[str, Any]:
    """By which right something of a household goes to another institution: a law, or the consent that stands.

    Raises:
        DomainError: the law is not among those that are known, or no consent stands.
    """
    if ground:
        if ground not in agreements().grounds:
            raise DomainError(_("Choose the consent or a law that is in the list."), field="ground")
        return {"ground": ground}
    consent = consent_for(purpose, household, receiver)
    if consent is None:
        raise DomainError(
            _(
                "No consent of this household for this institution stands. Record it first, or choose the law."
            ),
            field="ground",
        )
    return {"consent": consent}


def refuse_sealed(household: Household) -> None:
    """Refuse to hand over anything of a household where something or somebody is sealed.

    Raises:
        DomainError: without saying what.
    """
    sealed = Household.objects.filter(pk=household.pk, sealed=True).exists()
    if sealed or PersonSeal.objects.filter(lives_in(household.pk), end=None).exists():
        raise DomainError(_("This cannot be handed over now. Ask who answers for the case."))


def trace_sharing(
    by: User, verb: str, household: Household, sharing: Any, *, sealed: bool = False, reason: str = ""
) -> None:
    """The line in the trail of one of the two records."""
    record(
        by=by,
        verb=verb,
        keeper=household.keeper_id,
        household=household.pk,
        subject=sharing.pk,
        sealed=sealed,
        reason=reason,
        changes={"organization": [None, str(sharing.organization_id)]},
    )


def end_offers(offers: Any, *, by: User, sealed: bool = False) -> None:
    """End what still waits for an answer, within a verb: a seal came, a consent went, or the case was closed."""
    for offer in offers.filter(state=TransferState.OFFERED).select_related("case").order_by("pk"):
        offer.state, offer.answered_at = TransferState.ENDED, timezone.now()
        offer.save(update_fields=["state", "answered_at"])
        offer.case.sealed = offer.case.sealed or sealed
        trace_transfer(by, "end_transfer", offer)


def trace_transfer(by: User, verb: str, transfer: Transfer) -> None:
    """A line in the record that is handed over, and in the one that came of it."""
    for case in filter(None, (transfer.case, transfer.new_case)):
        trace(
            by=by,
            verb=verb,
            case=case,
            subject=transfer.pk,
            changes={"organization": [None, str(transfer.organization_id)]},
        )
