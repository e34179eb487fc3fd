"""A household met on the way, and changed fields of one that was known."""

from typing import Any, cast

from django.utils.translation import gettext as _

from punte.fieldwork.conflicts import HouseholdConflict
from punte.fieldwork.push.entry import Applied, Entry
from punte.fieldwork.wire.households import FIELDS, WireValue, household_from_wire, household_to_wire
from punte.fieldwork.wire.objects import unreadable
from punte.kernel.errors import DomainError
from punte.people.actions import change_household, create_household
from punte.people.actions.checks import tidy
from punte.people.models import Household


def apply_household_new(entry: Entry) -> Applied:
    """Begin the record of a household under the identifier that the device gave it.

    Raises:
        DomainError: on a field; there is such a household already.
    """
    if Household.objects.filter(pk=entry.household).exists():
        raise DomainError(_("This household is on record already."))
    fields = cast(Any, household_from_wire(entry.body.values))
    for name in ("name", "siruta"):
        if FIELDS[name] not in fields:
            raise unreadable(name)
    made = create_household(by=entry.by, keeper=entry.device.organization, key=entry.household, **fields)
    return Applied(record=made.pk)


def apply_household_change(entry: Entry) -> Applied:
    """Change what nobody else changed meanwhile; what somebody did is laid beside the record.

    Raises:
        DomainError: on a field.
    """
    home = entry.visible_household(lock=True)
    entry.body.whole("revision")
    changes = {name: _pair(name, value) for name, value in entry.body.object("fields").items()}
    household_from_wire({name: now for name, (_before, now) in changes.items()})
    stands = household_to_wire(home)
    differ = {name: pair for name, pair in changes.items() if not _same(name, stands[name], pair[1])}
    ours = {name: pair for name, pair in differ.items() if _same(name, stands[name], pair[0])}
    if ours:
        fields = household_from_wire({name: now for name, (_before, now) in ours.items()})
        change_household(by=entry.by, household=home, **fields)
    both = {name: (pair[0], stands[name], pair[1]) for name, pair in differ.items() if name not in ours}
    if not both:
        return Applied(record=home.pk)
    return Applied(
        message=_("Somebody changed the same thing meanwhile. It waits in the office to be settled."),
        record=home.pk,
        conflict=HouseholdConflict(both),
    )


def _pair(name: str, value: object) -> tuple[WireValue, WireValue]:
    if not isinstance(value, list) or len(value) != 2:
        raise unreadable(name)
    before, now = value
    if name not in FIELDS or not (_is_of(name, before) and _is_of(name, now)):
        raise unreadable(name)
    return before, now


def _is_of(name: str, value: object) -> bool:
    return isinstance(value, int if name == "siruta" else str) and not isinstance(value, bool)


def _same(name: str, one: WireValue, other: WireValue) -> bool:
    """Whether two values of a field would be kept as the same."""
    return _kept(name, one) == _kept(name, other)


def _kept(name: str, value: WireValue) -> WireValue:
    if isinstance(value, int):
        return value
    return value.strip() if name == "safeContact" else tidy(value)
