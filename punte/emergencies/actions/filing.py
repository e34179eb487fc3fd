"""Those of the list who belong together become an ordinary household with its people, and a case where one is meant."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.actions import open_case
from punte.emergencies.models import Listed
from punte.emergencies.permission import listed_for, noted
from punte.emergencies.places import hold_for_person
from punte.kernel.errors import DomainError, NotAllowed
from punte.organizations.models import Organization
from punte.people.actions import create_household, create_person, join_household
from punte.people.enums import Relation
from punte.people.models import Household, Membership, Person


@verb
def make_file(
    *,
    by: User,
    listed: Listed,
    known: Mapping[UUID, Person] | None = None,
    household: Household | None = None,
    regime: str = "",
    reason: str = "",
) -> Household:
    """Give somebody of the list, with those who belong to them, ordinary files; of who has one already nothing is made.

    Args:
        known: by the row of the list the person on file whom it is; of all others a new file is begun.
        household: where they live by the record; else a new one is begun at the place of the emergency.
        regime, reason: of the case that is opened; none where they are empty.

    Raises:
        NotAllowed: the account does not work on the emergency, records no people there, or does not see who is chosen.
        DomainError: they have files already, or what the verbs of people and cases refuse.
    """
    row = listed_for(by, listed, to_move=True)
    rows = [
        one if one.pk != row.pk else row
        for one in Listed.objects.filter(emergency=row.emergency_id, group=row.group, merged_into=None)
        .select_for_update(of=("self",), no_key=True)
        .order_by("number")
    ]
    new = [one for one in rows if one.person_id is None]
    if not new:
        raise DomainError(_("All of this group have files already."))
    chosen = dict(known or {})
    _seen(by, chosen, household)
    emergency = row.emergency
    home = household or next((one.household for one in rows if one.household), None)
    home = home or create_household(
        by=by,
        keeper=emergency.keeper,
        name=_surname(new[0].name),
        uat=emergency.uat,
        address=emergency.place[:250],
        phone=next((one.phone for one in new if one.phone), ""),
    )
    for one in new:
        one.person = chosen.get(one.pk) or _begin(by, emergency.keeper, one)
        one.household = home
        _join(by, one.person, home, max(emergency.started_on, timezone.localdate(one.created_at)))
    if regime:
        made = open_case(by=by, household=home, regime=regime, reason=reason)
        for one in new:
            one.case = made
    for one in new:
        one.save(update_fields=["person", "household", "case"])
        hold_for_person(one)
        noted(by, "make_file", emergency, one, number=one.number)
    return home


def _seen(by: User, chosen: Mapping[UUID, Person], household: Household | None) -> None:
    keys = {person.pk for person in chosen.values()}
    people = Person.objects.visible_to(by).filter(pk__in=keys).count() == len(keys)
    home = household is None or Household.objects.visible_to(by).filter(pk=household.pk).exists()
    if not people or not home:
        raise NotAllowed(_("This household is not among those you see. Ask your coordinator."))


def _surname(name: str) -> str:
    return name.split()[-1] if name.split() else name


def _begin(by: User, keeper: Organization, row: Listed) -> Person:
    """A new file: the last word is taken for the family name; one name alone is the given one. The birth is unknown."""
    *given, family = row.name.split()
    if not given:
        given, family = [family], ""
    return create_person(
        by=by,
        keeper=keeper,
        family_name=family,
        given_name=" ".join(given),
        phone=row.phone,
    )


def _join(by: User, person: Person, home: Household, start: dt.date) -> None:
    """They live there from the day on which they came, unless the record says where they live."""
    if Membership.objects.visible_to(by).filter(person=person, end=None).exists():
        return
    first = not Membership.objects.filter(household=home, end=None, relation=Relation.REFERENCE).exists()
    relation = Relation.REFERENCE if first else Relation.UNRELATED
    join_household(by=by, person=person, household=home, start=start, relation=relation)
