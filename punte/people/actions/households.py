"""Households: made and changed."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.kernel.errors import DomainError
from punte.organizations.models import Organization
from punte.people.actions.checks import changed, check_lengths, check_not_future, check_present, tidy
from punte.people.models import Dwelling, Household, PersonSeal
from punte.people.residences import PLACE, first_known_on, settle
from punte.people.sight import hidden_from
from punte.territory.models import Community, Uat

_WHERE = frozenset({*PLACE, "dwelling", "community", "latitude", "longitude", "phone"})
_OF_DWELLING = (*PLACE, "latitude", "longitude")
_FOLDED = ("folded_name", "folded_address", "folded_phone")


class Place(TypedDict, total=False):
    """Where a household lives and how it is reached.

    A `dwelling` that is recorded by itself says the rest of the place; None where it is none of those.
    """

    dwelling: Dwelling | None
    community: Community | None
    locality: str
    address: str
    latitude: float | None
    longitude: float | None
    phone: str
    safe_contact: str


class HouseholdFields(Place, total=False):
    """All that may be changed of a household."""

    name: str
    uat: Uat
    since: dt.date


@verb
def create_household(
    *, by: User, keeper: Organization, name: str, uat: Uat, key: UUID | None = None, **place: Unpack[Place]
) -> Household:
    """Begin the record of a household, kept by `keeper`.

    Args:
        key: the identifier that a device without a signal already gave it.

    Raises:
        NotAllowed: the account does not record people there.
        DomainError: on a field that cannot be so.
    """
    by.standing.require(Capability.EDIT_PEOPLE, keeper.pk)
    household = Household(keeper=keeper, uat=uat, **({"pk": key} if key else {}))
    chosen = _with_dwelling(by, household, {"name": name, "uat": uat, **place})
    dwelling = chosen.pop("dwelling", None)
    fields = _apply(household, chosen)
    household.save(force_insert=True)
    _settle(household, since=first_known_on(household), dwelling=dwelling)
    record(
        by=by,
        verb="create_household",
        keeper=keeper.pk,
        household=household.pk,
        changes={"fields": fields},
    )
    return household


@verb
def change_household(*, by: User, household: Household, **fields: Unpack[HouseholdFields]) -> Household:
    """Change what is named; the rest stays, as whoever changed it last left it.

    Args:
        since: the day on which the household came to another place, today unless given; where that is the day since
            which it is known to live where it does, what was written of the place is corrected. What was before stays.

    Raises:
        NotAllowed, DomainError: as for `create_household`.
    """
    by.standing.require(Capability.EDIT_PEOPLE, household.keeper_id)
    household.refresh_from_db(from_queryset=Household.objects.select_for_update(of=("self",), no_key=True))
    chosen = _with_dwelling(by, household, fields)
    since = chosen.pop("since", None)
    said = {"dwelling": chosen.pop("dwelling")} if "dwelling" in chosen else {}
    names = _apply(household, chosen)
    names += _move(household, names, since=since, **said)
    if set(names) & _WHERE:
        _keep_from_others(by, household)
    if names:
        household.revision += 1
        written = [name for name in names if name != "dwelling"]
        household.save(update_fields=[*written, *_FOLDED, "revision"])
    record(
        by=by,
        verb="change_household",
        keeper=household.keeper_id,
        household=household.pk,
        changes={"fields": names},
    )
    return household


def _move(household: Household, names: list[str], *, since: dt.date | None, **chosen: Any) -> list[str]:
    """Let the household live where it says now, where it says otherwise than before.

    Who comes to another address lives no more in the dwelling of the former, unless one is chosen.

    Args:
        names: of the fields that changed.

    Returns:
        The names of what changed besides.
    """
    lives = household.residences.select_related("dwelling").order_by("-start").first()
    former = lives.dwelling if lives else None
    moved = bool(set(names) & set(PLACE))
    day = since or timezone.localdate()
    left = moved and lives is not None and day > lives.start
    dwelling = chosen.get("dwelling", None if left else former)
    if not moved and dwelling == former and (since is None or lives is None or since == lives.start):
        return []
    check_not_future("since", since)
    _settle(household, since=day, dwelling=dwelling)
    return ["dwelling"] if dwelling != former or not moved else []


def _keep_from_others(by: User, household: Household) -> None:
    """A new address that only the circle of a sealed person knows belongs to a new household, which others do not see.

    Raises:
        DomainError: a sealed person still lives here, where everybody saw them on the day of the seal.
    """
    stands = PersonSeal.objects.filter(end=None, stood__household=household, stood__end=None)
    if stands.exclude(person__in=list(hidden_from(by).people)).exists():
        raise DomainError(
            _(
                "A sealed person lives here, and everybody who sees the household would read the new address or phone."
                " If the person moved, record that they left and live in a new household."
            )
        )


def _with_dwelling(by: User, household: Household, fields: Mapping[str, Any]) -> dict[str, Any]:
    """What was given, with the place of the dwelling where one was chosen.

    Raises:
        DomainError: the account does not see the dwelling where the household is kept.
    """
    dwelling = fields.get("dwelling")
    if dwelling is None:
        return dict(fields)
    if not Dwelling.objects.visible_to(by).filter(pk=dwelling.pk, keeper=household.keeper_id).exists():
        raise DomainError(_("Choose one of the values in the list."), field="dwelling")
    place = {name: getattr(dwelling, name) for name in _OF_DWELLING}
    return {**fields, **{name: value for name, value in place.items() if value is not None}}


def _settle(household: Household, *, since: dt.date, dwelling: Dwelling | None) -> None:
    place = {name: getattr(household, name) for name in PLACE}
    settle(household, since=since, dwelling=dwelling, **place)


def _apply(household: Household, fields: dict[str, Any]) -> list[str]:
    texts = {
        key: tidy(value) for key, value in fields.items() if isinstance(value, str) and key != "safe_contact"
    }
    notes = {key: fields[key].strip() for key in ("safe_contact",) if key in fields}
    names = changed(household, {**fields, **texts, **notes})
    check_present("name", household.name)
    check_lengths(Household, **texts, **notes)
    if household.community and household.community.uat_id != household.uat_id:
        raise DomainError(_("This community is in another UAT. Choose one of this UAT."), field="community")
    if (household.latitude is None) != (household.longitude is None):
        raise DomainError(_("A point on the map has both coordinates, or neither."), field="latitude")
    return names
