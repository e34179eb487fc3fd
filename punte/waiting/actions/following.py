"""What lists follow: who died waits no more, and of whom there were two files waits once; both may be taken back."""

from collections.abc import Iterable
from contextlib import suppress

from django.db.models import Max
from django.utils import timezone

from punte.accounts.models import User
from punte.accounts.verbs import record
from punte.directory.actions import NoFreePlace, counted_at, hold_for, release_place, take_free_place
from punte.directory.models import TakenPlace
from punte.people.models import Person, PersonSeal
from punte.waiting.enums import STANDS, EndedBy, WaitingState
from punte.waiting.models import ENDED, WaitingEntry, WaitingQuerySet


def follow_death(*, by: User, person: Person) -> None:
    """Take who died off each list, and out of the services where a list gave them a place.

    Taken back as a mistake, they wait again from the day from which they waited; where they had a place they have it
    again if one is free, else they wait for the next.
    """
    if person.died_on is None:
        for entry in _locked([person]).filter(ended_by=EndedBy.DEATH):
            _go_on(by, entry, verb="take_back_death")
        return
    for entry in _locked([person]).filter(state__in=list(ENDED)):
        _end(by, entry, EndedBy.DEATH, verb="record_death")
    for entry in _locked([person]).filter(ended_by=EndedBy.DEATH):
        # The day may have been corrected.
        entry.ended_on = max(person.died_on, entry.since)
        entry.save(update_fields=["ended_on"])


def wait_once(*, by: User, kept: Person, joined: Person) -> None:
    """Let who stands twice on a list stand once, before two files are joined: with an offer first, else who is next."""
    seen = set()
    rows = list(_locked([kept, joined]).filter(state__in=STANDS))
    for entry in sorted(rows, key=lambda row: row.state != WaitingState.OFFERED):
        if entry.service_id in seen:
            _end(by, entry, EndedBy.JOIN, verb="stop_waiting")
        seen.add(entry.service_id)


def follow_files(*, by: User, kept: Person, joined: Person) -> None:
    """Let places be those of whom the entries are about, and whoever stood on a list before a join stand there again.

    While the files are joined the one that stands is in the way of the other.
    """
    for person in (kept, joined):
        held = WaitingEntry.objects.filter(person=person).values_list("pk", flat=True)
        hold_for(holders=held, person=person.pk, by=by)
    for entry in _locked([kept, joined]).filter(ended_by=EndedBy.JOIN, person__died_on=None):
        _go_on(by, entry, verb="put_on_list")


def _locked(people: Iterable[Person]) -> WaitingQuerySet:
    """All that people wait for, the next first, locked."""
    rows = WaitingEntry.objects.filter(person__in=people).select_for_update(of=("self",), no_key=True)
    return rows.select_related("service", "case", "person").in_turn()


def _end(by: User, entry: WaitingEntry, cause: EndedBy, *, verb: str) -> None:
    today = timezone.localdate()
    day = min(entry.person.died_on or today, today)
    if entry.state == WaitingState.PLACED:
        release_place(service=entry.service, at=counted_at(day), by=by, holder=entry.pk)
    words = str(cause.label)
    entry.offers.filter(accepted=None).update(accepted=False, answered_at=timezone.now(), why=words)
    entry.state, entry.why, entry.ended_by = ENDED[WaitingState(entry.state)], words, cause
    entry.ended_on = max(day, entry.since)
    _write(by, entry, verb)


def _go_on(by: User, entry: WaitingEntry, *, verb: str) -> None:
    """Let it stand again, unless another one of the person does."""
    others = WaitingEntry.objects.filter(person=entry.person_id, service=entry.service_id).exclude(
        pk=entry.pk
    )
    had_place = entry.state == WaitingState.LEFT
    state = WaitingState.PLACED if had_place and _has_place_again(by, entry) else WaitingState.WAITING
    if state == WaitingState.WAITING and others.filter(state__in=STANDS).exists():
        return
    entry.state, entry.why, entry.ended_by, entry.ended_on = state, "", "", None
    _write(by, entry, verb)


def _has_place_again(by: User, entry: WaitingEntry) -> bool:
    left = TakenPlace.objects.filter(holder=entry.pk).aggregate(last=Max("given_back_at"))["last"]
    with suppress(NoFreePlace):
        take_free_place(
            service=entry.service,
            at=left or timezone.now(),
            by=by,
            holder=entry.pk,
            held_for=entry.person_id,
        )
        return True
    return False


def _write(by: User, entry: WaitingEntry, verb: str) -> None:
    entry.save(update_fields=["state", "why", "ended_on", "ended_by"])
    case = entry.case
    record(
        by=by,
        verb=verb,
        keeper=case.keeper_id,
        household=case.household_id,
        person=entry.person_id,
        subject=entry.pk,
        case=case.pk,
        sealed=case.sealed or PersonSeal.objects.filter(person=entry.person_id, end=None).exists(),
    )
