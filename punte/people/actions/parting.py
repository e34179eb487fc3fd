"""Two files that were joined by mistake become two again; two that look alike are said to be of different people."""

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.kernel.encryption import blind_index
from punte.kernel.errors import DomainError
from punte.people.actions.joining import follow_files, lock_people, not_in_sight, settle_pair
from punte.people.actions.other_names import index_other_names
from punte.people.enums import PairState
from punte.people.joining.homes import part_homes
from punte.people.joining.moved import move_back
from punte.people.joining.sight import open_to
from punte.people.models import Household, LikelyPair, Membership, OtherName, Person, PersonJoin
from punte.people.signals import files_parted


@dataclass(frozen=True)
class Parted:
    """What came of taking a join apart.

    Attributes:
        stays: how many rows stay with the kept file because they changed since or something newer stands in their way,
            by the kind of row.
        fields: what was filled in and changed since.
    """

    join: PersonJoin
    stays: Counter[str]
    fields: list[str]


@verb
def take_apart(*, by: User, join: PersonJoin) -> Parted:
    """The two files are of two people after all: what was moved goes back, as far as nothing newer stands in the way.

    What was written since the join stays with the kept file.

    Raises:
        NotAllowed: the account does not record people there.
        DomainError: the kept file is not in sight of the account or was itself joined; it was taken apart already.
    """
    by.standing.require(Capability.EDIT_PEOPLE, join.kept.keeper_id)
    locked = lock_people(join.kept, join.joined)
    kept, joined = locked[join.kept_id], locked[join.joined_id]
    join = PersonJoin.objects.select_for_update(of=("self",), no_key=True).get(pk=join.pk)
    if join.undone_at is not None:
        raise DomainError(_("These files were already taken apart."))
    if kept.joined_into_id is not None:
        raise DomainError(_("The kept file was itself joined into another. Take that join apart first."))
    if not open_to(by).filter(pk=kept.pk).exists():
        raise not_in_sight()
    what = json.loads(join.what)
    lived = _homes_of(what["memberships"])
    fields = _take_back(kept, joined, what["fields"])
    stays = move_back(what["moved"], what["aside"], joined=joined, kept=kept)
    if still := part_homes(what["memberships"]):
        stays[Membership._meta.label] += still
    if what["named"]:
        OtherName.objects.filter(pk=what["named"], person=kept).delete()
    for person in (kept, joined):
        index_other_names(person)
    join.undone_at, join.undone_by = timezone.now(), by
    join.save(update_fields=["undone_at", "undone_by"])
    settle_pair(by=by, one=kept, other=joined, state=PairState.REFUSED)
    files_parted.send(Person, kept=kept, joined=joined, by=by)
    for person in (kept, joined):
        follow_files(person, lived, by=by)
    record(
        by=by,
        verb="take_apart",
        keeper=kept.keeper_id,
        person=kept.pk,
        subject=joined.pk,
        changes={"stays": dict(stays), "fields": fields},
    )
    return Parted(join, stays, fields)


@verb
def say_different(*, by: User, one: Person, other: Person) -> LikelyPair:
    """Two files that look alike are of two people; they are not shown as a pair again.

    Raises:
        NotAllowed: the account does not record people there.
        DomainError: one of them is not in sight of the account.
    """
    by.standing.require(Capability.EDIT_PEOPLE, one.keeper_id)
    if open_to(by).filter(pk__in=(one.pk, other.pk)).count() < 2:
        raise not_in_sight()
    said = settle_pair(by=by, one=one, other=other, state=PairState.REFUSED)
    record(by=by, verb="say_different", keeper=one.keeper_id, person=one.pk, subject=other.pk)
    return said


def _homes_of(memberships: list[dict[str, Any]]) -> list[Household]:
    keys = {state["household_id"] for row in memberships for state in (row["before"], row["after"]) if state}
    return list(Household.objects.filter(pk__in=keys).order_by("pk"))


def _take_back(kept: Person, joined: Person, filled: dict[str, list[Any]]) -> list[str]:
    """Empty again what was filled in and did not change since; the names of what stays."""
    stay = []
    for name, (before, after) in filled.items():
        field = Person._meta.get_field(name)
        if getattr(kept, name) == field.to_python(after):  # type: ignore[union-attr]
            setattr(kept, name, field.to_python(before))  # type: ignore[union-attr]
        else:
            stay.append(name)
    kept.save()
    joined.joined_into = None
    _find_by_cnp_again(joined)
    joined.save(update_fields=["joined_into", "cnp_index"])
    return sorted(set(stay) - {"cnp_index"})


def _find_by_cnp_again(joined: Person) -> None:
    index = blind_index(joined.cnp) if joined.cnp else ""
    if not Person.objects.filter(keeper=joined.keeper_id, cnp_index=index).exists():
        joined.cnp_index = index
