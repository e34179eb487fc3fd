"""Where a person lived, out of two files: each time once, and never in two places."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from punte.kernel.errors import DomainError
from punte.people.models import Household, Membership, Person

_KEPT = ("person_id", "household_id", "relation", "start", "end", "ended_by_death", "end_without_death")


class Span(NamedTuple):
    """From a day up to, not including, another; no end means that it still goes on."""

    start: dt.date
    end: dt.date | None


def outside(span: Span, others: Sequence[Span]) -> list[Span]:
    """What is left of a span outside all others, in order."""
    left = [span]
    for other in others:
        left = [part for one in left for part in _without(one, other)]
    return sorted(left, key=lambda part: part.start)


def _without(one: Span, other: Span) -> list[Span]:
    latest = dt.date.max
    if other.start >= (one.end or latest) or (other.end or latest) <= one.start:
        return [one]
    parts = []
    if one.start < other.start:
        parts.append(Span(one.start, other.start))
    if other.end is not None and other.end < (one.end or latest):
        parts.append(Span(other.end, one.end))
    return parts


def as_written(row: Membership) -> dict[str, Any]:
    """A membership as JSON keeps it."""
    return {name: None if (value := getattr(row, name)) is None else str(value) for name in _KEPT}


def join_homes(kept: Person, joined: Person, *, lives_in: Household | None) -> list[dict[str, Any]]:
    """Move the memberships of one file to the other; a time that both know stands as in `lives_in`, then as in `kept`.

    What is left of a membership stays one; of none that is left an empty one stays, so that it is known that the person
    was of that household.

    Returns:
        Each row with what it was `before` (None where it was made here) and `after`.

    Raises:
        DomainError: the person would live somewhere after death.
    """
    rows = list(Membership.objects.filter(person__in=(kept, joined)).select_related("household"))
    before = {row.pk: as_written(row) for row in rows}
    rows.sort(key=lambda row: (not _is_home(row, lives_in), row.person_id != kept.pk, row.start, row.pk))
    written: list[Membership] = []
    taken: list[Span] = []
    for row in rows:
        whole = Span(row.start, row.end_without_death if row.ended_by_death else row.end)
        parts = outside(whole, taken) if whole.end is None or whole.end > whole.start else [whole]
        taken += parts
        written += _parts_of(row, kept, parts or [Span(whole.start, whole.start)])
    # An empty period overlaps nothing, so no order of writing meets what is not written yet.
    Membership.objects.filter(pk__in=before).update(end=F("start"))
    for row in written:
        row.save(force_insert=row.pk not in before)
    return [
        {"pk": str(row.pk), "before": before.get(row.pk), "after": as_written(row)}
        for row in written
        if as_written(row) != before.get(row.pk)
    ]


def _is_home(row: Membership, lives_in: Household | None) -> bool:
    return lives_in is not None and row.household_id == lives_in.pk and row.end is None


def _parts_of(row: Membership, kept: Person, parts: Sequence[Span]) -> list[Membership]:
    """The row as its first part, and a new one for each further part."""
    more = [Membership(household=row.household, relation=row.relation) for _part in parts[1:]]
    for one, part in zip([row, *more], parts, strict=True):
        one.person, (one.start, one.end) = kept, part
        one.ended_by_death, one.end_without_death = False, None
        _end_at_death(one, kept.died_on)
    return [row, *more]


def _end_at_death(row: Membership, died_on: dt.date | None) -> None:
    if died_on is None or (row.end is not None and row.end <= died_on):
        return
    if row.start > died_on:
        raise DomainError(
            _(
                "The person came to the household %(household)s on %(start)s, after this day. Correct one of them."
            )
            % {"household": row.household, "start": row.start.strftime("%d.%m.%Y")},
            field="died_on",
        )
    row.end_without_death, row.ended_by_death, row.end = row.end, True, died_on


def part_homes(rows: Sequence[dict[str, Any]]) -> int:
    """Write memberships as they were before `join_homes`; how many stay as something newer left them."""
    now = Membership.objects.in_bulk([row["pk"] for row in rows])
    same = [(row, one) for row in rows if (one := _found(now, row)) and as_written(one) == row["after"]]
    made = [one.pk for row, one in same if row["before"] is None]
    Membership.objects.filter(pk__in=made).delete()
    back = [(row, one) for row, one in same if row["before"] is not None]
    Membership.objects.filter(pk__in=[one.pk for _row, one in back]).update(end=F("start"))
    stay = len(rows) - len(same)
    for row, one in back:
        if not _write(one, row["before"]):
            _write(one, row["after"])
            stay += 1
    return stay


def _found(now: dict[Any, Membership], row: dict[str, Any]) -> Membership | None:
    return next((one for key, one in now.items() if str(key) == row["pk"]), None)


def _write(row: Membership, values: dict[str, Any]) -> bool:
    for name, value in values.items():
        field: Any = Membership._meta.get_field(name.removesuffix("_id"))
        setattr(row, name, field.to_python(value))
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return False
    return True
