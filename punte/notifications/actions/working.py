"""Urgency is decided, somebody goes, a team is on its way, and what they found."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.kernel.errors import DomainError, EditedMeanwhile
from punte.notifications.content import content, level_of
from punte.notifications.enums import RESULTS, TRIED, Certainty, Danger, EventKind, Level, NotificationState
from punte.notifications.models import Dispatch, Notification, NotifiedAbuse
from punte.notifications.permission import happened, locked, open_one, short, written
from punte.notifications.queries import on_leave, team_members_of, workers_of

MOST_IN_TEAM = 6


@verb
def triage_notification(
    *,
    by: User,
    notification: Notification,
    kind: str,
    danger: str,
    reasons: Sequence[str],
    judged: int | None = None,
    why: str = "",
) -> Notification:
    """Decide what it is and how urgent: by the reasons, which judgement may raise, or lower with a reason that stays.

    Args:
        kind, reasons: keys of `content/notifications.yaml`.
        judged: a `Level` that differs from what the reasons give.

    Raises:
        NotAllowed: the account does not decide on notifications there.
        DomainError: a word is not known; judged otherwise without a reason; nobody here reads its compartment.
    """
    held = open_one(by, notification)
    words = content()
    if (
        kind not in words.section("kinds")
        or danger not in Danger.values
        or not set(reasons) <= set(words.section("reasons"))
    ):
        raise DomainError(_("Choose one of the values in the list."), field="kind")
    proposed = level_of(kind, reasons, danger=danger == Danger.YES)
    differs = judged is not None and judged != proposed
    if differs and judged not in Level.values:
        raise DomainError(_("Choose one of the values in the list."), field="judged")
    held.judged = judged if differs else None
    held.judged_why = written(why, field="why") if differs else ""
    held.kind, held.danger_now = kind, danger
    held.compartment = words.kind(kind).compartment
    if held.compartment not in by.standing.compartments(held.keeper_id):
        raise DomainError(
            _("Your role does not read what is about this. Ask your coordinator."), field="kind"
        )
    held.reasons = [key for key in words.section("reasons") if key in reasons]
    held.urgency = judged if differs and judged is not None else proposed
    if held.state == NotificationState.RECEIVED:
        held.state = NotificationState.TRIAGE
    held.save(
        update_fields=[
            "kind",
            "danger_now",
            "compartment",
            "reasons",
            "judged",
            "judged_why",
            "urgency",
            "state",
        ]
    )
    told = f"{Level(proposed).label} → {Level(held.urgency).label}. {held.judged_why}" if differs else ""
    happened(held, EventKind.TRIAGED, verb="triage_notification", by=by, text=told)
    return held


@verb
def assign_notification(*, by: User, notification: Notification, worker: User) -> Notification:
    """Give a notification to a worker; one may take it oneself, and only who leads gives it to others.

    Raises:
        NotAllowed: the account does not decide on notifications, or gives work to nobody there.
        DomainError: the worker does not decide on notifications there, does not read this one, or is on leave.
    """
    held = open_one(by, notification)
    if worker != by:
        by.standing.require(Capability.ASSIGN, held.keeper_id)
    known = workers_of(held.keeper_id).filter(pk=worker.pk).exists()
    if not known or held.compartment not in worker.standing.compartments(held.keeper_id):
        raise DomainError(_("This worker does not work on such notifications here."), field="worker")
    if worker.pk in on_leave(held.keeper_id):
        raise DomainError(_("This worker is on leave. Choose somebody else."), field="worker")
    held.assigned_to = worker
    if held.state in (NotificationState.RECEIVED, NotificationState.TRIAGE):
        held.state = NotificationState.ASSIGNED
    held.save(update_fields=["assigned_to", "state"])
    happened(held, EventKind.ASSIGNED, verb="assign_notification", by=by, worker=worker)
    return held


@verb
def dispatch_team(
    *, by: User, notification: Notification, users: Sequence[User], left_at: dt.datetime | None = None
) -> Dispatch:
    """Send a mobile team; who goes sees the notification.

    Args:
        left_at: now unless given; never in the future, nor before the notification came.

    Raises:
        NotAllowed: the account does not decide on notifications there.
        DomainError: nobody goes, somebody is not of the institution, a team is on its way, or the hour cannot be.
    """
    held = open_one(by, notification)
    going = team_members_of(held.keeper_id).filter(pk__in=[one.pk for one in users])
    if not users or len(users) > MOST_IN_TEAM or going.count() != len(set(users)):
        raise DomainError(_("Choose who goes, of those who work here."), field="users")
    made = Dispatch(notification=held, by=by, left_at=_hour(left_at, held.received_at, field="left_at"))
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise EditedMeanwhile(_("A team is already on its way.")) from error
    made.users.set(users)
    if held.state in (NotificationState.RECEIVED, NotificationState.TRIAGE):
        held.state = NotificationState.ASSIGNED
        held.save(update_fields=["state"])
    names = ", ".join(sorted(one.name for one in users))
    happened(held, EventKind.TEAM_LEFT, verb="dispatch_team", by=by, text=names)
    return made


@verb
def team_arrived(*, by: User, notification: Notification, at: dt.datetime | None = None) -> Dispatch:
    """Note that the team is there.

    Raises:
        NotAllowed: the account neither decides on it nor went out.
        DomainError: no team is on its way, it arrived already, or the hour cannot be.
    """
    held, team = _on_its_way(by, notification)
    if team.arrived_at:
        raise EditedMeanwhile(_("The team had arrived already."))
    team.arrived_at = _hour(at, team.left_at, field="at")
    team.save(update_fields=["arrived_at"])
    happened(held, EventKind.TEAM_ARRIVED, verb="team_arrived", by=by)
    return team


@verb
def team_back(*, by: User, notification: Notification, found: str, at: dt.datetime | None = None) -> Dispatch:
    """Note that the team is back and what it found. A team that arrived was on the spot: the term is met.

    Raises:
        NotAllowed: the account neither decides on it nor went out.
        DomainError: no team is on its way, nothing is written, or the hour cannot be.
    """
    held, team = _on_its_way(by, notification)
    team.found = written(found, field="found")
    team.back_at = _hour(at, team.arrived_at or team.left_at, field="at")
    team.save(update_fields=["found", "back_at"])
    if team.arrived_at and held.runs:
        held.checked_at, held.state = team.arrived_at, NotificationState.VISITED
        held.save(update_fields=["checked_at", "state"])
    happened(held, EventKind.TEAM_BACK, verb="team_back", by=by)
    return team


@verb
def check_notification(
    *, by: User, notification: Notification, outcome: str, text: str, at: dt.datetime | None = None
) -> Notification:
    """Note a way to the family: they were seen, not found, or let nobody in; the last two are counted, and tried again.

    Raises:
        NotAllowed: the account does not decide on notifications there.
        DomainError: nothing is written, or the hour cannot be.
    """
    held = open_one(by, notification)
    if outcome not in TRIED:
        raise DomainError(_("Choose one of the values in the list."), field="outcome")
    hour = _hour(at, held.received_at, field="at")
    held.state, held.tries = NotificationState(outcome), held.tries + 1
    if outcome == NotificationState.VISITED:
        held.checked_at = held.checked_at or hour
    held.save(update_fields=["state", "tries", "checked_at"])
    happened(held, EventKind.TRIED, verb="check_notification", by=by, text=written(text, field="text"))
    return held


@verb
def conclude_check(
    *, by: User, notification: Notification, result: str, abuse: Mapping[str, str], text: str
) -> Notification:
    """Say what the check came to, apart from what is decided; abuse by its forms, for the yearly table.

    Args:
        abuse: forms of `content/notifications.yaml`, each with its `Certainty`.

    Raises:
        NotAllowed: the account does not decide on notifications there.
        DomainError: nobody was there yet; a word is not known; confirmed abuse beside a result that says otherwise.
    """
    held = open_one(by, notification)
    if held.checked_at is None:
        raise DomainError(_("Note first that somebody was there."), field="result")
    if result not in RESULTS:
        raise DomainError(_("Choose one of the values in the list."), field="result")
    if not set(abuse) <= set(content().section("abuse")) or not set(abuse.values()) <= set(Certainty.values):
        raise DomainError(_("Choose one of the values in the list."), field="abuse")
    if Certainty.CONFIRMED in abuse.values() and result != NotificationState.CONFIRMED:
        raise DomainError(
            _("A form that is confirmed and a notification that is not do not go together."), field="result"
        )
    held.result, held.state = result, NotificationState(result)
    held.save(update_fields=["result", "state"])
    held.abuse.all().delete()
    NotifiedAbuse.objects.bulk_create(
        NotifiedAbuse(notification=held, kind=kind, certainty=certainty) for kind, certainty in abuse.items()
    )
    happened(held, EventKind.CONCLUDED, verb="conclude_check", by=by, text=short(text, field="text"))
    return held


@verb
def note_notification(*, by: User, notification: Notification, text: str) -> Notification:
    """Write a note for colleagues.

    Raises:
        NotAllowed: the account does not see the notification.
        DomainError: the note is empty or too long.
    """
    held = locked(by, notification)
    happened(held, EventKind.NOTE, verb="note_notification", by=by, text=written(text, field="note"))
    return held


def _on_its_way(by: User, notification: Notification) -> tuple[Notification, Dispatch]:
    """The notification and the team that is on its way, for who decides on it or went out."""
    held = locked(by, notification)
    team = held.dispatches.filter(back_at=None).first()
    if team is None:
        raise EditedMeanwhile(_("No team is on its way."))
    if not team.users.filter(pk=by.pk).exists():
        by.standing.require(Capability.TRIAGE, held.keeper_id)
    return held, team


def _hour(at: dt.datetime | None, not_before: dt.datetime, *, field: str) -> dt.datetime:
    now = timezone.now()
    if at is None:
        return max(now, not_before)
    if at > now:
        raise DomainError(_("This hour is still to come."), field=field)
    # An hour is typed without its seconds: within its minute is right.
    if at < not_before.replace(second=0, microsecond=0):
        raise DomainError(_("This hour is before what it follows from."), field=field)
    return max(at, not_before)
