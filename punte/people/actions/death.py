"""What follows from a death: the person lives nowhere from that day on, until it is taken back as a mistake."""

from django.db.models import Q
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import record
from punte.kernel.errors import DomainError
from punte.people.models import Membership, MembershipQuerySet, Person, PersonSeal
from punte.people.sight import Hidden, hidden_from
from punte.people.signals import death_changed


def follow_death(*, by: User, person: Person) -> None:
    """Bring where a person lives in step with the day of death that was written, changed or taken back.

    Raises:
        DomainError: on `died_on`, if the person moved somewhere after that day.
    """
    lived = Membership.objects.filter(person=person).select_related("household")
    touched = {row.household_id: row.household for row in _restored(lived)}
    touched |= {row.household_id: row.household for row in _ended(hidden_from(by), person, lived)}
    day = person.died_on.isoformat() if person.died_on else None
    for household in touched.values():
        record(
            by=by,
            verb="record_death" if person.died_on else "take_back_death",
            keeper=person.keeper_id,
            household=household.pk,
            person=person.pk,
            sealed=PersonSeal.objects.filter(person=person, end=None).exists(),
            changes={"end": day},
        )
    homes = {row.household_id: row.household for row in lived.all()}
    death_changed.send(Person, person=person, households=list(homes.values()), by=by)


def end_at_death(membership: Membership) -> None:
    """End a membership on the day of the person's death, remembering how it stood."""
    membership.end_without_death, membership.ended_by_death = membership.end, True
    membership.end = membership.person.died_on


def _restored(lived: MembershipQuerySet) -> list[Membership]:
    rows = list(lived.filter(ended_by_death=True))
    for row in rows:
        row.end, row.end_without_death, row.ended_by_death = row.end_without_death, None, False
        row.save(update_fields=["end", "end_without_death", "ended_by_death"])
    return rows


def _ended(hidden: Hidden, person: Person, lived: MembershipQuerySet) -> list[Membership]:
    if person.died_on is None:
        return []
    rows = list(lived.filter(Q(end=None) | Q(end__gt=person.died_on)))
    for row in rows:
        if row.start > person.died_on and row.pk in hidden.memberships:
            raise DomainError(_("This cannot be recorded now. Ask your coordinator."), field="died_on")
        if row.start > person.died_on:
            raise DomainError(
                _(
                    "The person came to the household %(household)s on %(start)s, after this day. Correct one of them."
                )
                % {"household": row.household, "start": row.start.strftime("%d.%m.%Y")},
                field="died_on",
            )
        row.person = person
        end_at_death(row)
        row.save(update_fields=["end", "end_without_death", "ended_by_death"])
    return rows
