"""Who takes part in a programme, from when to when."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability, Compartment
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.kernel.errors import DomainError, NotAllowed
from punte.people.compartments import compartments_of
from punte.people.models import Household, Person
from punte.people.sight import hidden_from
from punte.programmes.models import Participation, Programme


@verb
def begin_participation(
    *,
    by: User,
    programme: Programme,
    household: Household,
    start: dt.date,
    part: str = "",
    person: Person | None = None,
    end: dt.date | None = None,
) -> Participation:
    """Enrol a household, or one person of it, in a programme or in one part of it.

    Args:
        part: the code of a component, objective or activity; empty for the programme as a whole.
        end: the first day on which it is over.

    Raises:
        NotAllowed: the account does not work with the household, or may not read of this part.
        DomainError: days outside the programme, a period turned round, or somebody who is enrolled already.
    """
    _require(by, household)
    place = programme.tree.by_code.get(part)
    if part and place is None:
        raise DomainError(_("The programme has no such part."), field="part")
    compartment = place.compartment if place else str(Compartment.GENERAL)
    if compartment not in compartments_of(by, household):
        raise NotAllowed(_("Who takes part in this is written by those who work in that field."))
    if end and end <= start:
        raise DomainError(_("It cannot be over before it begins."), field="end")
    if not programme.start <= start <= programme.end:
        raise DomainError(_("The programme does not run on this day."), field="start")
    try:
        with transaction.atomic():
            made = Participation.objects.create(
                programme=programme, part=part, compartment=compartment, household=household, person=person,
                start=start, end=end, by=by, whole=None if person else household,
                aside=person is not None and person.pk in hidden_from(by).people,
            )  # fmt: skip
    except IntegrityError as error:
        raise DomainError(_("They are enrolled in this already for these days."), field="start") from error
    _trace(by, "begin_participation", made)
    return made


@verb
def end_participation(*, by: User, participation: Participation, end: dt.date) -> Participation:
    """Say since when somebody takes part no more; ended on its first day, it never was.

    Raises:
        NotAllowed: the account does not work with the household.
        DomainError: it ended already, or a day before it began or that is still to come.
    """
    _require(by, participation.household)
    held = Participation.objects.select_for_update(no_key=True).get(pk=participation.pk)
    if held.end is not None and held.end <= timezone.localdate():
        raise DomainError(_("It ended already."))
    if not held.start <= end <= timezone.localdate():
        raise DomainError(_("Choose a day from the beginning up to today."), field="end")
    held.end = end
    held.save(update_fields=["end"])
    _trace(by, "end_participation", held)
    return held


def _require(by: User, household: Household) -> None:
    by.standing.require(Capability.MANAGE_CASE, household.keeper_id)


def _trace(by: User, what: str, participation: Participation) -> None:
    home = participation.household
    record(
        by=by, verb=what, keeper=home.keeper_id, household=home.pk, person=participation.person_id,
        subject=participation.pk, sealed=home.sealed, changes={"programme": participation.programme.key},
    )  # fmt: skip
