"""Whether what is told of a subject is for its circle alone."""

from punte.cases.models import Case
from punte.organizations.models import Organization
from punte.people.models import Household, Membership, Person, PersonSeal
from punte.registers.sight import Subject


def behind_seal(subject: Subject) -> bool:
    """Whether a seal stands on the subject, or on where it lives: the line of the trail is then its team's alone."""
    match subject:
        case Case():
            return subject.sealed
        case Household():
            return subject.sealed
        case Person():
            lives = Membership.objects.current().filter(person=subject, household__sealed=True)
            return lives.exists() or PersonSeal.objects.filter(person=subject, end=None).exists()
        case Organization():
            return False
