"""`punte notifications check`: whether the content of notifications, their routing and their term hold together."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from punte.notifications.checking import checked


class Command(BaseCommand):
    """Reads every file, and says all that is wrong at once."""

    help = "Notifications: check their content and their routing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser(
            "check", help="check content/notifications.yaml, content/routing and the term of the check"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = []
        for path, fault in checked():
            if fault:
                wrong.append(fault)
            else:
                self.stdout.write(_("%(file)s: no error.") % {"file": path})
        if wrong:
            raise CommandError("\n".join(wrong), returncode=2)
