"""What the askings of cases know of steps of entries: who may be asked, who reads which, and how one takes effect."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.cases.approvals import GuestDeed
from punte.cases.models import Approval
from punte.kernel.prepared import Prepared
from punte.registers.actions.change import move_as_agreed
from punte.registers.asking import DEED
from punte.registers.catalogue import definitions_that_hold
from punte.registers.definition import Definition, SecondPerson
from punte.registers.models import Entry
from punte.registers.sight import Sight, as_seen, subjects_seen, whole

__all__ = ["DEED", "STEPS"]


def _seconds() -> list[SecondPerson]:
    global _latest
    registers = definitions_that_hold()
    if _latest is None or _latest[0] is not registers:
        moves = (move for one in registers.values() for move in one.moves.values())
        _latest = registers, [move.second_person for move in moves if move.second_person]
    return _latest[1]


# The same registers are the same object as long as no file changes.
_latest: tuple[Mapping[str, Definition], list[SecondPerson]] | None = None


def _asked_of() -> frozenset[Role]:
    return frozenset(role for one in _seconds() for role in one.asked_of)


def _given_by() -> frozenset[Role]:
    return frozenset(role for one in _seconds() for role in one.given_by)


def _seen(user: User, asked: Sequence[Approval]) -> set[UUID]:
    """Those about an entry that the account reads as it is: from outside a seal it is another."""
    now = dict(_revisions(rows=[one.row for one in asked if one.row]))
    read = {
        entry.pk
        for entry in as_seen(user, _whole(rows=list(now)))
        if entry.revision == now[entry.pk] and _reads(user, entry)
    }
    return {one.pk for one in asked if one.row in read}


_revisions = Prepared(lambda rows: Entry.objects.filter(pk__in=rows).order_by().values_list("pk", "revision"))
_whole = Prepared(lambda rows: whole(Entry.objects.filter(pk__in=rows).order_by("pk")))


def _reads(user: User, entry: Entry) -> bool:
    seen = subjects_seen(user, column=entry.subject_column, keys=[entry.subject_key])
    sights = (Sight(user, subject) for subject in seen)
    return any(entry.compartment in sight.compartments and not sight.outside for sight in sights)


def _carry_out(asked: Approval) -> None:
    move_as_agreed(asked)


STEPS = GuestDeed(_asked_of, _given_by, _seen, _carry_out)
