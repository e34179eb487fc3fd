"""`punte gatherings check`: whether what is said of bodies and conferences holds together."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from punte.gatherings.content import bodies, faults


class Command(BaseCommand):
    """Reads the file, and says all that is wrong at once."""

    help = "Meetings: check the file of bodies and conferences."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("check", help="check content/gatherings/bodies.yaml, or the operator's own")

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = faults()
        if wrong:
            raise CommandError("\n".join(wrong), returncode=2)
        found = bodies()
        self.stdout.write(
            _("%(kinds)d kinds of bodies, %(roles)d roles, %(reasons)d reasons of conferences, no error.")
            % {"kinds": len(found.kinds), "roles": len(found.roles), "reasons": len(found.reasons)}
        )
