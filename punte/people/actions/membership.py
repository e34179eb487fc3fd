"""Who lives in which household, and since when."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.kernel.errors import DomainError
from punte.people.actions.checks import check_choice, check_not_future
from punte.people.actions.death import end_at_death
from punte.people.enums import Relation
from punte.people.models import Household, Membership, Person, PersonSeal
from punte.people.sight import Hidden, forget_households_in_sight, hidden_from
from punte.people.signals import sealed_person_moved


@verb
def join_household(
    *, by: User, person: Person, household: Household, start: dt.date, relation: str
) -> Membership:
    """A person lives in a household from a day on.

    Raises:
        NotAllowed: the account does not record people there.
        DomainError: the person is a member already, lives elsewhere in that time, or is kept by another organisation.
    """
    by.standing.require(Capability.EDIT_PEOPLE, household.keeper_id)
    check_choice(Membership, "relation", relation)
    check_not_future("start", start)
    if person.keeper_id != household.keeper_id:
        raise DomainError(_("This person is in the records of another institution."), field="person")
    if person.birth_date and start < person.birth_date:
        raise DomainError(_("This date is before the person was born."), field="start")
    if person.died_on and start > person.died_on:
        raise DomainError(
            _("%(person)s died on %(day)s and cannot come to a household after that.")
            % {"person": person, "day": person.died_on.strftime("%d.%m.%Y")},
            field="start",
        )
    hidden = hidden_from(by)
    _check_lives_nowhere_else(hidden, person, household, start)
    if relation == Relation.REFERENCE:
        _check_one_reference(hidden, household, start)
    if person.pk in hidden.people:
        # Where the person lives in truth is not for this account to change, nor to learn.
        raise DomainError(_("This cannot be recorded now. Ask your coordinator."))
    membership = Membership(person=person, household=household, start=start, relation=relation)
    if person.died_on:
        end_at_death(membership)
    try:
        with transaction.atomic():
            membership.save(force_insert=True)
    except IntegrityError as refused:
        raise DomainError(
            _("This person was just added to a household by somebody else. Look at the record again."),
            field="person",
        ) from refused
    sealed = _is_sealed(person)
    if sealed:
        sealed_person_moved.send(Person, household=household, by=by)
    record(
        by=by,
        verb="join_household",
        keeper=household.keeper_id,
        household=household.pk,
        person=person.pk,
        subject=membership.pk,
        sealed=sealed,
        changes={"start": start.isoformat()},
    )
    return membership


@verb
def leave_household(*, by: User, membership: Membership, end: dt.date) -> Membership:
    """A member no longer lives in the household from a day on; the time until then stays known.

    Raises:
        NotAllowed: the account does not record people there.
        DomainError: the member has left already, or the day is before they came or in the future.
    """
    household = membership.household
    by.standing.require(Capability.EDIT_PEOPLE, household.keeper_id)
    hidden = hidden_from(by)
    hidden.as_seen([membership])
    if membership.end is not None:
        raise DomainError(_("This person has already left the household."))
    check_not_future("end", end)
    if end < membership.start:
        raise DomainError(
            _("This date is before the person came to the household (%(start)s).")
            % {"start": membership.start.strftime("%d.%m.%Y")},
            field="end",
        )
    shown = hidden.stood.get(membership.pk)
    if shown is None:
        membership.end = end
        membership.save(update_fields=["end"])
    else:
        PersonSeal.objects.filter(pk=shown.seal).update(stood_end=end)
        forget_households_in_sight(by)
    moved = _is_sealed(membership.person) and shown is None
    if moved:
        sealed_person_moved.send(Person, household=household, by=by)
    record(
        by=by,
        verb="leave_household",
        keeper=household.keeper_id,
        household=household.pk,
        person=membership.person_id,
        subject=membership.pk,
        sealed=moved,
        changes={"end": end.isoformat()},
    )
    return membership


def _is_sealed(person: Person) -> bool:
    return PersonSeal.objects.filter(person=person, end=None).exists()


def _check_lives_nowhere_else(hidden: Hidden, person: Person, household: Household, start: dt.date) -> None:
    lived = hidden.beyond(Membership.objects.filter(person=person)).select_related("household")
    later = (one for one in hidden.as_seen(lived) if one.end is None or one.end > start)
    other = next(later, None)
    if other is None:
        return
    if other.household_id == household.pk:
        raise DomainError(
            _("%(person)s is already a member of this household since %(start)s.")
            % {"person": person, "start": other.start.strftime("%d.%m.%Y")},
            field="person",
        )
    raise DomainError(
        _(
            "%(person)s is recorded in the household %(household)s in this time. Record first when they left it,"
            " or choose a later date."
        )
        % {"person": person, "household": other.household},
        field="start",
    )


def _check_one_reference(hidden: Hidden, household: Household, day: dt.date) -> None:
    reference = (
        hidden.beyond(Membership.objects.on(day))
        .filter(household=household, relation=Relation.REFERENCE)
        .select_related("person")
    ).first()
    if reference is not None:
        raise DomainError(
            _("The reference person of this household is %(person)s. Say what this person is to them.")
            % {"person": reference.person},
            field="relation",
        )
