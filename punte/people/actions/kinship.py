"""What people are to each other, whether or not they live together."""

from django.db.models import Q
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.kernel.errors import DomainError
from punte.people.actions.checks import check_choice
from punte.people.enums import KinshipKind
from punte.people.models import Kinship, Person

_MUTUAL = {KinshipKind.SPOUSE, KinshipKind.SIBLING}
_PARENTS = {KinshipKind.MOTHER, KinshipKind.FATHER}


@verb
def set_kinship(*, by: User, person: Person, relative: Person, kind: str) -> Kinship:
    """Record what `relative` is to `person`.

    Raises:
        NotAllowed: the account does not record people there.
        DomainError: it cannot be so, or is recorded already.
    """
    by.standing.require(Capability.EDIT_PEOPLE, person.keeper_id)
    check_choice(Kinship, "kind", kind)
    if not Person.objects.visible_to(by).filter(pk=relative.pk).exists():
        raise DomainError(_("Choose a person from your records."), field="relative")
    _check_can_be(person, relative, kind)
    kinship = Kinship.objects.create(person=person, relative=relative, kind=kind)
    record(
        by=by,
        verb="set_kinship",
        keeper=person.keeper_id,
        person=person.pk,
        subject=relative.pk,
        changes={"kind": kind},
    )
    return kinship


@verb
def remove_kinship(*, by: User, kinship: Kinship) -> None:
    """Take away a kinship that was recorded by mistake.

    Raises:
        NotAllowed: the account does not record people there.
    """
    person = kinship.person
    by.standing.require(Capability.EDIT_PEOPLE, person.keeper_id)
    record(
        by=by,
        verb="remove_kinship",
        keeper=person.keeper_id,
        person=person.pk,
        subject=kinship.relative_id,
        changes={"kind": kinship.kind},
    )
    kinship.delete()


def _check_can_be(person: Person, relative: Person, kind: str) -> None:
    if person.pk == relative.pk:
        raise DomainError(_("A person cannot be their own relative."), field="relative")
    same = Q(person=person, relative=relative, kind=kind)
    if kind in _MUTUAL:
        same |= Q(person=relative, relative=person, kind=kind)
    if Kinship.objects.filter(same).exists():
        raise DomainError(_("This kinship is already recorded."), field="relative")
    born = (relative.birth_date, person.birth_date)
    if kind in _PARENTS and born[0] and born[1] and born[0] >= born[1]:
        raise DomainError(_("A parent cannot be younger than the child."), field="relative")
    if kind in _PARENTS and Kinship.objects.filter(person=person, kind=kind).exists():
        raise DomainError(
            _("This parent is already recorded. Remove the other record first, if it is wrong."), field="kind"
        )
