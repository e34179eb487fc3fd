"""Two files of one person are joined: their entries then speak of one person."""

from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.directory.actions import hold_for
from punte.kernel.errors import DomainError
from punte.people.models import Person
from punte.registers.models import Entry


def refuse_two_of_a_time(kept: Person, joined: Person) -> None:
    """Refuse to join two files while an entry of one holds at a time of the same entry of the other.

    Raises:
        DomainError: they do.
    """
    own = list(Entry.objects.filter(person=kept, overlap_key__isnull=False))
    for other in Entry.objects.filter(person=joined, overlap_key__isnull=False):
        same = [entry for entry in own if entry.overlap_key == other.overlap_key]
        if any(entry.meets(other.start, other.end) for entry in same):
            raise DomainError(
                _(
                    "Both files have an entry of one register at the same time. End or correct one of them first."
                )
            )


def hold_places_again(*people: Person, by: User) -> None:
    """Let the places that entries hold be those of whom the entries are about, once files were joined or parted."""
    for person in people:
        held = Entry.objects.filter(person=person).values_list("pk", flat=True)
        hold_for(holders=held, person=person.pk, by=by)
