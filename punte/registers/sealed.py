"""Whether what is told of a subject is for its circle alone."""

from punte.cases.models import Case
from punte.people.models import Dwelling, Household, Membership, Person, PersonSeal
from punte.people.sight import sealed_in
from punte.registers.models import Entry


def behind_seal(entry: Entry) -> bool:
    """Whether a seal stands on whom an entry is about, or on where they live: the line of the trail is its team's."""
    subject = entry.subject
    match subject:
        case Case():
            return subject.sealed
        case Household():
            return subject.sealed
        case Person():
            lives = Membership.objects.current().filter(person=subject, household__sealed=True)
            return lives.exists() or PersonSeal.objects.filter(person=subject, end=None).exists()
        case Dwelling():
            home = entry.concerns
            return home is not None and (home.sealed or sealed_in(home).exists())
    return False
