"""Names that a person bore before, and those that others use."""

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.kernel.errors import DomainError
from punte.people.actions.checks import check_choice, check_lengths, tidy
from punte.people.enums import OtherNameKind
from punte.people.models import OtherName, Person
from punte.people.names import known_name
from punte.people.search.index import index_names
from punte.people.search.names import words_of_name

_MOST_KEPT = 12


@verb
def add_other_name(
    *, by: User, person: Person, kind: str, family_name: str = "", given_name: str = ""
) -> OtherName:
    """Keep a name by which a person is known besides today's; it is found like that.

    Raises:
        NotAllowed: the account does not record people there.
        DomainError: it says nothing, is too long or is recorded already.
    """
    by.standing.require(Capability.EDIT_PEOPLE, person.keeper_id)
    check_choice(OtherName, "kind", kind)
    texts = {"family_name": known_name(tidy(family_name)), "given_name": known_name(tidy(given_name))}
    check_lengths(OtherName, **texts)
    if not any(texts.values()):
        raise DomainError(_("Write at least one of the names."), field="family_name")
    if person.other_names.filter(**texts).exists():
        raise DomainError(_("This name is already recorded."), field="family_name")
    if person.other_names.count() >= _MOST_KEPT:
        raise DomainError(_("At most %(most)d other names are kept.") % {"most": _MOST_KEPT})
    name = OtherName.objects.create(person=person, kind=kind, **texts)
    index_other_names(person)
    record(by=by, verb="add_other_name", keeper=person.keeper_id, person=person.pk, subject=name.pk)
    return name


@verb
def remove_other_name(*, by: User, name: OtherName) -> None:
    """Take away a name that was kept by mistake.

    Raises:
        NotAllowed: the account does not record people there.
    """
    person = name.person
    by.standing.require(Capability.EDIT_PEOPLE, person.keeper_id)
    record(by=by, verb="remove_other_name", keeper=person.keeper_id, person=person.pk, subject=name.pk)
    name.delete()
    index_other_names(person)


def keep_former_name(person: Person, family_name: str, given_name: str) -> None:
    """Keep the name that a person bore until today, unless today's says all of it.

    A name that is borne again is no former one.
    """
    person.other_names.filter(
        kind=OtherNameKind.FORMER, family_name=person.family_name, given_name=person.given_name
    ).delete()
    now = words_of_name(person.family_name, person.given_name)
    if not set(words_of_name(family_name, given_name)) <= set(now):
        OtherName.objects.update_or_create(
            person=person,
            kind=OtherNameKind.FORMER,
            family_name=family_name,
            given_name=given_name,
            defaults={"until": timezone.localdate()},
        )
    _write_beside_the_name(person)


def index_other_names(person: Person) -> None:
    """Find the person by the other names that stand now, and by no other."""
    _write_beside_the_name(person)
    index_names([person])


def _write_beside_the_name(person: Person) -> None:
    person.also_named = "\n".join(dict.fromkeys(map(str, person.other_names.all())))
    person.save(update_fields=["also_named"])
