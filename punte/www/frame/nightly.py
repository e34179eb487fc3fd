"""Steps that several jobs take."""

from django.utils import timezone

from punte.accounts.mailing import deliver_waiting
from punte.cases.actions import pass_on_cases
from punte.operations.steps import Steps
from punte.petitions.actions.erasing import erase_over
from punte.petitions.mail import deliver_waiting as deliver_to_petitioners


def send_waiting(steps: Steps) -> str:
    """Send what waits for people who work here."""
    return _told(steps, deliver_waiting(), "mails")


def send_to_petitioners(steps: Steps) -> str:
    """Send again what petitioners could not be told."""
    return _told(steps, deliver_to_petitioners(), "mails to petitioners")


def pass_on() -> str:
    """Put the cases of which the worker changes today, for a leave or after it, in the new name."""
    return f"{pass_on_cases()} cases stand in the name of who answers for them from today"


def erase_petitions() -> str:
    """Remove what names anybody from petitions whose time is over."""
    return f"{erase_over(timezone.localdate())} petitions lost what names anybody"


def _told(steps: Steps, counted: tuple[int, int], what: str) -> str:
    sent, unsent = counted
    if unsent:
        steps.amiss(
            f"{unsent} {what} were not sent: the mail server did not take them. They are sent the next time."
        )
    return f"{sent} {what} were sent"
