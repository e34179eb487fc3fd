from typing import Any

from django.core.mail import get_connection, send_mail
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from punte.people.actions import forget_old_registers
from punte.petitions.actions.erasing import erase_over, over
from punte.petitions.mail import deliver_waiting
from punte.www.frame.reminders import reminders


class Command(BaseCommand):
    help = (
        "Mail each person who keeps services or the directory, or publishes for an institution, one digest of what is"
        " late or soon due, send again what petitioners could not be told, and remove what names anybody from"
        " petitions whose time is over, and registers of people that waited too long to be taken in."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="print the digests, mail and remove nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """The digests over one connection, then the petitions; or print what would be done."""
        sent = 0
        with get_connection() as connection:
            for one in reminders(timezone.localdate()):
                sent += 1
                if options["dry_run"]:
                    self.stdout.write(f"{one.user.email}\n{one.subject}\n{one.text}\n")
                    continue
                send_mail(one.subject, one.text, None, [one.user.email], connection=connection)
        self.stdout.write(f"{sent} mails {'would be' if options['dry_run'] else 'were'} sent")
        self._petitions(dry=options["dry_run"])
        if not options["dry_run"]:
            self.stdout.write(f"{forget_old_registers()} registers that were sent and are over were removed")

    def _petitions(self, *, dry: bool) -> None:
        today = timezone.localdate()
        if dry:
            self.stdout.write(f"{sum(1 for _ in over(today))} petitions would lose what names anybody")
            return
        self.stdout.write(f"{deliver_waiting()} mails to petitioners were sent at last")
        self.stdout.write(f"{erase_over(today)} petitions lost what names anybody")
