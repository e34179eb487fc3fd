from typing import Any

from django.core.mail import get_connection, send_mail
from django.core.management.base import BaseCommand, CommandParser

from punte.directory.reminders import digests


class Command(BaseCommand):
    help = "Mail each person who keeps services or the directory one digest of what is late or soon due."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="print the digests, mail nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Send the digests over one connection, or print them."""
        sent = 0
        with get_connection() as connection:
            for digest in digests():
                sent += 1
                if options["dry_run"]:
                    self.stdout.write(f"{digest.user.email}\n{digest.subject}\n{digest.text}\n")
                    continue
                send_mail(digest.subject, digest.text, None, [digest.user.email], connection=connection)
        self.stdout.write(f"{sent} mails {'would be' if options['dry_run'] else 'were'} sent")
