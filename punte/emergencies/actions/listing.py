"""Somebody comes on the fast list, is corrected there, or turns out to stand on it already."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.directory.models import Service
from punte.emergencies.content import content
from punte.emergencies.models import Emergency, Listed, LookedFor
from punte.emergencies.permission import OLDEST, listed_for, noted, short, worked_on_by
from punte.emergencies.places import follow_place
from punte.kernel.errors import DomainError, EditedMeanwhile


@dataclass(frozen=True)
class Fast:
    """What is known of somebody in ten seconds: one name is enough.

    Args:
        with_number: the number of somebody on the list with whom they belong together.
        language, needs: keys of `content/emergencies.yaml`.
        looks_for: the name of somebody of their family.
    """

    name: str
    age: int | None = None
    with_number: int | None = None
    phone: str = ""
    language: str = ""
    needs: Sequence[str] = ()
    note: str = ""
    shelter: Service | None = None
    looks_for: str = ""


@verb
def list_person(*, by: User, emergency: Emergency, said: Fast) -> Listed:
    """Put somebody on the list, with a place where one was chosen.

    Raises:
        NotAllowed: the account does not work on the emergency.
        DomainError: there is no name, or something is not known; no place is free.
        EditedMeanwhile: the emergency is over.
    """
    held = worked_on_by(by, emergency)
    if not held.is_open:
        raise EditedMeanwhile(_("This emergency is over. Open another one if people come again."))
    held.last_number += 1
    held.save(update_fields=["last_number"])
    row = Listed(emergency=held, number=held.last_number, group=held.last_number, by=by)
    _write(row, said)
    row.save(force_insert=True)
    follow_place(row, said.shelter, by=by)
    if said.looks_for.strip():
        name = short(said.looks_for, field="looks_for")
        LookedFor.objects.create(listed=row, name=name, by=by)
    noted(by, "list_person", held, row, number=row.number)
    return row


@verb
def correct_listed(*, by: User, listed: Listed, said: Fast) -> Listed:
    """Write anew what is known of somebody on the list; of who has a file, phone and place are kept there.

    Raises:
        NotAllowed, EditedMeanwhile, DomainError: as for `list_person`.
    """
    row = listed_for(by, listed, to_move=said.shelter != listed.shelter)
    if row.person_id and (said.phone.strip(), said.shelter) != (row.phone, row.shelter):
        raise DomainError(_("This one has a file: write there how they are reached and where they sleep."))
    _write(row, said)
    row.save(update_fields=["name", "age", "group", "phone", "language", "needs", "note"])
    follow_place(row, said.shelter if row.is_here else row.shelter, by=by)
    noted(by, "correct_listed", row.emergency, row, number=row.number)
    return row


@verb
def merge_listed(*, by: User, listed: Listed, into: Listed) -> Listed:
    """Somebody was put on the list twice: from now on they count once, and what is missing there is taken over.

    Raises:
        NotAllowed: the account does not work on the emergency.
        DomainError: it is the same line, of another emergency, or both have files.
    """
    if listed.pk == into.pk or listed.emergency_id != into.emergency_id:
        raise DomainError(_("Choose another one of the list."), field="into")
    # In the same order whoever asks, so that two who join them crosswise do not wait for each other.
    held = {
        one.pk: listed_for(by, one, to_move=True) for one in sorted((listed, into), key=lambda one: one.pk)
    }
    row, kept = held[listed.pk], held[into.pk]
    if row.person_id:
        raise DomainError(_("This one has a file already: join the other one to it."), field="into")
    follow_place(row, None, by=by)
    row.merged_into = kept
    row.save(update_fields=["merged_into"])
    row.merged.update(merged_into=kept)
    kept.age = kept.age if kept.age is not None else row.age
    kept.phone, kept.language = kept.phone or row.phone, kept.language or row.language
    kept.needs = [key for key in content()["needs"] if key in {*kept.needs, *row.needs}]
    kept.save(update_fields=["age", "phone", "language", "needs"])
    row.looks_for.update(listed=kept)
    LookedFor.objects.filter(found=row).update(found=kept)
    # Who belonged to the line that goes belongs to the one that stays.
    Listed.objects.filter(emergency=kept.emergency_id, group=row.number).exclude(pk=row.pk).update(
        group=kept.group
    )
    noted(by, "merge_listed", row.emergency, row, number=row.number, into=kept.number)
    return kept


def _write(row: Listed, said: Fast) -> None:
    row.name = short(said.name, field="name")
    if not row.name:
        raise DomainError(_("Write a name, any that they give: one is enough."), field="name")
    if said.age is not None and not 0 <= said.age <= OLDEST:
        raise DomainError(_("Write the age in years, from 0 to 120."), field="age")
    words = content()
    if said.language and said.language not in words["languages"]:
        raise DomainError(_("Choose one of the values in the list."), field="language")
    if not set(said.needs) <= {*words["needs"], *row.needs}:
        raise DomainError(_("Choose one of the values in the list."), field="needs")
    row.age, row.language = said.age, said.language
    row.phone, row.note = short(said.phone, field="phone"), short(said.note, field="note")
    row.needs = [key for key in (*words["needs"], *row.needs) if key in said.needs]
    row.needs = list(dict.fromkeys(row.needs))
    row.group = _group(row, said.with_number)


def _group(row: Listed, number: int | None) -> int:
    """The group of who has this number; the own where there is none."""
    if number is None or number == row.number:
        return row.number
    other = Listed.objects.filter(emergency=row.emergency_id, number=number).values_list("group", flat=True)
    group = other.first()
    if group is None:
        raise DomainError(_("Nobody on this list has the number %(n)d.") % {"n": number}, field="with_number")
    return group
