"""The fields of a household on the wire (`Home` of wire.ts)."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from punte.kernel.errors import DomainError
from punte.people.actions.households import HouseholdFields
from punte.people.models import Household
from punte.territory.models import Uat

WireValue = str | int
"""A field on the wire; a number for `siruta`."""

FIELDS: Mapping[str, str] = {
    "name": "name",
    "siruta": "uat",
    "locality": "locality",
    "address": "address",
    "phone": "phone",
    "safeContact": "safe_contact",
}
"""The field of a household behind each name of the wire."""


def household_to_wire(household: Household) -> dict[str, WireValue]:
    """What the record says of a household."""
    return {
        "name": household.name,
        "siruta": household.uat_id,
        "locality": household.locality,
        "address": household.address,
        "phone": household.phone,
        "safeContact": household.safe_contact,
    }


def household_from_wire(values: Mapping[str, object]) -> HouseholdFields:
    """Fields as the verbs of households take them.

    Raises:
        DomainError: there is no such field or place, or a value is not text.
    """
    read = HouseholdFields()
    for name, value in values.items():
        if name == "siruta":
            read["uat"] = _place(value)
        elif name in FIELDS and isinstance(value, str):
            read[FIELDS[name]] = value  # type: ignore[literal-required]
        else:
            raise DomainError(_("What the device says of the household cannot be read. Save it again there."))
    return read


def _place(siruta: object) -> Uat:
    number = siruta if isinstance(siruta, int) and 0 < siruta < 2**31 else 0
    place = Uat.objects.filter(siruta=number).first()
    if place is None:
        raise DomainError(_("There is no such locality. Choose one of the list."), field="siruta")
    return place
