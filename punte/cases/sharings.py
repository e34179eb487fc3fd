"""Who answers when another institution asks to read, and what waits for whom."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from punte.accounts.enums import SEALED_COMPARTMENTS, Capability, Compartment
from punte.accounts.models import User
from punte.cases.models import Case
from punte.cases.seen import homes_of_cases_seen
from punte.kernel.prepared import Prepared
from punte.people.asked import Asked
from punte.people.enums import SharingState
from punte.people.models import Household, Sharing

LONGEST_LIST = 50


def may_share(by: User, household: Household) -> bool:
    """Whether an account lets others read a household: it manages cases there and sees one of this household."""
    manages = by.standing.may(Capability.MANAGE_CASE, household.keeper_id)
    return manages and bool(homes_of_cases_seen(by, [household.pk]))


def may_ask(by: User, household: Household) -> bool:
    """Whether an account that sees a household may ask others to read their record of it."""
    return by.standing.may(Capability.MANAGE_CASE, household.keeper_id)


def read_by_others(household: Household) -> list[Sharing]:
    """What others read of a household, or ask to read, today; behind a seal nothing is shared."""
    return _read_by_others(household=household.pk)


def _open_or_standing(household: UUID) -> QuerySet[Sharing]:
    today = timezone.localdate()
    asked = Sharing.objects.open_behind().filter(state=SharingState.ASKED, until__gte=today)
    rows = (asked | Sharing.objects.standing(today)).filter(household=household)
    return rows.select_related("organization", "consent", "by", "own_household__keeper").order_by("pk")


_read_by_others = Prepared(_open_or_standing)


def read_of_others(user: User, household: Household) -> list[tuple[Sharing, bool]]:
    """What was asked for of others with a household, each with whether it is read today, the newest first."""
    found = _asked_with(household=household.pk)
    standing = {key for (key,) in _standing(keys=[one.pk for one in found])}
    return [(one, one.pk in standing) for one in found]


_asked_with = Prepared(
    lambda household: (
        Sharing.objects.filter(own_household=household)
        .select_related("household__keeper")
        .defer("household__safe_contact")
        .order_by("-created_at", "-pk")[:LONGEST_LIST]
    )
)
_standing = Prepared(
    lambda keys: (
        Sharing.objects.standing(timezone.localdate()).filter(pk__in=keys).order_by().values_list("pk")
    )
)


def sharings_to_answer(by: User) -> list[Sharing]:
    """What others ask for and the account may answer, the oldest first."""
    return _asked_of(by)


def _asked_in_institutions_of(by: User) -> QuerySet[Sharing]:
    seen = Exists(Case.objects.visible_to(by).filter(household=OuterRef("household")))
    asked = Sharing.objects.filter(
        seen,
        household__keeper__in=by.standing.organizations(Capability.MANAGE_CASE),
        state=SharingState.ASKED,
        until__gte=timezone.localdate(),
    )
    return (
        asked.open_behind()
        .select_related("household", "organization")
        .order_by("created_at", "pk")[:LONGEST_LIST]
    )


_asked_of = Asked(_asked_in_institutions_of)


def compartments_shared(by: User, sharing: Sharing) -> frozenset[Compartment]:
    """The compartments within which an account reads what is shared: of its role there, without violence or abuse."""
    return by.standing.compartments(sharing.organization_id) - SEALED_COMPARTMENTS
