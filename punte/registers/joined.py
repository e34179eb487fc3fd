"""Two files of one person are joined: their entries then speak of one person."""

from django.utils.translation import gettext as _

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
        if any(_meet(entry, other) for entry in own):
            raise DomainError(
                _(
                    "Both files have an entry of one register at the same time. End or correct one of them first."
                )
            )


def _meet(one: Entry, other: Entry) -> bool:
    if one.overlap_key != other.overlap_key:
        return False
    return (one.end is None or other.start < one.end) and (other.end is None or one.start < other.end)
