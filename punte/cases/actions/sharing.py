"""An institution asks another to read its record of a household; the keeper lets it, or not, and takes it back."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.actions.handing_over import end_sharings, refuse_sealed, right_of, trace_sharing
from punte.cases.others_work import others_work
from punte.cases.permission import household_for, required, required_reason
from punte.cases.sharings import may_share
from punte.deadlines.calendar import plus_months
from punte.kernel.errors import DomainError, NotAllowed
from punte.organizations.models import Organization
from punte.people.enums import SharedPart, SharingState
from punte.people.models import Household, Sharing
from punte.people.purposes import SHARING, agreements
from punte.people.sight import hidden_from


@verb
def ask_sharing(
    *,
    by: User,
    household: Household,
    keeper: Organization,
    parts: Collection[str],
    what_for: str,
    until: dt.date,
    ground: str = "",
) -> Sharing:
    """Ask another institution that works with the same people to let this one read parts of its record.

    Args:
        household: the record that the asking institution keeps itself.
        keeper: whom is asked.
        until: the last day.
        ground: a law of `content/consents.yaml`; empty where a consent of the household for the keeper stands.

    Raises:
        NotAllowed: the account does not manage cases where the household is kept, or does not see it.
        DomainError: the other does not work with them as far as one may know, or something is missing.
    """
    household = household_for(by, household, Capability.MANAGE_CASE)
    others = others_work(household, seen_indexes(by, household))
    other = next((one for one in others if one.organization == keeper.pk), None)
    if other is None:
        raise DomainError(_("No other institution is known to work with this household."), field="keeper")
    asked = Household.objects.get(pk=other.household)
    sharing = Sharing(
        household=asked,
        organization=household.keeper,
        own_household=household,
        by=by,
        state=SharingState.ASKED,
        **_said(parts, what_for, until),
        **right_of(SHARING, household, keeper, ground),
    )
    _save_alone(sharing)
    for kept in (household, asked):
        trace_sharing(by, "ask_sharing", kept, sharing)
    return sharing


@verb
def begin_sharing(
    *,
    by: User,
    household: Household,
    organization: Organization,
    parts: Collection[str],
    what_for: str,
    until: dt.date,
    ground: str = "",
) -> Sharing:
    """Let another institution read parts of a household's record without having been asked.

    Raises:
        NotAllowed: the account does not manage a case of the household.
        DomainError: something is missing, something there is sealed, or the institution reads already.
    """
    household = household_for(by, household, Capability.MANAGE_CASE)
    _require_sharer(by, household)
    if organization.pk == household.keeper_id:
        raise DomainError(_("This institution keeps the record itself."), field="organization")
    sharing = Sharing(
        household=household,
        organization=organization,
        by=by,
        state=SharingState.GRANTED,
        start=timezone.localdate(),
        **_said(parts, what_for, until),
        **right_of(SHARING, household, organization, ground),
    )
    refuse_sealed(household)
    _end_what_is_over(household, organization)
    _save_alone(sharing)
    trace_sharing(by, "begin_sharing", household, sharing)
    return sharing


@verb
def grant_sharing(
    *, by: User, sharing: Sharing, parts: Collection[str], until: dt.date, answer: str = ""
) -> Sharing:
    """Let who asked read: no more parts and no longer than were asked for.

    Raises:
        NotAllowed: the account does not answer for the household.
        DomainError: it was answered already, its consent does not stand any more, or more is given than was asked for.
    """
    sharing = _to_answer(by, sharing)
    said = _said(parts, sharing.what_for, until)
    if not set(said["parts"]) <= set(sharing.parts):
        raise DomainError(_("More would be read than was asked for."), field="parts")
    if until > sharing.until:
        raise DomainError(_("It would last longer than was asked for."), field="until")
    if sharing.consent is not None and not sharing.consent.stands:
        raise DomainError(_("The consent that it rests on does not stand any more."))
    refuse_sealed(sharing.household)
    _end_what_is_over(sharing.household, sharing.organization)
    sharing.parts, sharing.until, sharing.start = said["parts"], until, timezone.localdate()
    _answered(sharing, by, SharingState.GRANTED, answer)
    return sharing


@verb
def refuse_sharing(*, by: User, sharing: Sharing, reason: str) -> Sharing:
    """Do not let who asked read; they are told why.

    Raises:
        NotAllowed: the account does not answer for the household.
        DomainError: it was answered already, or no reason is given.
    """
    sharing = _to_answer(by, sharing)
    _answered(sharing, by, SharingState.REFUSED, required_reason(reason))
    return sharing


@verb
def revoke_sharing(*, by: User, sharing: Sharing, reason: str) -> Sharing:
    """The keeper takes back what it granted, from now on.

    Raises:
        NotAllowed: the account does not answer for the household.
        DomainError: it does not stand, or no reason is given.
    """
    sharing = _locked(sharing)
    _require_sharer(by, sharing.household)
    _require_state(sharing, SharingState.GRANTED)
    end_sharings(
        [sharing], by=by, state=SharingState.REVOKED, why=required_reason(reason), verb="revoke_sharing"
    )
    return sharing


@verb
def give_up_sharing(*, by: User, sharing: Sharing) -> Sharing:
    """Who asked, or reads, needs it no more.

    Raises:
        NotAllowed: the account does not manage cases where it is read.
        DomainError: it is over already.
    """
    sharing = _locked(sharing)
    by.standing.require(Capability.MANAGE_CASE, sharing.organization_id)
    _require_state(sharing, SharingState.ASKED, SharingState.GRANTED)
    end_sharings([sharing], by=by, state=SharingState.ENDED, why="", verb="give_up_sharing")
    return sharing


def seen_indexes(by: User, household: Household) -> list[str]:
    """The blind indexes of the CNPs of who lives in a household, as far as the account may know."""
    living = hidden_from(by).living().filter(household=household).exclude(person__cnp_index="")
    return list(living.order_by("pk").values_list("person__cnp_index", flat=True))


def _said(parts: Collection[str], what_for: str, until: dt.date) -> dict[str, Any]:
    chosen = [part.value for part in SharedPart if part in parts]
    if not chosen or len(chosen) != len(set(parts)):
        raise DomainError(_("Choose what is read."), field="parts")
    what_for = required(what_for, _("Say what it is needed for; the family reads it too."), field="what_for")
    today = timezone.localdate()
    if until < today:
        raise DomainError(_("This day is over already."), field="until")
    latest = plus_months(today, agreements().sharing_months)
    if until > latest:
        said = _("At most until %(day)s; it can be asked for again.")
        raise DomainError(said % {"day": f"{latest:%d.%m.%Y}"}, field="until")
    return {"parts": chosen, "what_for": what_for, "until": until}


def _save_alone(sharing: Sharing) -> None:
    """Write what the database lets stand once for a household and an institution."""
    try:
        with transaction.atomic():
            sharing.save()
    except IntegrityError:
        raise DomainError(_("This was asked for or granted already.")) from None


def _end_what_is_over(household: Household, organization: Organization) -> None:
    """A sharing whose last day is over, or whose consent does not stand, makes room for the next."""
    granted = Sharing.objects.filter(
        household=household, organization=organization, state=SharingState.GRANTED
    )
    standing = Sharing.objects.standing(timezone.localdate()).filter(household=household)
    granted.exclude(pk__in=standing.values("pk")).update(state=SharingState.ENDED, ended_at=timezone.now())


def _locked(sharing: Sharing) -> Sharing:
    rows = Sharing.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("household__keeper", "organization", "consent").get(pk=sharing.pk)


def _to_answer(by: User, sharing: Sharing) -> Sharing:
    locked = _locked(sharing)
    _require_sharer(by, locked.household)
    _require_state(locked, SharingState.ASKED)
    return locked


def _require_sharer(by: User, household: Household) -> None:
    if not may_share(by, household):
        raise NotAllowed(_("Who answers for the case decides this, or the coordinator."))


def _require_state(sharing: Sharing, *states: SharingState) -> None:
    if sharing.state not in states:
        raise DomainError(_("This was answered or ended meanwhile."))


def _answered(sharing: Sharing, by: User, state: SharingState, answer: str) -> None:
    sharing.state, sharing.answered_by, sharing.answered_at = state, by, timezone.now()
    sharing.answer = answer.strip()
    _save_alone(sharing)
    verb = "grant_sharing" if state == SharingState.GRANTED else "refuse_sharing"
    trace_sharing(by, verb, sharing.household, sharing, reason=sharing.answer)
