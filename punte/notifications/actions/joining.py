"""The second call joins the first; who is meant is found among those known; a sealed case hears of what is its own."""

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.cases.models import Case
from punte.kernel.errors import DomainError, EditedMeanwhile, NotAllowed
from punte.notifications.enums import Decision, EventKind, NotificationState
from punte.notifications.models import Notification, NotifiedPerson, SoughtCase
from punte.notifications.permission import happened, locked, open_one
from punte.people.models import Household, Person


@verb
def join_notification(*, by: User, notification: Notification, into: Notification) -> Notification:
    """Say that a notification is about the same thing as an earlier one, where the work goes on.

    Raises:
        NotAllowed: the account does not see both, or does not decide on notifications.
        DomainError: it is the same one, of another institution, or was itself joined to another.
    """
    if notification.pk == into.pk:
        raise DomainError(_("Choose another notification."), field="into")
    # In the same order whoever asks, so that two who join them crosswise do not wait for each other.
    held = {one.pk: locked(by, one) for one in sorted((notification, into), key=lambda one: one.pk)}
    joined, kept = open_one(by, notification), held[into.pk]
    if kept.keeper_id != joined.keeper_id:
        raise DomainError(_("Choose another notification."), field="into")
    if kept.merged_into_id:
        raise EditedMeanwhile(
            _("That notification was itself joined to another. Choose that one."), field="into"
        )
    joined.merged_into, joined.state = kept, NotificationState.MERGED
    joined.save(update_fields=["merged_into", "state"])
    if joined.urgency > kept.urgency and kept.is_open:
        # What the second caller says counts at once where the work goes on.
        kept.urgency = joined.urgency
        kept.reasons = sorted({*kept.reasons, *joined.reasons})
        kept.save(update_fields=["urgency", "reasons"])
    happened(joined, EventKind.JOINED, verb="join_notification", by=by, text=str(kept))
    happened(kept, EventKind.JOINED, verb="join_notification", by=by, text=str(joined))
    return joined


@verb
def join_case(*, by: User, notification: Notification, case: Case) -> Notification:
    """Say that a notification is about what a case works on already.

    Raises:
        NotAllowed: the account does not see the case, or does not decide on notifications.
        DomainError: the case is closed, of another institution, or sealed: its team is told without this.
    """
    held = open_one(by, notification)
    found = Case.objects.visible_to(by).filter(pk=case.pk, keeper=held.keeper_id).first()
    if found is None:
        raise NotAllowed(_("This case is not among those you see. Ask your coordinator."))
    if not found.open:
        raise DomainError(_("The case is closed. Reopen it first."), field="case")
    if found.sealed:
        # Only its team comes here; what colleagues read must not be tied to what they must not learn of.
        raise DomainError(
            _("This case is sealed: colleagues read the notification and must not learn of the case.")
        )
    held.case, held.household = found, found.household
    held.state, held.decision = NotificationState.MERGED, Decision.CASE
    held.decided_at, held.decided_by = timezone.now(), by
    held.save(update_fields=["case", "household", "state", "decision", "decided_at", "decided_by"])
    happened(held, EventKind.JOINED, verb="join_notification_case", by=by, text=str(found))
    return held


@verb
def link_known(
    *,
    by: User,
    notification: Notification,
    household: Household | None = None,
    person: Person | None = None,
    notified: NotifiedPerson | None = None,
) -> Notification:
    """Say which household, or which person, is meant; both are on record already, nobody is made by this.

    Args:
        notified: of those whom the notification is about, the one whom the person is.

    Raises:
        NotAllowed: the account does not see the household or the person, or does not decide on notifications.
    """
    held = open_one(by, notification)
    if household is not None:
        if not Household.objects.visible_to(by).filter(pk=household.pk).exists():
            raise NotAllowed(_("This household is not among those you see. Ask your coordinator."))
        held.household = household
        held.save(update_fields=["household"])
    if person is not None:
        _link_person(by, held, person, notified)
    happened(held, EventKind.KNOWN, verb="link_known", by=by)
    return held


def _link_person(by: User, held: Notification, person: Person, notified: NotifiedPerson | None) -> None:
    if not Person.objects.visible_to(by).filter(pk=person.pk).exists():
        raise NotAllowed(_("This household is not among those you see. Ask your coordinator."))
    if notified is None or notified.notification_id != held.pk:
        notified = NotifiedPerson(notification=held)
    notified.person = person
    notified.save()


@verb
def answer_sought(*, by: User, notification: Notification, ours: bool) -> SoughtCase:
    """The team of a sealed case says whether a notification is about it; who is not in the team learns nothing of it.

    Raises:
        NotAllowed: the account does not work on a case that the notification seems to be about.
    """
    worked_on = Case.objects.worked_on_by(by).values("pk")
    held = (
        SoughtCase.objects.select_for_update(of=("self",), no_key=True)
        .filter(notification=notification, case__in=worked_on)
        .select_related("case")
        .first()
    )
    if held is None or held.case is None:
        raise NotAllowed(_("This notification is worked on by others."))
    held.ours, held.by, held.answered_at = ours, by, timezone.now()
    held.save(update_fields=["ours", "by", "answered_at"])
    case = held.case
    record(
        by=by,
        verb="answer_sought",
        keeper=case.keeper_id,
        household=case.household_id,
        case=case.pk,
        subject=notification.pk,
        sealed=True,
    )
    return held
