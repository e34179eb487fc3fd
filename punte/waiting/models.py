"""Who waits for a place in a service, since when and why before others; the places that were offered."""

import datetime as dt
from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.cases.models import Case
from punte.directory.models import Service
from punte.kernel.among import among
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Record
from punte.people.models import Person
from punte.people.sight import hidden_from
from punte.waiting.enums import STANDS, EndedBy, WaitingState


class WaitingQuerySet(models.QuerySet["WaitingEntry"]):
    """Who waits, by who may know of it."""

    def visible_to(self, user: User) -> Self:
        """Those of cases that the account sees; of people behind a seal what it knew before (see `as_seen`)."""
        seen = self.filter(among(Case.objects.visible_to(user), "case"))
        return seen.exclude(hidden_from(user).since())

    def on_list_of(self, user: User) -> Self:
        """Besides those, the ones who wait for a service of the account's own institution: it may not know who."""
        own = user.standing.organizations(Capability.ANSWER_REFERRALS)
        seen = WaitingEntry.objects.visible_to(user)
        return self.filter(Q(service__provider__in=own) | Q(pk__in=seen.values("pk")))

    def in_turn(self) -> Self:
        """The next first: by points, then by how long."""
        return self.order_by("-points", "since", "pk")


class WaitingEntry(Record):
    """Somebody waits for a place in a service, or waited; `reasons` are what they declared, `points` their sum then.

    `ended_by` says what ended it, where nobody did; `why` says it in words.
    """

    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, related_name="waiting_entries", db_index=False
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="waiting_entries")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="waiting_entries")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    reasons = models.JSONField(default=list)
    points = models.PositiveSmallIntegerField(default=0)
    note = EncryptedTextField()
    state = models.CharField(max_length=10, choices=WaitingState, default=WaitingState.WAITING)
    why = EncryptedTextField()
    ended_on = models.DateField(null=True)
    ended_by = models.CharField(max_length=10, choices=EndedBy, blank=True, default="")

    objects = WaitingQuerySet.as_manager()

    class Meta:
        ordering = ["-points", "since", "id"]
        indexes = [
            models.Index(F("service"), F("points").desc(), F("since"), F("id"), name="waiting_for_a_service")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "person"],
                condition=Q(state__in=STANDS),
                name="nobody_waits_twice_for_a_service",
            )
        ]

    @property
    def stands(self) -> bool:
        """Whether it is on the list."""
        return self.state in STANDS

    @property
    def moves(self) -> tuple[str, ...]:
        """What may be done next."""
        return _MOVES.get(WaitingState(self.state), ())


_MOVES: dict[WaitingState, tuple[str, ...]] = {
    WaitingState.WAITING: ("offer", "withdraw"),
    WaitingState.OFFERED: ("accept", "decline", "withdraw"),
    WaitingState.PLACED: ("leave",),
}


ENDED = {
    WaitingState.WAITING: WaitingState.WITHDRAWN,
    WaitingState.OFFERED: WaitingState.WITHDRAWN,
    WaitingState.PLACED: WaitingState.LEFT,
}
"""What each state becomes that does not outlive the person."""


def as_seen(user: User, rows: Iterable[WaitingEntry]) -> list[WaitingEntry]:
    """Entries as an account outside the circle of a sealed person knows them: as on the day of the seal.

    That somebody died is not hidden: then they wait no more, whatever the circle wrote. Never to be saved; those of
    others are as they are.
    """
    hidden = hidden_from(user).people
    found = list(rows)
    for row in found:
        if row.person_id in hidden:
            row.state = _state_at(row, hidden[row.person_id].sealed_at)
            row.why = "" if row.stands else row.why
            if row.person.died_on and row.state in ENDED:
                row.state, row.why = ENDED[WaitingState(row.state)], str(EndedBy.DEATH.label)
    return found


def _state_at(entry: WaitingEntry, moment: dt.datetime) -> WaitingState:
    ended = entry.ended_on is not None and entry.ended_on < timezone.localdate(moment)
    # The day of a death may be one before the seal; what was true then is told by the offers alone.
    if ended and entry.ended_by != EndedBy.DEATH:
        return WaitingState(entry.state)
    offers = [one for one in entry.offers.all() if one.created_at < moment]
    if any(one.answered_at is None or one.answered_at >= moment for one in offers):
        return WaitingState.OFFERED
    return WaitingState.PLACED if any(one.accepted for one in offers) else WaitingState.WAITING


class WaitingOffer(Record):
    """A place was offered to somebody who waits; `accepted` is empty until they answered."""

    entry = models.ForeignKey(WaitingEntry, on_delete=models.CASCADE, related_name="offers")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    accepted = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True)
    why = EncryptedTextField()

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["entry"], condition=Q(accepted=None), name="one_offer_at_a_time")
        ]
