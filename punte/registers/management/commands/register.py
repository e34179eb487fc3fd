"""`punte register check`: whether the registers hold together, and follow on what was written by them before."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from punte.registers.checking import checked


class Command(BaseCommand):
    """Reads every file, and says all that is wrong at once."""

    help = "Registers: check their files."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("check", help="check the files of content/registers and of PUNTE_CONTENT")

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = []
        for found in checked():
            if isinstance(found, str):
                wrong.append(found)
                continue
            self.stdout.write(
                _("%(name)s %(version)s: %(fields)s fields, %(moves)s steps, no error.")
                % {
                    "name": found.key,
                    "version": found.version,
                    "fields": len(found.fields),
                    "moves": len(found.moves),
                }
            )
        if wrong:
            raise CommandError("\n".join(wrong), returncode=2)
