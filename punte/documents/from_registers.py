"""What registers say of the people on a paper: the entries that hold today, as its author reads them."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from punte.accounts.enums import Compartment
from punte.accounts.models import User
from punte.documents.paper import PersonText
from punte.documents.romanian import clean
from punte.kernel.papers import LANGUAGE
from punte.people.models import Membership
from punte.registers.models import Entry
from punte.registers.showing import ShownEntry, shown
from punte.registers.sight import Sight, entries_about, sights_of

Told = Mapping[str, Sequence[tuple[UUID, str]]]
"""By the key of the register, whom an entry is about and what it says."""


def told_by_registers(
    by: User,
    members: Sequence[Membership],
    keys: Collection[str],
    *,
    allowed: Collection[Compartment],
    left_out: Collection[UUID],
) -> Told:
    """The entries in force about members of a household, of some registers.

    Args:
        allowed: the compartments that the paper may tell of; a register of another is left out.
        left_out: the people of whom the paper tells nothing.
    """
    people = [one.person for one in members if one.person_id not in left_out]
    if not keys or not people:
        return {}
    sights = {sight.subject.pk: sight for sight in sights_of(by, people)}
    found: dict[str, list[tuple[UUID, str]]] = {}
    entries = [entry for entry in entries_about(by, sights.values()) if entry.register in keys]
    for one in _in_words(by, entries, sights):
        entry = one.entry
        assert isinstance(entry, Entry)
        if Compartment(one.definition.compartment) in allowed and entry.person_id:
            title = one.definition.title[LANGUAGE]
            found.setdefault(entry.register, []).append((entry.person_id, clean(f"{title}: {one.line}.")))
    return found


def _in_words(by: User, entries: Sequence[Entry], sights: Mapping[UUID, Sight]) -> list[ShownEntry]:
    # The line of an entry says fields that all read who read its register: none other is asked for.
    said = shown(by, entries, {entry.register: () for entry in entries})
    return [one for one in said if one.is_current and one.entry.state in one.definition.holds]


def people_told(told: Told, keys: Sequence[str], members: Sequence[Membership]) -> list[PersonText]:
    """What some registers say, by person, in the order of the household."""
    texts = []
    for membership in members:
        said = [text for key in keys for whom, text in told.get(key, ()) if whom == membership.person_id]
        if said:
            texts.append(PersonText(clean(str(membership.person)), " ".join(said)))
    return texts
