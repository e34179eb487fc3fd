from typing import Any

from django.core.management.base import BaseCommand

from punte.accounts.forgetting import forget_what_is_over
from punte.operations.steps import Steps
from punte.people.actions import forget_old_registers
from punte.petitions.public_access import forget_attempts
from punte.www.frame.nightly import erase_petitions, pass_on, send_to_petitioners, send_waiting


class Command(BaseCommand):
    help = (
        "What is to be done every night: clear ended sessions, counts of attempts, used codes and what lay in the"
        " cache; pass on the cases whose worker changes today; send the mails that wait; remove what names anybody from"
        " petitions whose time is over."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Each step, whatever became of the one before; an error at the end where something was not done."""
        steps = Steps(self)
        steps.take("Clearing", _clear)
        steps.take("Cases passed on", pass_on)
        steps.take("Mail", lambda: send_waiting(steps))
        steps.take("Mail to petitioners", lambda: send_to_petitioners(steps))
        steps.take("Petitions whose time is over", erase_petitions)
        steps.end()


def _clear() -> str:
    over = forget_what_is_over() + forget_attempts() + forget_old_registers()
    return f"{over} rows that were over are gone"
