"""A household met on the way, and changed fields of one that was known."""

from typing import Any, cast

from django.utils.translation import gettext as _

from punte.fieldwork.applying.entry import Applied, Deed
from punte.fieldwork.applying.finding import household_named
from punte.fieldwork.conflicts import HouseholdConflict
from punte.fieldwork.home_wire import FIELDS, Said, fields_from_wire, home_of
from punte.fieldwork.said import unreadable
from punte.kernel.errors import DomainError
from punte.people.actions import change_household, create_household
from punte.people.actions.checks import tidy
from punte.people.models import Household


def apply_household_new(deed: Deed) -> Applied:
    """Begin the record of a household under the identifier that the device gave it.

    Raises:
        DomainError: on a field; there is such a household already.
    """
    if Household.objects.filter(pk=deed.entry.household).exists():
        raise DomainError(_("This household is on record already."))
    fields = cast(Any, fields_from_wire(deed.entry.body.values))
    for name in ("name", "siruta"):
        if FIELDS[name] not in fields:
            raise unreadable(name)
    made = create_household(by=deed.by, keeper=deed.device.organization, key=deed.entry.household, **fields)
    return Applied(record=made.pk)


def apply_household_change(deed: Deed) -> Applied:
    """Change what nobody else changed meanwhile; what somebody did is laid beside the record.

    Raises:
        DomainError: on a field.
    """
    home = household_named(deed.entry.household, by=deed.by, lock=True)
    deed.entry.body.whole("revision")
    said = {name: _pair(name, value) for name, value in deed.entry.body.object("fields").items()}
    fields_from_wire({name: now for name, (_before, now) in said.items()})
    stands = home_of(home)
    differ = {name: pair for name, pair in said.items() if not _same(name, stands[name], pair[1])}
    ours = {name: pair for name, pair in differ.items() if _same(name, stands[name], pair[0])}
    if ours:
        fields = fields_from_wire({name: now for name, (_before, now) in ours.items()})
        change_household(by=deed.by, household=home, **fields)
    both = {name: (pair[0], stands[name], pair[1]) for name, pair in differ.items() if name not in ours}
    if not both:
        return Applied(record=home.pk)
    return Applied(
        message=_("Somebody changed the same thing meanwhile. It waits in the office to be settled."),
        record=home.pk,
        conflict=HouseholdConflict(both),
    )


def _pair(name: str, value: object) -> tuple[Said, Said]:
    if not isinstance(value, list) or len(value) != 2:
        raise unreadable(name)
    before, now = value
    if name not in FIELDS or not (_is_of(name, before) and _is_of(name, now)):
        raise unreadable(name)
    return before, now


def _is_of(name: str, value: object) -> bool:
    return isinstance(value, int if name == "siruta" else str) and not isinstance(value, bool)


def _same(name: str, one: Said, other: Said) -> bool:
    """Whether two values of a field would be kept as the same."""
    return _kept(name, one) == _kept(name, other)


def _kept(name: str, value: Said) -> Said:
    if isinstance(value, int):
        return value
    return value.strip() if name == "safeContact" else tidy(value)
