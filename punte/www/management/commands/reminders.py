import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone

from punte.accounts.enums import MailKind
from punte.accounts.models import WaitingMail
from punte.operations.steps import Steps
from punte.petitions.actions.erasing import over
from punte.www.frame.nightly import take
from punte.www.frame.reminders import reminders

_A_ROUND = dt.timedelta(days=6)


class Command(BaseCommand):
    help = (
        "Mail each person who keeps services or the directory, or publishes for an institution, one digest of what is"
        " late or soon due, send again what petitioners could not be told, and remove what names anybody from"
        " petitions whose time is over."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="print the digests, mail and remove nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """The digests, then the petitions; or print what would be done."""
        if options["dry_run"]:
            self._print()
            return
        steps = Steps(self)
        steps.take("Digests", _write_digests)
        take(steps, "mail", "petitioners", "erase")
        steps.end()

    def _print(self) -> None:
        today = timezone.localdate()
        count = 0
        for one in reminders(today):
            count += 1
            self.stdout.write(f"{one.user.email}\n{one.subject}\n{one.text}\n")
        self.stdout.write(f"{count} mails would be sent")
        self.stdout.write(f"{sum(1 for _ in over(today))} petitions would lose what names anybody")


def _write_digests() -> str:
    """Begin a round, unless one that was interrupted in these days has yet to reach somebody: then that one ends."""
    waiting = WaitingMail.objects.filter(kind=MailKind.REMINDER)
    if waiting.filter(created_at__gt=timezone.now() - _A_ROUND).exists():
        return "The digests of the last round that were not sent are sent now"
    with transaction.atomic():
        waiting.delete()
        written = WaitingMail.objects.bulk_create(
            WaitingMail(user=one.user, kind=MailKind.REMINDER, subject=one.subject, text=one.text)
            for one in reminders(timezone.localdate())
        )
    return f"{len(written)} digests were written"
