"""Opening a record in an emergency: for a day, with a reason, under the eyes of the data protection officer.

While a seal stands, the door says what it says where nobody is found, and the case team answers instead of it. What is
asked of the database is the same whether somebody is found or not.
"""

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import TrailEntry, User
from punte.accounts.verbs import record, record_all, verb
from punte.kernel.encryption import blind_index
from punte.kernel.errors import DomainError, NotAllowed
from punte.kernel.models import during
from punte.kernel.text import plain_number
from punte.people.actions.checks import LONGEST_NOTE
from punte.people.enums import SightReason
from punte.people.identity import checked_cnp
from punte.people.mail import write_to
from punte.people.models import (
    EmergencyRequest,
    Household,
    HouseholdSight,
    Membership,
)
from punte.people.rules import EMERGENCY_LASTS
from punte.people.sight import forget_households_in_sight, lives_in, outside_circle
from punte.people.signals import emergency_asked

_SHORTEST_REASON = 10


def open_in_emergency(*, by: User, household: Household, reason: str, cnp: str = "") -> HouseholdSight:
    """Give an account sight of a household for 24 hours; what is sealed waits for its team.

    Args:
        cnp: of somebody who lives there, where another organisation keeps the record: knowing the person exactly is
            what shows that there is a person in need, and not curiosity.

    Raises:
        NotAllowed: the account may not open records in an emergency, or has no way to know of this household.
        DomainError: on `reason`, if it says too little; on `cnp`, if it is wrong, or nothing can be opened.
    """
    _require_emergencies(by)
    reason = _checked(reason)
    colleague = by.standing.may(Capability.EMERGENCY, household.keeper_id)
    if not colleague and not plain_number(cnp):
        raise NotAllowed(_("You may not open this record."))
    index = "" if colleague else blind_index(checked_cnp(cnp))
    sight = _ask(by=by, reason=reason, home=household, index=index)
    if sight is None and not colleague:
        raise NotAllowed(_("You may not open this record."))
    return _found(sight)


def open_by_cnp(*, by: User, cnp: str, reason: str) -> HouseholdSight:
    """The same, of the household where somebody lives whose CNP one knows, whichever organisation keeps the record.

    Nobody is looked up before the account and the reason are in order: whether a CNP is known is itself an answer.

    Raises:
        NotAllowed, DomainError: as for `open_in_emergency`; on `cnp` also where nobody with it lives in a household.
    """
    _require_emergencies(by)
    reason = _checked(reason)
    return _found(_ask(by=by, reason=reason, index=blind_index(checked_cnp(cnp))))


def look_in_vain(*, by: User, household: Household, reason: str) -> HouseholdSight:
    """What is said, and kept, where a colleague asks for a record of which nothing is closed to them.

    Raises:
        NotAllowed, DomainError: as for `open_in_emergency`; always one of them.
    """
    _require_emergencies(by)
    return _found(_ask(by=by, reason=_checked(reason), home=household, may_open=False))


@verb
def answer_emergency(*, by: User, request: EmergencyRequest, granted: bool) -> EmergencyRequest:
    """Open a sealed record for 24 hours to who asked for it, or leave it shut; of a refusal nobody is told.

    Raises:
        NotAllowed: it is not among those that the account may answer, or is answered already.
    """
    waiting = EmergencyRequest.objects.answerable_by(by).select_for_update(of=("self",), no_key=True)
    found = waiting.select_related("household", "by").filter(pk=request.pk).first()
    if found is None or found.household is None:
        raise NotAllowed(_("This was answered already, or it is not yours to answer."))
    found.answered_by, found.answered_at, found.granted = by, timezone.now(), granted
    found.save(update_fields=["answered_by", "answered_at", "granted"])
    if granted:
        _give_sight(found.by, found.household, found.reason)
        write_to([found.by], _opened_for_you)
    record(
        by=by,
        verb="open_for_emergency" if granted else "refuse_emergency",
        keeper=found.household.keeper_id,
        household=found.household.pk,
        subject=found.pk,
        sealed=True,
    )
    return found


@verb
def acknowledge_emergency(*, by: User, sight: HouseholdSight) -> HouseholdSight:
    """The data protection officer has looked at an emergency opening.

    Raises:
        NotAllowed: the account does not look after the trail of the keeper.
    """
    by.standing.require(Capability.SEE_AUDIT, sight.household.keeper_id)
    if sight.seen_by_officer_at is None:
        sight.seen_by_officer_at = timezone.now()
        sight.save(update_fields=["seen_by_officer_at"])
    record(
        by=by,
        verb="acknowledge_emergency",
        keeper=sight.household.keeper_id,
        household=sight.household_id,
        subject=sight.pk,
    )
    return sight


@verb
def _ask(
    *, by: User, reason: str, home: Household | None = None, index: str = "", may_open: bool = True
) -> HouseholdSight | None:
    """Open what is not sealed; in any case keep that it was asked for, and tell who answers for the household."""
    household, shut = _looked_up(by, home, index)
    if not (shut or may_open):
        household = None
    opens = household is not None and not shut
    sight = _give_sight(by, household, reason) if household is not None and opens else None
    EmergencyRequest.objects.create(
        household=household,
        by=by,
        reason=reason,
        granted=opens,
        answered_at=timezone.now() if opens else None,
    )
    record_all(_lines(by, household, sight, reason))
    emergency_asked.send(EmergencyRequest, household=household, by=by)
    return sight


def _looked_up(by: User, home: Household | None, index: str) -> tuple[Household | None, bool]:
    """The household that is asked for, and whether a seal shuts it to the account; one query."""
    team = HouseholdSight.objects.current().filter(user=by, why=SightReason.CASE_TEAM)
    hiding = outside_circle(by)
    if index or home is None:
        bearing = Membership.objects.filter(person__cnp_index=index).exclude(person__cnp_index="")
        if home is not None:
            bearing = bearing.filter(household=home)
        today = during(timezone.localdate())
        # Where a sealed person lived when sealed, they are known too, wherever they are now.
        known_at = bearing.filter(today) | bearing.filter(
            stands_sealed__end=None, stands_sealed__isnull=False
        )
        found = Household.objects.filter(pk__in=known_at.values("household"))
    else:
        found = Household.objects.filter(pk=home.pk)
    known = list(
        found.annotate(
            in_team=Exists(team.filter(household=OuterRef("pk"))),
            hides=Exists(hiding.filter(lives_in(OuterRef("pk")))),
            lives=Exists(
                Membership.objects.current().filter(person__cnp_index=index, household=OuterRef("pk"))
            ),
        ).order_by("-lives", "created_at", "pk")
    )
    # One person in the records of two institutions: the seal of one holds for both.
    shut = [one for one in known if one.hides or (one.sealed and not one.in_team)]
    first = next(iter(shut or known), None)
    return first, bool(shut)


def _lines(
    by: User, household: Household | None, sight: HouseholdSight | None, reason: str
) -> list[TrailEntry]:
    """Who opened a record; or that somebody was looked for and not found, where they work, and what was asked for."""
    if household is not None and sight is not None:
        about = {"keeper": household.keeper_id, "household": household.pk, "subject": sight.pk}
        return [TrailEntry(actor=by, verb="open_in_emergency", reason=reason, **about)]
    at_work = min(by.standing.organizations(Capability.EMERGENCY))
    lines = [TrailEntry(actor=by, verb="emergency_missed", keeper=at_work, reason=reason)]
    if household is not None:
        known = {"keeper": household.keeper_id, "household": household.pk}
        lines.append(TrailEntry(actor=by, verb="ask_in_emergency", sealed=True, reason=reason, **known))
    return lines


def _give_sight(to: User, household: Household, reason: str) -> HouseholdSight:
    sight = HouseholdSight.objects.create(
        household=household,
        user=to,
        why=SightReason.EMERGENCY,
        reason=reason,
        start=timezone.localdate(),
        expires_at=timezone.now() + EMERGENCY_LASTS,
    )
    forget_households_in_sight(to)
    return sight


def _found(sight: HouseholdSight | None) -> HouseholdSight:
    if sight is None:
        raise DomainError(
            _("Nobody was found whose record could be opened. If somebody is in danger, call 112."),
            field="cnp",
        )
    return sight


def _opened_for_you() -> tuple[str, str]:
    return (
        _("Punte: the record that you asked for is open"),
        _(
            "A record that you asked for in an emergency is open to you for 24 hours. Sign in to Punte and search"
            " again."
        ),
    )


def _require_emergencies(by: User) -> None:
    if not by.standing.may(Capability.EMERGENCY):
        raise NotAllowed(_("Your role does not allow this. Ask your coordinator."))


def _checked(reason: str) -> str:
    reason = reason.strip()
    if len(reason) < _SHORTEST_REASON:
        raise DomainError(
            _("Say in a few words why you need the record now. The data protection officer reads it."),
            field="reason",
        )
    if len(reason) > LONGEST_NOTE:
        raise DomainError(
            _("This text has %(length)d characters; at most %(most)d fit. Shorten it.")
            % {"length": len(reason), "most": LONGEST_NOTE},
            field="reason",
        )
    return reason
