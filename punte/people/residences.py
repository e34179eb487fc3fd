"""Where a household lives, day by day; what it says of its place itself is the newest of these rows."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.kernel.errors import DomainError
from punte.people.models import Dwelling, Household, Membership, Person, Residence
from punte.people.sight import hidden_from

PLACE = ("uat", "locality", "address")
"""What a household says of its place that has a history."""


def settle(household: Household, *, since: dt.date, dwelling: Dwelling | None, **place: Any) -> None:
    """Let a household live somewhere since a day: the one writer of its residences, and of what it says of its place.

    Where the place is another, and it came there later than to the one before, that one ends; else what is known of
    where it lives now is corrected, its first day too. The household is not saved.

    Args:
        household: locked, or just made.
        dwelling: where its place is one that is recorded by itself.
        place: `uat`, `locality` and `address`.

    Raises:
        DomainError: it would have come before it came to where it lived until then.
    """
    now, former = (*household.residences.order_by("-start")[:2], None, None)[:2]
    said = {**place, "dwelling": dwelling}
    if now is None:
        now = Residence(household=household, start=since)
    elif since > now.start and any(getattr(now, name) != value for name, value in said.items()):
        Residence.objects.filter(pk=now.pk).update(end=since)
        now, former = Residence(household=household, start=since), None
    if former is not None and since <= former.start:
        raise DomainError(
            _("They came to where they lived before on %(day)s. Choose a later day.")
            % {"day": f"{former.start:%d.%m.%Y}"},
            field="since",
        )
    later = since > now.start
    for name, value in {**said, "start": since}.items():
        setattr(now, name, value)
    for name in PLACE:
        setattr(household, name, place[name])
    # Two may never overlap, not between one statement and the next: what grows shorter is written first.
    if later:
        now.save()
    if former is not None:
        Residence.objects.filter(pk=former.pk).update(end=since)
    if not later:
        now.save()


def first_known_on(household: Household) -> dt.date:
    """The day on which the place of a household was first known: that of its record."""
    return timezone.localdate(household.created_at)


def residence_on(household: Household, day: dt.date) -> Residence | None:
    """Where a household lived on a day; before anything was known, where it lived first."""
    rows = household.residences.select_related("uat__county", "dwelling")
    return rows.filter(start__lte=day).order_by("-start").first() or rows.order_by("start").first()


@dataclass(frozen=True)
class Stay:
    """Somebody lived at an address from a day up to, not including, another; no end means that they still do."""

    address: str
    start: dt.date
    end: dt.date | None


def stays_of(user: User, person: Person) -> list[Stay]:
    """The addresses of a person with their days, as an account may know them: of each household while they were of it.

    Of a sealed person others know what was written before the seal.
    """
    hidden = hidden_from(user)
    known = hidden.beyond(Membership.objects.filter(person=person)).exclude(household__in=hidden.households)
    shown = hidden.people.get(person.pk)
    memberships = hidden.as_seen(known.order_by("start", "pk"))
    rows = Residence.objects.filter(household__in=[one.household_id for one in memberships])
    if shown is not None:
        rows = rows.filter(created_at__lt=shown.sealed_at)
    written: dict[UUID, list[Residence]] = defaultdict(list)
    for one in rows.select_related("uat").order_by("start", "pk"):
        written[one.household_id].append(one)
    if shown is not None:
        # What ended since is not told of who is sealed: the last that was known goes on.
        for homes in written.values():
            homes[-1].end = None
    return [
        stay for lived in memberships for one in written[lived.household_id] if (stay := _stay(one, lived))
    ]


def _stay(lives: Residence, lived: Membership) -> Stay | None:
    start = max(lives.start, lived.start)
    end = min((day for day in (lives.end, lived.end) if day), default=None)
    return Stay(address_in_words(lives), start, end) if end is None or start < end else None


def address_in_words(lives: Residence) -> str:
    """An address with its place."""
    return ", ".join(filter(None, (lives.address, lives.locality, lives.uat.name)))
