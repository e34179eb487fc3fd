"""Who lives in which household, and since when."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.kernel.errors import DomainError
from punte.people.actions.checks import check_choice, check_not_future
from punte.people.actions.death import end_at_death
from punte.people.enums import Relation
from punte.people.models import Household, Membership, Person


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
    _check_lives_nowhere_else(person, household, start)
    if relation == Relation.REFERENCE:
        _check_one_reference(household, start)
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
    record(
        by=by,
        verb="join_household",
        keeper=household.keeper_id,
        household=household.pk,
        person=person.pk,
        subject=membership.pk,
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
    if membership.end is not None:
        raise DomainError(_("This person has already left the household."))
    check_not_future("end", end)
    if end < membership.start:
        raise DomainError(
            _("This date is before the person came to the household (%(start)s).")
            % {"start": membership.start.strftime("%d.%m.%Y")},
            field="end",
        )
    membership.end = end
    membership.save(update_fields=["end"])
    record(
        by=by,
        verb="leave_household",
        keeper=household.keeper_id,
        household=household.pk,
        person=membership.person_id,
        subject=membership.pk,
        changes={"end": end.isoformat()},
    )
    return membership


def _check_lives_nowhere_else(person: Person, household: Household, start: dt.date) -> None:
    later = Membership.objects.filter(person=person).filter(Q(end=None) | Q(end__gt=start))
    other = later.select_related("household").first()
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


def _check_one_reference(household: Household, day: dt.date) -> None:
    reference = (
        Membership.objects.on(day)
        .filter(household=household, relation=Relation.REFERENCE)
        .select_related("person")
    ).first()
    if reference is not None:
        raise DomainError(
            _("The reference person of this household is %(person)s. Say what this person is to them.")
            % {"person": reference.person},
            field="relation",
        )
