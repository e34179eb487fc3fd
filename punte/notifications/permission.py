"""Who may do what with a notification: the first lines of every verb."""

from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record
from punte.kernel.errors import DomainError, EditedMeanwhile, NotAllowed
from punte.notifications.enums import EventKind
from punte.notifications.models import Notification, NotificationEvent

LONGEST = 5_000
LONGEST_LINE = 250


def locked(by: User, notification: Notification) -> Notification:
    """The notification as it is now, locked until the verb ends, for an account that sees it.

    Raises:
        NotAllowed: it does not.
        DomainError: what it said was erased.
    """
    if not Notification.objects.visible_to(by).filter(pk=notification.pk).exists():
        raise NotAllowed(_("This notification is worked on by others."))
    held = (
        Notification.objects.select_for_update(of=("self",), no_key=True)
        .select_related("keeper")
        .get(pk=notification.pk)
    )
    if held.erased_on:
        raise DomainError(_("What this notification said was removed: its time to be kept is over."))
    return held


def open_one(by: User, notification: Notification) -> Notification:
    """The same, for who decides on notifications there, and while something is still to be decided.

    Raises:
        NotAllowed: the account does not see it, or does not decide on notifications.
        EditedMeanwhile: it was decided.
    """
    held = locked(by, notification)
    by.standing.require(Capability.TRIAGE, held.keeper_id)
    if not held.is_open:
        raise EditedMeanwhile(_("This notification was already decided."))
    return held


def written(text: str, *, field: str, longest: int = LONGEST) -> str:
    """A text that must be there.

    Raises:
        DomainError: it is empty or too long.
    """
    if not text.strip():
        raise DomainError(_("Write a few words."), field=field)
    return short(text, field=field, longest=longest)


def short(text: str, *, field: str, longest: int = LONGEST) -> str:
    """A text that may be empty.

    Raises:
        DomainError: it is too long.
    """
    if len(text) > longest:
        raise DomainError(
            _("The text is too long: at most %(count)s characters fit.") % {"count": longest}, field=field
        )
    return text.strip()


def happened(
    notification: Notification,
    kind: EventKind,
    *,
    verb: str,
    by: User,
    text: str = "",
    worker: User | None = None,
) -> None:
    """Write in the notification's own history what was done, and in the trail that it was."""
    NotificationEvent.objects.create(notification=notification, kind=kind, by=by, text=text, worker=worker)
    record(
        by=by,
        verb=verb,
        keeper=notification.keeper_id,
        subject=notification.pk,
        sealed=notification.is_about_violence,
        changes={"number": notification.number, "year": notification.year},
    )
