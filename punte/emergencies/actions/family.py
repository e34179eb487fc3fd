"""Families that were torn apart: whom somebody looks for, and who was found; asked first whether they want it."""

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.emergencies.models import Listed, LookedFor
from punte.emergencies.permission import listed_for, noted, short
from punte.kernel.errors import DomainError


@verb
def look_for(*, by: User, listed: Listed, name: str) -> LookedFor:
    """Note somebody of their family whom one on the list looks for.

    Raises:
        NotAllowed: the account does not work on the emergency.
        DomainError: there is no name.
    """
    row = listed_for(by, listed)
    made = LookedFor.objects.create(listed=row, name=short(name, field="name", needed=True), by=by)
    noted(by, "look_for", row.emergency, row, number=row.number)
    return made


@verb
def say_found(*, by: User, looked_for: LookedFor, found: Listed, agreed: bool) -> LookedFor:
    """Say who on a list is the one that is looked for, and whether they want to be told of.

    Raises:
        NotAllowed: the account does not work on both emergencies.
        DomainError: it is the one who looks.
    """
    row = listed_for(by, looked_for.listed)
    other = listed_for(by, found)
    if row.pk == other.pk:
        raise DomainError(_("Choose another one of the list."), field="found")
    held = LookedFor.objects.select_for_update(of=("self",), no_key=True).get(pk=looked_for.pk)
    held.found, held.agreed, held.found_at = other, agreed, timezone.now()
    held.save(update_fields=["found", "agreed", "found_at"])
    if agreed and other.emergency_id == row.emergency_id:
        # Who belongs together is on the list together.
        mine = Listed.objects.filter(emergency=row.emergency_id, group=row.group)
        mine.update(group=other.group)
    noted(by, "say_found", row.emergency, row, number=row.number, found=other.number, agreed=agreed)
    return held
