"""Dwellings: recorded, and what is said of them changed."""

from typing import Any, TypedDict, Unpack

from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.kernel.errors import DomainError, NotAllowed
from punte.organizations.models import Organization
from punte.people.actions.checks import changed, check_choice, check_lengths, check_present, tidy
from punte.people.models import Dwelling
from punte.territory.models import Uat


class DwellingFields(TypedDict, total=False):
    """What may be said of a dwelling."""

    kind: str
    uat: Uat
    locality: str
    address: str
    latitude: float | None
    longitude: float | None
    administrator: Organization | None
    landlord: str


@verb
def record_dwelling(*, by: User, keeper: Organization, **fields: Unpack[DwellingFields]) -> Dwelling:
    """Begin the record of a dwelling. That another has the same address is no hindrance: a house has many.

    Raises:
        NotAllowed: the account does not record people there.
        DomainError: on a field that cannot be so.
    """
    by.standing.require(Capability.EDIT_PEOPLE, keeper.pk)
    dwelling = Dwelling(keeper=keeper, by=by, uat=fields["uat"])
    _apply(dwelling, dict(fields))
    dwelling.save(force_insert=True)
    record(by=by, verb="record_dwelling", keeper=keeper.pk, subject=dwelling.pk)
    return dwelling


@verb
def change_dwelling(*, by: User, dwelling: Dwelling, **fields: Unpack[DwellingFields]) -> Dwelling:
    """Change what is named; the addresses of the households that live or lived there stay as they were written.

    Raises:
        NotAllowed, DomainError: as for `record_dwelling`; the account does not see the dwelling.
    """
    by.standing.require(Capability.EDIT_PEOPLE, dwelling.keeper_id)
    seen = Dwelling.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
    held = seen.filter(pk=dwelling.pk).first()
    if held is None:
        raise NotAllowed(_("This record is not among those you see. Ask your coordinator."))
    names = _apply(held, dict(fields))
    if names:
        held.save(update_fields=[*names, "folded_address"])
    record(
        by=by,
        verb="change_dwelling",
        keeper=held.keeper_id,
        subject=held.pk,
        changes={"fields": names},
    )
    return held


def _apply(dwelling: Dwelling, fields: dict[str, Any]) -> list[str]:
    texts = {key: tidy(value) for key, value in fields.items() if isinstance(value, str) and key != "kind"}
    names = changed(dwelling, {**fields, **texts})
    check_choice(Dwelling, "kind", dwelling.kind)
    check_present("address", dwelling.address)
    check_lengths(Dwelling, **texts)
    if (dwelling.latitude is None) != (dwelling.longitude is None):
        raise DomainError(_("A point on the map has both coordinates, or neither."), field="latitude")
    return names
