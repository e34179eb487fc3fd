"""How a notification ends: a case, another institution, a service, advice, or nothing more with its reason."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.actions import open_case
from punte.cases.models import Case
from punte.kernel.errors import DomainError
from punte.notifications.content import content
from punte.notifications.enums import CLOSING, Decision, EventKind, NotificationState
from punte.notifications.models import Notification
from punte.notifications.permission import LONGEST_LINE, happened, open_one, written
from punte.people.models import Household, Person


@verb
def open_case_from(
    *,
    by: User,
    notification: Notification,
    household: Household,
    regime: str,
    reason: str,
    person: Person | None = None,
    responsible: User | None = None,
) -> Case:
    """Open a case from a notification, by the verb of cases: it asks what it always asks.

    Raises:
        NotAllowed: the account does not decide on notifications, or opens no cases there.
        DomainError: a case is open already, the case would be sealed, or the reason is missing.
    """
    held = open_one(by, notification)
    made = open_case(
        by=by, household=household, regime=regime, reason=reason, person=person, responsible=responsible
    )
    if made.sealed:
        # Only who is in the circle comes here; what colleagues read must not be tied to what they must not learn of.
        raise DomainError(
            _(
                "This case would be sealed: open it from the page of the household, and note there what was told."
            )
        )
    held.case, held.household = made, household
    held.state = NotificationState.CASE_OPENED
    _decide(held, Decision.CASE, by=by, why=reason, also=("case", "household"))
    happened(held, EventKind.DECIDED, verb="open_case_from", by=by, text=str(made))
    return made


@verb
def send_on(
    *, by: User, notification: Notification, to: str, reason: str, package: Sequence[str] = ()
) -> Notification:
    """Send a notification on to the institution that is competent, with the papers that go along.

    Args:
        to: the institution.
        package: keys of the papers of `content/notifications.yaml`.

    Raises:
        NotAllowed: the account does not decide on notifications there.
        DomainError: the institution or the reason is missing; a paper is not known.
    """
    held = open_one(by, notification)
    if not set(package) <= set(content().section("package")):
        raise DomainError(_("Choose one of the values in the list."), field="package")
    held.sent_to = written(to, field="to", longest=LONGEST_LINE)
    held.package = [key for key in content().section("package") if key in package]
    held.state = NotificationState.SENT_ON
    _decide(held, Decision.SENT_ON, by=by, why=reason, also=("sent_to", "package"))
    happened(held, EventKind.DECIDED, verb="send_on", by=by, text=held.sent_to)
    return held


@verb
def close_notification(*, by: User, notification: Notification, decision: str, reason: str) -> Notification:
    """Close a notification without a case, with the reason.

    Raises:
        NotAllowed: the account does not decide on notifications there.
        DomainError: nobody was there and no leader decides it; the reason is missing.
    """
    held = open_one(by, notification)
    if decision not in CLOSING:
        raise DomainError(_("Choose one of the values in the list."), field="decision")
    if held.checked_at is None and not by.standing.may(Capability.ASSIGN, held.keeper_id):
        raise DomainError(
            _("Nobody was there yet: only who leads closes it so. Note the check first."), field="decision"
        )
    held.state = NotificationState.CLOSED
    _decide(held, Decision(decision), by=by, why=reason)
    happened(held, EventKind.DECIDED, verb="close_notification", by=by)
    return held


def _decide(held: Notification, decision: Decision, *, by: User, why: str, also: Sequence[str] = ()) -> None:
    held.decision, held.decided_why = decision, written(why, field="reason")
    held.decided_at, held.decided_by = timezone.now(), by
    held.save(update_fields=["state", "decision", "decided_why", "decided_at", "decided_by", *also])
