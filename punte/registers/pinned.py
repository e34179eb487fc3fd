"""What registers ask to be read before anything is done: it stands on the page of the case."""

from collections.abc import Sequence

from punte.accounts.models import User
from punte.people.models import Person
from punte.registers.catalogue import definitions
from punte.registers.showing import ShownEntry, shown
from punte.registers.sight import entries_about, sights_of


def pinned_about(user: User, people: Sequence[Person]) -> list[tuple[Person, ShownEntry]]:
    """What holds today of some people in the registers that are pinned, as far as the account reads it."""
    known = {key: one for key, one in definitions().items() if one.pinned}
    if not known or not people:
        return []
    sights = {sight.subject.pk: sight for sight in sights_of(user, people)}
    found = entries_about(user, sights.values(), registers=known)
    told: list[tuple[Person, ShownEntry]] = []
    for person in people:
        own = [one for one in found if one.person_id == person.pk and one.state in known[one.register].holds]
        fields = {key: sights[person.pk].fields(one) for key, one in known.items()}
        told += [(person, one) for one in shown(user, own, fields) if one.is_current]
    return told
