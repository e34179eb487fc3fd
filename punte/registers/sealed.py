"""Whether what is told of a subject is for its circle alone, and which entries make it so."""

from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.cases.actions.sealing import keep_case_sealed
from punte.cases.actions.sealing_person import keep_person_sealed
from punte.cases.models import Case
from punte.kernel.prepared import Prepared
from punte.people.models import Dwelling, Household, Membership, Person, PersonSeal
from punte.people.sight import is_sealed_in
from punte.registers.actions.writing import Said, in_words
from punte.registers.models import Entry
from punte.registers.sight import Subject


def behind_seal(entry: Entry) -> bool:
    """Whether a seal stands on whom an entry is about, or on where they live: the line of the trail is its team's."""
    subject = entry.subject
    match subject:
        case Case():
            return subject.sealed
        case Household():
            return subject.sealed
        case Person():
            return bool(_sealed_homes(person=subject.pk) or _seals(person=subject.pk))
        case Dwelling():
            home = entry.concerns
            return home is not None and (home.sealed or is_sealed_in(home.pk))
    return False


_sealed_homes = Prepared(
    lambda person: (
        Membership.objects.current()
        .filter(person=person, household__sealed=True)
        .order_by()
        .values_list("pk")[:1]
    )
)
_seals = Prepared(
    lambda person: PersonSeal.objects.filter(person=person, end=None).order_by().values_list("pk")[:1]
)


def seal_for(found: Said, subject: Subject, *, by: User) -> None:
    """Seal whom an entry is about, where its register says so and the entry will count as true.

    To be called before the entry is written: it is itself of what is hidden since. The seal does not end with the
    entry; the team lifts it.

    Raises:
        DomainError: nobody answers for a case, so nobody would see it.
    """
    definition = found.definition
    if not definition.seals or found.state not in definition.holds:
        return
    reason = _("“%(title)s” was written in a register.") % {"title": in_words(definition.title)}
    match subject:
        case Person():
            keep_person_sealed(by=by, person=subject, reason=reason, since=found.start)
        case Case():
            keep_case_sealed(by=by, case=subject, reason=reason)
