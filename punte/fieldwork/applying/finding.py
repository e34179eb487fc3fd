"""What an entry is about, found in the record as its worker sees it."""

from uuid import UUID

from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.cases.models import Case
from punte.devices.models import Device
from punte.fieldwork.enums import EntryKind
from punte.fieldwork.models import FieldEntry
from punte.kernel.errors import DomainError, NotAllowed
from punte.people.models import Household, Person


def household_named(key: UUID, *, by: User, lock: bool = False) -> Household:
    """The household of an entry.

    Raises:
        NotAllowed: there is none that the worker sees.
    """
    visible = Household.objects.visible_to(by)
    found = (visible.select_for_update(of=("self",)) if lock else visible).filter(pk=key).first()
    if found is None:
        raise NotAllowed(_("The household is not on record, or is not among those you see."))
    return found


def case_named(key: UUID, *, device: Device, household: UUID) -> Case:
    """The case of an entry: by its own identifier, or by the one that a device gave it when it opened it.

    Raises:
        NotAllowed: there is none that the worker sees.
        DomainError: it is of another household.
    """
    opened = FieldEntry.objects.filter(device__owner=device.owner_id, kind=EntryKind.CASE_OPEN, given=key)
    known = opened.values_list("record", flat=True).first() or key
    case = Case.objects.visible_to(device.owner).select_related("household").filter(pk=known).first()
    if case is None:
        raise NotAllowed(_("The case is not on record, or is not among those you see."), field="case")
    if case.household_id != household:
        raise DomainError(_("The case is of another household."), field="case")
    return case


def person_named(key: UUID | None, *, household: UUID) -> Person | None:
    """The person of an entry, who lives or lived in its household; None where it names nobody.

    Raises:
        DomainError: there is no such member.
    """
    if key is None:
        return None
    found = Person.objects.filter(pk=key, memberships__household=household).distinct().first()
    if found is None:
        raise DomainError(_("This person is not a member of the household on record."), field="person")
    return found
